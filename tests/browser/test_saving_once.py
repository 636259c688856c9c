"""However often a form is sent, and wherever one goes from it: one entry, never two and never none."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.saving import begin, fill, kept, rows, save, stored, toast
from tests.fixtures.browser import Live

AT_ONCE = """() => {
  const button = document.querySelector(".bar [value=save]");
  for (let times = 0; times < 5; times += 1) button.click();
}"""

# As it is left it comes back as it was: a browser that sets no page aside cannot be made to show one.
SET_ASIDE = """() => navigation.addEventListener("navigate", (event) => {
  event.preventDefault();
  setTimeout(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
}, { once: true })"""

FORBIDDEN = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })"


@pytest.mark.parametrize("offline", [True, False])
def test_five_taps_at_once_are_one_entry(page: Page, live: Live, offline: bool) -> None:
    begin(page, live)
    page.context.set_offline(offline)
    fill(page, vehicles=14)
    page.evaluate(AT_ONCE)
    expect(page).to_have_url(re.compile("/log$|/log[?]"))
    expect(toast(page)).to_be_visible()
    page.context.set_offline(False)
    expect(toast(page)).to_contain_text("Räknad: 1 av 50")
    assert len(stored(live)) == 1


def test_enter_saves_as_the_button_does(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    fill(page, vehicles=3)
    page.locator("[name=vehicles]").press("Enter")
    kept(page)
    (row,) = rows(page)
    assert row["item"]["answers"]["suspected"] is None, "Enter is plain Spara"


@pytest.mark.parametrize("offline", [True, False])
def test_the_way_back_leads_to_an_empty_form_that_logs_another(page: Page, live: Live, offline: bool) -> None:
    begin(page, live)
    page.context.set_offline(offline)
    fill(page, vehicles=14)
    page.get_by_label("Nära skola").check()
    save(page)
    expect(toast(page)).to_be_visible()
    page.go_back()
    expect(page.locator("[name=vehicles]")).to_have_value("")
    expect(page.get_by_label("Nära skola")).not_to_be_checked()
    fill(page, vehicles=2)
    save(page)
    expect(page).to_have_url(re.compile("/log$|/log[?]"))
    expect(toast(page)).to_be_visible()
    assert [row["item"]["answers"]["vehicles"] for row in rows(page)] == [14, 2]


def test_the_way_back_to_a_page_that_the_browser_had_set_aside_leads_to_an_empty_form(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    fill(page, vehicles=14)
    page.evaluate(SET_ASIDE)
    save(page)
    expect(page.locator("[name=vehicles]")).to_have_value("")
    save(page)
    kept(page)
    assert [row["item"]["answers"]["vehicles"] for row in rows(page)] == [14, None]


def test_reloading_the_page_that_says_it_saves_nothing_anew(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    save(page)
    kept(page)
    page.reload()
    expect(page.get_by_role("link", name="Trafikkontroll")).to_be_visible()
    assert len(rows(page)) == 1
    expect(toast(page)).to_have_count(0)


@pytest.mark.parametrize("is_waited_for", [False, True], ids=["before-it-is-known", "once-it-is-said"])
def test_where_the_phone_keeps_nothing_the_plain_form_saves(page: Page, live: Live, is_waited_for: bool) -> None:
    page.add_init_script(FORBIDDEN)
    live.sign_in(page, "officer")
    page.goto("/log/traffic-control")
    fill(page, vehicles=14)
    if is_waited_for:
        expect(page.get_by_text("Telefonen kan inte spara")).to_be_visible()
        save(page)
    else:
        page.evaluate(AT_ONCE)
    expect(toast(page)).to_contain_text("Räknad: 1 av 50")
    (entry,) = stored(live)
    assert entry.answers["vehicles"] == 14
