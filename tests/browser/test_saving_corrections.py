"""What a server may have is corrected and voided from the phone, with a reason."""

import re

from playwright.sync_api import Page, expect

from tests.browser.saving import await_sent, begin, fill, open_again, rows, save, stored, toast
from tests.fixtures.browser import Live
from tests.fixtures.people import person
from tests.fixtures.work import item, log


def test_what_was_sent_is_corrected_with_a_reason(page: Page, live: Live) -> None:
    begin(page, live)
    fill(page, vehicles=14)
    save(page)
    expect(toast(page)).to_contain_text("Räknad")
    (row,) = rows(page)
    page.context.set_offline(True)
    open_again(page, row["id"])
    expect(page.get_by_text("Den kan redan vara räknad")).to_be_visible()
    fill(page, vehicles=41)
    save(page)
    assert len(rows(page)) == 1, "a reason is asked for"
    page.get_by_label("Fel antal").check()
    save(page)
    expect(page).to_have_url(re.compile("/entries$"))
    page.context.set_offline(False)
    await_sent(page)
    page.goto("/log")
    expect(page.get_by_role("link", name="Trafikkontroll")).to_contain_text("1 av 50")
    expect(page.get_by_text("1 väntar")).to_have_count(0)
    first, second = stored(live)
    assert (second.replaces_id, second.reason, second.answers["vehicles"]) == (first.id, "wrong-count", 41)
    assert second.happened_at == first.happened_at


def test_a_correction_that_was_begun_with_coverage_is_saved_without(page: Page, live: Live) -> None:
    begin(page, live)
    fill(page, vehicles=14)
    save(page)
    expect(toast(page)).to_contain_text("Räknad")
    (row,) = rows(page)
    page.goto(f"/entries/{row['id']}")
    page.get_by_role("link", name="Rätta").click()
    expect(page.get_by_text("Den kan redan vara räknad")).to_be_visible()
    page.context.set_offline(True)
    fill(page, vehicles=41)
    page.get_by_label("Fel antal").check()
    save(page)
    expect(page).to_have_url(re.compile("/entries$"))
    page.context.set_offline(False)
    await_sent(page)
    assert [entry.answers["vehicles"] for entry in stored(live)] == [14, 41]


def test_what_the_phone_does_not_hold_is_corrected_on_the_servers_page(page: Page, live: Live) -> None:
    officer = person(live.database, "officer")
    entry = live.database.write(lambda session: log(session, officer, item())[0].id)
    begin(page, live, f"/entries/{entry}")
    page.get_by_role("link", name="Rätta").click()
    expect(page).to_have_url(re.compile(f"/entries/{entry}/correct$"))


def test_what_was_sent_is_voided_with_a_reason(page: Page, live: Live) -> None:
    begin(page, live)
    save(page)
    expect(toast(page)).to_contain_text("Räknad")
    (row,) = rows(page)
    page.context.set_offline(True)
    open_again(page, row["id"])
    page.get_by_role("button", name="Makulera", exact=True).click()
    expect(page.get_by_text("Makulera aktiviteten?")).to_have_count(0)
    page.get_by_label("Dubbel").check()
    page.get_by_role("button", name="Makulera", exact=True).click()
    page.get_by_role("alert").or_(page.locator("[data-notice=void]")).get_by_role("button", name="Makulera").click()
    expect(page).to_have_url(re.compile("/entries$"))
    page.context.set_offline(False)
    await_sent(page)
    page.goto("/log")
    expect(page.get_by_role("link", name="Trafikkontroll")).to_contain_text("0 av 50")
    assert [(entry.is_void, entry.reason) for entry in stored(live)] == [(False, None), (True, "duplicate")]
