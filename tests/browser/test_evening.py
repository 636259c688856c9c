"""A whole evening without coverage: kept in one go, and each place counted once when there is coverage again."""

import re

from playwright.sync_api import Page, expect

from tests.browser.saving import await_sent, begin, rows, save, stored
from tests.fixtures.browser import Live


def test_an_evening_is_kept_without_coverage_and_every_place_counted_once(page: Page, live: Live) -> None:
    begin(page, live, "/log/evening", "outreach")
    page.context.set_offline(True)
    page.get_by_label("Tillsammans med polisen").check()
    page.locator("[name=places-0-area]").select_option("lit")
    page.locator("[name=places-0-place]").fill("Badet")
    page.locator("[name=places-0-contacts]").fill("6")
    page.get_by_role("button", name="Lägg till en till").click()
    page.locator("[name=places-1-area]").select_option("brunflo")
    page.locator("[name=places-1-conversations]").fill("2")
    save(page, "Spara kvällen")
    expect(page).to_have_url(re.compile("/entries"))
    expect(page.locator("li.waiting")).to_have_count(2)
    first, second = rows(page)
    assert first["item"]["id"][:-2] == second["item"]["id"][:-2]
    page.context.set_offline(False)
    await_sent(page)
    found = {one.area: one.answers for one in stored(live)}
    assert {area: (one["with_police"], one["contacts"]) for area, one in found.items()} == {
        "lit": (True, 6),
        "brunflo": (True, None),
    }


def test_what_was_typed_of_an_evening_is_there_again(page: Page, live: Live) -> None:
    begin(page, live, "/log/evening", "outreach")
    page.get_by_role("button", name="Lägg till en till").click()
    page.locator("[name=places-1-contacts]").fill("7")
    page.wait_for_function("document.documentElement.hasAttribute('data-dirty')")
    page.goto("/entries")
    page.get_by_role("link", name="Uppsökande, hela kvällen").click()
    expect(page.locator("[name=places-1-contacts]")).to_have_value("7")
