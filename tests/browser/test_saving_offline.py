"""Saving without coverage: it is kept on the phone, said so, and counted once when there is coverage again."""

import re

from playwright.sync_api import Page, expect

from tests.browser.saving import begin, fill, kept, rows, save, stored, toast, unfold
from tests.fixtures.browser import Live
from tests.fixtures.work import NOW


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer).check()


def test_it_is_kept_without_coverage_and_counted_when_there_is_some(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    fill(page, vehicles=14)
    save(page)
    expect(page).to_have_url(re.compile("/log$"))
    kept(page)
    assert not stored(live)
    page.context.set_offline(False)
    expect(toast(page)).to_contain_text("Räknad: 1 av 50")
    (entry,) = stored(live)
    assert (entry.answers["vehicles"], entry.happened_at.date()) == (14, NOW.date())


def test_a_server_that_is_gone_is_as_good_as_no_coverage(page: Page, live: Live) -> None:
    begin(page, live)
    live.stop()
    save(page, "Spara utan anmärkning")
    kept(page)
    expect(page.get_by_role("link", name="Trafikkontroll")).to_be_visible()
    assert [row["item"]["answers"]["suspected"] for row in rows(page)] == [0]


def test_what_does_not_count_is_not_called_counted_once_it_is_sent(page: Page, live: Live) -> None:
    begin(page, live, "/log/alcohol-inspection", "inspector")
    page.context.set_offline(True)
    fill(page, venues=4)
    save(page)
    kept(page)
    page.context.set_offline(False)
    expect(toast(page)).to_contain_text("Sparad, men räknas inte")


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


def test_a_whole_shift_is_logged_without_coverage_from_one_form(page: Page, live: Live) -> None:
    begin(page, live, "/log/patrol")
    page.context.set_offline(True)
    page.goto("/log/patrol")
    unfold(page)
    page.get_by_label("Till fots").check()
    fill(page, place="Storgatan")
    for minutes in (15, 30, 45):
        fill(page, minutes=minutes)
        save(page, "Spara och logga en till")
        kept(page)
        expect(page.locator("[name=minutes]")).to_have_value("")
        expect(page.get_by_label("Till fots")).to_be_checked()
        expect(page.locator("[name=place]")).to_have_value("Storgatan")
    page.context.set_offline(False)
    expect(toast(page)).to_contain_text("Räknad: 3 pass")
    assert sorted(entry.answers["minutes"] for entry in stored(live)) == [15, 30, 45]


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
    page.goto("/log/help-offer")
    page.locator("[name=control]").select_option(index=1)
    choose(page, "Fick personen frågan?", "Nej")
    choose(page, "Varför inte?", "Till sjukhus")
    save(page)
    expect(page.get_by_text("Fråga 2 av 2")).to_be_visible()


def test_the_last_entry_is_repeated_from_the_phone(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    fill(page, place="E14 Svedje", vehicles=14)
    page.get_by_label("Hastighet").check()
    page.locator("[name=area]").select_option("nas")
    save(page)
    kept(page)
    (row,) = rows(page)
    page.goto(f"/log/traffic-control?like={row['id']}")
    expect(page.locator("[name=place]")).to_have_value("E14 Svedje")
    expect(page.locator("[name=area]")).to_have_value("nas")
    expect(page.get_by_label("Hastighet")).to_be_checked()
    expect(page.locator("[name=vehicles]")).to_have_value("")
