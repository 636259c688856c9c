"""Planning a commitment's work, changing how it is counted, and telling what is done when it lags."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note, sides
from fieldlog.clock import local_day
from fieldlog.counting.models import Rule
from fieldlog.counting.queries import OTHER_TIME, counts_nothing, explain, in_words
from fieldlog.labels import Label, spelt
from fieldlog.pace import LINEAR_FROM
from fieldlog.periods import ONE_DAY
from fieldlog.programmes.actions import RefusedError
from fieldlog.programmes.models import Commitment, CommitmentPlan, CommitmentRule, DeviationNote, Programme
from fieldlog.targets.models import Plan
from fieldlog.targets.queries import required

OUTSIDE = Label("{day} ligger utanför perioden {first} till {last}.", "{day} is outside the period {first} to {last}.")
COUNTED = Label(
    "{day} är redan räknad. En ändring kan tidigast gälla från i morgon.",
    "{day} is counted already. A change can begin tomorrow at the earliest.",
)
OVERTAKES = Label(
    "En ändring gäller eller väntar från {day}. En ny kan inte börja före den.",
    "A change holds or waits from {day}. A new one cannot begin before it.",
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


def earliest(programme: Programme, now: datetime) -> date:
    """The first day from which the programme can change: tomorrow, or its own first day when that is later."""
    return max(local_day(now) + ONE_DAY, programme.first_day)


def change_rule(session: Session, where: Where, rule: Rule, valid_from: date, *, by: Actor, now: datetime) -> None:
    """Count a commitment by another rule from a day on, tomorrow at the earliest: a past figure is never rewritten.

    A rule that was to begin on the same day is replaced. Raises RefusedError for a day that has come or is outside the
    programme, or before a rule that waits, and for a rule that counts nothing.
    """
    found = _commitment(session, by.municipality, where)
    latest = _versions(session, found, where.commitment)[-1]
    refuse_rule(found, latest.valid_from, rule, valid_from, now)
    told = sides(_rule_told(found, latest.rule), _rule_told(found, rule))
    row = CommitmentRule(**_key(found), commitment=where.commitment, valid_from=valid_from, rule=rule, entered_at=now)
    session.merge(row)
    note(session, by, now, "rule-changed", str(where), valid_from=valid_from.isoformat(), **told)


def _rule_told(programme: Programme, rule: Rule) -> dict[str, str]:
    need = required(rule.target, programme.period) if rule.target else None
    return spelt("rule", Label.join(" ", explain(rule, need, None)))


def refuse_rule(programme: Programme, latest: date | None, rule: Rule, valid_from: date, now: datetime) -> None:
    """Raise RefusedError, as ``change_rule`` does, unless the rule may begin; ``latest`` is when the newest does."""
    refuse_day(programme, valid_from, now, latest=latest)
    if why := counts_nothing(rule, programme.period, valid_from):
        raise RefusedError(why, "by" if why == OTHER_TIME else "")


def change_plan(session: Session, where: Where, plan: Plan, valid_from: date, *, by: Actor, now: datetime) -> None:
    """Plan the commitment's work otherwise from a day on, tomorrow at the earliest: dates, or so many in each month.

    What was expected on the days before stays as it was. Raises RefusedError for a day that has come or is outside the
    programme, for planned days outside it, for months that do not reach the target, and for a target that is too small
    to be paced by months.
    """
    found = _commitment(session, by.municipality, where)
    plans = select(CommitmentPlan.valid_from).filter_by(**_key(found), commitment=where.commitment)
    latest = session.scalars(plans.order_by(CommitmentPlan.valid_from.desc())).first()
    refuse_day(found, valid_from, now, latest=latest)
    versions = _versions(session, found, where.commitment)
    rule = next((version.rule for version in reversed(versions) if version.valid_from <= valid_from), versions[0].rule)
    _refuse_plan(found, rule, plan)
    row = CommitmentPlan(**_key(found), commitment=where.commitment, valid_from=valid_from, plan=plan, entered_at=now)
    session.merge(row)
    planned = {"dates": len(plan.dates), "months": sum(month.amount for month in plan.months)}
    note(session, by, now, "plan-changed", str(where), valid_from=valid_from.isoformat(), **planned)


def write_note(session: Session, where: Where, text: Label, *, by: Actor, now: datetime) -> None:
    """Tell everybody, from today on, what is done about a commitment that lags; an empty text takes the last one back.

    What stood there on earlier days stays with them. Raises RefusedError when there is no such commitment.
    """
    found, day = _commitment(session, by.municipality, where), local_day(now)
    row = DeviationNote(**_key(found), commitment=where.commitment, day=day, text=text, written_at=now)
    session.merge(row)
    note(session, by, now, "deviation-noted" if text.sv else "deviation-withdrawn", str(where), day=day.isoformat())


def _refuse_plan(programme: Programme, rule: Rule, plan: Plan) -> None:
    period = programme.period
    for day in (*plan.dates, *(max(item.month, period.first) for item in plan.months)):
        if day not in period:
            raise _outside(programme, day)
    need = required(rule.target, period) if rule.target and not rule.target.each else 0
    planned = sum(item.amount for item in plan.months)
    if plan.months and need < LINEAR_FROM:
        raise RefusedError(NO_PLAN.fill(least=LINEAR_FROM))
    if plan.months and planned < need:
        raise RefusedError(TOO_FEW.fill(planned=planned, need=need))


def _key(programme: Programme) -> dict[str, str]:
    return {"municipality": programme.municipality, "programme": programme.slug}


def _commitment(session: Session, municipality: str, where: Where) -> Programme:
    """The commitment's programme. Raises RefusedError when there is no such commitment."""
    found = session.get(Programme, (municipality, where.programme))
    if found is None or session.get(Commitment, (municipality, where.programme, where.commitment)) is None:
        raise RefusedError(NO_COMMITMENT)
    return found


def _versions(session: Session, programme: Programme, commitment: str) -> list[CommitmentRule]:
    versions = select(CommitmentRule).filter_by(**_key(programme), commitment=commitment)
    return list(session.scalars(versions.order_by(CommitmentRule.valid_from)))


def refuse_day(programme: Programme, valid_from: date, now: datetime, *, latest: date | None = None) -> None:
    """Raise RefusedError unless a change may begin on the day; ``latest`` is when the last one does."""
    if valid_from not in programme.period:
        raise _outside(programme, valid_from)
    if valid_from < earliest(programme, now):
        raise RefusedError(COUNTED.fill(day=in_words(valid_from)))
    if latest and valid_from < latest:
        raise RefusedError(OVERTAKES.fill(day=in_words(latest)))


def _outside(programme: Programme, day: date) -> RefusedError:
    first, last = in_words(programme.first_day), in_words(programme.last_day)
    return RefusedError(OUTSIDE.fill(day=in_words(day), first=first, last=last))
