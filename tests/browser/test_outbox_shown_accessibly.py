"""Whatever waits: nothing jumps, nothing is cut off, and whoever listens hears it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import faults, fill_with_work
from tests.browser.shell import visit
from tests.browser.waiting import Door, banner, begin, keep, visit_at_work, work
from tests.fixtures.browser import Live
from tests.fixtures.site import house_of

PLATE = "stoppade ABC 123"
PATHS = ["/log", "/entries", "/pledges", "/phone"]
SHIFTS = """() => new Promise((told) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(sum), 300);
})"""


@pytest.mark.parametrize("path", PATHS)
def test_a_full_outbox_is_as_accessible_and_narrow_as_an_empty_one(
    phone: Page, live: Live, door: Door, path: str
) -> None:
    fill_with_work(house_of(live.app))
    keep(phone, work(place="E45 Lit"), work(note=PLATE))
    expect(banner(phone)).to_contain_text("1 behöver rättas")
    begin(phone, "patrol", {"at": 0, "held": {}})
    found = []
    door.close()
    for is_covered in (True, False):
        phone.context.set_offline(not is_covered)
        phone.set_viewport_size({"width": 320, "height": 740})
        phone.goto(path)
        keep(phone, work(place="E14 Svedje"))
        expect(banner(phone)).to_contain_text("Skickar" if is_covered else "ingen täckning")
        phone.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, path
        found += faults(phone)
    assert not found, "\n".join(found)


def test_a_change_is_read_out_and_what_was_there_is_not(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    spoken = page.locator("[data-spoken]")
    page.context.set_offline(True)
    keep(page, work())
    page.goto("/log")
    expect(banner(page)).to_contain_text("1 väntar")
    expect(spoken).to_be_empty()
    page.context.set_offline(False)
    expect(spoken).to_have_text("Allt är skickat")


@pytest.mark.parametrize("is_covered", [True, False], ids=["covered", "uncovered"])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_jumps_when_it_arrives(page: Page, live: Live, door: Door, path: str, is_covered: bool) -> None:
    visit(page, live)
    if is_covered:
        door.close()
    else:
        page.context.set_offline(True)
    keep(page, work(), work("patrol", way="foot"))
    expect(banner(page)).to_contain_text("2")
    page.goto(path)
    expect(banner(page)).to_contain_text("2")
    assert page.evaluate(SHIFTS) < 0.01
