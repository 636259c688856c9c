"""In the audit log each is shown what they may know, and no more."""

import re
from functools import partial

import pytest
from flask import Flask

from fieldlog.audit.actions import note
from tests.fixtures.people import person
from tests.fixtures.site import house_of, open_device
from tests.intake.posting import changed, controls, fill_in, saved_id
from tests.trail.looking import Browser, correct, found

SECRET = "Hemlig plats bakom skolan"
NAMES = {"officer", "colleague", "other-officer", "supervisor", "outreach", "inspector", "coordinator", "administrator"}


@pytest.fixture
def ids(browser: Browser) -> dict[str, str]:
    """Work of every organisation, one of it joint and corrected by both."""
    joint = {"organisations": ["police", "municipality"], "participants": "5", "note": SECRET}
    made = {
        "control": saved_id(fill_in(browser("officer"), vehicles="3", note=SECRET)),
        "walk": saved_id(fill_in(browser("officer"), "safety-walk", **joint)),
        "outing": saved_id(fill_in(browser("outreach"), "outreach", contacts="4", note=SECRET)),
        "training": saved_id(fill_in(browser("inspector"), "server-training", participants="3", note=SECRET)),
    }
    correct(browser("supervisor"), made["walk"], participants="6", note=f"{SECRET}!")
    correct(browser("coordinator"), made["walk"], participants="7")
    return made


@pytest.mark.parametrize(
    ("name", "sees", "people"),
    [
        ("supervisor", {"control", "walk"}, {"officer"}),
        ("coordinator", {"walk", "training"}, {"inspector", "administrator"}),
    ],
)
def test_a_supervisor_sees_what_colleagues_did_to_the_programme_and_what_is_theirs_to_read(
    browser: Browser, ids: dict[str, str], name: str, sees: set[str], people: set[str]
) -> None:
    shown = found(browser(name))
    assert set(re.findall(r"/entries/([0-9a-f-]{36})", shown)) == {ids[one] for one in sees}
    assert set(re.findall(r"av ([a-z-]+)", shown)) & NAMES == people
    for one, identity in ids.items():
        there = bool(found(browser(name), subject=identity))
        assert there == (one in sees), f"{name} searches for {one}"


def test_another_organisation_s_words_are_in_no_change(browser: Browser, ids: dict[str, str]) -> None:
    assert SECRET in found(browser("supervisor"))
    assert SECRET not in found(browser("coordinator"))


def test_a_person_of_another_organisation_is_not_offered_and_not_found(
    app: Flask, browser: Browser, ids: dict[str, str]
) -> None:
    page = browser("coordinator").get("/manage/audit").text
    assert not re.search(r"<option[^>]*>(officer|supervisor|outreach)<", page)
    number = person(house_of(app).database, "officer").account
    answer = browser("coordinator").get("/manage/audit", query_string={"person": number})
    assert (answer.status_code, "finns inte i listan" in answer.text) == (422, True)


def test_an_entry_that_is_no_longer_theirs_is_left_out(browser: Browser, ids: dict[str, str]) -> None:
    page = controls(browser("officer").get(f"/entries/{ids['walk']}/correct"))
    page.setlist("organisations", ["police"])
    sent = changed(page, reason="other")
    assert browser("officer").post(f"/entries/{ids['walk']}/correct", data=sent).status_code == 303
    assert ids["walk"] not in found(browser("coordinator"))


def test_an_administrator_sees_accounts_and_devices_and_no_entry(
    app: Flask, browser: Browser, ids: dict[str, str]
) -> None:
    open_device(app, "inspector")
    shown = found(browser("administrator"))
    assert "Inloggning" in shown
    assert "inspector" in shown
    assert "Polisen, Turlag 3" in shown
    assert not {"officer", "supervisor", "outreach"} & set(re.findall(r"[a-z-]+", shown))
    assert SECRET not in shown
    for identity in ids.values():
        assert identity not in shown
        assert found(browser("administrator"), subject=identity) == ""
    asked = browser("administrator").get("/manage/audit", query_string={"action": "entry-logged"})
    assert asked.status_code == 422


def test_nobody_else_comes_in(app: Flask, browser: Browser) -> None:
    assert browser("officer").get("/manage/audit").status_code == 403
    assert "/sign-in" in (app.test_client().get("/manage/audit").location or "")


def test_what_another_organisation_did_to_the_programme_or_a_joint_entry_is_told_without_its_person(
    app: Flask, browser: Browser, ids: dict[str, str]
) -> None:
    house = house_of(app)
    police = person(house.database, "supervisor")
    house.database.write(partial(note, by=police, now=house.clock(), action="pledge-edited", subject="pledge:youth"))
    shown = found(browser("coordinator"))
    assert re.search(r"Löfte ändrat</strong>:\s*youth<br>.*?av Polisen", shown, re.DOTALL)
    assert found(browser("coordinator"), subject=ids["walk"]).count("<li") == 3
    assert "supervisor" not in shown
    assert "Chrome" not in found(browser("coordinator"), action="entry-logged", subject=ids["walk"])
