"""The public pages in a browser without scripts: accessible by day and night, and never wider than the screen."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import faults
from tests.fixtures.browser import PHONE, Live
from tests.fixtures.databases import StoppedClock
from tests.fixtures.work import item
from tests.public.conftest import Log

PAGES = (
    *("/", "/programme/ostersund-2026/traffic-safety", "/?language=en", "/embed/traffic-safety"),
    *("/accessibility", "/device-storage", "/open-data/"),
)


def test_every_public_page_is_accessible_and_fits(page: Page, live: Live, log: Log, clock: StoppedClock) -> None:
    log("officer", *(item(area=area) for area in ("lit", "brunflo", "ostersund", "-")))
    clock.move(days=1)
    found = []
    for path in PAGES:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 740})
            excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{path} is {excess} px too wide at {width} px"] if excess > 0 else []
        found += faults(page)
    assert not found, "\n".join(found)
    assert page.context.cookies() == []


def test_the_desks_pages_about_it_are_accessible(page: Page, live: Live) -> None:
    live.sign_in(page, "supervisor")
    found = []
    for path in ("", "/ostersund-2026/traffic-controls/hold", "/post", "/preview", "/share"):
        page.goto(f"/manage/publication{path}")
        found += faults(page)
    assert not found, "\n".join(found)


def test_a_citizen_finds_the_way_by_keyboard_without_scripts(browser: Browser, live: Live) -> None:
    context = browser.new_context(base_url=live.url, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Trafiksäkerhet").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Trafiksäkerhet")).to_be_visible()
    page.locator("summary", has_text="Så räknar vi").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enstaka fordon som stoppas under patrull räknas inte.")).to_be_visible()
    page.get_by_role("link", name="In English").click()
    expect(page.get_by_role("heading", level=1, name="Traffic safety")).to_be_visible()
    context.close()


def test_the_whole_page_is_printed_on_a_few_sheets_with_nothing_over_another(
    page: Page, live: Live, log: Log, clock: StoppedClock
) -> None:
    log("officer", *(item(area=area) for area in ("lit", "brunflo", "ostersund", "-")))
    clock.move(days=1)
    page.goto("/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Enstaka fordon som stoppas under patrull räknas inte.")).to_be_visible()
    expect(page.locator("table:visible")).to_have_count(0)
    top = "node => node.getBoundingClientRect().top"
    assert page.locator("main").evaluate(top) < page.locator("#about").evaluate(top)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 8
