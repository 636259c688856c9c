"""Who wants to be told of a day, what each may know, and how it is written."""

from datetime import date, datetime

from babel.dates import format_date
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account
from fieldlog.accounts.queries import units
from fieldlog.actors import Actor, Role
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.pledges.models import CommitmentTally
from fieldlog.pledges.queries import first_of_each_kind, tallies
from fieldlog.review.queries import counts
from fieldlog.summaries.models import Line, Reader, Summary
from fieldlog.tallies.queries import figures
from fieldlog.targets.models import State

STANDING = Label("{words}. {state}", "{words}. {state}")
EXPECTED = Label("{words}, förväntat {expected}. {state}", "{words}, {expected} expected. {state}")
NOTHING = Label("Inget loggades.", "Nothing was logged.")
SILENT = Label("Har inte hörts av: {units}", "Not heard from: {units}")
REVIEW = Label("Att granska: {number}. {address}", "To review: {number}. {address}")
SEE = Label("Se dagen: {address}", "See the day: {address}")
WHY = Label(
    "Du får det här för att du har valt Dagens sammanfattning. Sluta eller ändra: {address}",
    "You get this because you chose the daily summary. Stop or change it: {address}",
)
NO_REPLY = Label("Brevet går inte att svara på.", "Nobody reads replies to this letter.")


def readers(session: Session, municipality: str, day: date) -> list[Reader]:
    """Everybody who wants the summary and was not told of the day: supervisors, whose page the day is."""
    wanting = select(Account).where(
        Account.municipality == municipality,
        Account.role == Role.SUPERVISOR,
        Account.disabled_at.is_(None),
        Account.summary_language.is_not(None),
        or_(Account.summary_day.is_(None), Account.summary_day < day),
    )
    return [
        Reader(row.actor(), row.name, row.email, row.summary_language, row.summary_day)
        for row in session.scalars(wanting.order_by(Account.id))
        if row.email and row.summary_language
    ]


def summary(session: Session, by: Actor, day: date, now: datetime) -> Summary:
    """The day as ``by`` may see it, with each promise as it stood when the day was over. A fixed number of queries."""
    promised = first_of_each_kind(tallies(session, by.municipality, day, now, to=by.organisation))
    counted = {kind.slug: f"{kind.slug}.{next(iter(kind.measures))}" for kind in KINDS.values() if kind.measures}
    sums = figures(session, by.municipality, day, day, list(counted.values()), daily=True)
    lines = []
    for kind in KINDS.values():
        ref = counted.get(kind.slug)
        amount = sums.total(ref, day, day).amount if ref and kind.is_followed_by(by.organisation) else None
        if amount or kind.slug in promised:
            lines.append(Line(kind.label, amount, _standing(promised.get(kind.slug))))
    return Summary(day, tuple(lines), _silent(session, by, day), counts(session, by, day, now).total())


def _standing(tally: CommitmentTally | None) -> Label | None:
    if tally is None:
        return None
    of = tally.progress
    words = EXPECTED if of.expected is not None and of.state is not State.FULFILLED else STANDING
    return words.fill(words=of.words, expected=of.expected, state=of.state.label)


def _silent(session: Session, by: Actor, day: date) -> tuple[str, ...]:
    """The units of ``by``'s organisation from which nothing came, not even that there was nothing to report."""
    heard = select(Entry.unit).distinct().where(
        Entry.municipality == by.municipality, Entry.day == day, ~Entry.is_void, is_current()
    )  # fmt: skip
    known = set(session.scalars(heard))
    own = [unit for unit in units(session, by.municipality) if unit.organisation is by.organisation]
    return tuple(unit.name for unit in own if unit.slug not in known)


def subject(told: Summary, language: str, name: str) -> str:
    """What the letter is called."""
    return f"{name}: {_day(told.day, language)}"


def text(told: Summary, language: str, name: str, url: str) -> str:
    """The letter, in one language, with lines that are short enough for every screen."""
    lines = [_line(line, language) for line in told.lines] or [NOTHING.text(language)]
    silent = [SILENT.fill(units=", ".join(told.silent)).text(language)] if told.silent else []
    review = REVIEW.fill(number=told.to_review, address=f"{url}/review").text(language)
    foot = [WHY.fill(address=f"{url}/settings"), NO_REPLY]
    parts = [
        [f"{name}, {_day(told.day, language)}"],
        lines,
        silent,
        [review] if told.to_review else [],
        [SEE.fill(address=f"{url}/day/{told.day}").text(language)],
        ["-- ", *(label.text(language) for label in foot)],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _line(line: Line, language: str) -> str:
    kind = line.kind.text(language).replace("\u00ad", "")
    amount = [str(line.amount)] if line.amount is not None else []
    standing = [f"({line.standing.text(language)})"] if line.standing else []
    return f"{kind}: {' '.join([*amount, *standing])}"


def _day(day: date, language: str) -> str:
    return format_date(day, "EEEE d MMMM y", locale=language)
