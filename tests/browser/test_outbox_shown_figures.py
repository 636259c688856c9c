"""Beside each figure what waits, never one number with it; and the last figures that the phone was told."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import fill_with_work
from tests.browser.waiting import Door, banner, keep, send, visit_at_work, work
from tests.fixtures.browser import Live
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import house_of


def tile(page: Page, name: str = "Trafikkontroll") -> Locator:
    return page.locator(".tiles li:visible", has_text=name)


def tiles(page: Page) -> list[str]:
    """The tiles' kinds in order."""
    expect(page.locator(".tiles li:visible").first).to_be_visible()
    found: list[str] = page.locator(".tiles li:visible").evaluate_all("(all) => all.map((one) => one.dataset.kind)")
    return found


def controls(page: Page) -> Locator:
    """What was promised about traffic controls."""
    return page.locator("[data-commitment=traffic-controls]")


def test_what_waits_stands_beside_the_figure(page: Page, live: Live, door: Door) -> None:
    fill_with_work(house_of(live.app))
    visit_at_work(page, live)
    door.say("502 Bad Gateway")
    keep(page, work(), work(), work("patrol", way="foot"))
    expect(tile(page).locator(".figure")).to_have_text("1 av 50")
    expect(tile(page)).to_contain_text("2 väntar")
    expect(tile(page, "Synlig patrull")).to_contain_text("1 väntar")
    expect(tile(page, "Trygghetsvandring").locator(".waits")).to_be_hidden()
    page.goto("/pledges")
    expect(controls(page).locator(".figure").first).to_have_text("1 av 50")
    expect(controls(page)).to_contain_text("2 väntar")


def test_a_correction_on_its_way_is_not_one_more(page: Page, live: Live, door: Door) -> None:
    visit_at_work(page, live)
    (known,) = send(page, work())
    door.say("502 Bad Gateway")
    keep(page, work() | {"replaces": known, "reason": "wrong-count"})
    expect(banner(page)).to_contain_text("1 väntar")
    expect(tile(page).locator(".waits")).to_be_hidden()


def test_the_figure_moves_when_the_server_has_counted(page: Page, live: Live, clock: StoppedClock) -> None:
    fill_with_work(house_of(live.app))
    visit_at_work(page, live)
    clock.move(minutes=1)
    keep(page, work(), work())
    expect(tile(page).locator(".figure")).to_have_text("3 av 50")
    expect(tile(page).locator(".waits")).to_be_hidden()


def test_without_coverage_the_last_figures_and_their_time_are_shown(page: Page, live: Live) -> None:
    fill_with_work(house_of(live.app))
    visit_at_work(page, live)
    page.context.set_offline(True)
    page.goto("/log")
    keep(page, work())
    expect(page.get_by_text("Ställningen 21:40")).to_be_visible()
    expect(tile(page).locator(".figure")).to_have_text("1 av 50")
    expect(tile(page)).to_contain_text("1 väntar")
    page.goto("/pledges")
    expect(page.get_by_text("Ställningen 21:40")).to_be_visible()
    expect(controls(page).locator(".figure")).to_have_text("1 av 50")
    expect(controls(page)).to_contain_text("1 väntar")


def test_figures_of_another_day_say_which(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    page.context.set_offline(True)
    page.clock.set_system_time(house_of(live.app).clock() + timedelta(days=1))
    page.goto("/log")
    expect(page.get_by_text("Ställningen 21 nov. 21:40")).to_be_visible()


def test_a_page_that_loses_coverage_says_when_its_figures_are_from(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    expect(page.get_by_text("Ställningen")).to_be_hidden()
    page.context.set_offline(True)
    expect(page.get_by_text("Ställningen 21:40")).to_be_visible()


@pytest.mark.parametrize("name", ["officer", "inspector", "outreach"])
def test_without_coverage_the_tiles_are_the_persons_own(page: Page, live: Live, name: str) -> None:
    fill_with_work(house_of(live.app))
    visit_at_work(page, live, name)
    with_coverage = tiles(page)
    page.context.set_offline(True)
    page.goto("/log")
    assert tiles(page) == with_coverage


def test_where_nobody_is_known_it_says_to_sign_in(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    page.goto("/settings")
    page.get_by_role("button", name="Logga ut", exact=True).click()
    expect(page.locator("h1")).to_have_text("Logga in")
    page.context.set_offline(True)
    page.goto("/log")
    expect(page.get_by_text("Logga in när det finns täckning")).to_be_visible()
    expect(page.locator(".tiles li:visible")).to_have_count(0)
