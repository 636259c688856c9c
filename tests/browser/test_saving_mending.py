"""An entry on the phone, opened again: changed where it lies, corrected with a reason, mended, or taken away."""

import re

from playwright.sync_api import Download, Page, expect

from tests.browser.saving import await_sent, begin, fill, kept, rows, save, stored, toast, unfold
from tests.fixtures.browser import Live
from tests.fixtures.work import NOW

OWN = "/log/traffic-control"


def log_offline(page: Page, **typed: object) -> str:
    """Save without coverage, and have the id of what waits."""
    page.context.set_offline(True)
    page.goto(OWN)
    unfold(page)
    fill(page, **typed)
    save(page)
    kept(page)
    identity: str = rows(page)[-1]["id"]
    return identity


def open_again(page: Page, entry: str) -> None:
    page.goto(f"{OWN}?edit={entry}")
    expect(page.locator("h1")).to_have_text("Rätta: Trafikkontroll")
    unfold(page)


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


def test_what_was_never_tried_is_taken_away_after_one_question(page: Page, live: Live) -> None:
    begin(page, live)
    open_again(page, log_offline(page, vehicles=14))
    page.get_by_role("button", name="Ta bort", exact=True).click()
    page.get_by_role("button", name="Ta bort från telefonen").click()
    expect(page).to_have_url(re.compile("/entries$"))
    assert not rows(page)


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


def test_what_the_server_refuses_is_told_at_once_and_mended_under_the_same_id(page: Page, live: Live) -> None:
    begin(page, live)
    unfold(page)
    fill(page, note="Föraren 890201-3286", vehicles=14)
    save(page)
    expect(page.get_by_text("En sak behöver rättas")).to_be_visible()
    expect(page.locator("#note-error")).to_contain_text("personnummer")
    expect(page.locator("[name=vehicles]")).to_have_value("14")
    (row,) = rows(page)
    fill(page, note="Föraren")
    save(page)
    expect(page).to_have_url(re.compile("/entries$"))
    (entry,) = stored(live)
    assert (str(entry.id), entry.answers["note"], entry.answers["vehicles"]) == (row["id"], "Föraren", 14)
    assert entry.happened_at.replace(second=0, microsecond=0) == NOW.replace(second=0, microsecond=0)


def test_what_is_refused_later_says_so_and_opens_with_its_reasons(page: Page, live: Live) -> None:
    begin(page, live)
    entry = log_offline(page, note="Föraren 890201-3286")
    page.context.set_offline(False)
    expect(toast(page)).to_contain_text("Behöver rättas")
    toast(page).get_by_role("link", name="Rätta").click()
    expect(page.locator("#note-error")).to_contain_text("personnummer")
    expect(page.locator("[name=note]")).to_have_value("Föraren 890201-3286")
    page.get_by_role("link", name=re.compile("Anteckning")).click()
    expect(page.locator("[name=note]")).to_be_in_viewport()
    fill(page, note="")
    save(page)
    expect(page).to_have_url(re.compile("/entries$"))
    assert [str(found.id) for found in stored(live)] == [entry]


def test_what_was_refused_is_offered_as_a_file_before_it_is_taken_away(page: Page, live: Live) -> None:
    begin(page, live)
    unfold(page)
    fill(page, note="Föraren 890201-3286")
    save(page)
    page.get_by_role("button", name="Ta bort", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Spara som fil").click()
    assert "890201-3286" in text(download.value)
    page.get_by_role("button", name="Ta bort från telefonen").click()
    expect(page).to_have_url(re.compile("/entries$"))
    assert not rows(page)


def text(download: Download) -> str:
    return download.path().read_text(encoding="utf-8")


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
    page.goto(f"{OWN}?edit=0192aaaa-0000-7000-8000-000000000000")
    expect(page.get_by_text("Den finns inte längre i telefonen.")).to_be_visible()
