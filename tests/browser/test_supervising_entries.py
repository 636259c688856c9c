"""A supervisor at a narrow phone and by keyboard: finds an entry, compares, saves, and reads who did what."""

from playwright.sync_api import Page, expect

from tests.browser.pages import faults, fill_with_work
from tests.fixtures.browser import Live
from tests.fixtures.site import house_of


def narrow(page: Page) -> None:
    """Nothing is too wide at 320 px, and axe finds nothing."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert excess <= 0, f"{page.url} is {excess} px too wide"
    assert not (found := faults(page)), "\n".join(found)


def test_an_entry_is_found_compared_corrected_and_seen_in_the_log(page: Page, live: Live) -> None:
    fill_with_work(house_of(live.app))
    live.sign_in(page, "supervisor")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/entries")
    page.get_by_role("link", name="Alla aktiviteter").click()
    narrow(page)
    page.get_by_label("Typ av aktivitet").select_option("traffic-control")
    page.get_by_role("button", name="Visa").press("Enter")
    expect(page.locator(".rows a")).to_have_count(1)
    page.locator(".rows a").press("Enter")
    page.get_by_role("link", name="Rätta").press("Enter")
    page.locator("[name=vehicles]").fill("15")
    page.locator("[value=wrong-count]").check()
    page.locator("[name=vehicles]").press("Enter")
    expect(page.locator(".compared .differs")).to_have_text(["Fordon skiljer sig 14 15"], use_inner_text=True)
    narrow(page)
    page.get_by_role("button", name="Spara", exact=True).press("Enter")
    expect(page.locator(".history")).to_contain_text("av dig")
    narrow(page)
    page.goto("/manage/audit")
    expect(page.locator(".history li").first).to_contain_text("Aktivitet rättad")
    narrow(page)
