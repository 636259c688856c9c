"""A random shift: people log, correct, void, link, send twice and send in any order; and what that should add up to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.forms import Item
from fieldlog.entries.models import Entry, RulesVersion
from fieldlog.kinds import KINDS
from fieldlog.measures import Circumstances, Rules
from tests.fixtures.work import correction, item, log, void

HERE = ZoneInfo("Europe/Stockholm")
CHANGE = date(2026, 11, 1)
BEFORE, AFTER = Rules(), Rules(busy_hours=((20, 23),), venues_per_occasion=3, answer_within_hours=1)
# Around midnight and a month's end, in the hour that comes twice, in the busy hours of both rules.
MOMENTS = [
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2026, 10, 31, 22, 59, tzinfo=UTC),
    datetime(2026, 10, 31, 23, 0, tzinfo=UTC),
    datetime(2026, 11, 20, 6, 30, tzinfo=UTC),
    datetime(2026, 11, 20, 20, 30, tzinfo=UTC),
]
AREAS = ["-", "brunflo", "lit"]
WORK: list[tuple[str, dict[str, Any]]] = [
    ("traffic-control", {"suspected": 2, "vehicles": 3, "focus": ["speed"]}),
    ("traffic-control", {"suspected": None, "vehicles": 0, "near_school": True}),
    ("traffic-control", {"suspected": 1, "positives": 2, "tests": 1}),
    ("alcohol-inspection", {"venues": 4, "organisations": ["police", "municipality"]}),
    ("server-training", {"participants": 9, "passed": 7}),
    ("help-offer", {"asked": "yes", "wants_help": "yes", "why_not": None}),
    ("help-offer", {"asked": "no", "wants_help": None, "why_not": "language"}),
    ("handover-outcome", {"outcome": "contacted", "attempts": None}),
]
LINKS = {"help-offer": ("control", "traffic-control"), "handover-outcome": ("offer", "help-offer")}

NUMBER = st.integers(0, 40)
STEP = st.tuples(
    st.sampled_from(["record", "record", "record", "correct", "void", "again", "send"]), NUMBER, NUMBER, NUMBER
)
STEPS = st.lists(STEP, min_size=8, max_size=30)


@dataclass
class Shift:
    """Carries the steps out; what the door says of each item is the door's business."""

    session: Session
    people: Sequence[Actor]
    made: list[tuple[Actor, Item]] = field(default_factory=list)
    waiting: list[tuple[int, Actor, Item]] = field(default_factory=list)

    def work(self, steps: Sequence[tuple[str, int, int, int]]) -> None:
        municipality = self.people[0].municipality
        self.session.add(RulesVersion(municipality=municipality, valid_from=CHANGE, rules=AFTER.to_json()))
        self.go_on(steps)

    def go_on(self, steps: Sequence[tuple[str, int, int, int]]) -> None:
        for what, one, two, three in [*steps, ("send", 0, 0, 0), ("send", 0, 0, 0)]:
            getattr(self, f"_{what}")(one, two, three)

    def _record(self, one: int, two: int, three: int) -> None:
        kind, answers = WORK[one % len(WORK)]
        allowed = [by for by in self.people if by.organisation in KINDS[kind].logged_by]
        by = allowed[two % len(allowed)]
        self._make(by, item(kind, answers | self._link(kind, three), **self._place(two + three)), three)

    def _correct(self, one: int, two: int, three: int) -> None:
        if self.made:
            by, of = self.made[one % len(self.made)]
            same = [answers for kind, answers in WORK if kind == of.kind]
            answers = {**of.answers, **same[two % len(same)], **self._link(of.kind, two)}
            by = by if three % 4 else self.people[three % len(self.people)]
            self._make(by, correction(of, answers, **self._place(three)), two)

    def _void(self, one: int, _two: int, three: int) -> None:
        if self.made:
            by, of = self.made[one % len(self.made)]
            self._make(by, void(of), three)

    def _again(self, one: int, _two: int, three: int) -> None:
        if self.made:
            self.waiting.append((three, *self.made[one % len(self.made)]))

    def _send(self, _one: int, _two: int, _three: int) -> None:
        """Everybody sends what they have, in any order; what waits for another entry is sent again next time."""
        batch, self.waiting = sorted(self.waiting, key=lambda sent: sent[0]), []
        for by in dict.fromkeys(sender for _, sender, _ in batch):
            own = [sent for sent in batch if sent[1] == by]
            results = log(self.session, by, *(sent[2] for sent in own))
            self.waiting += [sent for sent, result in zip(own, results, strict=True) if result.outcome == "waiting"]

    def _make(self, by: Actor, made: Item, order: int) -> None:
        self.made.append((by, made))
        self.waiting.append((order, by, made))

    def _place(self, number: int) -> dict[str, Any]:
        return {"happened_at": MOMENTS[number % len(MOMENTS)], "area": AREAS[number % len(AREAS)]}

    def _link(self, kind: str, number: int) -> dict[str, Any]:
        """An answer that links to some entry of the right kind, by any version of it, or to none."""
        name, to = LINKS.get(kind, ("", ""))
        ids = [made.id for _, made in self.made if made.kind == to]
        return {name: str(ids[number % len(ids)])} if ids and (number % 4 or name == "offer") else {}


def adds_up_to(session: Session) -> Counter[tuple[Any, ...]]:
    """What the rows of entries say, counted the slow way: (rollup, key … , "amount" or "entries") → number."""
    versions = session.scalars(select(Entry)).all()
    replaced = {version.replaces_id for version in versions}
    current = {version.origin_id: version for version in versions if version.id not in replaced}
    sums: Counter[tuple[Any, ...]] = Counter()
    for entry in current.values():
        if entry.is_void:
            continue
        links = [other for other in current.values() if other.linked_id == entry.origin_id and not other.is_void]
        target = current[entry.linked_id] if entry.linked_id else None
        if entry.kind == "handover-outcome" and target and (target.is_void or target.answers["wants_help"] != "yes"):
            continue  # the yes was taken back
        begins = entry.happened_at.astimezone(HERE)
        linked_begins = target.happened_at.astimezone(HERE) if target else None
        here = Circumstances(
            begins=begins,
            organisations=frozenset(entry.answers.get("organisations") or [entry.organisation]),
            rules=BEFORE if begins.date() < CHANGE else AFTER,
            linked_begins=linked_begins,
            linked_here=len(links),
        )
        counts_at = linked_begins if linked_begins and entry.kind == "handover-outcome" else begins
        day, hour, month = counts_at.date(), counts_at.hour, counts_at.date().replace(day=1)
        for measure, amount in KINDS[entry.kind].measure(entry.answers, here).items():
            what = (entry.kind, measure)
            for key in (
                ("day", *what, day, entry.area, entry.unit),
                ("month", *what, month, entry.area, entry.unit),
                ("hour", *what, month, day.weekday(), hour),
            ):
                sums[*key, "amount"] += amount
                sums[*key, "entries"] += 1
    return sums
