"""The line above every page: it says what waits in the phone and why, and nothing when nothing does."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.waiting import Door, banner, keep, send, visit_at_work, work
from tests.fixtures.browser import Live
from tests.fixtures.work import NOW


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


def test_what_is_sent_at_once_is_not_worth_a_word(page: Page, live: Live) -> None:
    visit_at_work(page, live, path="/log/traffic-control")
    page.clock.pause_at(NOW + timedelta(minutes=1))  # at once, however busy the machine is
    send(page, work(), work())
    expect(banner(page)).to_be_empty()
