"""Making up a year of work, the same whatever day it is; and whether a database may be filled with it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account
from fieldlog.actors import Actor
from fieldlog.areas.queries import areas
from fieldlog.clock import from_wall, local_day
from fieldlog.demo.forms import Pattern, drawn, places, year_of_work
from fieldlog.demo.models import Place, Work, is_marked, marked_id
from fieldlog.entries.forms import Item
from fieldlog.entries.models import NO_AREA, Entry
from fieldlog.fields import Count
from fieldlog.kinds import KINDS, linking_to
from fieldlog.periods import ONE_DAY, Span
from fieldlog.programmes.queries import periods

DOUBLED, CORRECTED = 0.015, 0.045
"""Of the entries: how many are logged twice, one being voided, and those together with how many are corrected."""
EXPLANATIONS = ("Räknade om efter passet.", "Skrev fel i mörkret.", "Kollegan hade rätt siffra.", None, None)


def make_up(seed: int, days: Span) -> list[Work]:
    """All work of the days, which lie in one year, in the order in which it reaches the server."""
    patterns = enumerate(year_of_work().patterns)
    work = [made for number, pattern in patterns for made in _Writer(pattern, days, f"{seed}/{number}").write()]
    return sorted(work, key=lambda made: made.received_at)


def waiting(seed: int, days: Span, moments: Iterable[datetime]) -> Iterator[Work]:
    """Yeses to help around each of the moments, so that at each some wait, one too long; answered in time or later."""
    for moment in moments:
        rng = Random(f"{seed}/{local_day(moment)}")  # noqa: S311 - practice data is to repeat itself
        for said in year_of_work().waiting:
            begins = moment - timedelta(hours=said.hours_ago, minutes=rng.randint(0, 50))
            yes = _made("help-offer", begins, {"asked": "yes", "wants_help": "yes"}, rng)
            answered = moment + timedelta(hours=said.answered_after - said.hours_ago)
            outcome = _made("handover-outcome", answered, {"offer": str(yes.id), **said.outcome}, rng)
            if local_day(begins) in days:
                for unit, item in ((said.unit, yes), (year_of_work().questions.unit, outcome)):
                    yield Work(item, unit, rng.random(), item.id, item.saved_at)


def _made(kind: str, begins: datetime, answers: dict[str, Any], rng: Random) -> Item:
    saved = begins + timedelta(minutes=3)
    return Item(
        id=marked_id(saved, rng.getrandbits(32)), kind=kind, happened_at=begins, saved_at=saved, area=NO_AREA,
        answers=answers,
    )  # fmt: skip


class DemoError(Exception):
    """Why practice data cannot be added, in one line."""


def days_to_fill(session: Session, municipality: str, year: int, now: datetime) -> Span:
    """The year's days that have a programme. Raises DemoError where there is none, or where there is real work."""
    if any(not is_marked(entry) for entry in session.scalars(select(Entry.id).execution_options(yield_per=500))):
        raise DemoError("there are entries that demo did not make; practice data is never mixed with them")
    whole = Span(date(year, 1, 1), date(year, 12, 31))
    found = [whole.cut(Span(period.first_day, period.last_day)) for period in periods(session, municipality)]
    days = min((span for span in found if len(span)), default=None)
    if days is None:
        raise DemoError(f"there is no programme for {year}: run `fieldlog init --year {year}` first")
    if days.first > local_day(now):
        raise DemoError(f"the programme begins on {days.first}: nothing can have been done yet")
    if {place.area for place in places()} - {area.slug for area in areas(session, municipality)}:
        raise DemoError(f"the made-up work is Östersund's; municipality {municipality} has other areas")
    return days


def senders(session: Session) -> dict[UUID, Actor]:
    """Who sent each entry that is there."""
    rows = session.execute(select(Entry.id, Account).join(Account, Entry.account_id == Account.id))
    return {entry: sender.actor() for entry, sender in rows}


class _Writer:
    """Makes up the work of one pattern."""

    def __init__(self, pattern: Pattern, days: Span, seed: str) -> None:
        self._pattern = pattern
        self._kind = KINDS[pattern.kind]
        self._days, self._year = days, days.first.year
        self._breaks = year_of_work().breaks(self._year) if pattern.school_days else []
        self._rng = Random(f"{seed}/{self._year}")  # noqa: S311 - practice data is to repeat itself
        self._places = [place for place in places() if pattern.places in place.tags]
        self._bag: list[Place] = []
        self._asked, self._yeses = count(), count()

    def write(self) -> Iterator[Work]:
        for turn, begins in enumerate(sorted(self._moments())):
            work = self._once(begins, turn)
            yield work
            yield from self._questions(work)
            # What happens only in certain weeks is there to be counted on, so it stays as it is.
            if not self._pattern.weeks:
                yield from self._second_thoughts(work)

    def _moments(self) -> Iterator[datetime]:
        """When the work begins."""
        for span, times in self._spans():
            for _ in range(times):
                slots = self._pattern.when
                slot = self._rng.choices(slots, [slot.weight for slot in slots])[0]
                days = [day for day in span if day.weekday() in slot.weekdays and self._is_open(day)]
                if days:
                    minutes = self._rng.randrange(slot.start * 60, slot.end * 60, 5)
                    moment = from_wall(datetime.combine(self._rng.choice(days), time()) + timedelta(minutes=minutes))
                    if local_day(moment) in self._days:
                        yield moment

    def _spans(self) -> Iterator[tuple[Span, int]]:
        year = Span(date(self._year, 1, 1), date(self._year, 12, 31))
        yield from zip(year.months, self._pattern.months, strict=False)
        for week in self._pattern.weeks:
            monday = date.fromisocalendar(self._year, week, 1)
            yield Span(monday, monday + 6 * ONE_DAY), 1

    def _is_open(self, day: date) -> bool:
        return not any(day in closed for closed in self._breaks)

    def _once(self, begins: datetime, turn: int) -> Work:
        place = self._place()
        answers: dict[str, Any] = {}
        for name, spec in self._pattern.answers.items():
            answer = drawn(spec, self._rng, turn=turn, place=place, others=answers)
            answers |= {} if answer is None else {name: answer}
        if "place" in self._kind.fields and self._rng.random() >= self._pattern.without_place:
            answers["place"] = place.name
        units = self._pattern.units if isinstance(self._pattern.units, dict) else {"any": self._pattern.units}
        unit = drawn(units, self._rng, turn=turn, place=place, others={})
        saved = begins + timedelta(minutes=self._rng.randint(2, 90))
        item = self._item(self._kind.slug, begins, saved, place.area, answers)
        return Work(item, unit, self._rng.random(), item.id, saved + self._on_the_way())

    def _place(self) -> Place:
        """The next place; none comes again before all have come."""
        if not self._bag:
            self._bag = self._rng.sample(self._places, len(self._places))
        return self._bag.pop()

    def _on_the_way(self) -> timedelta:
        """How long an entry waits on the phone: mostly seconds, sometimes until there is coverage."""
        luck = self._rng.random()
        if luck < 0.85:
            return timedelta(seconds=self._rng.randint(1, 40))
        return timedelta(minutes=self._rng.randint(10, 300)) if luck < 0.98 else timedelta(days=self._rng.randint(1, 3))

    def _item(self, kind: str, begins: datetime, saved: datetime, area: str, answers: dict[str, Any]) -> Item:
        chosen = marked_id(saved, self._rng.getrandbits(32))
        return Item(id=chosen, kind=kind, happened_at=begins, saved_at=saved, area=area, answers=answers)

    def _questions(self, control: Work) -> Iterator[Work]:
        """The help question to each suspected driver; of several the last is asked late, and stays open until then."""
        said = year_of_work().questions
        suspected = control.item.answers.get("suspected") or 0
        for number in range(suspected):
            late = timedelta(days=said.late_days, hours=-8)
            is_late = 0 < number == suspected - 1
            begins = control.item.happened_at + (late if is_late else timedelta(minutes=20 + 15 * number))
            offer = self._linked(control, begins, said.answers[next(self._asked) % len(said.answers)])
            yield offer
            if offer.item.answers.get("wants_help") == "yes":
                turn = next(self._yeses)
                first, last = said.hours[turn % len(said.hours)]
                answered = begins + timedelta(minutes=self._rng.randrange(first * 60, last * 60, 5))
                outcome = self._linked(offer, answered, said.outcomes[turn % len(said.outcomes)])
                yield replace(outcome, unit=said.unit, begun_as=outcome.item.id)

    def _linked(self, to: Work, begins: datetime, answers: dict[str, str]) -> Work:
        (kind,) = linking_to(KINDS[to.item.kind])
        assert kind.link is not None, "it would not link"
        saved = begins + timedelta(minutes=2)
        item = self._item(kind.slug, begins, saved, to.item.area, {kind.link.name: str(to.item.id), **answers})
        return replace(to, item=item, received_at=max(saved, to.received_at + timedelta(minutes=1)))

    def _second_thoughts(self, work: Work) -> Iterator[Work]:
        luck, sent = self._rng.random(), work.item
        later = work.received_at + timedelta(minutes=self._rng.randint(5, 900))
        if luck < DOUBLED:
            saved = sent.saved_at + timedelta(minutes=self._rng.randint(1, 4))
            item = self._item(sent.kind, sent.happened_at, saved, sent.area, dict(sent.answers))
            double = replace(work, item=item, begun_as=item.id, received_at=max(saved, work.received_at))
            yield double
            yield self._instead(double, later, reason="duplicate", void=True)
        elif luck < CORRECTED:
            yield self._corrected(work, later)

    def _corrected(self, work: Work, later: datetime) -> Work:
        answers = dict(work.item.answers)
        counts = [name for name, part in self._kind.fields.items() if answers.get(name) and self._may_grow(part)]
        if not counts:
            moved = work.item.happened_at + timedelta(minutes=10)
            return self._instead(work, later, reason="wrong-time", happened_at=moved)
        answers[self._rng.choice(counts)] += self._rng.randint(1, 3)
        words = self._rng.choice(EXPLANATIONS)
        return self._instead(work, later, reason="wrong-count", answers=answers, explanation=words)

    @staticmethod
    def _may_grow(part: object) -> bool:
        return isinstance(part, Count) and not part.remark and not part.chips and part.at_most is None

    def _instead(self, work: Work, later: datetime, **said: Any) -> Work:
        chosen = marked_id(later, self._rng.getrandbits(32))
        item = replace(work.item, id=chosen, saved_at=later, replaces=work.item.id, **said)
        return replace(work, item=item, received_at=later)
