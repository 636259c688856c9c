"""What the phone says of its own is accessible, by day and by night, and no wider than the phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import faults
from tests.browser.saving import begin, fill, fill_up, kept, rows, save, toast, unfold
from tests.fixtures.browser import Live

OWN = "/log/traffic-control"


def draft(page: Page) -> None:
    fill(page, place="E14 Svedje", vehicles=14)
    page.get_by_label("Hastighet").check()
    page.reload()
    expect(page.get_by_text("Utkast från")).to_be_visible()


def saved_offline(page: Page) -> None:
    page.context.set_offline(True)
    save(page)
    kept(page)


def another(page: Page) -> None:
    page.context.set_offline(True)
    page.goto("/log/patrol")
    page.get_by_label("Till fots").check()
    save(page, "Spara och logga en till")
    kept(page)


def doubtful(page: Page) -> None:
    unfold(page)
    fill(page, vehicles=9000, note="mot abc 123")
    save(page)
    expect(page.get_by_text("Stämmer det här?")).to_be_visible()


def queued(page: Page) -> None:
    saved_offline(page)
    page.goto(f"{OWN}?edit={rows(page)[0]['id']}")
    page.get_by_role("button", name="Ta bort", exact=True).click()
    expect(page.get_by_text("Ta bort aktiviteten?")).to_be_visible()


def corrected(page: Page) -> None:
    fill(page, vehicles=14)
    save(page)
    expect(toast(page)).to_contain_text("Räknad")
    page.goto(f"{OWN}?edit={rows(page)[0]['id']}")
    page.get_by_label("Dubbel").check()
    page.get_by_role("button", name="Makulera", exact=True).click()
    expect(page.get_by_text("Makulera aktiviteten?")).to_be_visible()


def refused(page: Page) -> None:
    unfold(page)
    fill(page, note="Föraren 890201-3286", vehicles=14)
    save(page)
    expect(page.locator("#note-error")).to_be_visible()


def full(page: Page) -> None:
    fill_up(page)
    fill(page, vehicles=14)
    save(page)
    expect(page.get_by_text("Lagringen är full.")).to_be_visible()


def question(page: Page) -> None:
    page.context.set_offline(True)
    unfold(page)
    fill(page, place="E45 norr", suspected=2)
    save(page)
    expect(page.get_by_text("Fråga 1 av 2")).to_be_visible()


@pytest.mark.parametrize("state", [draft, saved_offline, another, doubtful, queued, corrected, refused, full, question])
def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, live: Live, state: Callable[[Page], None]) -> None:
    begin(page, live, OWN)
    state(page)
    assert not (found := faults(page)), "\n".join(found)
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert excess <= 0, f"{excess} px too wide at {width} px"
