"""Changing a programme's texts, and making the next one."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note, sides
from fieldlog.labels import Label, words
from fieldlog.periods import Span
from fieldlog.planning import queries
from fieldlog.programmes.actions import RefusedError, load_programme
from fieldlog.programmes.forms import UPSIDE_DOWN, ProgrammeText
from fieldlog.programmes.models import Commitment, CommitmentFocus, Pledge, Programme
from fieldlog.programmes.queries import as_text

WHO_ANSWERS = ("answers_for", "answers_address")
"""May name a person, so the audit log does not keep them."""
DECIDED = Label("Ett beslut tas inte tillbaka. Ange beslutsdagen.", "A decision stays. Give its day.")
LONGEST = 3 * 366
TOO_LONG = Label("En period är högst tre år.", "A period is three years at most.")
NOTHING_LEFT = Label(
    "Alla löften eller fokusområden är avslutade. Det finns inget att ta med.",
    "All pledges or focus areas have been ended. There is nothing to take along.",
)
THERE = Label("Det finns redan ett medborgarlöfte som heter {slug}.", "There is already a programme called {slug}.")


def edit_programme(session: Session, row: Programme, answers: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Change the programme's own texts. Once it is decided it is no example any more.

    Raises RefusedError when the day of a decision is taken away.
    """
    if row.decided_on and not answers["decided_on"]:
        raise RefusedError(DECIDED)
    told = sides(queries.programme_stored(row), {name: answers[name] for name in answers if name not in WHO_ANSWERS})
    row.name, row.background = words(answers, "name"), words(answers, "background")
    row.decided_on, row.registry_number = answers["decided_on"], answers["registry_number"]
    row.answers_for, row.answers_address = answers["answers_for"], answers["answers_address"]
    row.example_of = None if row.decided_on else row.example_of
    for focus in row.focus_areas:
        focus.name = words(answers, f"focus-{focus.slug}")
    note(
        session,
        by,
        now,
        "programme-edited",
        f"programme:{row.slug}",
        decided=bool(row.decided_on),
        **told,
    )


def edit_pledge(session: Session, row: Pledge, answers: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Change what a pledge says, and who promised it."""
    stored = queries.pledge_stored(row)
    row.title, row.promise, row.promised_by = words(answers, "title"), words(answers, "promise"), answers["promised_by"]
    note(session, by, now, "pledge-edited", f"pledge:{row.programme}/{row.slug}", **sides(stored, answers))


def edit_commitment(session: Session, row: Commitment, answers: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Change what a commitment says, who promised it, and which focus areas it serves; not how it is counted."""
    stored = queries.commitment_stored(row)
    row.title, row.text, row.promised_by = words(answers, "title"), words(answers, "text"), answers["promised_by"]
    key = {"municipality": row.municipality, "programme": row.programme, "commitment": row.slug}
    session.execute(delete(CommitmentFocus).filter_by(**key))
    session.expire(row, ["focus"])
    session.add_all(CommitmentFocus(**key, focus=focus) for focus in answers["focus"])
    note(session, by, now, "commitment-edited", f"commitment:{row.programme}/{row.slug}", **sides(stored, answers))


def make_next(session: Session, row: Programme, answers: Mapping[str, Any], by: Actor, now: datetime) -> Programme:
    """Make another period of the same pledges, commitments, focus areas and newest rules, which nobody has decided.

    Plans, planned dates, notes and the decision belong to their period and are not taken along; the last days of
    targets move with the period. Raises RefusedError for a period that is upside down, too long or overlaps another.
    """
    period = Span(answers["first_day"], answers["last_day"])
    refuse_period(period)
    slug = _free_slug(session, row, period.first.year)
    text = as_text(row).for_period(period).model_copy(update={"slug": slug, "name": words(answers, "name")})
    if not text.pledges or not text.focus_areas:
        raise RefusedError(NOTHING_LEFT)
    return load_programme(session, text, by=by, now=now)


def refuse_period(period: Span) -> None:
    """Raise RefusedError when the period is upside down or too long."""
    if not period:
        raise RefusedError(UPSIDE_DOWN)
    if len(period) > LONGEST:
        raise RefusedError(TOO_LONG)


def take_in(session: Session, text: ProgrammeText, by: Actor, now: datetime) -> Programme:
    """Add the programme of a file. Raises RefusedError when it is there already, or as ``load_programme`` does."""
    if session.get(Programme, (by.municipality, text.slug)):
        raise RefusedError(THERE.fill(slug=text.slug))
    return load_programme(session, text, by=by, now=now)


def _free_slug(session: Session, row: Programme, year: int) -> str:
    stem = re.sub(r"-?\d{4}(-\d+)?$", "", row.slug)[:24].rstrip("-") or "period"
    slugs = (f"{stem}-{year}" if number == 1 else f"{stem}-{year}-{number}" for number in range(1, 99))
    return next(slug for slug in slugs if session.get(Programme, (row.municipality, slug)) is None)
