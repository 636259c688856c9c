"""The line above every page: it says what waits in the phone and why, and nothing when nothing does."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.saving import FULL
from tests.browser.shell import visit
from tests.browser.waiting import Door, keep, visit_at_work, work
from tests.fixtures.browser import Live
from tests.fixtures.people import PASSWORD

NO_STORAGE = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('', 'SecurityError'); } });"
OTHERS = "2 aktiviteter från någon annan väntar i telefonen"
SHIFTS = """() => new Promise((told) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(sum), 300);
})"""


def banner(page: Page) -> Locator:
    return page.locator("[data-banner]")


@pytest.fixture
def door(live: Live) -> Iterator[Door]:
    standing = Door(live)
    yield standing
    standing.open()


def test_nothing_is_said_while_nothing_waits(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    for path in ("/log", "/entries", "/pledges", "/phone"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        expect(banner(page)).to_be_empty()


def test_what_was_logged_without_coverage_is_said_until_it_has_been_sent(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    page.context.set_offline(True)
    page.goto("/log/traffic-control")
    page.get_by_role("button", name="Spara utan anmärkning").click()
    expect(banner(page)).to_contain_text("1 väntar · ingen täckning")
    for path in ("/log", "/entries", "/pledges", "/phone"):
        page.goto(path)
        expect(banner(page)).to_contain_text("1 väntar · ingen täckning")
    page.goto("/log")
    page.context.set_offline(False)
    expect(banner(page)).to_have_text("Allt är skickat")
    page.goto("/log")
    expect(page.get_by_role("link", name="Trafikkontroll")).to_contain_text("1 av 50")
    expect(banner(page)).to_be_empty()


def test_it_leads_to_the_page_about_the_phone(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    page.context.set_offline(True)
    keep(page, work(), work("patrol", way="foot"))
    banner(page).get_by_role("link", name="Visa").click()
    expect(page.locator("h1")).to_have_text("Telefonen")
    expect(banner(page)).to_contain_text("2 väntar")
    expect(banner(page).get_by_role("link")).to_have_count(0)


def test_while_it_is_sent_it_says_so(page: Page, live: Live, door: Door) -> None:
    visit_at_work(page, live)
    door.close()
    keep(page, work(), work())
    expect(banner(page)).to_contain_text("Skickar 2 …")
    door.open()
    expect(banner(page)).to_have_text("Allt är skickat")


def test_a_pause_that_the_server_asks_for_says_until_when(page: Page, live: Live, door: Door) -> None:
    visit_at_work(page, live)
    door.say("503 Busy", Retry_After="300")
    keep(page, work())
    expect(banner(page)).to_contain_text(re.compile(r"1 väntar till .*\d\d:\d\d"))


def test_somebody_elses_page_in_between_is_no_coverage_to_speak_of(page: Page, live: Live, door: Door) -> None:
    visit_at_work(page, live)
    door.say("200 OK", "<h1>Hotell</h1>")
    keep(page, work())
    expect(banner(page)).to_contain_text(re.compile(r"1 väntar till .*\d\d:\d\d"))


def test_a_session_that_ended_asks_for_signing_in_and_comes_back(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    page.context.set_offline(True)
    keep(page, work())
    page.goto("/pledges")
    page.context.clear_cookies()
    page.context.set_offline(False)
    banner(page).get_by_role("link", name="Logga in igen för att skicka").click()
    page.get_by_label("Namn").fill("officer")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page).to_have_url(re.compile("/pledges$"))
    expect(banner(page)).to_have_text("Allt är skickat")


def test_the_next_person_learns_only_that_somebody_elses_work_waits(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    page.context.set_offline(True)
    keep(page, work(place="Hemliga vägen"), work("patrol", way="foot"))
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.goto("/sign-in")
    expect(banner(page)).to_have_text(OTHERS, use_inner_text=True)
    live.sign_in(page, "inspector")
    for path in ("/log", "/entries", "/phone"):
        page.goto(path)
        expect(banner(page)).to_contain_text(OTHERS)
        for secret in ("Hemliga vägen", "officer", "1 väntar"):
            expect(page.get_by_text(secret)).to_have_count(0)


@pytest.mark.parametrize("fault", [NO_STORAGE, f"({FULL})()"], ids=["forbidden", "full"])
def test_a_phone_that_keeps_nothing_says_so_before_anybody_relies_on_it(page: Page, live: Live, fault: str) -> None:
    page.add_init_script(fault)
    live.sign_in(page, "officer")
    page.goto("/log")
    expect(banner(page)).to_contain_text("Telefonen kan inte spara: logga bara med täckning")


def test_a_change_is_read_out_and_what_was_there_is_not(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    spoken = page.locator("#announcements")
    page.context.set_offline(True)
    keep(page, work())
    page.goto("/log")
    expect(banner(page)).to_contain_text("1 väntar")
    expect(spoken).to_be_empty()
    page.context.set_offline(False)
    expect(spoken).to_have_text("Allt är skickat")


@pytest.mark.parametrize("is_covered", [True, False], ids=["covered", "uncovered"])
@pytest.mark.parametrize("path", ["/log", "/entries", "/pledges", "/phone"])
def test_nothing_jumps_when_it_arrives(page: Page, live: Live, door: Door, path: str, is_covered: bool) -> None:
    visit(page, live)
    if is_covered:
        door.close()
    else:
        page.context.set_offline(True)
    keep(page, work(), work("patrol", way="foot"))
    expect(banner(page)).to_contain_text("2")
    page.goto(path)
    expect(banner(page)).to_contain_text("2")
    assert page.evaluate(SHIFTS) < 0.01
