"""Saving without coverage: it is kept on the phone, said so, and counted once when there is coverage again."""

import re

from playwright.sync_api import Page, expect

from tests.browser.saving import begin, fill, kept, rows, save, stored, toast
from tests.fixtures.browser import Live
from tests.fixtures.work import NOW


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
