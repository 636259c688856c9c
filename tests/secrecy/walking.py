"""Every address that somebody can fetch, whatever they guess in it."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, ClassVar

from flask import Flask, Request
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import ImmutableMultiDict

from fieldlog.intake.models import Refusal
from fieldlog.review.models import GROUPS
from fieldlog.web.guard import allowed_roles, everyone
from tests.secrecy.marks import PARTS
from tests.secrecy.seeding import Seeded

SOME_KINDS = ("traffic-control", "outreach", "alcohol-inspection")
"""One that each organisation logs. With every kind the walk takes long and finds the same."""

Answers = dict[str, Sequence[Any]]
"""What each part of an address can be, by its name."""


class Asked(ImmutableMultiDict[str, str]):
    """An address's questions; remembers which of them a page looked at."""

    names: ClassVar[set[str]] = set()

    def __getitem__(self, key: str) -> str:
        Asked.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        Asked.names.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, *rest: Any) -> list[Any]:
        Asked.names.add(key)
        return super().getlist(key, *rest)


class AskedRequest(Request):
    parameter_storage_class = Asked


def guessed(app: Flask, seeded: Seeded, name: str) -> tuple[Answers, Answers]:
    """What stands in a path and what stands behind it, everybody's rows among them."""
    followed = seeded.followed
    some = [one for own in seeded.entries.values() for one in (*own[:1], *own[-1:])]
    numbers = [actor.account for actor in seeded.people.values()]
    path: Answers = {part: values[:1] for part, values in seeded.path.items()}
    path |= {"entry_id": some, "id": some, "this": some, "other": some[1:2] + some[-1:]}
    path |= {"kind": SOME_KINDS, "name": ["log", "entries"]}
    path |= {"export": seeded.exports, "request_id": seeded.requests, "number": numbers[:4], "token": ["x"]}
    path |= {"key": [*path["key"], *followed.findings], "photo_id": followed.photos}
    path |= {"walk": some, "occasion_id": followed.occasions}
    with seeded.house.database.read() as reading:
        refusals = list(reading.scalars(select(Refusal.id)))
    own = PARTS[name][0] if name else None
    ids = [one for (kind, of), one in seeded.of.items() if kind == "alcohol-inspection" and of is not own][:1]
    narrowing = ("area", "last", "name", "after", "role", "state", "period", "focus")
    query: Answers = {
        **dict.fromkeys(("repeat", "like", "saved", "undone", "control", "offer"), ids),
        **{part: [] for part in ("language", "file", "next", "v", "still", "start", "page", *narrowing)},
        "occasion": followed.occasions, "status": ["new"], "responsible": ["bostadsbolaget"], "by": ["responsible"],
        "kind": ["outreach", "help-offer"], "unit": ["turlag-3", "uppsokande-teamet"], "first": ["2026-01-01"],
        "person": numbers[:4], "action": ["entry-corrected"],
        "subject": [f"entry:{one}" for one in (*ids, *followed.photos)],
        "only": [*GROUPS], "mend": refusals[::5], "until": ["2026-11-21"], "organisation": ["police"],
        "before": ["2030-01-01T00:00:00+00:00_ffffffff-ffff-ffff-ffff-ffffffffffff", "2030-01-01T00:00:00+00:00_9"],
    }  # fmt: skip
    return path, query


def walk(app: Flask, client: FlaskClient, name: str, seeded: Seeded) -> Iterator[tuple[str, bytes]]:
    """Every address that the part may call, and what comes; then each again with every question that it looks at."""
    path, query = guessed(app, seeded, name)
    roles = {everyone, seeded.people[name].role} if name else {everyone}
    for rule in app.url_map.iter_rules():
        may = rule.endpoint != "static" and allowed_roles(app, rule.endpoint) & roles
        for_nobody = rule.endpoint.startswith("shell.")  # the same for everybody, so a stranger's walk is enough
        if "GET" not in (rule.methods or ()) or not may or (name and for_nobody):
            continue
        unknown = rule.arguments - set(path)
        assert not unknown, f"{rule.rule}: say in tests/houserules/test_pages.py what {unknown} can be"
        names = sorted(rule.arguments)
        for chosen in product(*(path[one] for one in names)):
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **dict(zip(names, chosen, strict=True)))
            yield from fetched(client, address, query)


def fetched(client: FlaskClient, address: str, query: Answers) -> Iterator[tuple[str, bytes]]:
    Asked.names.clear()
    answer = client.get(address, buffered=True)
    yield address, answer.data
    asked = set(Asked.names)
    assert asked <= set(query), f"{address}: say in {__name__} what {asked - set(query)} can be"
    if answer.status_code == 200:
        for question in sorted(asked):
            for value in query[question]:
                longer = f"{address}?{question}={value}"
                yield longer, client.get(longer.replace("+", "%2B"), buffered=True).data
