"""A phone at work, and what stands before the door of its outbox."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.waiting import Door, visit_at_work
from tests.fixtures.browser import Live


@pytest.fixture
def phone(page: Page, live: Live) -> Page:
    """The officer's, after one visit."""
    visit_at_work(page, live)
    return page


@pytest.fixture
def door(live: Live) -> Iterator[Door]:
    standing = Door(live)
    yield standing
    standing.open()
