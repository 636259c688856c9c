"""What a page costs: the same number of queries after ten entries and after a thousand, and none while it renders."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask, before_render_template, template_rendered
from sqlalchemy import event

from fieldlog.database import Database
from fieldlog.entries.forms import Item
from fieldlog.ids import new_id
from fieldlog.intake.actions import accept
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in

FEW, MANY, BATCH = 10, 1_000, 200
AREAS = ["ostersund", "froso", "-"]


def work(at: datetime, number: int) -> Item:
    """One of three kinds of work, with or without something to follow up, one every seven hours back from ``at``."""
    kind, answers = [
        ("traffic-control", {"place": "E14", "vehicles": 14, "tests": 14, "suspected": number % 2, "positives": 0}),
        ("patrol", {"way": "foot", "minutes": 30}),
        ("youth-visit", {"setting": "school", "young": 20}),
    ][number % 3]
    moment = at - timedelta(hours=7 * number + 1)
    area = AREAS[number // 3 % len(AREAS)]
    return Item(id=new_id(moment), kind=kind, happened_at=moment, saved_at=moment, area=area, answers=answers)


def log(app: Flask, items: list[Item]) -> None:
    house = house_of(app)
    by, now = person(house.database, "officer"), house.clock()
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        results = house.database.write(partial(accept, items=batch, by=by, now=now))
        assert {result.outcome for result in results} == {"accepted"}, results[:5]


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


def pages(app: Flask, entry: Item) -> list[str]:
    """Every address that can be fetched, once, with something that exists for each of its parts."""
    values: dict[str, Any] = {"kind": "traffic-control", "entry_id": entry.id, "id": entry.id}
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint != "static":
                assert rule.arguments <= set(values), f"{rule.rule}: tell tests/houserules/test_pages.py a value for it"
                found.append(app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments}))
    return sorted(found)


def costs(app: Flask, name: str, addresses: list[str]) -> dict[str, int]:
    """How many queries each address takes for the person, fetched twice so that what is kept between is kept."""
    client = app.test_client()
    sign_in(client, name)
    taken = Counter[str]()
    for address in addresses * 2:
        with watched(app) as (queries, late):
            answer = client.get(address)
        assert answer.status_code < 500, f"{address} answers {answer.status_code}"
        assert not late, f"{address} asks the database while it renders: {late}"
        taken[address] = len(queries)
    return dict(taken)


@pytest.mark.parametrize("name", ["officer", "supervisor"])
def test_a_page_costs_the_same_however_much_was_logged(app: Flask, name: str) -> None:
    everything = [work(house_of(app).clock(), number) for number in range(MANY)]
    addresses = pages(app, everything[0])
    log(app, everything[:FEW])
    few = costs(app, name, addresses)
    log(app, everything[FEW:])
    many = costs(app, name, addresses)
    grown = {address: (few[address], many[address]) for address in addresses if few[address] != many[address]}
    assert not grown, f"queries with {FEW} and with {MANY} entries: {grown}"
