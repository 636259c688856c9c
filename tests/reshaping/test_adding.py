"""What joins a programme on its pages, and counts from its day on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.pledges.queries import standing
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.queries import as_text, read_toml, to_toml, whole
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, shown, sign_in
from tests.fixtures.work import item, log
from tests.planning.desk import change, form_on, said, send

HERE = "/manage/programme/ostersund-2026"
COMMITMENT = f"{HERE}/pledges/traffic-safety/add-commitment"
NEW: dict[str, Any] = {
    "title": "Patruller på kvällen", "text": "Minst tolv patruller till fots.", "promised_by": ["police"],
    "focus": ["traffic"], "count__0": "patrol.patrols", "number": "12", "noun": "patruller", "one": "patrull",
}  # fmt: skip


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    sign_in(client, "supervisor")
    return client


def told(app: Flask, day: Any = None) -> dict[str, tuple[int, int | None]]:
    house = house_of(app)
    with house.database.read() as reading:
        found = standing(reading, "2380", day or house.clock().date(), house.clock())
        assert found is not None
        every = (item for pledge in found.pledges for item in pledge.commitments)
        return {item.slug: (item.progress.done, item.progress.expected) for item in every}


def work(app: Flask, kind: str = "patrol") -> None:
    house = house_of(app)
    by, at = person(house.database, "officer"), house.clock()
    sent = item(kind, happened_at=at, saved_at=at)
    house.database.write(lambda session: log(session, by, sent, now=at))


def test_a_commitment_that_joins_counts_from_its_day_on(desk: FlaskClient, app: Flask, clock: StoppedClock) -> None:
    work(app)
    before = told(app)
    answer = change(desk, COMMITMENT, **NEW)
    assert answer.status_code == 303, said(answer)
    assert told(app) == before
    clock.move(days=1)
    assert told(app)["patruller-pa-kvallen"] == (0, 0)
    work(app)
    assert told(app)["patruller-pa-kvallen"] == (1, 0)
    clock.move(days=20)
    assert told(app)["patruller-pa-kvallen"] == (1, 6)
    yesterday = house_of(app).clock().date() - timedelta(days=21)
    assert "patruller-pa-kvallen" not in told(app, yesterday)
    assert "kom till under perioden och räknas från 22 november 2026" in desk.get("/pledges").text


def test_a_pledge_and_a_focus_area_join(desk: FlaskClient, app: Flask, clock: StoppedClock) -> None:
    assert change(desk, f"{HERE}/add-focus-area", name="Tryggt centrum").status_code == 303
    pledge = {"pledge_title": "Ett tryggt centrum", "pledge_promise": "Polisen lovade att synas mer."}
    assert change(desk, f"{HERE}/add-pledge", **NEW, **pledge).status_code == 303
    page = desk.get(HERE).text
    assert all(words in page for words in ("Tryggt centrum", "Ett tryggt centrum", "Patruller på kvällen"))
    assert "Ett tryggt centrum" not in desk.get("/pledges").text
    clock.move(days=1)
    assert "Ett tryggt centrum" in desk.get("/pledges").text


def test_what_was_added_comes_back_from_the_file(desk: FlaskClient, app: Flask) -> None:
    change(desk, COMMITMENT, **NEW)
    change(desk, f"{HERE}/add-focus-area", name="Tryggt centrum")
    change(desk, f"{HERE}/days", last_day="2026-12-30")
    change(desk, f"{HERE}/take-out/commitment/safety-walks", gone_from="2026-12-01")
    house = house_of(app)
    with house.database.read() as reading:
        row = whole(reading, "2380", "ostersund-2026")
        assert row is not None
        text = as_text(row)
    again = read_toml(to_toml(text).replace("ostersund-2026", "again").replace("2026-", "2025-"))
    by = person(house.database, "supervisor")
    house.database.write(lambda s: load_programme(s, again, by=by, now=house.clock()))
    with house.database.read() as reading:
        other = whole(reading, "2380", "again")
        assert other is not None
        assert to_toml(as_text(other)) == to_toml(again)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"number": "0"}, "Skriv ett tal från 1"),
        ({"count__0": ""}, "Regeln räknar ingenting."),
        ({"months": ["1"]}, "ingen av dagarna finns i perioden"),
        ({"valid_from": "2026-11-21"}, "är redan räknad"),
        ({"valid_from": "2027-01-01"}, "utanför perioden"),
        ({"title": ""}, "Fyll i det här."),
        ({"text": "Bilen ABC 123."}, "registreringsnummer"),
    ],
)
def test_what_cannot_be_promised_is_told_and_nothing_typed_is_lost(
    desk: FlaskClient, app: Flask, changed: dict[str, Any], why: str
) -> None:
    answer = change(desk, COMMITMENT, **{**NEW, **changed})
    assert answer.status_code == 422
    assert why in said(answer)[0]
    assert form_on(answer.text)["noun"] == ["patruller"]
    assert "Patruller på kvällen" not in desk.get(HERE).text


def test_sent_twice_it_is_added_once(desk: FlaskClient) -> None:
    values = form_on(desk.get(COMMITMENT).text)
    assert send(desk, COMMITMENT, values, **NEW).status_code == 303
    assert send(desk, COMMITMENT, values, **NEW).status_code == 422
    assert desk.get(HERE).text.count("Patruller på kvällen") == 1


def test_a_new_rule_tells_its_figure_whatever_else_is_still_to_be_filled_in(desk: FlaskClient, app: Flask) -> None:
    work(app)
    rule = {"count__0": "patrol.patrols", "number": "12", "noun": "patruller", "one": "patrull"}
    for path in (COMMITMENT, f"{HERE}/add-pledge"):
        page = change(desk, path, action="preview", **rule)
        assert page.status_code == 200, said(page)
        told = " ".join(shown(page.text).split())
        assert "0</strong> <span>av 12" in told, "counted from tomorrow on"
        assert "1</strong> <span>av 12" in told, "and had it held all along"
        assert "Målet är minst 12 under hela perioden." in told
        assert "med regeln som gäller" not in told, "there is none"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"count__0": ""}, "Räkna: Regeln räknar ingenting. Välj minst en sak."),
        ({"number": "0"}, "Mål: minst: Skriv ett tal från 1 till 99999."),
        (
            {"valid_from": "2026-11-21"},
            "Gäller från: 21 november 2026 är redan räknad. En ändring kan tidigast gälla från i morgon.",
        ),
        ({"months": ["1"]}, "Gäller från: Regeln räknar ingenting: ingen av dagarna finns i perioden."),
    ],
)
def test_a_new_rule_that_cannot_be_is_told_before_it_is_saved(
    desk: FlaskClient, changed: dict[str, Any], why: str
) -> None:
    answers = [change(desk, COMMITMENT, action=action, **{**NEW, **changed}) for action in ("preview", "save")]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert [said(answer)[0] for answer in answers] == [why, why]


def test_what_was_foretold_of_a_commitment_that_joined_is_what_comes(
    desk: FlaskClient, app: Flask, clock: StoppedClock
) -> None:
    """Its weeks are counted from the day on which it joined, in the forecast as on its page."""
    change(desk, COMMITMENT, **{**NEW, "number": "2", "window": "average-week"})
    clock.move(days=1)
    work(app)
    rule = f"{HERE}/commitments/patruller-pa-kvallen/rule"
    page = change(desk, rule, action="preview", number="3")
    foretold = re.findall(r"<strong>(\d+)</strong> <span>av (\d+)", " ".join(shown(page.text).split()))
    assert change(desk, rule, number="3").status_code == 303
    clock.move(days=1)
    pledges = " ".join(shown(desk.get("/pledges").text).split())
    _, own = pledges.split("Patruller på kvällen", 1)
    came = re.search(r"<strong>(\d+)</strong> <span>av (\d+)", own)
    assert came, own[:1500]
    assert foretold[1] == came.groups()
