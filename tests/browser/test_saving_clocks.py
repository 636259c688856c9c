"""A time left at "Nu" is made up for when the page that took it sends it; from a later page it is kept as it is."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.saving import await_sent, fill, kept, open_again, rows, save, stored, toast
from tests.browser.shell import visit
from tests.fixtures.browser import Live
from tests.fixtures.work import NOW

WRONG = NOW + timedelta(hours=3)
MINUTE = timedelta(minutes=1)


def open_form(page: Page, live: Live) -> None:
    """Open the form on a phone whose clock is three hours fast, and which waits for an answer as long as it takes."""
    page.clock.install(time=WRONG)
    visit(page, live)
    page.goto("/log/traffic-control")
    # The minute that is leapt over would be the phone's storage taking too long to open.
    rows(page)
    page.clock.pause_at(WRONG + MINUTE)


def test_what_is_sent_at_once_happened_when_the_server_says(page: Page, live: Live) -> None:
    open_form(page, live)
    save(page)
    expect(toast(page)).to_contain_text("Räknad")
    (entry,) = stored(live)
    assert (abs(entry.happened_at - NOW) < MINUTE, entry.doubtful_time) == (True, False)


def test_what_is_sent_by_a_later_page_is_kept_and_marked(page: Page, live: Live) -> None:
    open_form(page, live)
    page.context.set_offline(True)
    page.clock.resume()
    save(page)
    kept(page)
    page.context.set_offline(False)
    await_sent(page)
    (entry,) = stored(live)
    assert entry.doubtful_time


def test_what_a_later_page_changed_is_kept_and_marked_too(page: Page, live: Live) -> None:
    open_form(page, live)
    page.context.set_offline(True)
    page.clock.resume()
    save(page)
    kept(page)
    (row,) = rows(page)
    open_again(page, row["id"])
    fill(page, vehicles=41)
    save(page)
    expect(page.locator("h1")).to_have_text("Mina aktiviteter")
    page.context.set_offline(False)
    await_sent(page)
    (entry,) = stored(live)
    assert (entry.answers["vehicles"], entry.doubtful_time) == (41, True)
