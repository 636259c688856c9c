"""A time on the form is the municipality's; one left at now says so."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.saving import begin, fill, kept, rows, save
from tests.fixtures.browser import PHONE, Live

TYPED = {
    "2026-11-20T21:40": datetime(2026, 11, 20, 20, 40, tzinfo=UTC),
    "2026-07-01T00:10": datetime(2026, 6, 30, 22, 10, tzinfo=UTC),
    "2026-10-25T02:30": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    "2026-03-29T01:59": datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
    "2026-03-29T03:00": datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
}


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/New_York", "Asia/Tokyo"])
def test_a_typed_time_is_the_municipalitys_in_whatever_zone_the_phone_is(
    browser: Browser, live: Live, zone: str
) -> None:
    context = browser.new_context(base_url=live.url, viewport=PHONE, timezone_id=zone)
    page = context.new_page()
    begin(page, live)
    context.set_offline(True)
    for number, (typed, moment) in enumerate(TYPED.items(), start=1):
        page.goto("/log/traffic-control")
        page.locator("[data-moment] summary").click()
        fill(page, happened_at=typed)
        save(page)
        kept(page)
        saved = rows(page)
        assert len(saved) == number
        row = saved[-1]
        assert datetime.fromisoformat(row["item"]["happened_at"]) == moment, typed
        assert not row["item"]["untouched_now"], typed
        page.goto(f"/log/traffic-control?edit={row['id']}")
        expect(page.locator("[name=happened_at]")).to_have_value(typed)
    context.close()


def test_a_time_in_the_hour_that_was_skipped_is_told(page: Page, live: Live) -> None:
    begin(page, live)
    page.locator("[data-moment] summary").click()
    fill(page, happened_at="2026-03-29T02:30")
    save(page)
    told = page.locator("[name=happened_at]").evaluate("(input) => input.validationMessage")
    assert "klockan ställdes om" in told
    assert not rows(page)
    fill(page, happened_at="")
    save(page)
    expect(page.locator("[data-toast]")).to_be_visible()


def test_a_time_left_at_now_says_so(page: Page, live: Live) -> None:
    begin(page, live)
    page.context.set_offline(True)
    save(page)
    kept(page)
    (row,) = rows(page)
    assert row["item"]["untouched_now"]
    assert row["item"]["happened_at"] == row["item"]["saved_at"]
