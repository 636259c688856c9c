"""A draft ends when it is saved or thrown away, and is nobody else's."""

from playwright.sync_api import Page, expect

from tests.browser.drafting import DIRTY, await_draft, drafts, type_something
from tests.browser.saving import begin, fill, kept, save, toast
from tests.fixtures.browser import Live


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
