"""With no page open the browser itself wakes the worker, which sends what waits."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from fieldlog.entries.models import Entry
from tests.browser.shell import visit
from tests.fixtures.browser import Live


def stored(live: Live) -> int:
    with live.database.read() as session:
        return session.scalar(select(func.count(Entry.id))) or 0


def wake(anywhere: Page, live: Live) -> Callable[[], object]:
    """What the browser does when the network is back and a page had asked to be told; again when that failed."""
    session = anywhere.context.new_cdp_session(anywhere)
    known: list[dict[str, Any]] = []

    def keep(event: dict[str, Any]) -> None:
        known.extend(event["registrations"])

    session.on("ServiceWorker.workerRegistrationUpdated", keep)
    session.send("ServiceWorker.enable")
    while not known:
        anywhere.wait_for_timeout(20)
    ours = {"origin": live.url, "registrationId": known[0]["registrationId"]}
    return lambda: session.send("ServiceWorker.dispatchSyncEvent", {**ours, "tag": "outbox", "lastChance": False})


def test_what_was_logged_without_coverage_is_sent_with_no_page_open(page: Page, live: Live) -> None:
    visit(page, live)
    page.context.set_offline(True)
    page.goto("/log/patrol")
    page.get_by_label("Till fots").check()
    page.locator(".bar").get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Sparat i telefonen")
    elsewhere = page.context.new_page()
    page.close()
    elsewhere.context.set_offline(False)
    again = wake(elsewhere, live)
    while not stored(live):
        # The page that was just closed may still have the turn: then the worker says that it failed.
        again()
        elsewhere.wait_for_timeout(500)
    assert stored(live) == 1
