"""What is public by then, counted the slow way from the rows; and people who go on working for days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.entries.models import Entry
from fieldlog.kinds import KINDS
from fieldlog.measures import Circumstances
from tests.fixtures.work import log
from tests.tallies.shift import AFTER, BEFORE, CHANGE, HERE, Shift

Sums = Counter[tuple[str, date, str]]


@dataclass
class Days(Shift):
    """A shift in which days pass: each time that people send, it is ``hours`` later."""

    now: datetime = datetime(2026, 11, 21, 20, 40, tzinfo=ZoneInfo("UTC"))

    def _send(self, one: int, _two: int, _three: int) -> None:
        batch, self.waiting = sorted(self.waiting, key=lambda sent: sent[0]), []
        for by in dict.fromkeys(sender for _, sender, _ in batch):
            own = [sent for sent in batch if sent[1] == by]
            results = log(self.session, by, *(sent[2] for sent in own), now=self.now)
            self.waiting += [sent for sent, result in zip(own, results, strict=True) if result.outcome == "waiting"]
        self.now += timedelta(hours=7 * (one % 8))


def recounted(session: Session, through: date) -> Sums:
    """The sums by measure, day and area of the rows that had come in, and were done, when the day was over."""
    known = [
        entry
        for entry in session.scalars(select(Entry))
        if entry.received_at.astimezone(HERE).date() <= through and entry.day <= through
    ]
    by_id = {entry.id: entry for entry in session.scalars(select(Entry))}

    def steps(entry: Entry) -> int:
        return steps(by_id[entry.replaces_id]) + 1 if entry.replaces_id else 0

    public: dict[Any, Entry] = {}
    for entry in sorted(known, key=steps):
        public[entry.origin_id] = entry
    sums: Sums = Counter()
    for entry in public.values():
        if entry.is_void:
            continue
        target = public.get(entry.linked_id) if entry.linked_id else None
        begins = entry.happened_at.astimezone(HERE)
        linked_begins = target.happened_at.astimezone(HERE) if target else None
        here = Circumstances(
            begins=begins,
            organisations=frozenset(entry.answers.get("organisations") or [entry.organisation]),
            rules=BEFORE if begins.date() < CHANGE else AFTER,
            linked_begins=linked_begins,
            linked_here=sum(other.linked_id == entry.origin_id and not other.is_void for other in public.values()),
        )
        day = (linked_begins if linked_begins and entry.kind == "handover-outcome" else begins).date()
        for measure, amount in KINDS[entry.kind].measure(entry.answers, here).items():
            sums[f"{entry.kind}.{measure}", day, entry.area] += amount
    return sums
