"""A supervisor takes rows out and answers a request for documents, on a phone and without scripts."""

from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import faults, fill_with_work
from tests.fixtures.browser import PHONE, Live
from tests.fixtures.site import house_of
from tests.ground.test_sheets import workbook_of


def looked_at(page: Page) -> None:
    """Nothing for axe to find, nothing that scrolls sideways."""
    assert not (found := faults(page)), "\n".join(found)
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size(PHONE)


def test_pages_are_accessible_and_narrow(page: Page, live: Live) -> None:
    fill_with_work(house_of(live.app))
    live.sign_in(page, "supervisor")
    page.goto("/manage/exports")
    looked_at(page)
    page.get_by_label("Till och med").fill("2025-01-01")
    page.get_by_role("button", name="Exportera").click()
    expect(page.get_by_role("alert")).to_contain_text("Perioden slutar innan den börjar.")
    looked_at(page)
    page.goto("/manage/disclosure")
    looked_at(page)
    page.get_by_label("Diarienummer").fill("KS 2026/9")
    page.get_by_label("Funktion som beslutar").fill("Kommunjurist")
    page.get_by_label("Trafikkontroll").check()
    page.get_by_role("button", name="Gå till prövningen").click()
    expect(page.get_by_text("E14 Svedje")).to_be_visible()
    looked_at(page)


def test_rows_are_taken_out_without_scripts(browser: Browser, live: Live) -> None:
    fill_with_work(house_of(live.app))
    context = browser.new_context(base_url=live.url, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    live.sign_in(page, "supervisor")
    page.goto("/manage/exports")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Exportera").click()
    found = workbook_of(BytesIO(Path(coming.value.path()).read_bytes()))
    assert "E14 Svedje" in found["Trafikkontroll"][1]
    assert coming.value.suggested_filename == "export-2026-01-01-2026-12-31.xlsx"
    context.close()
