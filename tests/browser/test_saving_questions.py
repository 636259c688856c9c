"""Before doubtful answers are saved the phone asks, as the server does; times are the municipality's."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.saving import begin, fill, kept, rows, save, unfold
from tests.fixtures.browser import PHONE, Live


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"vehicles": "9000"}, "Fordon: 9000 är ovanligt mycket. Stämmer det?"),
        ({"note": "mot abc 123"}, "Anteckning: Är det ett registreringsnummer"),
    ],
)
def test_doubtful_answers_are_asked_about_once(page: Page, live: Live, typed: dict[str, str], asked: str) -> None:
    begin(page, live)
    page.context.set_offline(True)
    unfold(page)
    fill(page, **typed)
    save(page)
    notice = page.locator("[data-notice=questions]")
    expect(notice).to_contain_text("Stämmer det här?")
    expect(notice).to_contain_text(asked)
    expect(notice).to_be_focused()
    save(page)
    assert not rows(page)
    page.get_by_label("Ja, det stämmer").check()
    save(page)
    kept(page)
    assert len(rows(page)) == 1


def test_what_is_missing_or_too_much_is_told_before_anything_is_kept(page: Page, live: Live) -> None:
    begin(page, live, "/log/patrol")
    save(page)
    expect(page.get_by_label("Till fots")).to_be_focused()
    page.goto("/log/traffic-control")
    unfold(page)
    fill(page, tests=1, positives=5)
    save(page)
    expect(page.locator("[name=positives]")).to_be_focused()
    assert not rows(page)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-20T21:40", datetime(2026, 11, 20, 20, 40, tzinfo=UTC)),
        ("2026-07-01T00:10", datetime(2026, 6, 30, 22, 10, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-03-29T01:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29T03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/New_York", "Asia/Tokyo"])
def test_a_typed_time_is_the_municipalitys_in_whatever_zone_the_phone_is(
    browser: Browser, live: Live, zone: str, typed: str, moment: datetime
) -> None:
    context = browser.new_context(base_url=live.url, viewport=PHONE, timezone_id=zone)
    page = context.new_page()
    begin(page, live)
    context.set_offline(True)
    page.locator("[data-moment] summary").click()
    fill(page, happened_at=typed)
    save(page)
    kept(page)
    (row,) = rows(page)
    assert datetime.fromisoformat(row["item"]["happened_at"]) == moment
    assert not row["item"]["untouched_now"]
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
