"""The supervisor's pages in a browser: the arrow keys, one screen on a desk, narrow on a phone, one sheet of paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import faults, fill_with_work
from tests.fixtures.browser import Live
from tests.fixtures.site import house_of
from tests.fixtures.work import item
from tests.review.desk import send

PATHS = ["/day/2026-11-21", "/week/2026-W47", "/month/2026-11", "/period/ostersund-2026", "/day/2026-11-22", "/manage"]


@pytest.fixture
def desk(page: Page, live: Live) -> Page:
    fill_with_work(house_of(live.app))
    live.sign_in(page, "supervisor")
    return page


def test_the_arrow_keys_turn_the_page_but_not_while_typing(desk: Page) -> None:
    desk.goto(PATHS[0])
    desk.keyboard.press("ArrowLeft")
    expect(desk).to_have_url("/day/2026-11-20")
    desk.keyboard.press("Alt+Shift+ArrowRight")
    desk.evaluate("document.querySelector('.page').append(document.createElement('textarea'))")
    desk.locator("textarea").press("ArrowRight")
    desk.locator("textarea").evaluate("node => node.remove()")
    expect(desk).to_have_url("/day/2026-11-20")
    desk.keyboard.press("ArrowRight")
    expect(desk).to_have_url("/day/2026-11-21")


def test_nothing_scrolls_sideways_or_sticks_out(desk: Page) -> None:
    wrong = []
    for path in PATHS:
        for width in (320, 768, 1440):
            desk.set_viewport_size({"width": width, "height": 900})
            desk.goto(path)
            excess = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            wrong += [f"{path} is {excess} px too wide at {width} px"] if excess > 0 else []
            spilt = desk.evaluate(
                "[...document.querySelectorAll('.card')].some((card) => card.scrollWidth > card.clientWidth + 1)"
            )
            wrong += [f"{path}: something sticks out of a card at {width} px"] if spilt else []
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", [PATHS[0], PATHS[-1]])
def test_axe_finds_nothing(desk: Page, path: str) -> None:
    desk.goto(path)
    desk.evaluate("document.querySelectorAll('details:not(.menu)').forEach((fold) => { fold.open = true })")
    assert not (found := faults(desk)), "\n".join(found)


def test_a_day_fits_on_a_desks_screen_and_on_one_sheet(desk: Page, live: Live, tmp_path: Path) -> None:
    """With work in most areas and from most units, which is when they take most room."""
    for area, number in (("lit", 2), ("brunflo", 8), ("froso", 12), ("ostersund", 16)):
        send(house_of(live.app), "officer", *(item(area=area) for _ in range(number)))
    for name in ("other-officer", "coordinator", "inspector", "outreach"):
        send(house_of(live.app), name, item("youth-visit"))
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.goto(PATHS[0])
    assert desk.evaluate("document.documentElement.scrollHeight") <= 900
    for path in PATHS[:3]:
        desk.goto(path)
        sheet = desk.pdf(path=tmp_path / "day.pdf", format="A4")
        assert sheet.count(b"/Type /Page\n") == 1, f"{path} needs more than one sheet"
