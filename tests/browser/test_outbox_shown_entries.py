"""One list of entries: what the server has and what the phone holds, each once, with where it stands."""

import json
import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import faults, fill_with_work
from tests.browser.waiting import Door, begin, correct, keep, visit_at_work, void, work
from tests.fixtures.browser import Live
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import log_one

EARLIER = "2026-11-21T18:00:00+00:00"
THURSDAY = "2026-11-19T18:00:00+00:00"
PLATE = "stoppade ABC 123"


@pytest.fixture
def phone(page: Page, live: Live) -> Page:
    """The officer's, after one visit."""
    visit_at_work(page, live)
    return page


@pytest.fixture
def door(live: Live) -> Iterator[Door]:
    standing = Door(live)
    yield standing
    standing.open()


def lose_coverage(phone: Page) -> None:
    phone.context.set_offline(True)


def row(phone: Page, text: str) -> Locator:
    return phone.locator(".rows li:visible", has_text=text)


def refused(phone: Page) -> Locator:
    return phone.locator("[data-refused] article:visible")


def test_what_waits_stands_among_the_rest_where_it_happened(phone: Page, live: Live, door: Door) -> None:
    fill_with_work(house_of(live.app))
    door.close()
    keep(phone, work(at=EARLIER, place="E45 Lit", vehicles=9), work("patrol", at=THURSDAY, way="foot"))
    phone.goto("/entries")
    today = phone.locator("section", has=phone.get_by_role("heading", name="lördag 21 november"))
    expect(today.locator("li").last).to_contain_text("19:00 · E45 Lit · Brunflo")
    expect(today.locator("li").last).to_contain_text("9 fordon")
    expect(today.locator("li").last).to_contain_text("Skickas")
    expect(today.locator("li")).to_have_count(3)
    thursday = phone.locator("section", has=phone.get_by_role("heading", name="torsdag 19 november"))
    expect(thursday.get_by_role("link")).to_contain_text("Till fots")


def test_when_it_has_been_sent_it_says_so_and_then_stands_there_like_the_rest(phone: Page, door: Door) -> None:
    door.close()
    keep(phone, work(place="E45 Lit"))
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_contain_text("Skickas")
    door.open()
    expect(row(phone, "E45 Lit")).to_contain_text("Skickat")
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_have_count(1)
    expect(row(phone, "E45 Lit")).not_to_contain_text("Skickat")


def test_what_the_server_has_but_whose_answer_was_lost_stands_there_once(phone: Page, live: Live, door: Door) -> None:
    door.say("502 Bad Gateway")
    (waiting,) = keep(phone, work(place="E45 Lit"))
    officer = person(live.database, "officer")
    live.database.write(lambda session: log_one(session, officer, answers={"place": "E45 Lit"}, id=UUID(waiting)))
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_have_count(1)


def test_without_coverage_everything_that_the_phone_has_is_there(phone: Page) -> None:
    keep(phone, work(at=THURSDAY, place="E45 Häggenås"))
    expect(phone.locator("[data-banner]")).to_have_text("Allt är skickat")
    lose_coverage(phone)
    keep(phone, work(place="E45 Lit"))
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_contain_text("Väntar på att skickas")
    expect(row(phone, "E45 Häggenås")).to_contain_text("Skickat")
    expect(row(phone, "E45")).to_have_count(2)


def test_nothing_logged_says_what_to_do_without_coverage_too(phone: Page) -> None:
    lose_coverage(phone)
    phone.goto("/entries")
    expect(phone.get_by_role("heading", name="Inget loggat ännu")).to_be_visible()
    keep(phone, work())
    expect(phone.get_by_role("heading", name="Inget loggat ännu")).to_be_hidden()


def test_a_tap_opens_what_waits_so_that_it_can_be_put_right(phone: Page) -> None:
    lose_coverage(phone)
    keep(phone, work(place="E45 Lit", vehicles=9))
    phone.goto("/entries")
    row(phone, "E45 Lit").get_by_role("link").click()
    expect(phone.locator("[name=vehicles]")).to_have_value("9")


def test_a_correction_on_its_way_shows_on_the_entry_that_it_corrects(phone: Page, door: Door) -> None:
    (known,) = keep(phone, work(place="E45 Lit", vehicles=9))
    expect(phone.locator("[data-banner]")).to_have_text("Allt är skickat")
    door.say("502 Bad Gateway")
    correct(phone, known, work(place="E45 Lit", vehicles=12))
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_have_count(1)
    expect(row(phone, "E45 Lit")).to_contain_text("Rättelsen väntar")
    expect(row(phone, "E45 Lit")).to_contain_text("12 fordon")
    lose_coverage(phone)
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_have_count(1)
    expect(row(phone, "E45 Lit")).to_contain_text("Rättelsen väntar")


def test_so_does_taking_it_back(phone: Page, door: Door) -> None:
    (known,) = keep(phone, work(place="E45 Lit"))
    expect(phone.locator("[data-banner]")).to_have_text("Allt är skickat")
    door.say("502 Bad Gateway")
    void(phone, known)
    phone.goto("/entries")
    expect(row(phone, "E45 Lit")).to_have_count(1)
    expect(row(phone, "E45 Lit")).to_contain_text("Makuleringen väntar")


def test_what_was_begun_stands_there_as_a_draft_and_goes_on(phone: Page) -> None:
    begin(phone, "patrol", {"at": 0, "held": {"minutes": ["30"]}})
    phone.goto("/entries")
    expect(row(phone, "Synlig patrull")).to_contain_text("Utkast")
    row(phone, "Synlig patrull").get_by_role("link").click()
    expect(phone.locator("[name=minutes]")).to_have_value("30")


def test_what_was_refused_stands_on_top_once_with_its_reason(phone: Page) -> None:
    keep(phone, work(place="E45 Lit", note=PLATE))
    expect(phone.locator("[data-banner]")).to_contain_text("1 behöver rättas")
    for is_covered in (True, False):
        phone.context.set_offline(not is_covered)
        phone.goto("/entries")
        expect(refused(phone)).to_have_count(1)
        expect(refused(phone)).to_contain_text("Anteckning: Texten ser ut att innehålla ett personnummer")
        expect(refused(phone).get_by_role("link", name="Rätta")).to_be_visible()
        expect(row(phone, "E45 Lit")).to_have_count(0)


def test_what_was_refused_is_mended_as_it_was_written(phone: Page) -> None:
    keep(phone, work(place="E45 Lit", vehicles=9, note=PLATE))
    expect(phone.locator("[data-banner]")).to_contain_text("1 behöver rättas")
    phone.goto("/entries")
    refused(phone).get_by_role("link", name="Rätta").click()
    expect(phone.locator("[name=note]")).to_have_value(PLATE)
    expect(phone.locator("[name=vehicles]")).to_have_value("9")


def test_what_was_refused_is_saved_as_a_file_and_taken_away_on_purpose(phone: Page) -> None:
    kept, _ = keep(phone, work(place="E45 Lit", note=PLATE), work(place="E14 Svedje", note="ring 811228-9874"))
    expect(phone.locator("[data-banner]")).to_contain_text("2 behöver rättas")
    phone.goto("/entries")
    first = phone.locator(f"[data-refused-row='{kept}']")
    with phone.expect_download() as download:
        first.get_by_role("button", name="Spara som fil").click()
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert [entry["answers"]["note"] for entry in saved["entries"]] == [PLATE]
    assert re.fullmatch(r"fieldlog-.*\.json", download.value.suggested_filename)
    first.get_by_text("Ta bort", exact=True).click()
    expect(refused(phone)).to_have_count(2)
    first.get_by_role("button", name="Ta bort från telefonen").click()
    expect(refused(phone)).to_have_count(1)
    phone.reload()
    expect(refused(phone)).to_have_count(1)


def test_it_is_taken_away_without_coverage_too(phone: Page) -> None:
    keep(phone, work(note=PLATE))
    expect(phone.locator("[data-banner]")).to_contain_text("1 behöver rättas")
    lose_coverage(phone)
    phone.goto("/entries")
    refused(phone).get_by_text("Ta bort", exact=True).click()
    refused(phone).get_by_role("button", name="Ta bort från telefonen").click()
    expect(refused(phone)).to_have_count(0)
    expect(phone.get_by_role("heading", name="Inget loggat ännu")).to_be_visible()


@pytest.mark.parametrize("path", ["/log", "/entries", "/pledges", "/phone"])
def test_a_full_outbox_is_as_accessible_and_narrow_as_an_empty_one(
    phone: Page, live: Live, door: Door, path: str
) -> None:
    fill_with_work(house_of(live.app))
    keep(phone, work(place="E45 Lit"), work(note=PLATE))
    expect(phone.locator("[data-banner]")).to_contain_text("1 behöver rättas")
    begin(phone, "patrol", {"at": 0, "held": {}})
    found = []
    door.close()
    for is_covered in (True, False):
        phone.context.set_offline(not is_covered)
        phone.set_viewport_size({"width": 320, "height": 740})
        phone.goto(path)
        keep(phone, work(place="E14 Svedje"))
        expect(phone.locator("[data-banner]")).to_contain_text("Skickar" if is_covered else "ingen täckning")
        phone.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, path
        found += faults(phone)
    assert not found, "\n".join(found)
