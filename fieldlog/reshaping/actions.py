"""Adding to a programme, taking out of it, and changing its days: checked as a whole, as its file is.

What has been told of a past day stays: what is added counts from its day on, what is taken out stands as it did, and
each day keeps the period that was known on it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.audit.actions import note
from fieldlog.clock import local_day
from fieldlog.counting.models import Rule
from fieldlog.counting.queries import in_words
from fieldlog.labels import Label, words
from fieldlog.periods import ONE_DAY, Span
from fieldlog.planning.actions import refuse_period
from fieldlog.pledges.actions import refuse_day, refuse_rule
from fieldlog.programmes import actions as programmes
from fieldlog.programmes.actions import RefusedError, refuse_overlap, refusing
from fieldlog.programmes.forms import CommitmentText, FocusText, PledgeText, ProgrammeText
from fieldlog.programmes.models import (
    Commitment,
    CommitmentFocus,
    CommitmentPlan,
    CommitmentRule,
    DeviationNote,
    EarlierDays,
    FocusArea,
    Pledge,
    Programme,
)
from fieldlog.programmes.queries import as_text
from fieldlog.reshaping.models import Part, slug_for
from fieldlog.reshaping.queries import entries_on

GONE = Label("Det gäller inte längre, sedan {day}.", "It has not held since {day}.")
LAST_ONE = Label(
    "Ett medborgarlöfte har minst ett löfte och ett fokusområde.", "A programme has at least a pledge and a focus area."
)
IS_OVER = Label("Perioden är slut. Dess dagar ändras inte.", "The period is over. Its days stay.")
RUNS = Label(
    "Perioden pågår. Den kan inte börja senare än i dag eller sluta före i dag.",
    "The period is running. It cannot begin after today or end before today.",
)
FALLS_OUT = Label(
    "{first}–{last} faller utanför. Det som är loggat då ({number} st) räknas inte längre mot något åtagande.",
    "{first}–{last} fall outside. What was logged then ({number} in all) counts toward no commitment any more.",
)
COMES_IN = Label(
    "{first}–{last} kommer med. Det som är loggat då ({number} st) börjar räknas.",
    "{first}–{last} come in. What was logged then ({number} in all) begins to count.",
)
TICK = Label("Kryssa i rutan och spara igen om det ska bli så.", "Tick the box and save again if that is meant.")


def add_focus_area(session: Session, row: Programme, answers: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Add a theme from a day on. Raises RefusedError, as all of these do."""
    since = _since(row, answers, now)
    slug = slug_for(answers["name"], {focus.slug for focus in row.focus_areas})
    with refusing():
        text = FocusText(slug=slug, name=words(answers, "name"), first_day=since)
        _check(row, focus_areas=(*as_text(row).focus_areas, text))
    programmes.add_focus_area(session, row, _next(row.focus_areas), text)
    note(session, by, now, "focus-area-added", f"focus-area:{row.slug}/{slug}", **_from(row, since))


def add_pledge(
    session: Session, row: Programme, answers: Mapping[str, Any], rule: Rule, *, by: Actor, now: datetime
) -> None:
    """Add a pledge with its first commitment, which counts from its day on."""
    first = _commitment(row, answers, rule, now)
    slug = slug_for(answers["pledge_title"], {pledge.slug for pledge in row.pledges})
    with refusing():
        text = PledgeText(
            slug=slug,
            title=words(answers, "pledge_title"),
            promise=words(answers, "pledge_promise"),
            promised_by=first.promised_by,
            commitments=(first,),
        )
        _check(row, pledges=(*as_text(row).pledges, text))
    programmes.add_pledge(session, row, _next(row.pledges), text, now)
    note(session, by, now, "pledge-added", f"pledge:{row.slug}/{slug}")
    note(session, by, now, "commitment-added", f"commitment:{row.slug}/{first.slug}", **_from(row, first.first_day))


def add_commitment(
    session: Session, row: Programme, pledge: str, answers: Mapping[str, Any], rule: Rule, *, by: Actor, now: datetime
) -> str:
    """Add a commitment to the pledge of that slug, which counts from its day on; returns its slug."""
    text = _commitment(row, answers, rule, now)
    with refusing():
        pledges = (
            known.model_copy(update={"commitments": (*known.commitments, text)}) if known.slug == pledge else known
            for known in as_text(row).pledges
        )
        _check(row, pledges=tuple(pledges))
    under = next(known for known in row.pledges if known.slug == pledge)
    programmes.add_commitment(session, row, pledge, _next(under.commitments), text, now=now)
    note(session, by, now, "commitment-added", f"commitment:{row.slug}/{text.slug}", **_from(row, text.first_day))
    return text.slug


def take_out(
    session: Session, row: Programme, part: Part, slug: str, gone_from: date | None, *, by: Actor, now: datetime
) -> None:
    """Let a part of the programme hold no longer from a day on, tomorrow at the earliest; None takes that back.

    Of a pledge go all its commitments. What would never have held is removed.
    """
    found = part.of(row, slug)
    if gone_from:
        refuse_day(row, gone_from, now)
    lasting = found.commitments if isinstance(found, Pledge) else [found]
    still = [one for one in lasting if one and not isinstance(one, Pledge) and not one.is_over(local_day(now))]
    if not still:
        last = max(one.last_day for one in lasting if one and not isinstance(one, Pledge) and one.last_day)
        raise RefusedError(GONE.fill(day=in_words(last + ONE_DAY)))
    for one in still:
        _last_until(session, row, one, gone_from, by=by, now=now)
    session.flush()
    session.expire_all()


def _last_until(
    session: Session, row: Programme, one: Commitment | FocusArea, gone_from: date | None, *, by: Actor, now: datetime
) -> None:
    sort = Part.COMMITMENT if isinstance(one, Commitment) else Part.FOCUS_AREA
    subject, slug = f"{sort}:{row.slug}/{one.slug}", one.slug
    if gone_from is None:
        one.last_day = None
        note(session, by, now, f"{sort}-kept", subject)
        return
    if gone_from > (one.first_day or row.first_day):
        one.last_day = gone_from - ONE_DAY
    elif isinstance(one, Commitment):
        _remove(session, row, one)
    else:
        if len(row.focus_areas) == 1:
            raise RefusedError(LAST_ONE)
        session.execute(
            delete(CommitmentFocus).filter_by(municipality=row.municipality, programme=row.slug, focus=slug)
        )
        session.delete(one)
    note(session, by, now, f"{sort}-taken-out", subject, valid_from=gone_from.isoformat())


def _remove(session: Session, row: Programme, item: Commitment) -> None:
    """Remove a commitment that has never held, and its pledge with the last one."""
    key = {"municipality": row.municipality, "programme": row.slug}
    pledge = next(pledge for pledge in row.pledges if pledge.slug == item.pledge)
    for table in (CommitmentFocus, CommitmentRule, CommitmentPlan, DeviationNote):
        session.execute(delete(table).filter_by(**key, commitment=item.slug))
    session.execute(delete(Commitment).filter_by(**key, slug=item.slug))
    if not session.query(Commitment).filter_by(**key, pledge=pledge.slug).count():
        session.execute(delete(Pledge).filter_by(**key, slug=pledge.slug))
    if not session.query(Pledge).filter_by(**key).count():
        raise RefusedError(LAST_ONE)


def change_days(session: Session, row: Programme, answers: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Let a period that waits or runs have other days. Past days of one that runs keep the period that they knew.

    Raises RefusedError as the file's check does, for an overlap, and as long as ``answers["agreed"]`` does not say yes
    to what becomes of entries that fall outside or come in.
    """
    days, today = Span(answers["first_day"], answers["last_day"]), local_day(now)
    old = row.period
    if row.last_day < today:
        raise RefusedError(IS_OVER)
    runs = row.first_day <= today
    refuse_period(days)
    if runs and today not in days:
        raise RefusedError(RUNS)
    refuse_overlap(session, row.municipality, days, but=row.slug)
    told = (*(row.earlier or ()), EarlierDays(until=today, first_day=old.first, last_day=old.last))
    earlier = told if runs else row.earlier or ()
    with refusing():
        _check(row, first_day=days.first, last_day=days.last, earlier=earlier)
    if not answers["agreed"] and (why := _moves(session, row.municipality, old, days)):
        raise RefusedError(Label.join(" ", [*why, TICK]), "agreed")
    for pledge in row.pledges:
        for item in pledge.commitments:
            if item.first_day is None:
                item.rules[0].valid_from = days.first
    row.first_day, row.last_day, row.earlier = days.first, days.last, earlier
    were = {"first_day_was": old.first.isoformat(), "last_day_was": old.last.isoformat()}
    new = {"first_day": days.first.isoformat(), "last_day": days.last.isoformat()}
    note(session, by, now, "period-changed", f"programme:{row.slug}", **new, **were)


def _moves(session: Session, municipality: str, old: Span, new: Span) -> list[Label]:
    """What becomes of entries on days that one of the two periods has, and the other has not."""
    found = []
    for sentence, span, other in ((FALLS_OUT, old, new), (COMES_IN, new, old)):
        for days in span.without(span.cut(other)):
            if number := entries_on(session, municipality, days):
                found.append(sentence.fill(first=in_words(days.first), last=in_words(days.last), number=number))
    return found


def _commitment(row: Programme, answers: Mapping[str, Any], rule: Rule, now: datetime) -> CommitmentText:
    since = _since(row, answers, now)
    refuse_rule(row, None, rule, answers["valid_from"], now)
    taken = {item.slug for pledge in row.pledges for item in pledge.commitments}
    with refusing():
        return CommitmentText(
            slug=slug_for(answers["title"], taken),
            title=words(answers, "title"),
            text=words(answers, "text"),
            promised_by=tuple(Organisation(name) for name in answers["promised_by"]),
            focus=tuple(answers["focus"]),
            rule=rule,
            first_day=since,
        )


def _since(row: Programme, answers: Mapping[str, Any], now: datetime) -> date | None:
    """The first day of what is added; None when it is the period's own."""
    valid_from: date = answers["valid_from"]
    refuse_day(row, valid_from, now)
    return None if valid_from == row.first_day else valid_from


def _check(row: Programme, **changed: Any) -> ProgrammeText:
    """The programme with some of it changed, as it stands together. Raises pydantic's ValidationError."""
    return ProgrammeText.model_validate(as_text(row).model_copy(update=changed).model_dump())


def _next(rows: Any) -> int:
    return max((row.position for row in rows), default=-1) + 1


def _from(row: Programme, since: date | None) -> dict[str, str]:
    return {"valid_from": (since or row.first_day).isoformat()}
