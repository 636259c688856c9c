"""Every suspected driver gets the question about help, without coverage too."""

import re

from playwright.sync_api import Page, expect

from tests.browser.saving import begin, choose, fill, save, stored, toast, unfold
from tests.fixtures.browser import Live


def test_every_suspected_driver_gets_the_question_without_coverage(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    unfold(page)
    fill(page, place="E45 norr", suspected=2)
    save(page)
    expect(page.get_by_text("Fråga 1 av 2")).to_be_visible()
    expect(page.locator("[data-where]")).to_have_text("E45 norr, 21:40")
    choose(page, "Fick personen frågan?", "Ja")
    choose(page, "Vill personen ha hjälp?", "Nej")
    save(page)
    expect(page.get_by_text("Fråga 2 av 2")).to_be_visible()
    choose(page, "Fick personen frågan?", "Nej")
    choose(page, "Varför inte?", "Språkhinder")
    save(page)
    expect(page).to_have_url(re.compile("/log$"))
    page.context.set_offline(False)
    expect(toast(page)).to_contain_text("Räknad")
    control, *questions = stored(live)
    assert {entry.answers["control"] for entry in questions} == {str(control.id)}
    assert sorted(entry.answers["asked"] for entry in questions) == ["no", "yes"]


def test_a_control_on_the_phone_can_be_chosen_for_a_question_and_leads_to_the_next(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    unfold(page)
    fill(page, place="E14 Svedje", suspected=2)
    save(page)
    expect(page.get_by_text("Fråga 1 av 2")).to_be_visible()
    page.goto("/log/help-offer")
    page.locator("[name=control]").select_option(index=1)
    choose(page, "Fick personen frågan?", "Nej")
    choose(page, "Varför inte?", "Till sjukhus")
    save(page)
    expect(page.get_by_text("Fråga 2 av 2")).to_be_visible()
