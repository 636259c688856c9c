"""The desk in a browser: accessible, narrow, by keyboard alone."""

from playwright.sync_api import Page, expect

from tests.browser.pages import faults
from tests.fixtures.browser import Live

HERE = "/manage/programme/ostersund-2026"
CONTROLS = f"{HERE}/commitments/traffic-controls"
# Every second one shows each control; all of them are to be narrow.
PAGES = [
    "/manage/programme", HERE, f"{HERE}/texts", f"{HERE}/pledges/traffic-safety", f"{HERE}/next-period", CONTROLS,
    f"{CONTROLS}/wording", f"{CONTROLS}/rule", f"{CONTROLS}/plan", f"{CONTROLS}/deviation",
    f"{HERE}/commitments/safety-walks/plan", "/manage/upload-programme", "/manage/areas", "/manage/areas/lit",
    "/manage/thresholds",
]  # fmt: skip


def test_every_page_is_accessible_and_fits_a_narrow_screen(page: Page, live: Live) -> None:
    live.sign_in(page, "supervisor")
    page.set_viewport_size({"width": 320, "height": 740})
    wrong = []
    for path in PAGES:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details.fold').forEach((fold) => { fold.open = true; })")
        wrong += faults(page) if path in PAGES[1::2] else []
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong += [f"{path} is {excess} px too wide"] if excess > 0 else []
    assert not wrong, "\n".join(wrong)


def test_a_target_is_changed_by_keyboard_alone_and_shown_before_it_is_saved(page: Page, live: Live) -> None:
    live.sign_in(page, "supervisor")
    page.goto(f"{CONTROLS}/rule")
    page.get_by_label("Mål: minst").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Inget är sparat än.")).to_be_visible()
    expect(page.locator("section.card")).to_contain_text("av 60")
    page.get_by_role("button", name="Spara").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Sparat")).to_be_visible()
    expect(page.get_by_role("heading", name="Från 22 november 2026")).to_be_visible()
