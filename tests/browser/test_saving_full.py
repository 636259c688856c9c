"""A phone without room: it says so, pretends nothing, keeps the form as it is, and shows two ways out."""

import json

from playwright.sync_api import Page, expect

from tests.browser.saving import begin, fill, fill_up, rows, save, stored, toast
from tests.fixtures.browser import Live


def expect_it_said(page: Page) -> None:
    expect(page.get_by_text("Telefonen kunde inte spara")).to_be_visible()
    expect(page.get_by_text("Lagringen är full.")).to_be_visible()
    expect(page.locator("[name=vehicles]")).to_have_value("14")
    expect(toast(page)).to_have_count(0)


def test_a_full_phone_says_so_and_sends_it_the_plain_way(page: Page, live: Live) -> None:
    begin(page, live)
    fill_up(page)
    fill(page, vehicles=14)
    save(page)
    expect_it_said(page)
    assert not stored(live)
    page.get_by_role("button", name="Skicka direkt").click()
    expect(toast(page)).to_contain_text("Räknad: 1 av 50")
    assert [entry.answers["vehicles"] for entry in stored(live)] == [14]
    page.goto("/log/traffic-control")
    expect(page.locator("[name=vehicles]")).to_have_value("")


def test_a_full_phone_without_coverage_gives_it_as_a_file(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    page.goto("/log/traffic-control")
    fill_up(page)
    fill(page, vehicles=14)
    save(page)
    expect_it_said(page)
    expect(page.get_by_role("button", name="Skicka direkt")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Spara som fil").click()
    file = json.loads(download.value.path().read_text(encoding="utf-8"))
    (entry,) = file["entries"]
    assert (entry["kind"], entry["answers"]["vehicles"], file["account"]) == ("traffic-control", 14, 1)
    assert not rows(page)


def test_a_phone_that_has_room_again_saves(page: Page, live: Live) -> None:
    begin(page, live)
    page.evaluate("() => { window.put = IDBObjectStore.prototype.put; }")
    fill_up(page)
    fill(page, vehicles=14)
    save(page)
    expect_it_said(page)
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    save(page)
    expect(toast(page)).to_contain_text("Räknad: 1 av 50")
    assert len(stored(live)) == 1
