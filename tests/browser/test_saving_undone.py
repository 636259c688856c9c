"""Ångra, with coverage and without."""

from playwright.sync_api import Page, expect

from tests.browser.saving import begin, kept, rows, save, stored, toast
from tests.fixtures.browser import Live


def test_it_is_undone_without_coverage_and_never_sent(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    save(page)
    kept(page)
    toast(page).get_by_role("button", name="Ångra").click()
    expect(toast(page)).to_contain_text("Ångrat")
    assert not rows(page)
    page.context.set_offline(False)
    page.goto("/log")
    expect(page.get_by_role("link", name="Trafikkontroll")).to_contain_text("0 av 50")
    assert not stored(live)


def test_what_was_counted_is_undone_without_coverage_too(page: Page, live: Live) -> None:
    begin(page, live)
    save(page)
    expect(toast(page)).to_contain_text("Räknad: 1 av 50")
    page.context.set_offline(True)
    toast(page).get_by_role("button", name="Ångra").click()
    expect(toast(page)).to_contain_text("Ångrat")
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Trafikkontroll")).to_contain_text("0 av 50")
    assert [entry.is_void for entry in stored(live)] == [False, True]
