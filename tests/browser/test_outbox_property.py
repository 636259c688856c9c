"""Random shifts in a real browser with its real storage: acknowledged is stored is counted, once."""

import json
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page

from tests.browser.shift import Shift
from tests.fixtures.browser import Live
from tests.fixtures.people import person
from tests.outbox.hall import Hall


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_everything_is_counted_once(page: Page, live: Live, tmp_path: Path, seed: int) -> None:
    """Five shifts each, on one phone after the other."""
    hall = Hall(live, tmp_path)
    people = {person(live.database, name).account: live.session(name) for name in ("officer", "colleague")}
    counted = vehicles = 0
    for number in range(5):
        phone = page.context.browser.new_context(base_url=live.url) if page.context.browser else page.context
        shift = Shift(phone.new_page(), hall, people, Random(f"{seed} {number}"))
        shift.work(12)
        rows = shift.rows()
        told = f"seed {seed} {number}: {json.dumps({entry: vars(said) for entry, said in shift.said.items()})}"
        assert {row["state"] for row in rows} <= {"sent"}, told
        stored = {one["id"] for one in hall.look([row["id"] for row in rows])}
        assert stored == {row["id"] for row in rows}, told
        counts = [said.numbers[-1] for said in shift.said.values() if not said.is_void]
        counted, vehicles = counted + len(counts), vehicles + sum(counts)
        hall.expect(counted=counted, vehicles=vehicles)
        phone.close()
