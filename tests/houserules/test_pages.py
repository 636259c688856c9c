"""What a page costs: the same number of queries after ten entries and after a thousand, and none while it renders."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, before_render_template, template_rendered
from sqlalchemy import event
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.clock import local_day
from fieldlog.database import Database
from fieldlog.disclosure.actions import open_request
from fieldlog.entries.forms import Item
from fieldlog.exports.actions import begin
from fieldlog.exports.models import Order
from fieldlog.findings.actions import change
from fieldlog.findings.models import State
from fieldlog.findings.queries import finding
from fieldlog.intake.actions import accept
from fieldlog.kinds import logged_by
from fieldlog.occasions import actions as occasions
from fieldlog.occasions.actions import Planned
from fieldlog.people.actions import make_link
from fieldlog.periods import Span
from fieldlog.responsibles.actions import add as add_responsible
from fieldlog.responsibles.actions import make_link as make_responsible_link
from fieldlog.responsibles.forms import signed as sign_link
from fieldlog.tables.models import Selection
from fieldlog.web.guard import allowed_roles, everyone
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import item

FEW, MANY, BATCH = 10, 1_000, 200
AREAS = ["ostersund", "brunflo", "-"]
OTHERS = ("/photos", "/log/evening", "/.well-known/security.txt")
"""What may not be there for these people: photos of work that has none, another's form, an unset contact."""


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


def link(app: Flask, number: int) -> str:
    """The token of a link through which the account's owner chooses a password."""
    house = house_of(app)
    by, now = person(house.database, "administrator"), house.clock()
    return house.database.write(lambda writing: make_link(writing, by, now, number))[1]


def desk(app: Flask) -> dict[str, list[Any]]:
    """What a supervisor has on the desk: an export and a request for documents."""
    house = house_of(app)
    by, now = person(house.database, "supervisor"), house.clock()
    order = Order(Span(local_day(now), local_day(now)), ("traffic-control",))
    export = house.database.write(lambda session: begin(session, order, 1, by, now))
    asked = house.database.write(
        lambda session: open_request(
            session, Selection(order.span, order.kinds), by, now, number="KS 2026/1", decided_by="Jurist"
        )
    )
    return {"export": [export.id if export else None], "request_id": [asked.id]}


def walk(app: Flask, account: int) -> dict[str, list[Any]]:
    """A safety walk with a finding, and the link of who is responsible for it."""
    house, key = house_of(app), uuid4()
    by, now = person(house.database, "officer"), house.clock()
    rows = [{"key": str(key), "category": "lighting", "where": "Torget"}]
    sent = item("safety-walk", {"findings": rows}, happened_at=now, saved_at=now)
    house.database.write(lambda session: accept(session, [sent], by, now))

    def link(session: Session) -> UUID:
        housing = add_responsible(session, f"Bostadsbolaget {account}", by, now)
        session.flush()
        found = finding(session, key, by)
        assert found is not None
        change(session, found, State("passed-on", responsible=housing.slug), by, now)
        return make_responsible_link(session, housing, by, now)

    with app.app_context():
        signed = sign_link(house.database.write(link))
    return {"walk": [sent.id], "key": [key], "signed": [signed], "responsible": [f"bostadsbolaget-{account}"]}


def planned(app: Flask) -> UUID:
    """An occasion that everybody of the tests takes part in."""
    house = house_of(app)
    by, now = person(house.database, "supervisor"), house.clock()
    plan = Planned(now, "lit", 6, frozenset(Organisation))
    return house.database.write(lambda writing: occasions.plan(writing, "alcohol-inspection", plan, by, now))


def parts(app: Flask, entry: Item, who: Actor) -> dict[str, list[Any]]:
    """Everything that each part of an address can be, by its name."""
    kinds = [kind.slug for kind in logged_by(Organisation.POLICE)]
    kept = ["log", "entries", "pledges", "phone", "offline", *(f"log/{kind}" for kind in kinds)]
    values: dict[str, list[Any]] = {"kind": kinds, "entry_id": [entry.id], "id": [entry.id], "name": kept}
    values |= {"first": ["2026-01-01", "2026-10-02"], "last": ["2026-11-20", "2026-12-31"]}
    values |= {"slug": ["ostersund-2026"], "pledge": ["traffic-safety"], "area": ["lit"]}
    values |= {"commitment": ["traffic-controls", "safety-walks", "help-asked"]}
    values |= {"part": ["commitment"], "named": ["traffic-controls", "safety-walks"]}
    values |= {"this": [entry.id], "other": [entry.id]}
    values |= {"day": ["2026-11-21", "2026-11-03"], "week": ["2026-W47"], "month": ["2026-10"]}
    values |= {"programme": ["ostersund-2026"], "through": ["2026-11-20"], "file": ["daily.csv", "period.json"]}
    values |= desk(app) | {"photo_id": [entry.id]}
    values |= walk(app, who.account)
    values |= {"occasion_id": [planned(app)]}
    values |= {"number": [who.account], "token": [link(app, who.account)]}
    return values


def pages(app: Flask, entry: Item, name: str) -> list[str]:
    """Every address that the person can fetch, with everything that each of its parts can be."""
    who = person(house_of(app).database, name)
    values, found = parts(app, entry, who), []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            may = allowed_roles(app, rule.endpoint) & {everyone, who.role}
            if "GET" in (rule.methods or ()) and rule.endpoint != "static" and may:
                assert rule.arguments <= set(values), f"{rule.rule}: tell tests/houserules/test_pages.py a value for it"
                names = sorted(rule.arguments)
                for chosen in product(*(values[argument] for argument in names)):
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
        others = any(part in address for part in OTHERS) and answer.status_code == 404
        assert others or answer.status_code in {200, 302, 403}, f"{address} answers {answer.status_code} to {name}"
        assert not late, f"{address} asks the database while it renders: {late}"
        taken[address] = len(queries)
    return dict(taken)


@pytest.mark.parametrize("name", ["officer", "supervisor", "administrator"])
def test_a_page_costs_the_same_however_much_was_logged(app: Flask, name: str) -> None:
    everything = [work(house_of(app).clock(), number) for number in range(MANY)]
    addresses = pages(app, everything[0], name)
    log(app, everything[:FEW])
    few = costs(app, name, addresses)
    log(app, everything[FEW:])
    many = costs(app, name, addresses)
    grown = {address: (few[address], many[address]) for address in addresses if few[address] != many[address]}
    assert not grown, f"queries with {FEW} and with {MANY} entries: {grown}"
