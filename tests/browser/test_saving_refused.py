"""What the server refuses is told, and mended under the same id or taken away on purpose."""

import re

from playwright.sync_api import Download, Page, expect

from tests.browser.saving import begin, fill, log_offline, rows, save, stored, toast, unfold
from tests.fixtures.browser import Live
from tests.fixtures.work import NOW


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
