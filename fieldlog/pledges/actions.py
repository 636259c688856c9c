"""Loading a programme, planning its work, and changing how a commitment is counted."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.counting.models import Rule
from fieldlog.counting.queries import in_words
from fieldlog.labels import Label
from fieldlog.pace import LINEAR_FROM
from fieldlog.periods import Span
from fieldlog.pledges import models
from fieldlog.pledges.models import CommitmentRule, MonthlyPlan, PlannedDate, Programme
from fieldlog.programmes.models import PledgeText, ProgrammeText
from fieldlog.targets.queries import required

OVERLAP = Label(
    "Perioden {first} till {last} krockar med {name}, som gäller {other_first} till {other_last}.",
    "The period {first} to {last} overlaps {name}, which runs from {other_first} to {other_last}.",
)
OUTSIDE = Label("{day} ligger utanför perioden {first} till {last}.", "{day} is outside the period {first} to {last}.")
NOT_LATER = Label(
    "En regel gäller redan från {day}. En ny måste börja senare.",
    "A rule is in force from {day} already. A new one must begin later.",
)
TOO_FEW = Label(
    "Planen räcker till {planned}, men målet är {need}.", "The plan makes {planned}, but the target is {need}."
)
NO_PLAN = Label(
    "En plan månad för månad passar mål på {least} eller fler. Ange datum i stället.",
    "A plan by months suits targets of {least} or more. Enter dates instead.",
)
NO_COMMITMENT = Label("Det åtagandet finns inte.", "There is no such commitment.")


class RefusedError(Exception):
    """What was asked cannot be done; ``reason`` says why, for the person to read."""

    def __init__(self, reason: Label) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Where(NamedTuple):
    """A commitment by its slug, in the programme of that slug."""

    programme: str
    commitment: str

    def __str__(self) -> str:
        return f"commitment:{self.programme}/{self.commitment}"


def load_programme(session: Session, text: ProgrammeText, *, by: Actor, now: datetime) -> Programme:
    """Add the programme to the actor's municipality. One that is there already stays as it is, edits and all.

    Raises RefusedError when its days overlap another programme's.
    """
    municipality = by.municipality
    if known := session.get(Programme, (municipality, text.slug)):
        return known
    _refuse_overlap(session, municipality, text)
    programme = Programme(municipality=municipality, slug=text.slug, name=text.name, background=text.background)
    programme.first_day, programme.last_day, programme.loaded_at = text.first_day, text.last_day, now
    programme.decided_on, programme.registry_number = text.decided_on, text.registry_number
    programme.example_of = text.example_of
    session.add(programme)
    session.flush()
    for position, focus in enumerate(text.focus_areas):
        session.add(models.FocusArea(**_key(programme), slug=focus.slug, position=position, name=focus.name))
    session.flush()
    for position, pledge in enumerate(text.pledges):
        _load_pledge(session, programme, position, pledge, now)
    note(session, by, now, "programme-loaded", f"programme:{text.slug}", example=bool(text.example_of))
    return programme


def change_rule(session: Session, where: Where, rule: Rule, valid_from: date, *, by: Actor, now: datetime) -> None:
    """Count a commitment by another rule from a day on. Days before it keep theirs.

    Raises RefusedError for a day outside the programme, or not after the version before.
    """
    found, _ = _commitment(session, by.municipality, where)
    _refuse_outside(found, valid_from)
    latest = _versions(session, found, where.commitment)[-1].valid_from
    if valid_from <= latest:
        raise RefusedError(NOT_LATER.fill(day=in_words(latest)))
    row = CommitmentRule(**_key(found), commitment=where.commitment, valid_from=valid_from, rule=rule, entered_at=now)
    session.add(row)
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


def _load_pledge(session: Session, programme: Programme, position: int, text: PledgeText, now: datetime) -> None:
    key = _key(programme)
    pledge = models.Pledge(**key, slug=text.slug, position=position, title=text.title, promise=text.promise)
    pledge.promised_by = [organisation.value for organisation in text.promised_by]
    session.add(pledge)
    session.flush()
    for place, commitment in enumerate(text.commitments):
        row = models.Commitment(**key, slug=commitment.slug, pledge=text.slug, position=place)
        row.title, row.text = commitment.title, commitment.text
        row.promised_by = [organisation.value for organisation in commitment.promised_by]
        session.add(row)
        session.flush()
        slug = commitment.slug
        session.add_all(models.CommitmentFocus(**key, commitment=slug, focus=focus) for focus in commitment.focus)
        rule = CommitmentRule(**key, commitment=slug, valid_from=programme.first_day, rule=commitment.rule)
        rule.entered_at = now
        session.add(rule)
    session.flush()


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


def _refuse_overlap(session: Session, municipality: str, text: ProgrammeText) -> None:
    others = select(Programme).where(
        Programme.municipality == municipality,
        Programme.first_day <= text.last_day,
        Programme.last_day >= text.first_day,
    )
    if other := session.scalars(others.order_by(Programme.first_day)).first():
        raise RefusedError(
            OVERLAP.fill(
                name=other.name,
                first=in_words(text.first_day),
                last=in_words(text.last_day),
                other_first=in_words(other.first_day),
                other_last=in_words(other.last_day),
            )
        )
