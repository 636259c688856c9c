"""What a page costs: the same number of queries after ten entries and after a thousand, and none while it renders."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
from flask import Flask, before_render_template, template_rendered
from sqlalchemy import event

from fieldlog.actors import Organisation
from fieldlog.database import Database
from fieldlog.entries.forms import Item
from fieldlog.intake.actions import accept
from fieldlog.kinds import logged_by
from fieldlog.web.guard import allowed_roles, everyone
from tests.fixtures.people import PEOPLE, person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import item

FEW, MANY, BATCH = 10, 1_000, 200
AREAS = ["ostersund", "brunflo", "-"]


def work(at: datetime, number: int) -> Item:
    """One of three kinds of work, one every seven hours back from ``at``; some of it to be followed up."""
    kind = ["traffic-control", "patrol", "youth-visit"][number % 3]
    answers = {"vehicles": 14, "suspected": number % 2} if kind == "traffic-control" else {}
    moment = at - timedelta(hours=7 * number + 1)
    return item(kind, answers, happened_at=moment, saved_at=moment, area=AREAS[number // 3 % len(AREAS)])


def log(app: Flask, items: list[Item]) -> None:
    house = house_of(app)
    by, now = person(house.database, "officer"), house.clock()
    for start in range(0, len(items), BATCH):
        results = house.database.write(partial(accept, items=items[start : start + BATCH], by=by, now=now))
        assert {result.outcome for result in results} == {"accepted"}


@contextmanager
def watched(app: Flask) -> Iterator[tuple[list[str], list[str]]]:
    """Every query, and those of them that ran while a template rendered."""
    queries: list[str] = []
    late: list[str] = []
    rendering: list[str] = []
    database: Database = house_of(app).database

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        queries.append(statement)
        if rendering:
            late.append(f"{rendering[-1]}: {statement}")

    def begin(_app: Flask, template: Any, **_context: Any) -> None:
        rendering.append(template.name)

    def end(_app: Flask, **_context: Any) -> None:
        rendering.pop()

    engines = {database.reader, database.writer}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", listen)
    with before_render_template.connected_to(begin, app), template_rendered.connected_to(end, app):
        yield queries, late
    for engine in engines:
        event.remove(engine, "before_cursor_execute", listen)


def pages(app: Flask, entry: Item, name: str) -> list[str]:
    """Every address that the person can fetch, with everything that each of its parts can be."""
    kinds = [kind.slug for kind in logged_by(Organisation.POLICE)]
    kept = ["log", "entries", "pledges", "phone", "offline", *(f"log/{kind}" for kind in kinds)]
    values: dict[str, list[Any]] = {"kind": kinds, "entry_id": [entry.id], "id": [entry.id], "name": kept}
    values |= {"day": ["2026-11-21", "2026-11-03"], "week": ["2026-W47"], "month": ["2026-10"]}
    values |= {"programme": ["ostersund-2026"]}
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if not {PEOPLE[name][1], everyone} & allowed_roles(app, rule.endpoint):
                continue
            if "GET" in (rule.methods or ()) and rule.endpoint != "static":
                assert rule.arguments <= set(values), f"{rule.rule}: tell tests/houserules/test_pages.py a value for it"
                names = sorted(rule.arguments)
                for chosen in product(*(values[name] for name in names)):
                    found.append(app.url_for(rule.endpoint, **dict(zip(names, chosen, strict=True))))
    return sorted(found)


def costs(app: Flask, name: str, addresses: list[str]) -> dict[str, int]:
    """How many queries each address takes for the person, fetched twice so that what is kept between is kept."""
    client = app.test_client()
    sign_in(client, name)
    taken = Counter[str]()
    for address in addresses * 2:
        with watched(app) as (queries, late):
            answer = client.get(address)
        assert answer.status_code in {200, 302}, f"{address} answers {answer.status_code} to {name}"
        assert not late, f"{address} asks the database while it renders: {late}"
        taken[address] = len(queries)
    return dict(taken)


@pytest.mark.parametrize("name", ["officer", "supervisor"])
def test_a_page_costs_the_same_however_much_was_logged(app: Flask, name: str) -> None:
    everything = [work(house_of(app).clock(), number) for number in range(MANY)]
    addresses = pages(app, everything[0], name)
    log(app, everything[:FEW])
    few = costs(app, name, addresses)
    log(app, everything[FEW:])
    many = costs(app, name, addresses)
    grown = {address: (few[address], many[address]) for address in addresses if few[address] != many[address]}
    assert not grown, f"queries with {FEW} and with {MANY} entries: {grown}"
