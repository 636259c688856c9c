"""Without coverage: after one visit every page for work opens from the phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import faults
from tests.browser.shell import Weather, heading, is_from_shell, visit
from tests.fixtures.browser import ARGUMENTS, CHROMIUM, PHONE, Live

PAGES = {
    "/log": "Fältlogg",
    "/log/traffic-control": "Trafikkontroll",
    "/log/traffic-control?like=0192aaaa-0000-7000-8000-000000000000": "Trafikkontroll",
    "/entries": "Mina aktiviteter",
    "/pledges": "Löften 2026",
    "/phone": "Telefonen",
}


@pytest.fixture
def weather(live: Live) -> Iterator[Weather]:
    changing = Weather(live)
    yield changing
    changing.clear()


def open_everything(page: Page) -> None:
    for path, title in PAGES.items():
        page.goto(path)
        assert is_from_shell(page), path
        assert heading(page) == title


def test_everything_for_work_opens_without_coverage_after_one_visit(page: Page, live: Live) -> None:
    visit(page, live)
    page.context.set_offline(True)
    open_everything(page)


def test_other_pages_say_what_works_without_coverage(page: Page, live: Live) -> None:
    visit(page, live)
    page.context.set_offline(True)
    for path in ("/settings", "/entries/0192aaaa-0000-7000-8000-000000000000", "/nothing"):
        page.goto(path)
        assert heading(page) == "Utan täckning"
    page.get_by_role("main").get_by_role("link", name=re.compile("^Logga")).click()
    expect(page.get_by_role("link", name="Trafikkontroll")).to_be_visible()


def test_axe_finds_nothing_on_what_the_phone_shows_by_itself(page: Page, live: Live) -> None:
    visit(page, live)
    page.context.set_offline(True)
    found = []
    for path in (*PAGES, "/settings"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
        found += faults(page)
    assert not found, "\n".join(found)


def test_a_visit_to_the_door_is_enough(page: Page, live: Live) -> None:
    """Installed first, signed in later: what is kept does not depend on who is there."""
    page.goto("/sign-in")
    visit(page, live, "/sign-in")
    page.context.set_offline(True)
    open_everything(page)


def test_it_opens_in_a_browser_that_was_started_again_while_the_server_is_gone(
    browser: Browser, live: Live, tmp_path: Path
) -> None:
    def start() -> Page:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone", executable_path=CHROMIUM, args=ARGUMENTS, base_url=live.url, viewport=PHONE
        )
        return context.pages[0]

    page = start()
    visit(page, live)
    page.context.close()
    live.stop()
    page = start()
    open_everything(page)
    page.context.close()


def test_a_proxys_error_page_is_not_shown_in_the_place_of_one_of_ours(page: Page, live: Live, weather: Weather) -> None:
    visit(page, live)
    weather.refuses_pages_with = "502 Bad Gateway"
    open_everything(page)
    page.goto("/settings")
    assert heading(page) == "Somebody else's page"


def test_a_server_that_lets_one_wait_is_not_waited_for(page: Page, live: Live, weather: Weather) -> None:
    visit(page, live)
    weather.holds_pages_up = True
    page.goto("/log/traffic-control")
    assert is_from_shell(page)
    assert heading(page) == "Trafikkontroll"


def test_while_the_server_answers_its_own_pages_are_shown(page: Page, live: Live) -> None:
    visit(page, live)
    for path in PAGES:
        page.goto(path)
        assert not is_from_shell(page), path


def test_the_language_is_the_readers_also_when_it_was_just_changed(page: Page, live: Live) -> None:
    visit(page, live, "/settings")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Settings")
    page.context.set_offline(True)
    page.goto("/log/traffic-control")
    assert heading(page) == "Traffic control"
    page.goto("/settings")
    assert heading(page) == "Without coverage"


def test_day_and_night_are_the_readers_before_anything_is_painted(page: Page, live: Live) -> None:
    visit(page, live)
    page.context.set_offline(True)
    page.goto("/log")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Natt").click()
    page.goto("/pledges")
    expect(page.locator("html")).to_have_attribute("data-theme", "night")
    expect(page.get_by_role("button", name="Natt", include_hidden=True)).to_have_attribute("aria-pressed", "true")
    colours = page.eval_on_selector_all("meta[name=theme-color]", "all => all.map((one) => [one.content, one.media])")
    assert colours == [["#f3f5f8", "not all"], ["#0a0d13", "all"]]
    page.context.set_offline(False)
    page.goto("/pledges")
    expect(page.locator("html")).to_have_attribute("data-theme", "night")
