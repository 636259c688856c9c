"""Filling a database with made-up work, through the one door."""

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.accounts import actions as accounts
from fieldlog.accounts import queries
from fieldlog.accounts.models import Account
from fieldlog.accounts.queries import UnitChoice
from fieldlog.actors import Actor, Role
from fieldlog.aftermath.actions import do, list_responsibles
from fieldlog.aftermath.models import Mending, Planning
from fieldlog.aftermath.queries import mendings, plannings
from fieldlog.audit.actions import note
from fieldlog.audit.models import AuditEvent
from fieldlog.clock import local_day
from fieldlog.demo.models import Work
from fieldlog.demo.queries import DemoError, days_to_fill, make_up, senders, waiting
from fieldlog.intake.actions import accept
from fieldlog.intake.models import Result
from fieldlog.periods import Span

BATCH = 200

Answer = TypeVar("Answer")
Step = Work | Planning | Mending


class Write(Protocol):
    """Does work in one transaction, as ``Database.write`` does."""

    def __call__(self, work: Callable[[Session], Answer], /) -> Answer: ...


@dataclass
class Filled:
    """What was added: entries by kind, corrections and voids; and how many of both were there ``already``."""

    days: Span
    until: datetime
    added: Counter[str] = field(default_factory=Counter)
    changed: int = 0
    already: int = 0


def fill(write: Write, by: Actor, now: datetime, *, seed: int = 1, year: int | None = None) -> Filled:
    """Add the work that the seed makes up for the year's programme until ``now``, in transactions of 200 items.

    On the same day it adds nothing more; on a later day it adds the days since. Raises DemoError.
    """
    chosen = year or local_day(now).year
    filled, steps = write(lambda session: _prepare(session, by, now, seed, chosen))
    for start in range(0, len(steps), BATCH):
        for made, result in write(partial(_take, batch=steps[start : start + BATCH])):
            _add(filled, made, result)
    return filled


def _prepare(
    session: Session, by: Actor, now: datetime, seed: int, year: int
) -> tuple[Filled, list[tuple[Step, Actor]]]:
    """What is to be done, and by whom: by those who sent it before, or else by the accounts of its unit."""
    days = days_to_fill(session, by.municipality, year, now)
    filled_for = f"practice:{seed}-{year}"
    filled = Filled(days, _until(session, by, now, filled_for))
    known = senders(session)
    teams = {unit.slug: _team(session, by, now, unit) for unit in queries.units(session, by.municipality)}
    slugs = list_responsibles(session, by, filled.until)
    work = [*make_up(seed, days), *waiting(seed, days, _filled_at(session, filled_for))]
    for made in work:
        team = teams[made.unit]
        known.setdefault(made.begun_as, team[int(made.share * len(team))])
    came = [(made.item, made.received_at) for made in work]
    steps: list[Step] = [*work, *plannings(item for item, _ in came), *mendings(came, slugs)]
    steps = sorted((step for step in steps if step.at <= filled.until), key=lambda step: step.at)
    return filled, [(step, known[step.begun_as]) for step in steps]


def _filled_at(session: Session, subject: str) -> list[datetime]:
    """When the year was first filled on each day, the first day first."""
    moments = session.scalars(select(AuditEvent.at).filter_by(subject=subject).order_by(AuditEvent.at))
    return list({local_day(moment): moment for moment in moments}.values())


def _until(session: Session, by: Actor, now: datetime, subject: str) -> datetime:
    """Until when work is made up: now, or when it was first asked for today."""
    latest = session.scalar(select(func.max(AuditEvent.at)).filter_by(municipality=by.municipality, subject=subject))
    if latest and local_day(latest) == local_day(now):
        return latest
    note(session, by, now, "practice-work-added", subject)
    return now


def _team(session: Session, by: Actor, now: datetime, unit: UnitChoice) -> list[Actor]:
    """Who shares the unit's work: an account that only demo uses, and twice as much each, the unit's open accounts."""
    name = f"övning-{unit.slug}"
    own = queries.account(session, name)
    if own is None:
        own = accounts.add_account(
            session, by, now, name=name, password=secrets.token_urlsafe(32), organisation=unit.organisation,
            role=Role.REPORTER, unit=unit.slug,
        )  # fmt: skip
        accounts.disable_account(session, by, now, name)
    elif own.disabled_at is None:
        raise DemoError(f"{name} is an account that somebody uses; demo needs the name for itself")
    others = select(Account).filter_by(municipality=by.municipality, unit=unit.slug, disabled_at=None)
    others = others.where(Account.role != Role.ADMINISTRATOR).order_by(Account.name)
    return [own.actor(), *(other.actor() for other in session.scalars(others) for _ in range(2))]


def _take(session: Session, batch: Sequence[tuple[Step, Actor]]) -> list[tuple[Work, Result]]:
    """One by one at its moment, entries through the door: what came of each."""
    came = []
    for step, sender in batch:
        if isinstance(step, Work):
            came += [(step, result) for result in accept(session, [step.item], sender, step.received_at)]
        else:
            do(session, step, sender)
    return came


def _add(filled: Filled, work: Work, result: Result) -> None:
    if result.outcome == "already":
        filled.already += 1
    elif result.outcome != "accepted":
        reasons = ", ".join(f"{name}: {reason.en}" for name, reason in result.reasons.items())
        raise DemoError(f"{work.item.kind} {work.item.id} was not taken in ({result.outcome}) {reasons}")
    elif work.item.replaces:
        filled.changed += 1
    else:
        filled.added[work.item.kind] += 1
