"""Why something waits: patience asked for, somebody else answering, a session ended, a phone that keeps nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.saving import FULL
from tests.browser.waiting import Door, banner, keep, visit_at_work, work
from tests.fixtures.browser import Live
from tests.fixtures.people import PASSWORD

NO_STORAGE = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('', 'SecurityError'); } });"
UNREADABLE = "IDBObjectStore.prototype.getAll = () => { throw new DOMException('', 'InvalidStateError'); };"
OTHERS = "2 aktiviteter från någon annan väntar i telefonen"
SOMEBODYS = "2 aktiviteter väntar i telefonen. De skickas när den som loggade dem loggar in."


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
    expect(banner(page)).to_have_text(SOMEBODYS, use_inner_text=True)
    live.sign_in(page, "inspector")
    for path in ("/log", "/entries", "/phone"):
        page.goto(path)
        expect(banner(page)).to_contain_text(OTHERS)
        for secret in ("Hemliga vägen", "officer", "1 väntar"):
            expect(page.get_by_text(secret)).to_have_count(0)


@pytest.mark.parametrize("fault", [NO_STORAGE, f"({FULL})()", UNREADABLE], ids=["forbidden", "full", "unreadable"])
def test_a_phone_that_keeps_nothing_says_so_before_anybody_relies_on_it(page: Page, live: Live, fault: str) -> None:
    page.add_init_script(fault)
    live.sign_in(page, "officer")
    page.goto("/log")
    expect(banner(page)).to_contain_text("Telefonen kan inte spara: logga bara med täckning")
