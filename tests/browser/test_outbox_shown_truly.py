"""What a page says is its person's, the newest there is, and no older than the page: whoever signed in meanwhile."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.saving import await_sent, rows, toast
from tests.browser.shell import in_outbox, visit
from tests.browser.waiting import banner, keep, work
from tests.fixtures.browser import Live
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.work import log_one

TELL = """async ([id]) => {
  await need("components/kept").tell(id);
}"""
LOOKED = """async () => {
  await new Promise(need("outbox-page").watch);
}"""
HOLD = """async ([why]) => {
  const now = Date.now();
  await (await need("here").outbox).setState("hold", { since: now, until: now + 600_000, why, failures: 2 });
}"""
SEND_NOW = """async () => {
  await need("outbox-page").sendNow();
}"""
# Where the browser sends when the page is closed, it does so at once here, and with patience for nobody.
NO_WORKER = "Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { get() { return undefined; } })"


def test_what_another_person_saved_is_told_to_nobody_else(phone: Page, live: Live) -> None:
    phone.context.set_offline(True)
    (others,) = keep(phone, work(place="Hemliga vägen"))
    live.sign_in(phone, "colleague")
    phone.context.set_offline(False)
    phone.goto(f"/log?kept={others}")
    (own,) = keep(phone, work())
    in_outbox(phone, TELL, others)
    assert toast(phone).count() == 0, "at once: what is said goes away by itself"
    in_outbox(phone, TELL, own)
    expect(toast(phone)).to_be_visible()


def test_a_page_that_is_newer_than_the_phones_figures_keeps_its_own(
    phone: Page, live: Live, clock: StoppedClock
) -> None:
    officer = person(live.database, "officer")
    live.database.write(lambda session: log_one(session, officer))
    clock.move(minutes=1)
    phone.goto("/log")
    in_outbox(phone, LOOKED)
    expect(phone.locator(".tiles li:visible", has_text="Trafikkontroll").locator(".figure")).to_have_text("1 av 50")


def test_a_page_whose_person_was_followed_by_another_asks_who_it_is(phone: Page, live: Live) -> None:
    live.sign_in(phone, "colleague")
    with phone.expect_response("**/whoami") as answer:
        keep(phone, work())
    assert answer.value.json()["account"] == person(live.database, "colleague").account


@pytest.mark.parametrize("why", ["trouble", "asked"])
def test_a_page_of_the_servers_ends_a_pause_that_the_phone_chose_and_none_that_was_asked_for(
    page: Page, live: Live, why: str
) -> None:
    page.add_init_script(NO_WORKER)
    visit(page, live)
    in_outbox(page, HOLD, why)
    keep(page, work())
    expect(banner(page)).to_contain_text(re.compile(r"1 väntar till .*\d\d:\d\d"))
    page.goto("/log")
    if why == "trouble":
        await_sent(page)
    else:
        in_outbox(page, SEND_NOW)
    assert [row["state"] for row in rows(page)] == ["sent" if why == "trouble" else "waiting"]
