"""What the pages for logging show, read as plain values so that no page queries while it renders."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from fieldlog.actors import NO_UNIT, Actor
from fieldlog.clock import local, local_day
from fieldlog.entries import queries as entries
from fieldlog.entries.models import DOUBLE_WITHIN, Entry, EntryAmount
from fieldlog.handovers.queries import codes_to_write
from fieldlog.intake.models import Refusal
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS, logged_by
from fieldlog.labels import Label
from fieldlog.pledges.models import ProgrammeStanding
from fieldlog.pledges.queries import by_kind, standing

USUAL_DAYS = timedelta(days=60)
RECENT = timedelta(hours=2)
MOST_RECENT = 20
LINKABLE_DAYS = timedelta(days=90)
MISSING_DAYS = timedelta(days=400)  # a whole programme and a little more: who was not asked stays visible
MOST_LINKABLE = 20
MOST_ID = 1 << 31  # an address can name a number that no database takes


@dataclass(frozen=True)
class Linkable:
    """An entry that wants others linked to it: how many it has, and how many are missing."""

    id: UUID
    happened_at: datetime
    area: str
    area_name: str
    place: str
    asked: int
    missing: int

    @property
    def suspected(self) -> int:
        return self.asked + self.missing


@dataclass(frozen=True)
class Shown:
    """An entry in a list. ``id`` is the entry's own, whatever its version; ``version`` is that of what is shown.

    ``code`` is that of a yes to help, for as long as it may have to be written down.
    """

    id: UUID
    version: UUID
    kind: Kind
    day: date
    happened_at: datetime
    place: str
    area_name: str
    unit: str
    summary: Label
    state: str
    code: str = ""


def shown(entry: Entry, names: Mapping[str, str], units: Mapping[str, str] | None = None) -> Shown:
    """The version as a row of a list; ``names`` are the areas' by slug, ``units`` the units' where they are shown."""
    kind = KINDS[entry.kind]
    picked = [kind.fields[name] for name in kind.fields if kind.fields[name].type in {"choice", "choices", "count"}]
    parts = [part.brief(entry.answers.get(part.name)) for part in picked if part.name != "organisations"]
    return Shown(
        id=entry.origin_id,
        version=entry.id,
        kind=kind,
        day=entry.day,
        happened_at=entry.happened_at,
        place=entry.answers.get("place") or "",
        area_name=names.get(entry.area, ""),
        unit=(units or {}).get(entry.unit, ""),
        summary=Label.join(" · ", [part for part in parts if part]),
        state=state(entry),
    )


def state(entry: Entry) -> str:
    """What became of the entry: "sent", "corrected" or "voided"."""
    return "voided" if entry.is_void else "corrected" if entry.replaces_id else "sent"


DOUBLE = Label(
    "Någon annan i enheten har loggat samma sak {time}. Är det samma arbete räcker det med en aktivitet.",
    "Somebody else in the unit logged the same at {time}. If it is the same work, one entry is enough.",
)


@dataclass(frozen=True)
class Recent:
    """An entry of the unit's last two hours. ``doubt`` is what to ask whoever logs the same kind near it."""

    row: Shown
    area: str
    doubt: Label | None


def recent(session: Session, kind: Kind, by: Actor, now: datetime, names: Mapping[str, str]) -> list[Recent]:
    """What ``by``'s unit did in the last two hours, as far as ``by`` reads it; the latest first."""
    query = select(Entry).where(entries.readable(by), entries.is_current(), ~Entry.is_void, Entry.unit == by.unit)
    query = query.where(Entry.unit != NO_UNIT, Entry.happened_at > now - RECENT)
    found = session.scalars(query.order_by(Entry.happened_at.desc()).limit(MOST_RECENT))
    return [Recent(shown(entry, names), entry.area, _doubt(entry, kind, by)) for entry in found]


def _doubt(entry: Entry, kind: Kind, by: Actor) -> Label | None:
    is_alike = entry.kind == kind.slug and kind.can_be_double and entry.author_id != by.account
    return DOUBLE.fill(time=local(entry.happened_at).strftime("%H:%M")) if is_alike else None


def doubles(unit: Sequence[Recent], area: str, happened_at: datetime) -> dict[str, Label]:
    """What to ask, by field, before work in that area at that time is saved: it may be one of the ``unit``'s."""
    near = (one for one in unit if one.area == area and abs(one.row.happened_at - happened_at) <= DOUBLE_WITHIN)
    doubt = next((one.doubt for one in near if one.doubt), None)
    return {"area": doubt} if doubt else {}


NO_PROGRAMME = Label("Inget medborgarlöfte gäller den dagen.", "No pledge is in force on that day.")


@dataclass(frozen=True)
class Saved:
    """What was just saved: the words of the tally it moved, if any; ``note`` is why it does not count.

    ``code`` is what to write on the form after a yes to help; nobody who ``is_minor`` has one.
    """

    id: UUID
    kind: Kind
    words: Label | None
    counts: bool
    note: Label | None
    code: str | None
    is_minor: bool


def saved(session: Session, entry: Entry, today: ProgrammeStanding | None, by: Actor, now: datetime) -> Saved:
    """What the entry did to the tally of its day's programme; ``today`` is the programme of today."""
    kind, yielded = KINDS[entry.kind], amounts(session, entry)
    short = (kind.measures[name].otherwise for name, amount in yielded.items() if not amount)
    programme = today
    if not (today and today.first_day <= entry.day <= today.last_day):
        earlier = standing(session, entry.municipality, entry.day, now, to=by.organisation)
        programme = earlier and standing(
            session, entry.municipality, local_day(now), now, slug=earlier.slug, to=by.organisation
        )
    note = next((reason for reason in short if reason), None if programme else NO_PROGRAMME)
    if note:
        note = entries.RulesByDay(session, entry.municipality).on(entry.day).put_into(note)
    commitment = by_kind(programme).get(kind.slug) if programme else None
    # A share moves with its whole: one who could not be asked shows in "7 av 9" too.
    moved = commitment and (
        commitment.progress.whole is not None or any(yielded.get(ref.partition(".")[2]) for ref in commitment.counts)
    )
    words = commitment.progress.words if commitment and moved else None
    code = codes_to_write(session, [entry], now).get(entry.origin_id)
    is_minor = entry.answers.get("why_not") == "minor"
    return Saved(entry.origin_id, kind, words, note is None, note, code, is_minor)


def kinds_most_used_first(session: Session, by: Actor, now: datetime) -> list[Kind]:
    """The kinds that ``by`` logs; those that they used most in the last sixty days first."""
    query = select(Entry.kind, func.count()).where(
        Entry.author_id == by.account, Entry.happened_at > now - USUAL_DAYS, Entry.replaces_id.is_(None)
    )
    used = Counter(dict(session.execute(query.group_by(Entry.kind)).all()))
    return sorted(logged_by(by.organisation), key=lambda kind: -used[kind.slug])


def linkable(
    session: Session,
    by: Actor,
    now: datetime,
    names: Mapping[str, str],
    *,
    kind: Kind | None = None,
    include: UUID | None = None,
) -> list[Linkable]:
    """The latest entries that want another entry of ``by``'s linked to them.

    With ``kind`` also the recent ones that an entry of that kind can be linked to although none is missing, and the one
    to ``include`` however old it is; what is missing stands first.
    """
    kinds = [kind] if kind else logged_by(by.organisation)
    links = [candidate.link for candidate in kinds if candidate.link]
    if not links:
        return []
    is_missing = and_(EntryAmount.amount > 0, Entry.happened_at > now - MISSING_DAYS)
    wanted, is_recent = Entry.origin_id == include, Entry.happened_at > now - LINKABLE_DAYS
    query = (
        select(Entry, EntryAmount.amount)
        .join(EntryAmount, EntryAmount.entry_id == Entry.id)
        .where(entries.readable(by), entries.is_current(), ~Entry.is_void)
        .where(Entry.kind.in_([link.to for link in links]), EntryAmount.measure.in_([link.leaves for link in links]))
        .where(or_(wanted, is_missing, is_recent) if kind else is_missing)
        .order_by(case((wanted, 0), (is_missing, 1), else_=2), Entry.happened_at.desc())
        .limit(MOST_LINKABLE)
    )
    rows = session.execute(query).all()
    linked = Counter(entry.linked_id for entry in entries.linked(session, [entry.origin_id for entry, _ in rows]))
    return [
        Linkable(
            id=entry.origin_id,
            happened_at=entry.happened_at,
            area=entry.area,
            area_name=names.get(entry.area, ""),
            place=entry.answers.get("place") or "",
            asked=linked[entry.origin_id],
            missing=missing,
        )
        for entry, missing in rows
    ]


def amounts(session: Session, entry: Entry) -> dict[str, int]:
    """What the version yields, by measure, as stored."""
    rows = session.execute(select(EntryAmount.measure, EntryAmount.amount).filter_by(entry_id=entry.id))
    return dict(rows.all())


def refusal(session: Session, refusal_id: int | None, by: Actor) -> Refusal | None:
    """One of ``by``'s refused attempts that is neither mended nor discarded."""
    if refusal_id is None or not 0 < refusal_id < MOST_ID:  # `None in range(…)` would count through all of it
        return None
    return session.scalar(select(Refusal).filter_by(id=refusal_id, account_id=by.account, settled_at=None))


def open_refusals(session: Session, by: Actor) -> int:
    """How many of ``by``'s attempts were refused and are neither mended nor discarded."""
    return session.scalar(select(func.count(Refusal.id)).filter_by(account_id=by.account, settled_at=None)) or 0
