"""Several tabs of one phone send to the real server at once: everything counts once."""

from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import func, select

from fieldlog.entries.models import Entry
from tests.browser.outbox import opened
from tests.fixtures.browser import Live
from tests.fixtures.people import person


@pytest.mark.parametrize("locks", [True, False], ids=["with locks", "without"])
def test_two_tabs_that_send_at_once_count_once(page: Page, live: Live, locks: bool) -> None:
    if not locks:
        page.context.add_init_script("Object.defineProperty(navigator, 'locks', {value: undefined})")
    live.sign_in(page, "officer")
    account = person(live.database, "officer").account
    tabs = [opened(page), opened(page.context.new_page())]
    page.evaluate("(account) => outbox.setState('who', {account})", account)
    page.evaluate("async (account) => { for (let n = 0; n < 60; n++) await outbox.save(account, item(n)) }", account)
    for tab in tabs:
        tab.evaluate("window.sent = flush(outbox)")
    told: list[Any] = [tab.evaluate("sent.then(({status}) => status)") for tab in tabs]
    assert "sent" in told
    assert set(told) <= ({"sent", "busy", "idle"} if locks else {"sent", "idle"})
    states = page.evaluate("async (account) => (await outbox.list(account)).map(({state}) => state)", account)
    assert states == ["sent"] * 60
    with live.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 60
