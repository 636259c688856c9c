"""Reading the programmes for those who change them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.clock import local_day
from fieldlog.counting.queries import EACH, NO_NUMBER, explain
from fieldlog.entries.queries import RulesByDay
from fieldlog.labels import Label, spelt
from fieldlog.periods import ONE_DAY, same_day
from fieldlog.programmes.models import Commitment, CommitmentRule, Pledge, Programme
from fieldlog.programmes.queries import periods
from fieldlog.targets.queries import required

IN_FORCE = Label("Gäller", "In force")
COMING = Label("Kommande", "Coming")
OVER = Label("Avslutad", "Over")
EXAMPLE = Label("Exempel", "Example")
SHARE = Label("Andel", "Share")
AT_LEAST = Label("Minst {n}", "At least {n}")
RANGE = Label("{n}–{upto}", "{n}–{upto}")
IN_EACH = Label("{n} {each}", "{n} {each}")


@dataclass(frozen=True)
class PeriodRow:
    """A programme in the list. ``states`` are what it is: in force, coming or over, and an example."""

    slug: str
    name: Label
    first_day: date
    last_day: date
    states: tuple[Label, ...]


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment in its programme; ``waits_from`` is when a rule that waits begins. Its days, if it has its own."""

    slug: str
    title: Label
    target: Label
    waits_from: date | None
    first_day: date | None
    last_day: date | None


def period_rows(session: Session, municipality: str, today: date) -> list[PeriodRow]:
    """The municipality's programmes, the newest first."""
    rows = session.scalars(select(Programme).filter_by(municipality=municipality).order_by(Programme.first_day.desc()))
    return [PeriodRow(row.slug, row.name, row.first_day, row.last_day, states(row, today)) for row in rows]


def states(row: Programme, today: date) -> tuple[Label, ...]:
    """What the programme is today."""
    now = COMING if today < row.first_day else OVER if today > row.last_day else IN_FORCE
    return (now, EXAMPLE) if row.example_of else (now,)


def commitment_rows(pledge: Pledge, today: date) -> list[CommitmentRow]:
    """A pledge's commitments, each with what was promised."""
    return [_row(item, today) for item in pledge.commitments]


def _row(item: Commitment, today: date) -> CommitmentRow:
    waiting = next((version.valid_from for version in item.rules[1:] if version.valid_from > today), None)
    target = target_in_short(in_force(item.rules, today))
    return CommitmentRow(item.slug, item.title, target, waiting, item.first_day, item.last_day)


def in_force(rules: list[CommitmentRule], today: date) -> CommitmentRule:
    """The version that holds today; before the first day, the first."""
    return next((version for version in reversed(rules) if version.valid_from <= today), rules[0])


def target_in_short(version: CommitmentRule) -> Label:
    """ "Minst 50"."""
    target = version.rule.target
    if version.rule.share:
        return SHARE
    if target is None:
        return NO_NUMBER
    number = (RANGE if target.upto else AT_LEAST).fill(n=target.at_least, upto=target.upto or "")
    return IN_EACH.fill(n=number, each=EACH[target.window]) if target.window else number


Spelt = tuple[date, Sequence[Label]]
"""From which day on, and in which sentences."""


def rules(session: Session, programme: Programme, item: Commitment, now: datetime) -> list[Spelt]:
    """How the commitment is counted, in sentences, by each version of its rule from its first day on."""
    thresholds, period, today = RulesByDay(session, programme.municipality), programme.period, local_day(now)
    found: list[Spelt] = []
    for version in item.rules:
        need = required(version.rule.target, period) if version.rule.target else None
        on = today if version is in_force(item.rules, today) else version.valid_from
        found.append((version.valid_from, explain(version.rule, need, None, thresholds=thresholds.on(on))))
    return found


def programme_stored(row: Programme) -> Mapping[str, Any]:
    """The programme's own texts, by the fields of its form."""
    texts = spelt("name", row.name) | spelt("background", row.background)
    for focus in row.focus_areas:
        texts |= spelt(f"focus-{focus.slug}", focus.name)
    return texts | {
        "decided_on": row.decided_on,
        "registry_number": row.registry_number,
        "answers_for": row.answers_for,
        "answers_address": row.answers_address,
    }


def pledge_stored(row: Pledge) -> Mapping[str, Any]:
    """A pledge's texts, by the fields of its form."""
    return spelt("title", row.title) | spelt("promise", row.promise) | {"promised_by": row.promised_by}


def commitment_stored(row: Commitment) -> Mapping[str, Any]:
    """A commitment's texts, by the fields of its form."""
    focus = sorted(focus.focus for focus in row.focus)
    return spelt("title", row.title) | spelt("text", row.text) | {"promised_by": row.promised_by, "focus": focus}


def next_stored(session: Session, by: Actor, row: Programme) -> Mapping[str, Any]:
    """What the period after the municipality's last one is proposed to be: as long, and beginning the day after."""
    last = max(period.last_day for period in periods(session, by.municipality))
    first = last + ONE_DAY
    length = row.last_day - row.first_day
    whole_year = (row.first_day.day, row.first_day.month) == (first.day, first.month)
    end = same_day(row.last_day, row.last_day.year + first.year - row.first_day.year) if whole_year else first + length
    name = Label(*(words.replace(str(row.first_day.year), str(first.year)) for words in row.name))
    return spelt("name", name) | {"first_day": first, "last_day": end}
