"""What no server has seen yet is changed, or taken away, where it lies."""

import re

from playwright.sync_api import Page, expect

from tests.browser.saving import await_sent, begin, fill, kept, log_offline, open_again, rows, save, stored, unfold
from tests.fixtures.browser import Live


def test_what_was_never_tried_is_changed_where_it_lies(page: Page, live: Live) -> None:
    begin(page, live)
    entry = log_offline(page, place="E14 Svedje", vehicles=14)
    open_again(page, entry)
    expect(page.locator("[name=place]")).to_have_value("E14 Svedje")
    expect(page.get_by_text("Varför?")).to_have_count(0)
    fill(page, vehicles=41)
    save(page)
    expect(page).to_have_url(re.compile("/entries$"))
    (row,) = rows(page)
    assert (row["id"], row["item"]["answers"]["vehicles"]) == (entry, 41)
    page.context.set_offline(False)
    await_sent(page)
    assert [found.answers["vehicles"] for found in stored(live)] == [41]


def test_what_was_sent_while_it_was_being_changed_asks_why_and_becomes_a_correction(page: Page, live: Live) -> None:
    begin(page, live)
    open_again(page, log_offline(page, place="E14 Svedje", vehicles=14))
    expect(page.get_by_text("Den har inte skickats.")).to_be_visible()
    page.context.set_offline(False)
    await_sent(page)
    fill(page, vehicles=41)
    save(page)
    expect(page.get_by_text("Den kan redan vara räknad.")).to_be_visible()
    expect(page.get_by_text("Den har inte skickats.")).to_have_count(0)
    page.get_by_label("Fel antal").check()
    save(page)
    expect(page).to_have_url(re.compile("/entries$"))
    await_sent(page)
    assert [(found.answers["vehicles"], found.reason) for found in stored(live)] == [(14, None), (41, "wrong-count")]


def test_what_was_never_tried_is_taken_away_after_one_question(page: Page, live: Live) -> None:
    begin(page, live)
    open_again(page, log_offline(page, vehicles=14))
    page.get_by_role("button", name="Ta bort", exact=True).click()
    page.get_by_role("button", name="Ta bort från telefonen").click()
    expect(page).to_have_url(re.compile("/entries$"))
    assert not rows(page)


def test_rows_of_findings_are_filled_in_again(page: Page, live: Live) -> None:
    begin(page, live, "/log/safety-walk", "inspector")
    page.context.set_offline(True)
    unfold(page)
    page.get_by_role("button", name="Lägg till en till").click()
    for at, (what, where) in enumerate((("lighting", "Gångtunneln"), ("litter", "Parken"))):
        page.locator(f"[name=findings-{at}-category][value={what}]").check()
        fill(page, **{f"findings-{at}-where": where})
    save(page)
    kept(page)
    (row,) = rows(page)
    assert len({one["key"] for one in row["item"]["answers"]["findings"]}) == 2, "each row is known by a key of its own"
    page.goto(f"/log/safety-walk?edit={row['id']}")
    unfold(page)
    expect(page.locator("[name=findings-1-where]")).to_have_value("Parken")
    expect(page.locator("[name=findings-1-category][value=litter]")).to_be_checked()
    fill(page, participants=12)
    save(page)
    expect(page).to_have_url(re.compile("/entries$"))
    assert rows(page)[0]["item"]["answers"]["findings"] == row["item"]["answers"]["findings"]


def test_one_that_is_gone_says_so(page: Page, live: Live) -> None:
    begin(page, live)
    page.goto("/log/traffic-control?edit=0192aaaa-0000-7000-8000-000000000000")
    expect(page.get_by_text("Den finns inte längre i telefonen.")).to_be_visible()
