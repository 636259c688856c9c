"""Planning a commitment's work, and changing how it is counted."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.clock import local_day
from fieldlog.counting.models import Rule
from fieldlog.counting.queries import in_words
from fieldlog.labels import Label
from fieldlog.pace import LINEAR_FROM
from fieldlog.periods import Span
from fieldlog.programmes.actions import RefusedError
from fieldlog.programmes.models import CommitmentRule, MonthlyPlan, PlannedDate, Programme
from fieldlog.targets.queries import required

OUTSIDE = Label("{day} ligger utanför perioden {first} till {last}.", "{day} is outside the period {first} to {last}.")
COUNTED = Label(
    "{day} är redan räknad. En ny regel kan tidigast gälla från i dag.",
    "{day} is counted already. A new rule can begin today at the earliest.",
)
OVERTAKES = Label(
    "En regel gäller eller väntar från {day}. En ny kan inte börja före den.",
    "A rule holds or waits from {day}. A new one cannot begin before it.",
)
TOO_FEW = Label(
    "Planen räcker till {planned}, men målet är {need}.", "The plan makes {planned}, but the target is {need}."
)
NO_PLAN = Label(
    "En plan månad för månad passar mål på {least} eller fler. Ange datum i stället.",
    "A plan by months suits targets of {least} or more. Enter dates instead.",
)
NO_COMMITMENT = Label("Det åtagandet finns inte.", "There is no such commitment.")


class Where(NamedTuple):
    """A commitment by its slug, in the programme of that slug."""

    programme: str
    commitment: str

    def __str__(self) -> str:
        return f"commitment:{self.programme}/{self.commitment}"


def change_rule(session: Session, where: Where, rule: Rule, valid_from: date, *, by: Actor, now: datetime) -> None:
    """Count a commitment by another rule from a day on, today at the earliest: a past figure is never rewritten.

    A rule that was to begin on the same day is replaced. Raises RefusedError for a day that is over or outside the
    programme, or before a rule that is in force or waits.
    """
    found, _ = _commitment(session, by.municipality, where)
    _refuse_outside(found, valid_from)
    if valid_from < local_day(now):
        raise RefusedError(COUNTED.fill(day=in_words(valid_from)))
    latest = _versions(session, found, where.commitment)[-1].valid_from
    if valid_from < latest:
        raise RefusedError(OVERTAKES.fill(day=in_words(latest)))
    row = CommitmentRule(**_key(found), commitment=where.commitment, valid_from=valid_from, rule=rule, entered_at=now)
    session.merge(row)
    note(session, by, now, "rule-changed", str(where), valid_from=valid_from.isoformat())


def plan_dates(session: Session, where: Where, days: Iterable[date], *, by: Actor, now: datetime) -> None:
    """Plan the commitment's work on these days, instead of those planned before.

    Raises RefusedError for a day outside the programme.
    """
    found, _ = _commitment(session, by.municipality, where)
    planned = sorted(set(days))
    for day in planned:
        _refuse_outside(found, day)
    session.execute(delete(PlannedDate).filter_by(**_key(found), commitment=where.commitment))
    session.add_all(PlannedDate(**_key(found), commitment=where.commitment, day=day) for day in planned)
    note(session, by, now, "dates-planned", str(where), dates=len(planned))


def plan_months(session: Session, where: Where, amounts: Mapping[date, int], *, by: Actor, now: datetime) -> None:
    """Plan so many for each month (by its first day), instead of what was planned before; nothing takes the plan away.

    Raises RefusedError for months outside the programme, for a plan that does not reach the target, and for a target
    that is too small to be paced by months.
    """
    found, rule = _commitment(session, by.municipality, where)
    period = Span(found.first_day, found.last_day)
    need = required(rule.target, period) if rule.target and not rule.target.each else 0
    if amounts and need < LINEAR_FROM:
        raise RefusedError(NO_PLAN.fill(least=LINEAR_FROM))
    if amounts and sum(amounts.values()) < need:
        raise RefusedError(TOO_FEW.fill(planned=sum(amounts.values()), need=need))
    months = {month.first.replace(day=1) for month in period.months}
    for day in amounts:
        if day not in months:
            raise _outside(found, day)
    session.execute(delete(MonthlyPlan).filter_by(**_key(found), commitment=where.commitment))
    rows = (
        MonthlyPlan(**_key(found), commitment=where.commitment, month=m, amount=n) for m, n in sorted(amounts.items())
    )
    session.add_all(rows)
    note(session, by, now, "months-planned", str(where), planned=sum(amounts.values()))


def _key(programme: Programme) -> dict[str, str]:
    return {"municipality": programme.municipality, "programme": programme.slug}


def _commitment(session: Session, municipality: str, where: Where) -> tuple[Programme, Rule]:
    """The commitment's programme and its newest rule. Raises RefusedError when there is none."""
    found = session.get(Programme, (municipality, where.programme))
    versions = _versions(session, found, where.commitment) if found else []
    if not found or not versions:
        raise RefusedError(NO_COMMITMENT)
    return found, versions[-1].rule


def _versions(session: Session, programme: Programme, commitment: str) -> list[CommitmentRule]:
    versions = select(CommitmentRule).filter_by(**_key(programme), commitment=commitment)
    return list(session.scalars(versions.order_by(CommitmentRule.valid_from)))


def _refuse_outside(programme: Programme, day: date) -> None:
    if not programme.first_day <= day <= programme.last_day:
        raise _outside(programme, day)


def _outside(programme: Programme, day: date) -> RefusedError:
    first, last = in_words(programme.first_day), in_words(programme.last_day)
    return RefusedError(OUTSIDE.fill(day=in_words(day), first=first, last=last))
