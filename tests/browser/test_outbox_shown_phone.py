"""The page "Telefonen": what lies in the phone, whether it may stay, and what can be done about it."""

import json

from playwright.sync_api import Page, expect

from tests.browser.saving import FULL
from tests.browser.waiting import Door, banner, begin, fact, keep, visit_at_work, work
from tests.fixtures.browser import Live
from tests.fixtures.people import person
from tests.fixtures.work import NOW


def test_everything_that_lies_in_the_phone_is_told_without_coverage(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    keep(page, work(), work(note="stoppade ABC 123"))
    expect(banner(page)).to_contain_text("1 behöver rättas")
    page.context.set_offline(True)
    keep(page, work(), work("patrol", way="foot"))
    begin(page, "patrol", {"at": 0, "held": {}})
    page.goto("/phone")
    told = {"Väntar på": "2", "Behöver rättas": "1", "Utkast": "1", "Skickat": "1", "någon annan": "0"}
    for words, amount in told.items():
        expect(fact(page, words)).to_have_text(amount)
    expect(fact(page, "Just nu")).to_have_text("Ingen täckning", use_inner_text=True)
    expect(fact(page, "Senaste kontakt")).to_have_text("21:40")
    expect(fact(page, "Senaste siffrorna")).to_have_text("21:40")
    expect(fact(page, "Kan spara")).to_have_text("Ja", use_inner_text=True)
    expect(fact(page, "Skyddad från rensning")).to_have_text("Nej", use_inner_text=True)
    expect(fact(page, "Använt utrymme")).to_contain_text("MB")
    expect(fact(page, "Installerad")).to_have_text("Nej, öppnad i webbläsaren", use_inner_text=True)


def test_the_version_is_the_same_with_coverage_and_without(page: Page, live: Live) -> None:
    visit_at_work(page, live, path="/phone")
    version = fact(page, "Version").inner_text()
    page.context.set_offline(True)
    page.reload()
    expect(fact(page, "Version")).to_have_text(version)


def test_it_is_sent_at_the_press_of_a_button(page: Page, live: Live, door: Door) -> None:
    visit_at_work(page, live, path="/phone")
    page.clock.set_fixed_time(NOW)  # the pause never ends by itself
    send = page.get_by_role("button", name="Skicka nu")
    expect(send).to_be_disabled()
    door.say("502 Bad Gateway")
    keep(page, work())
    expect(fact(page, "Just nu")).to_have_text("Servern svarar inte som den ska", use_inner_text=True)
    expect(fact(page, "Försöker igen")).to_contain_text(":")
    page.clock.pause_at(page.evaluate("new Date(Date.now() + 1000).toISOString()"))  # it does not try by itself
    door.say("")
    send.click()
    expect(fact(page, "Väntar på att skickas")).to_have_text("0")
    expect(fact(page, "Skickat")).to_have_text("1")
    expect(fact(page, "Just nu")).to_have_text("Servern svarar", use_inner_text=True)


def test_the_outbox_is_saved_as_a_file_for_the_command_that_imports_it(page: Page, live: Live) -> None:
    visit_at_work(page, live)
    page.context.set_offline(True)
    page.goto("/phone")
    expect(page.get_by_role("button", name="Spara som fil")).to_be_disabled()
    ids = keep(page, work(place="E45 Lit"), work("patrol", way="foot"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Spara som fil").click()
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert [entry["id"] for entry in saved["entries"]] == ids
    assert saved["account"] == person(live.database, "officer").account


def test_the_phone_is_asked_to_protect_it_and_its_answer_is_shown(page: Page, live: Live) -> None:
    page.add_init_script("""navigator.storage.persist = async () => {
      navigator.storage.persisted = async () => true;
      return true;
    };""")
    visit_at_work(page, live, path="/phone")
    expect(fact(page, "Skyddad från rensning")).to_have_text("Nej", use_inner_text=True)
    page.get_by_role("button", name="Be telefonen skydda utkorgen").click()
    expect(fact(page, "Skyddad från rensning")).to_have_text("Ja", use_inner_text=True)
    expect(page.get_by_role("button", name="Be telefonen skydda utkorgen")).to_be_hidden()


def test_a_phone_that_is_full_says_so(page: Page, live: Live) -> None:
    page.add_init_script(f"({FULL})()")
    live.sign_in(page, "officer")
    page.goto("/phone")
    expect(fact(page, "Kan spara")).to_have_text("Nej, telefonen är full: logga bara med täckning", use_inner_text=True)


def test_the_settings_lead_there(page: Page, live: Live) -> None:
    live.sign_in(page, "officer")
    page.goto("/settings")
    page.get_by_role("link", name="Telefonen").click()
    expect(page.locator("h1")).to_have_text("Telefonen")
