"""What was refused stands on top, once, as the phone has it: to be mended, saved, or taken away on purpose."""

import json
import re

from playwright.sync_api import Page, expect

from fieldlog.intake.queries import open_refusals
from tests.browser.shell import in_outbox
from tests.browser.waiting import banner, keep, refused, row, work
from tests.fixtures.browser import Live
from tests.fixtures.people import person

TOLD_OF = """async () => {
  const { outbox, account } = need("here");
  const [box, who] = [await outbox, await account()];
  while ((await box.state(`away-${who}`))?.length !== 0) await new Promise(requestAnimationFrame);
}"""
"""The server knows what was put away."""
PLATE = "stoppade ABC 123"


def test_what_was_refused_stands_on_top_once_with_its_reason(phone: Page) -> None:
    keep(phone, work(place="E45 Lit", note=PLATE))
    expect(banner(phone)).to_contain_text("1 behöver rättas")
    for is_covered in (True, False):
        phone.context.set_offline(not is_covered)
        phone.goto("/entries")
        expect(refused(phone)).to_have_count(1)
        expect(refused(phone)).to_contain_text("Anteckning: Texten ser ut att innehålla ett personnummer")
        expect(refused(phone).get_by_role("link", name="Rätta")).to_be_visible()
        expect(row(phone, "E45 Lit")).to_have_count(0)


def test_what_was_refused_is_mended_as_it_was_written(phone: Page) -> None:
    keep(phone, work(place="E45 Lit", vehicles=9, note=PLATE))
    expect(banner(phone)).to_contain_text("1 behöver rättas")
    phone.goto("/entries")
    refused(phone).get_by_role("link", name="Rätta").click()
    expect(phone.locator("[name=note]")).to_have_value(PLATE)
    expect(phone.locator("[name=vehicles]")).to_have_value("9")


def open_at(live: Live) -> int:
    """How many refused entries of the officer's the server still asks to be mended."""
    with live.database.read() as session:
        return open_refusals(session, person(live.database, "officer"))


def test_what_was_refused_is_saved_as_a_file_and_taken_away_on_purpose(phone: Page, live: Live) -> None:
    kept, _ = keep(phone, work(place="E45 Lit", note=PLATE), work(place="E14 Svedje", note="ring 811228-9874"))
    expect(banner(phone)).to_contain_text("2 behöver rättas")
    phone.goto("/entries")
    first = phone.locator(f"[data-refused-row='{kept}']")
    with phone.expect_download() as download:
        first.get_by_role("button", name="Spara som fil").click()
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert [entry["answers"]["note"] for entry in saved["entries"]] == [PLATE]
    assert re.fullmatch(r"fieldlog-.*\.json", download.value.suggested_filename)
    first.get_by_text("Ta bort", exact=True).click()
    expect(refused(phone)).to_have_count(2)
    first.get_by_role("button", name="Ta bort från telefonen").click()
    expect(refused(phone)).to_have_count(1)
    in_outbox(phone, TOLD_OF)
    phone.reload()
    expect(refused(phone)).to_have_count(1)
    assert open_at(live) == 1


def test_it_is_taken_away_without_coverage_too(phone: Page, live: Live) -> None:
    keep(phone, work(note=PLATE))
    expect(banner(phone)).to_contain_text("1 behöver rättas")
    phone.context.set_offline(True)
    phone.goto("/entries")
    refused(phone).get_by_text("Ta bort", exact=True).click()
    refused(phone).get_by_role("button", name="Ta bort från telefonen").click()
    expect(refused(phone)).to_have_count(0)
    expect(phone.get_by_role("heading", name="Inget loggat ännu")).to_be_visible()
    assert open_at(live) == 1
    phone.context.set_offline(False)
    in_outbox(phone, TOLD_OF)
    assert open_at(live) == 0
    phone.goto("/entries")
    expect(refused(phone)).to_have_count(0)
