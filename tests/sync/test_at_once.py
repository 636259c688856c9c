"""Several phones, or one phone several times, at one instant: each entry is there once, and all are told so."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from fieldlog import create_app
from fieldlog.config import Settings, make_secret_key
from fieldlog.database import Database
from fieldlog.entries.models import Entry
from fieldlog.intake.models import Refusal
from fieldlog.tallies.actions import recount
from fieldlog.tallies.queries import figures
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import house_of
from tests.sync.phone import Phone, a_correction, an_entry

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def house(database: Database, tmp_path: Path, clock: StoppedClock) -> Iterator[Flask]:
    """The application on either database."""
    settings = Settings(instance=tmp_path / "instance", database_url=database.url)
    make_secret_key(settings)
    made = create_app(settings, clock=clock)
    yield made
    house_of(made).database.close()


def at_once(phones: Sequence[Phone], batches: Sequence[list[Any]]) -> list[list[dict[str, Any]]]:
    """What each phone is told when all send at the same instant."""
    start = Barrier(len(phones))

    def go(phone: Phone, batch: list[Any]) -> list[dict[str, Any]]:
        start.wait()
        answer = phone.send(*batch)
        assert answer.status_code == 200, answer.text
        told: list[dict[str, Any]] = answer.get_json()["results"]
        return told

    with ThreadPoolExecutor(len(phones)) as threads:
        return list(threads.map(go, phones, batches))


def outcomes(told: list[list[dict[str, Any]]]) -> Counter[str]:
    return Counter(result["outcome"] for batch in told for result in batch)


def stored(app: Flask) -> int:
    with house_of(app).database.read() as session:
        assert recount(session) == []
        assert session.scalar(select(func.count(Refusal.id))) == 0
        return session.scalar(select(func.count(Entry.id))) or 0


def test_one_entry_sent_sixteen_times_at_once_is_one_and_nobody_sees_a_conflict(house: Flask) -> None:
    phones = [Phone(house) for _ in range(16)]
    for _ in range(3):
        before, sent = stored(house), an_entry(answers={"vehicles": 3})
        assert outcomes(at_once(phones, [[sent]] * 16)) == {"accepted": 1, "already": 15}
        assert stored(house) == before + 1


def test_one_batch_sent_by_two_tabs_at_once_comes_in_once(house: Flask) -> None:
    batch = [an_entry(answers={"vehicles": 1}) for _ in range(50)]
    told = at_once([Phone(house), Phone(house)], [batch, batch[::-1]])
    assert outcomes(told) == {"accepted": 50, "already": 50}
    assert stored(house) == 50


def test_one_correction_sent_many_times_at_once_is_one(house: Flask) -> None:
    phones, original = [Phone(house) for _ in range(8)], an_entry(answers={"vehicles": 1})
    assert phones[0].outcomes(original) == ["accepted"]
    corrected = a_correction(original, {"vehicles": 2})
    assert outcomes(at_once(phones, [[corrected]] * 8)) == {"accepted": 1, "already": 7}
    assert stored(house) == 2


def test_a_correction_that_overtakes_its_original_waits_and_is_counted_once(house: Flask) -> None:
    phones = [Phone(house) for _ in range(2)]
    for _ in range(4):
        original = an_entry(answers={"vehicles": 1})
        corrected = a_correction(original, {"vehicles": 5})
        first, second = at_once(phones, [[original], [corrected]])
        assert first[0]["outcome"] == "accepted"
        assert second[0]["outcome"] in {"waiting", "accepted"}
        assert phones[1].outcomes(corrected) == [{"waiting": "accepted"}.get(second[0]["outcome"], "already")]
    assert stored(house) == 8
    with house_of(house).database.read() as session:
        ref = "traffic-control.vehicles"
        assert figures(session, "2380", *YEAR, [ref]).total(ref, *YEAR).amount == 20


def test_everybody_who_sends_at_once_is_counted_and_told_tallies(house: Flask) -> None:
    phones = [Phone(house, name) for name in ("officer", "colleague", "other-officer") * 4]
    told = at_once(phones, [[an_entry() for _ in range(5)] for _ in phones])
    assert outcomes(told) == {"accepted": 60}
    assert stored(house) == 60
