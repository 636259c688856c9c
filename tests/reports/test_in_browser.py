"""The report in a browser: readable, narrow, and found from the list."""

from playwright.sync_api import Page, expect

from tests.browser.pages import faults, fill_with_work
from tests.fixtures.browser import Live
from tests.fixtures.site import house_of


def test_a_report_is_chosen_read_and_taken_home(page: Page, live: Live) -> None:
    fill_with_work(house_of(live.app))
    live.sign_in(page, "supervisor")
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto("/manage/reports")
    page.get_by_label("Första dagen").fill("2026-11-30")
    page.get_by_label("Sista dagen").fill("2026-11-01")
    page.get_by_role("button", name="Visa rapporten").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found = faults(page)
    page.get_by_role("link", name="Hela 2026").click()
    expect(page.get_by_text("1 av 50").first).to_be_visible()
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
    found += faults(page)
    assert not found, "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    with page.expect_download() as started:
        page.get_by_role("link", name="Hämta som PDF").click()
    assert started.value.suggested_filename == "ostersund-2026-2026-01-01-2026-12-31.pdf"
