"""The audit log is searched by time, person, action and subject; each is shown what they may know, and no more."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.audit.actions import note
from fieldlog.cli.sealing import seal_all
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, open_device, sign_in
from tests.intake.posting import changed, controls, fill_in, saved_id

SECRET = "Hemlig plats bakom skolan"
NAMES = {"officer", "colleague", "other-officer", "supervisor", "outreach", "inspector", "coordinator", "administrator"}
Browser = Callable[[str], FlaskClient]


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser for whoever is named."""
    signed_in: dict[str, FlaskClient] = {}

    def of(name: str) -> FlaskClient:
        if name not in signed_in:
            signed_in[name] = app.test_client()
            sign_in(signed_in[name], name)
        return signed_in[name]

    return of


def found(client: FlaskClient, **asked: str) -> str:
    """The list that a search shows: its events alone, without what is offered to search for."""
    page = client.get("/manage/audit", query_string=asked)
    assert page.status_code == 200
    return "".join(re.findall(r'<ol class="history card">.*?</ol>', page.text, re.DOTALL)).replace("\xad", "")


def correct(client: FlaskClient, entry: str, **typed: str) -> None:
    page = controls(client.get(f"/entries/{entry}/correct"))
    sent = changed(page, **{"reason": "wrong-count", **typed})
    assert client.post(f"/entries/{entry}/correct", data=sent).status_code == 303


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
    assert found(look).count("<li") == 3
    assert re.findall(r"/entries/([0-9a-f-]{36})", found(look, person=number)) == [theirs]
    assert found(look, action="entry-corrected").count("<li") == 1
    for subject in (mine, f"http://localhost/entries/{mine}", f"entry:{mine}".upper()):
        assert found(look, subject=subject).count("<li") == 2
    assert found(look, last="2026-11-20") == ""
    assert found(look, first="2026-11-21", last="2026-11-21").count("<li") == 3


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


class TestWhoSeesWhat:
    @pytest.fixture
    def ids(self, browser: Browser) -> dict[str, str]:
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
        self, browser: Browser, ids: dict[str, str], name: str, sees: set[str], people: set[str]
    ) -> None:
        shown = found(browser(name))
        assert set(re.findall(r"/entries/([0-9a-f-]{36})", shown)) == {ids[one] for one in sees}
        assert set(re.findall(r"av ([a-z-]+)", shown)) & NAMES == people
        for one, identity in ids.items():
            there = bool(found(browser(name), subject=identity))
            assert there == (one in sees), f"{name} searches for {one}"

    def test_another_organisation_s_words_are_in_no_change(self, browser: Browser, ids: dict[str, str]) -> None:
        assert SECRET in found(browser("supervisor"))
        assert SECRET not in found(browser("coordinator"))

    def test_a_person_of_another_organisation_is_not_offered_and_not_found(
        self, app: Flask, browser: Browser, ids: dict[str, str]
    ) -> None:
        page = browser("coordinator").get("/manage/audit").text
        assert not re.search(r"<option[^>]*>(officer|supervisor|outreach)<", page)
        number = person(house_of(app).database, "officer").account
        answer = browser("coordinator").get("/manage/audit", query_string={"person": number})
        assert (answer.status_code, "finns inte i listan" in answer.text) == (422, True)

    def test_an_entry_that_is_no_longer_theirs_is_left_out(self, browser: Browser, ids: dict[str, str]) -> None:
        page = controls(browser("officer").get(f"/entries/{ids['walk']}/correct"))
        page.setlist("organisations", ["police"])
        sent = changed(page, reason="other")
        assert browser("officer").post(f"/entries/{ids['walk']}/correct", data=sent).status_code == 303
        assert ids["walk"] not in found(browser("coordinator"))

    def test_an_administrator_sees_accounts_and_devices_and_no_entry(
        self, app: Flask, browser: Browser, ids: dict[str, str]
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

    def test_nobody_else_comes_in(self, app: Flask, browser: Browser) -> None:
        assert browser("officer").get("/manage/audit").status_code == 403
        assert "/sign-in" in (app.test_client().get("/manage/audit").location or "")


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
        {"before": "2026-11-21T10:00:00_-5"}, {"subject": "entry:7"}, {"subject": "account:99999999999999999999"},
        {"first": "2000-01-01", "last": "2100-12-31"}, {"first": "2099-01-01"}, {"last": "2000-01-01"},
        {"first": ["2026-11-01", "2026-11-02"]}, {"nonsense": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_an_odd_address_shows_a_page(browser: Browser, asked: dict[str, str]) -> None:
    for name in ("supervisor", "administrator"):
        assert browser(name).get("/manage/audit", query_string=asked).status_code in {200, 422}
