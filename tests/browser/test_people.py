"""Managing accounts on a phone: accessible, narrow, and by keyboard from the invitation to the first sign-in."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.pages import faults
from tests.fixtures.browser import Live
from tests.fixtures.people import person

NARROW: Any = {"width": 320, "height": 640}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach((fold) => { fold.open = true })"


def troubles(page: Page) -> list[str]:
    """What axe finds on the page unfolded, and how far it is too wide."""
    page.evaluate(UNFOLD)
    excess = page.evaluate(WIDE)
    return [*faults(page), *([f"{page.url} is {excess} px too wide"] if excess > 0 else [])]


def test_somebody_is_invited_and_comes_in_by_keyboard_alone(page: Page, live: Live) -> None:
    page.set_viewport_size(NARROW)
    live.sign_in(page, "administrator")
    live.session("officer")
    page.goto("/manage/accounts")
    found = troubles(page)
    page.goto(f"/manage/accounts/{person(live.database, 'officer').account}")
    found += troubles(page)

    page.goto("/manage/accounts/invite")
    page.get_by_label("Namn").focus()
    page.keyboard.type("två ord")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    found += troubles(page)
    page.get_by_label("Namn").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("asa.berg")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kontot asa.berg är skapat.")).to_be_visible()
    found += troubles(page)

    page.goto(page.get_by_label("Länken").input_value())
    found += troubles(page)
    for label in ("Välj ett lösenord", "Samma lösenord igen"):
        page.get_by_label(label).focus()
        page.keyboard.type("tre ord i rad")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Lösenordet är valt.")).to_be_visible()
    assert not found, "\n".join(found)
