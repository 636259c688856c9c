"""Signing out: what waits is told, stays with its person, and goes when that person is back."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import faults
from tests.browser.shell import in_outbox
from tests.browser.waiting import Door, banner, fact, keep, send, visit_at_work, work
from tests.fixtures.browser import Live
from tests.fixtures.people import person
from tests.fixtures.work import NOW

WHO = """async () => {
  return (await (await need("here").outbox).state("who")).account;
}"""


def sign_out(page: Page) -> None:
    page.goto("/settings")
    page.get_by_role("button", name="Logga ut", exact=True).click()


def test_signing_out_with_something_waiting_warns_and_keeps_it(page: Page, live: Live, door: Door) -> None:
    visit_at_work(page, live)
    door.say("502 Bad Gateway")
    keep(page, work(), work(), work())
    expect(banner(page)).to_contain_text("3 väntar")
    sign_out(page)
    warning = page.get_by_role("dialog")
    expect(warning).to_contain_text(
        "3 aktiviteter väntar. De ligger kvar i telefonen och skickas när du loggar in igen."
    )
    assert not (found := faults(page)), "\n".join(found)
    warning.get_by_role("button", name="Avbryt").click()
    expect(page.locator("h1")).to_have_text("Inställningar")
    page.get_by_role("button", name="Logga ut", exact=True).click()
    warning.get_by_role("button", name="Logga ut ändå").click()
    expect(page.locator("h1")).to_have_text("Logga in")
    expect(banner(page)).to_contain_text("3 aktiviteter väntar i telefonen")
    door.say("")
    live.sign_in(page, "inspector")
    page.goto("/phone")
    expect(fact(page, "någon annan")).to_have_text("3")
    expect(fact(page, "Väntar på")).to_have_text("0")
    live.sign_in(page, "officer")
    page.goto("/log")
    expect(banner(page)).to_have_text("Allt är skickat")


def test_what_waits_can_be_sent_before_signing_out(page: Page, live: Live, door: Door) -> None:
    visit_at_work(page, live)
    page.clock.set_fixed_time(NOW)  # the pause never ends by itself
    door.say("502 Bad Gateway")
    keep(page, work())
    sign_out(page)
    send_now = page.get_by_role("dialog").get_by_role("button", name="Skicka nu")
    expect(send_now).to_be_visible()
    door.say("")
    send_now.click()
    expect(page.get_by_role("dialog").get_by_text("Allt är skickat")).to_be_visible()
    page.get_by_role("button", name="Logga ut ändå").click()
    expect(page.locator("h1")).to_have_text("Logga in")
    expect(banner(page)).to_be_empty()


def test_nobody_is_signed_out_without_coverage(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    page.goto("/settings")
    page.context.set_offline(True)
    page.get_by_role("button", name="Logga ut", exact=True).click()
    warning = page.get_by_role("dialog")
    expect(warning.get_by_role("alert")).to_have_text(
        "Det går inte att logga ut utan täckning. Du är fortfarande inloggad."
    )
    assert not (found := faults(page)), "\n".join(found)
    assert in_outbox(page, WHO) == person(live.database, "officer").account
    page.context.set_offline(False)
    warning.get_by_role("button", name="Avbryt").click()
    page.get_by_role("button", name="Logga ut", exact=True).click()
    expect(page.locator("h1")).to_have_text("Logga in")


def test_signing_out_of_an_empty_phone_asks_nothing(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    sign_out(page)
    expect(page.locator("h1")).to_have_text("Logga in")
    expect(banner(page)).to_be_empty()


def test_what_needs_mending_is_told_too(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    send(page, work(note="stoppade ABC 123"))
    sign_out(page)
    expect(page.get_by_role("dialog").get_by_text("1 behöver rättas")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("button", name="Skicka nu")).to_be_hidden()
    page.get_by_role("button", name="Logga ut ändå").click()
    expect(banner(page)).to_contain_text("1 aktivitet väntar i telefonen")


def test_without_scripts_nothing_is_kept_and_signing_out_works(browser: Browser, live: Live) -> None:
    page = browser.new_page(base_url=live.url, java_script_enabled=False)
    live.sign_in(page, "officer")
    page.goto("/phone")
    expect(page.locator("noscript .notice")).to_be_visible()
    sign_out(page)
    expect(page.locator("h1")).to_have_text("Logga in")
    page.close()
