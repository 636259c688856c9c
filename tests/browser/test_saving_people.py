"""What is saved is the work of whoever the page is for, signed in or not any more; without anybody nothing is saved."""

import re

from playwright.sync_api import Page, expect

from tests.browser.saving import await_sent, begin, fill, rows, save, stored, toast
from tests.browser.shell import in_outbox, is_from_shell, visit
from tests.browser.waiting import visit_at_work
from tests.fixtures.browser import Live
from tests.fixtures.people import person

FORGET = """async () => {
  const { outbox } = need("here");
  await (await outbox).setState("who", undefined);
}"""
DRAFTS = """async () => {
  const { outbox, account } = need("here");
  return (await outbox).drafts(await account());
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


def test_what_ones_organisation_does_not_log_is_not_kept_where_no_server_can_say_so(page: Page, live: Live) -> None:
    visit_at_work(page, live, "outreach")
    page.context.set_offline(True)
    page.goto("/log/traffic-control")
    notice = page.locator("[data-notice=not-yours]")
    expect(notice).to_contain_text("Trafikkontroll loggas inte av din organisation")
    fill(page, vehicles=14)
    save(page)
    expect(notice).to_be_focused()
    assert (rows(page), in_outbox(page, DRAFTS)) == ([], [])
    notice.get_by_role("link", name="Visa det som ni loggar").click()
    expect(page.get_by_role("link", name="Logga hela kvällen")).to_be_visible()
    page.goto("/log/evening")
    save(page, "Spara kvällen")
    expect(page.locator("h1")).to_have_text("Mina aktiviteter")
    assert [row["item"]["kind"] for row in rows(page)] == ["outreach"]
