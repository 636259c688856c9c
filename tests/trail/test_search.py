"""The audit log is searched by time, person, action and subject, and read page by page."""

import re
from functools import partial

import pytest
from flask import Flask

from fieldlog.audit.actions import note
from fieldlog.cli.sealing import seal_all
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.intake.posting import fill_in, saved_id
from tests.trail.looking import Browser, correct, found


def test_a_correction_shows_who_when_before_after_and_from_which_device(browser: Browser) -> None:
    control = saved_id(fill_in(browser("officer"), vehicles="3"))
    correct(browser("officer"), control, vehicles="5")
    shown = found(browser("supervisor"))
    assert "Aktivitet rättad" in shown
    assert "av officer, Chrome, Android" in shown
    assert "Skäl: Fel antal" in shown
    assert re.search(r"Fordon</th>\s*<td>3</td>\s*<td>5</td>", shown)
    assert f"/entries/{control}" in shown


def test_it_is_searched_by_person_action_and_subject(app: Flask, browser: Browser) -> None:
    mine, theirs = (saved_id(fill_in(browser(name), vehicles="3")) for name in ("officer", "other-officer"))
    correct(browser("supervisor"), mine, vehicles="5")
    number = str(person(house_of(app).database, "other-officer").account)
    look = browser("supervisor")
    assert found(look).count("<li") == 4, "and that the municipality loaded the programme"
    assert re.findall(r"/entries/([0-9a-f-]{36})", found(look, person=number)) == [theirs]
    assert found(look, action="entry-corrected").count("<li") == 1
    for subject in (mine, f"http://localhost/entries/{mine}", f"entry:{mine}".upper()):
        assert found(look, subject=subject).count("<li") == 2
    assert found(look, last="2026-11-20") == ""
    assert found(look, first="2026-11-21", last="2026-11-21").count("<li") == 4


def test_what_was_changed_is_called_by_its_name(app: Flask, browser: Browser) -> None:
    house = house_of(app)
    by = person(house.database, "coordinator")
    for action, subject in (("area-renamed", "area:lit"), ("rows-exported", "period:2026-01-01/2026-12-31")):
        house.database.write(partial(note, by=by, now=house.clock(), action=action, subject=subject))
    shown = found(browser("coordinator"))
    assert re.search(r"Kommundel omdöpt</strong>:\s*Lit<br>", shown)
    assert re.search(r"Export</strong>:\s*2026-01-01/2026-12-31<br>", shown)


def test_what_is_said_beside_it_is_in_words(app: Flask, browser: Browser) -> None:
    house = house_of(app)
    told = partial(note, by=person(house.database, "coordinator"), now=house.clock(), subject="area:lit")
    house.database.write(partial(told, action="area-retired", decided=True, retired_from="2026-11-28", day="x"))
    shown = found(browser("coordinator"), action="area-retired")
    for words in ("Beslutat: Ja<", "Ur bruk från: 28 november 2026<", "Dag: x<"):
        assert words in shown


def test_every_event_is_reached_page_by_page(browser: Browser) -> None:
    for _ in range(2):
        for _ in range(30):
            fill_in(browser("officer"), vehicles="1")
    look, path, reached = browser("supervisor"), "/manage/audit", []
    for _ in range(3):
        page = look.get(path).text
        reached += re.findall(r"/entries/([0-9a-f-]{36})", page)
        if not (more := re.search(r'href="(/manage/audit\?before=[^"]+)"', page)):
            break
        path = more[1].replace("&amp;", "&")
    assert len(reached) == len(set(reached)) == 60


def test_it_says_how_far_the_log_is_sealed_and_what_the_last_check_found(
    app: Flask, browser: Browser, clock: StoppedClock
) -> None:
    house, look = house_of(app), browser("supervisor")
    assert "Loggen är inte förseglad ännu." in look.get("/manage/audit").text
    seal_all(house.database, clock)
    assert "förseglades senast 21 nov. 21:40" in look.get("/manage/audit").text
    assert "Inte kontrollerad ännu." in look.get("/manage/audit").text
    by = person(house.database, "administrator")
    for faults, said in ((0, "allt stämmer"), (1, "Ett fel hittades"), (3, "3 fel hittades")):
        noted = partial(note, by=by, now=clock(), action="log-checked", subject="audit:chain", places=1, faults=faults)
        house.database.write(noted)
        assert said in look.get("/manage/audit").text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": "i går"}, "Ange en dag"),
        ({"first": "0001-01-01"}, "Ange en dag från år 2000"),
        ({"last": "9999-12-31"}, "Ange en dag från år 2000"),
        ({"first": "2026-11-21", "last": "2026-11-01"}, "före den första"),
        ({"first": "x" * 100_000}, "Ange en dag"),
        ({"action": "world-saved"}, "finns inte i listan"),
        ({"person": "9" * 5_000}, "finns inte i listan"),
        ({"person": "1; drop table accounts"}, "finns inte i listan"),
        ({"subject": "hej"}, "Klistra in"),
        ({"subject": "x" * 100_000}, "Klistra in"),
        ({"subject": "entry:\x00"}, "Klistra in"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_search_that_makes_no_sense_is_told_so(browser: Browser, asked: dict[str, str], said: str) -> None:
    for name in ("supervisor", "administrator"):
        answer = browser(name).get("/manage/audit", query_string=asked)
        assert answer.status_code == 422
        assert said in answer.text
        assert len(answer.data) < 400_000


@pytest.mark.parametrize(
    "asked",
    [
        {"before": "i-går"}, {"before": "9999-12-31T23:59:59-14:00_1"},
        {"before": f"2026-11-21T10:00:00+00:00_{10**30}"},
        {"before": "2026-11-21T10:00:00_-5"}, {"before": f"2026-11-21T10:00:00_-{10**22}"},
        {"subject": "entry:7"}, {"subject": "account:99999999999999999999"},
        {"first": "2000-01-01", "last": "2100-12-31"}, {"first": "2099-01-01"}, {"last": "2000-01-01"},
        {"first": ["2026-11-01", "2026-11-02"]}, {"nonsense": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_an_odd_address_shows_a_page(browser: Browser, asked: dict[str, str]) -> None:
    for name in ("supervisor", "administrator"):
        assert browser(name).get("/manage/audit", query_string=asked).status_code in {200, 422}
