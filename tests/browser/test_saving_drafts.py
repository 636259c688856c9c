"""What is typed and not yet saved survives a reload, a closed tab and a browser that is killed."""

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.drafting import DIRTY, await_draft, expect_it_back, type_something
from tests.browser.saving import begin, fill
from tests.browser.shell import visit
from tests.fixtures.browser import ARGUMENTS, CHROMIUM, PHONE, Live

SLOW = """(() => {
  const open = indexedDB.open.bind(indexedDB);
  indexedDB.open = (...asked) => {
    const until = performance.now() + 700;
    const request = open(...asked);
    const listener = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "onsuccess");
    Object.defineProperty(request, "onsuccess", { set(told) {
      listener.set.call(this, (event) => setTimeout(() => told.call(this, event), until - performance.now()));
    } });
    return request;
  };
})()"""


def kill(page: Page) -> None:
    """End the whole browser as a dead battery does."""
    with suppress(Error):
        page.context.new_cdp_session(page).send("Browser.crash")
    with suppress(Error):
        page.context.close()


def test_it_is_back_after_a_reload_with_coverage_and_without(page: Page, live: Live) -> None:
    begin(page, live)
    type_something(page)
    page.reload()
    expect_it_back(page)
    page.context.set_offline(True)
    page.goto("/log")
    page.goto("/log/traffic-control")
    expect_it_back(page)
    expect(page.locator(DIRTY)).to_have_count(1)


def test_it_is_back_after_the_browser_was_killed(browser: Browser, live: Live, tmp_path: Path) -> None:
    def start() -> Page:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone", executable_path=CHROMIUM, args=ARGUMENTS, base_url=live.url, viewport=PHONE
        )
        return context.pages[0]

    page = start()
    visit(page, live, "/log/traffic-control")
    type_something(page)
    kill(page)
    page = start()
    visit(page, live, "/log/traffic-control")
    expect_it_back(page)
    page.context.close()


def test_a_draft_of_an_hour_ago_keeps_the_time_of_its_work(page: Page, live: Live) -> None:
    begin(page, live)
    fill(page, vehicles=14)
    await_draft(page, "vehicles", "14")
    page.goto("/log")
    page.clock.fast_forward("01:00:00")
    page.goto("/log/traffic-control")
    expect(page.get_by_text("Utkast från 21:40")).to_be_visible()
    expect(page.locator("[name=happened_at]")).to_have_value("2026-11-21T21:40")


def test_who_types_before_the_phone_is_ready_loses_nothing(page: Page, live: Live) -> None:
    begin(page, live)
    page.add_init_script(SLOW)
    page.goto("/log/patrol")
    fill(page, minutes=30)
    await_draft(page, "minutes", "30")
    page.reload()
    expect(page.locator("[name=minutes]")).to_have_value("30")
