"""A counting rule tells at each choice what it makes of what has been logged."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import faults, fill_with_work
from tests.fixtures.browser import Live
from tests.fixtures.site import house_of

HERE = "/manage/programme/ostersund-2026"
PATHS = (f"{HERE}/commitments/traffic-controls/rule", f"{HERE}/pledges/traffic-safety/add-commitment")


@pytest.mark.parametrize("path", PATHS, ids=["of-old", "of-a-new-one"])
def test_the_figure_follows_each_choice(page: Page, live: Live, path: str) -> None:
    fill_with_work(house_of(live.app))
    live.sign_in(page, "supervisor")
    page.goto(path)
    told = page.get_by_role("region", name="Så blir det")
    expect(told).to_be_hidden()
    page.get_by_label("Räkna", exact=True).select_option("patrol.patrols")
    page.get_by_label("Det som räknas heter", exact=True).fill("patruller")
    page.get_by_label("Ett ensamt heter", exact=True).fill("patrull")
    number = page.get_by_label("Mål: minst")
    number.fill("12")
    number.press("Tab")
    expect(told).to_contain_text("av 12")
    number.fill("40")
    number.press("Tab")
    expect(told).to_contain_text("Målet är minst 40 under hela perioden.")
    number.fill("-3")
    number.press("Tab")
    expect(told).to_be_hidden()
    number.fill("7")
    number.press("Tab")
    expect(told).to_contain_text("av 7")
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 740})
        assert not (found := faults(page)), "\n".join(found)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
