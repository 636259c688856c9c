"""What is typed and not yet saved survives a reload, a closed tab and a browser that is killed."""

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.saving import begin, fill, kept, save, toast, unfold
from tests.browser.shell import visit
from tests.browser.waiting import in_outbox
from tests.fixtures.browser import ARGUMENTS, CHROMIUM, PHONE, Live

DRAFTS = """async () => {
  const { outbox, account } = need("here");
  return (await (await outbox).drafts(await account())).map(({ key }) => key);
}"""
HELD = """async ([name, value]) => {
  const { outbox, account } = need("here");
  const [box, who] = [await outbox, await account()];
  while (!(await box.drafts(who)).some((draft) => draft.value.held[name]?.includes(value))) {
    await new Promise(requestAnimationFrame);
  }
}"""
DIRTY = "html[data-dirty]"


def drafts(page: Page) -> list[str]:
    """What each of the person's drafts is a draft of."""
    found: list[str] = in_outbox(page, DRAFTS)
    return found


def await_draft(page: Page, name: str, value: str) -> None:
    """Wait until the phone has this of a draft."""
    in_outbox(page, HELD, name, value)


def type_something(page: Page) -> None:
    unfold(page)
    fill(page, place="E14 Svedje", vehicles=14, note="Halt\nväglag")
    page.get_by_label("Hastighet").check()
    page.locator("[name=area]").select_option("nas")
    await_draft(page, "area", "nas")


def kill(page: Page) -> None:
    """End the whole browser as a dead battery does."""
    with suppress(Error):
        page.context.new_cdp_session(page).send("Browser.crash")
    with suppress(Error):
        page.context.close()


def expect_it_back(page: Page) -> None:
    expect(page.get_by_text("Utkast från")).to_be_visible()
    expect(page.locator("[name=place]")).to_have_value("E14 Svedje")
    expect(page.locator("[name=vehicles]")).to_have_value("14")
    expect(page.locator("[name=note]")).to_have_value("Halt\nväglag")
    expect(page.locator("[name=area]")).to_have_value("nas")
    expect(page.get_by_label("Hastighet")).to_be_checked()


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


def test_an_untouched_form_leaves_no_draft(page: Page, live: Live) -> None:
    begin(page, live)
    type_something(page)
    save(page)
    expect(toast(page)).to_be_visible()
    page.goto("/log/traffic-control")
    expect(page.get_by_label("Hastighet")).to_be_checked()
    page.goto("/log")
    assert drafts(page) == []


def test_it_is_gone_once_it_is_saved(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    type_something(page)
    save(page)
    kept(page)
    assert drafts(page) == []
    page.goto("/log/traffic-control")
    expect(page.locator("[name=vehicles]")).to_have_value("")
    expect(page.get_by_text("Utkast från")).to_have_count(0)
    expect(page.locator(DIRTY)).to_have_count(0)


def test_one_begins_anew(page: Page, live: Live) -> None:
    begin(page, live)
    type_something(page)
    page.reload()
    page.get_by_role("button", name="Börja om").click()
    expect(page.locator("[name=vehicles]")).to_have_value("")
    expect(page.get_by_label("Hastighet")).not_to_be_checked()
    expect(page.locator(DIRTY)).to_have_count(0)
    page.reload()
    expect(page.locator("[name=vehicles]")).to_have_value("")
    assert drafts(page) == []


def test_each_kind_has_its_own_and_nobody_sees_anothers(page: Page, live: Live) -> None:
    begin(page, live)
    type_something(page)
    page.goto("/log/patrol")
    fill(page, minutes=30)
    await_draft(page, "minutes", "30")
    page.goto("/log")
    assert sorted(drafts(page)) == ["patrol", "traffic-control"]
    live.sign_in(page, "colleague")
    page.goto("/log/traffic-control")
    expect(page.locator("[name=vehicles]")).to_have_value("")
    assert drafts(page) == []


def test_a_draft_of_an_hour_ago_keeps_the_time_of_its_work(page: Page, live: Live) -> None:
    begin(page, live)
    fill(page, vehicles=14)
    await_draft(page, "vehicles", "14")
    page.goto("/log")
    page.clock.fast_forward("01:00:00")
    page.goto("/log/traffic-control")
    expect(page.get_by_text("Utkast från 21:40")).to_be_visible()
    expect(page.locator("[name=happened_at]")).to_have_value("2026-11-21T21:40")
