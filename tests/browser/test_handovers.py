"""The officer's path from a yes to a code without coverage, and social services' to an answer."""

import re
from datetime import timedelta
from uuid import UUID

from playwright.sync_api import Page, expect

from fieldlog.handovers.queries import codes_of
from tests.browser.pages import faults
from tests.browser.saving import await_sent, begin, choose, kept, log_offline, rows, save, stored, toast
from tests.browser.shell import in_outbox
from tests.fixtures.browser import Live
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW, log
from tests.handovers.yeses import answer, yes
from tests.outings.test_outreach_secrecy import boss_of

STOCKED = """async () => {
  const { outbox, account } = need("here");
  const [box, who] = [await outbox, await account()];
  for (let frame = 0; frame < 900; frame += 1) {
    if ((await box.state(`codes-${who}`))?.length) return;
    await new Promise(requestAnimationFrame);
  }
  throw new Error("no codes came");
}"""
ELSEWHERE = """() => {
  const area = document.querySelector("[name=area]");
  area.options[1].value = "gone";
  area.value = "gone";
}"""
"""The phone's form is older than the list of areas."""
CODE = re.compile(r"^[2-9A-Z]{2}-[2-9A-Z]{3}$")


def say_yes(page: Page) -> str:
    """Log that somebody said yes; the code that the phone shows."""
    choose(page, "Fick personen frågan?", "Ja")
    choose(page, "Vill personen ha hjälp?", "Ja")
    save(page)
    expect(page).to_have_url(re.compile(r"/log(\?saved=.*)?$"))
    expect(page.get_by_role("heading", name="Skriv koden på blanketten")).to_be_visible()
    shown = page.locator("[data-handed-over=code] output")
    expect(shown).to_have_text(CODE)
    return shown.inner_text()


def test_a_yes_has_its_code_at_once_without_coverage_and_keeps_it(page: Page, live: Live) -> None:
    begin(page, live, "/log/help-offer")
    in_outbox(page, STOCKED)
    page.context.set_offline(True)
    code = say_yes(page)
    page.goto("/log/help-offer")
    choose(page, "Fick personen frågan?", "Nej")
    choose(page, "Varför inte?", "Under 18 år")
    save(page)
    expect(page.get_by_role("heading", name="Ingen kod för den som är under 18")).to_be_visible()
    page.goto("/entries")
    expect(page.get_by_text(code)).to_be_visible()
    page.context.set_offline(False)
    await_sent(page)
    offer = next(entry for entry in stored(live) if entry.answers["asked"] == "yes")
    with house_of(live.app).database.read() as session:
        assert codes_of(session, [offer.id]) == {offer.id: code}
    page.goto(f"/entries/{offer.id}")
    expect(page.get_by_text(code)).to_be_visible()


def test_only_a_yes_takes_a_code(page: Page, live: Live) -> None:
    begin(page, live, "/log/traffic-control")
    in_outbox(page, STOCKED)
    log_offline(page, vehicles=7)
    page.goto("/log/help-offer")
    choose(page, "Fick personen frågan?", "Ja")
    choose(page, "Vill personen ha hjälp?", "Nej")
    save(page)
    kept(page)
    assert [row["item"].get("code") for row in rows(page)] == [None, None]
    expect(page.get_by_role("heading", name="Skriv koden på blanketten")).to_be_hidden()


def test_a_refused_yes_that_is_mended_in_the_form_keeps_the_code_on_the_paper(page: Page, live: Live) -> None:
    begin(page, live, "/log/help-offer")
    in_outbox(page, STOCKED)
    page.context.set_offline(True)
    page.evaluate(ELSEWHERE)
    code = say_yes(page)
    (row,) = rows(page)
    page.context.set_offline(False)
    expect(toast(page)).to_contain_text("Behöver rättas")
    toast(page).get_by_role("link", name="Rätta").click()
    expect(page.locator("#area-error")).to_be_visible()
    page.locator("[name=area]").select_option("lit")
    save(page)
    expect(page).to_have_url(re.compile("/(log|entries)(\\?.*)?$"))
    await_sent(page)
    (offer,) = stored(live)
    assert (str(offer.id), offer.area) == (row["id"], "lit")
    with house_of(live.app).database.read() as session:
        assert codes_of(session, [offer.id]) == {offer.id: code}


def work(live: Live) -> UUID:
    database = house_of(live.app).database
    officer, outreach = person(database, "officer"), person(database, "outreach")
    offers = [yes(happened_at=NOW - timedelta(hours=hours)) for hours in (3, 14, 30, 40, 50)]
    database.write(lambda session: log(session, officer, *offers))
    database.write(lambda session: answer(session, outreach, offers[3].id))
    database.write(lambda session: answer(session, outreach, offers[4].id, "form-missing"))
    return offers[0].id


def test_social_services_answer_by_keyboard_and_axe_finds_nothing(page: Page, live: Live) -> None:
    offer = work(live)
    page.clock.install(time=NOW)
    live.sign_in(page, "outreach")
    page.goto("/handovers")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="21 h kvar").press("Enter")
    assert faults(page) == []
    page.get_by_label("Gick inte att nå").press("Space")
    page.get_by_label("Antal försök").fill("2")
    page.get_by_role("button", name="Spara svaret").press("Enter")
    expect(page).to_have_url(re.compile("/handovers$"))
    expect(page.get_by_text("Gick inte att nå")).to_be_visible()
    assert page.locator(f"a[href='/handovers/{offer}'] .pill").inner_text() == "Gick inte att nå"


def test_the_menu_of_a_supervisor_fits_the_narrowest_phone(page: Page, live: Live) -> None:
    live.database.write(boss_of)
    live.sign_in(page, "boss")
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto("/handovers")
    expect(page.get_by_role("link", name="Hantera")).to_be_visible()
    ends = page.locator(".nav a").evaluate_all("links => links.map((link) => link.getBoundingClientRect().right)")
    assert len(ends) == 5
    assert max(ends) <= 320
