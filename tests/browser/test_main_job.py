"""The main job, on a phone: work is logged, and the tallies that everybody reads move."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fixtures.browser import Live
from tests.fixtures.people import PASSWORD


def save(page: Page, button: str = "Spara") -> None:
    page.get_by_role("button", name=button, exact=True).click()


def fill(page: Page, **counts: int) -> None:
    for name, amount in counts.items():
        page.locator(f"[name={name}]").fill(str(amount))


def pick(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label, exact=True).first.check()


def unfold(page: Page, heading: str) -> None:
    page.locator("details", has=page.locator("summary", has_text=heading)).first.locator("summary").click()


def toast(page: Page) -> Locator:
    """What was just saved."""
    return page.locator("[data-toast]")


def tally(page: Page, commitment: str) -> str:
    """The number and its words on the page of pledges."""
    page.goto("/pledges")
    shown = page.locator(f"article[aria-labelledby=c-{commitment}] .figure").first.inner_text()
    return re.sub(r"\s+", " ", shown).strip()


@pytest.fixture(params=["light", "dark"])
def phone(page: Page, request: pytest.FixtureRequest) -> Page:
    page.emulate_media(color_scheme=request.param)
    return page


def test_an_officer_signs_in_and_logs_a_control_in_three_taps(phone: Page) -> None:
    phone.goto("/log")
    phone.get_by_label("Namn").fill("officer")
    phone.get_by_label("Lösenord").fill(PASSWORD)
    save(phone, "Logga in")
    expect(phone).to_have_url(re.compile("/log$"))
    phone.get_by_role("link", name="Trafikkontroll").click()
    save(phone, "Spara utan anmärkning")
    expect(toast(phone)).to_contain_text("Räknad: 1 av 50")
    expect(phone.get_by_role("link", name="Trafikkontroll")).to_contain_text("1 av 50")


def test_the_work_of_the_pledge_is_logged_and_counted_as_promised(phone: Page, live: Live) -> None:
    live.sign_in(phone, "officer")
    phone.goto("/log/traffic-control")
    phone.get_by_label("Väg eller plats").fill("E14 Svedje")
    pick(phone, "Nära skola", "Hastighet")
    fill(phone, vehicles=14, tests=14)
    save(phone)
    expect(toast(phone)).to_contain_text("Räknad: 1 av 50")
    phone.goto("/log/youth-visit")
    pick(phone, "Skola")
    fill(phone, young=24)
    save(phone)
    expect(toast(phone)).to_contain_text("Räknad")

    live.sign_in(phone, "inspector")
    phone.goto("/log/safety-walk")
    pick(phone, "Polisen", "Boende")
    fill(phone, participants=12)
    save(phone)
    expect(toast(phone)).to_contain_text("Räknad: 1 av 2")
    for venues, words in ((4, "Sparad, men räknas inte"), (6, "Räknad: 1 av 6")):
        phone.goto("/log/alcohol-inspection")
        pick(phone, "Polisen")
        fill(phone, venues=venues)
        save(phone)
        expect(toast(phone)).to_contain_text(words)

    assert tally(phone, "traffic-controls") == "1 av 50"
    assert tally(phone, "youth-visits") == "1 besök"
    assert tally(phone, "safety-walks") == "1 av 2"
    assert tally(phone, "alcohol-inspections") == "1 av 6"


def test_who_was_not_asked_about_help_stays_visible(phone: Page, live: Live) -> None:
    live.sign_in(phone, "officer")
    phone.goto("/log/traffic-control")
    unfold(phone, "Utfall")
    fill(phone, suspected=2)
    save(phone)
    expect(phone.get_by_text("Fråga 1 av 2")).to_be_visible()
    phone.get_by_role("group", name="Fick personen frågan?").get_by_label("Ja").check()
    phone.get_by_role("group", name="Vill personen ha hjälp?").get_by_label("Nej").check()
    save(phone)
    expect(phone.get_by_text("Fråga 2 av 2")).to_be_visible()
    assert tally(phone, "help-asked") == "1 av 2 tillfrågade"
    phone.goto("/log")
    expect(phone.get_by_text("1 kvar")).to_be_visible()


def test_a_mistake_is_undone_and_the_tally_goes_back(phone: Page, live: Live) -> None:
    live.sign_in(phone, "officer")
    phone.goto("/log/traffic-control")
    save(phone)
    phone.get_by_role("button", name="Ångra").click()
    expect(phone.get_by_role("link", name="Trafikkontroll")).to_contain_text("0 av 50")
    expect(toast(phone)).to_contain_text("Ångrat")


def test_a_number_is_corrected_with_a_reason_and_the_history_shows_both(phone: Page, live: Live) -> None:
    live.sign_in(phone, "officer")
    phone.goto("/log/traffic-control")
    fill(phone, vehicles=14)
    save(phone)
    expect(toast(phone)).to_be_visible()
    phone.goto("/entries")
    phone.get_by_role("link", name="Trafikkontroll").click()
    phone.get_by_role("link", name="Rätta").click()
    expect(phone.locator("[name=vehicles]")).to_have_value("14")
    fill(phone, vehicles=41)
    phone.get_by_label("Fel antal").check()
    save(phone)
    phone.get_by_role("link", name="Trafikkontroll Rättad").click()
    expect(phone.get_by_role("row", name="Fordon 14 41")).to_be_visible()


def test_a_whole_shift_is_logged_from_the_same_form(phone: Page, live: Live) -> None:
    live.sign_in(phone, "officer")
    phone.goto("/log/patrol")
    pick(phone, "Till fots")
    phone.get_by_role("button", name="60", exact=True).click()
    save(phone, "Spara och logga en till")
    expect(toast(phone)).to_contain_text("Räknad: 1 pass")
    expect(phone.get_by_label("Till fots")).to_be_checked()
    expect(phone.locator("[name=minutes]")).to_have_value("")
    save(phone)
    expect(toast(phone)).to_contain_text("Räknad: 2 pass")
