"""What is saved is the work of whoever the page is for, signed in or not any more; without anybody nothing is saved."""

import re

from playwright.sync_api import Page, expect

from tests.browser.saving import await_sent, begin, fill, rows, save, stored, toast
from tests.browser.shell import in_outbox, is_from_shell, visit
from tests.fixtures.browser import Live
from tests.fixtures.people import person

FORGET = """async () => {
  const { outbox } = need("here");
  await (await outbox).setState("who", undefined);
}"""


def test_a_session_that_ended_while_the_form_was_filled_in_loses_nothing(page: Page, live: Live) -> None:
    begin(page, live)
    fill(page, vehicles=14)
    page.context.clear_cookies()
    save(page)
    expect(page).to_have_url(re.compile("/sign-in"))
    assert not stored(live)
    live.sign_in(page, "officer")
    page.goto("/log")
    await_sent(page)
    (entry,) = stored(live)
    assert entry.author_id == person(live.database, "officer").account


def test_what_one_person_saved_is_not_sent_as_anothers(page: Page, live: Live) -> None:
    begin(page, live)
    fill(page, vehicles=14)
    live.sign_in(page, "colleague")
    save(page)
    expect(page).to_have_url(re.compile("/log$"))
    expect(page.get_by_role("link", name="Trafikkontroll")).to_be_visible()
    expect(toast(page)).to_have_count(0)
    assert not rows(page)
    assert not stored(live)
    live.sign_in(page, "officer")
    page.goto("/log")
    await_sent(page)
    assert [entry.author_id for entry in stored(live)] == [person(live.database, "officer").account]


def test_a_phone_on_which_nobody_ever_signed_in_says_so_and_keeps_the_form(page: Page, live: Live) -> None:
    visit(page, live)
    in_outbox(page, FORGET)
    page.context.clear_cookies()
    page.context.set_offline(True)
    page.goto("/log/traffic-control")
    assert is_from_shell(page)
    notice = page.locator("[data-notice=nobody]")
    expect(notice).to_contain_text("Ingen är inloggad")
    fill(page, vehicles=14)
    save(page)
    expect(notice).to_be_focused()
    expect(page.locator("[name=vehicles]")).to_have_value("14")
