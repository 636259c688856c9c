"""Which texts a request is about, and the copy in which those that may not go out are masked."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.clock import local
from fieldlog.database import Base, table
from fieldlog.disclosure.models import Copy, Decision, Disclosure, FreeText, Place, ReleasedText
from fieldlog.entries.forms import EXPLANATION
from fieldlog.entries.models import Entry, EntryAmount
from fieldlog.entries.queries import is_current
from fieldlog.fields import Field
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.sheets import Cell, Column, Sheet
from fieldlog.tables.models import Selection
from fieldlog.tables.queries import Chunk, chunks, entries, plain
from fieldlog.waiting.queries import waiting_yeses

REQUEST, PROTOCOL = Label("Begäran", "Request"), Label("Protokoll", "Record")
RELEASED, MASKED = Label("Lämnas ut", "Handed out"), Label("Maskeras", "Masked")
HEADINGS = (
    Label("Version", "Version"),
    Label("Aktivitet", "Entry"),
    Label("Dag", "Day"),
    Label("Typ av aktivitet", "Kind"),
    Label("Text", "Text"),
    Label("Beslut", "Decision"),
)


def disclosures(session: Session, by: Actor) -> Sequence[Disclosure]:
    """The requests that ``by``'s organisation answers, the latest first."""
    ours = select(Disclosure).filter_by(municipality=by.municipality, organisation=by.organisation.value)
    return session.scalars(ours.order_by(Disclosure.id.desc())).all()


def disclosure(session: Session, id: int, by: Actor) -> Disclosure | None:
    """The one of them with this number."""
    return session.scalar(
        select(Disclosure).filter_by(id=id, municipality=by.municipality, organisation=by.organisation.value)
    )


def released(session: Session, id: int) -> frozenset[Place]:
    """The texts that may go out with a request."""
    rows = session.execute(select(ReleasedText.version_id, ReleasedText.field).filter_by(disclosure_id=id))
    return frozenset((str(version), field) for version, field in rows)


def free_texts(session: Session, selection: Selection, by: Actor) -> Iterator[FreeText]:
    """Every text in the rows of the selection that ``by`` may read, kind by kind in the order of the work."""
    for kind in (KINDS[slug] for slug in selection.kinds):
        for chunk in chunks(session, kind, selection, by):
            yield from _texts(kind, chunk, selection.language)


def copy(session: Session, wanted: Copy, by: Actor, now: datetime) -> list[Sheet]:
    """The rows as tables, what may not go out masked; with what was asked for, and what was decided on each text."""
    language, decided = wanted.selection.language, list[FreeText]()

    def mask(kind: Kind, chunk: Chunk) -> Chunk:
        decided.extend(_texts(kind, chunk, language))
        for version, answers in zip(chunk.rows["id"], chunk.answers, strict=True):
            for name, part in kind.fields.items():
                if (version, name) not in wanted.released:
                    answers[name] = part.blank(answers.get(name))
        if "explanation" in chunk.rows:
            chunk.rows["explanation"] = [
                text if (version, EXPLANATION.name) in wanted.released else EXPLANATION.blank(text)
                for version, text in zip(chunk.rows["id"], chunk.rows["explanation"], strict=True)
            ]
        return chunk

    kinds = [KINDS[slug] for slug in wanted.selection.kinds]
    tables = [entries(session, kind, wanted.selection, by, mask) for kind in kinds]
    # The protocol is read last: by then every row has been looked through.
    return [_request(wanted, kinds, now), *tables, _protocol(wanted, decided, language)]


def _texts(kind: Kind, chunk: Chunk, language: str) -> Iterator[FreeText]:
    explained = chunk.rows.get("explanation", [None] * len(chunk.answers))
    heads = zip(chunk.rows["id"], chunk.rows["origin_id"], chunk.rows["day"], explained, chunk.answers, strict=True)
    for version, entry, day, explanation, answers in heads:
        parts: list[tuple[Field, Any]] = [(part, answers.get(name)) for name, part in kind.fields.items()]
        for part, answer in [*parts, (EXPLANATION, explanation)]:
            text = part.text(answer)
            if text and part.blank(answer) != answer:
                where, when = (version, part.name), date.fromisoformat(day)
                yield FreeText(where, entry, when, kind.label, part.label, text.text(language))


def _request(wanted: Copy, kinds: Sequence[Kind], now: datetime) -> Sheet:
    language = wanted.selection.language
    facts = [
        (Label("Diarienummer", "Registry number"), wanted.number),
        (Label("Beslutat av", "Decided by"), wanted.decided_by),
        (Label("Period", "Period"), f"{wanted.span.first} – {wanted.span.last}"),
        (Label("Typer av aktivitet", "Kinds"), ", ".join(plain(kind.label, language) for kind in kinds)),
        (Label("Gjord", "Made"), f"{local(now):%Y-%m-%d %H:%M}"),
    ]
    values: list[list[Cell]] = [[plain(label, language) for label, _ in facts], [value for _, value in facts]]
    columns = [Column(plain(label, language)) for label in (Label("Uppgift", "About"), Label("Värde", "Value"))]
    return Sheet(plain(REQUEST, language), columns, [values])


def _protocol(wanted: Copy, decided: list[FreeText], language: str) -> Sheet:
    def rows() -> Iterator[list[list[Cell]]]:
        cells: list[list[Cell]] = [
            [
                text.place[0], text.entry, text.day, plain(text.kind, language), plain(text.about, language),
                plain(RELEASED if text.place in wanted.released else MASKED, language),
            ]
            for text in decided
        ]  # fmt: skip
        if cells:
            yield [list(column) for column in zip(*cells, strict=True)]

    columns = [Column(plain(label, language), "date" if at == 2 else "text") for at, label in enumerate(HEADINGS)]
    return Sheet(plain(PROTOCOL, language), columns, rows())


def is_place(typed: str) -> Place | None:
    """The place of a text as a page names it; None for anything else."""
    version, _, field = typed.partition(" ")
    try:
        return str(UUID(version)), field
    except ValueError:
        return None


STILL_SENT = timedelta(days=90)
"""How long a phone may come back with entries that were taken in before."""


class Removable(NamedTuple):
    """Entries by their first version's id, with their kinds: those that go, and those as old that have to stay."""

    goes: dict[UUID, str]
    stays: dict[UUID, str]


def removable(session: Session, removes: Decision, municipality: str, now: datetime) -> Removable:
    """The entries that the decision is about.

    Those stay to which one that stays is linked, those that something else refers to, yeses to help that wait for an
    answer, and whatever came in so lately that a phone may send it again.
    """
    old = select(Entry.origin_id, Entry.kind).where(Entry.municipality == municipality, Entry.kind.in_(removes.kinds))
    goes: dict[UUID, str] = dict(session.execute(old.where(Entry.day < removes.before, is_current())).all())
    linked = select(Entry.origin_id, Entry.linked_id).where(Entry.municipality == municipality)
    pairs = session.execute(linked.where(Entry.linked_id.is_not(None)).distinct()).all()
    stays: dict[UUID, str] = {}
    referred = _referred_to(session)
    unanswered = waiting_yeses(municipality).with_only_columns(Entry.origin_id)
    referred |= set(session.scalars(unanswered))
    referred |= set(session.scalars(select(Entry.origin_id).where(Entry.received_at > now - STILL_SENT)))
    while held := (referred | _needed(pairs, goes)) & goes.keys():
        stays |= {origin: goes.pop(origin) for origin in held}
    return Removable(goes, stays)


def _needed(pairs: Iterable[tuple[UUID, UUID | None]], goes: Collection[UUID]) -> set[UUID]:
    """What those that stay are linked to."""
    return {target for one, target in pairs if target and one not in goes}


def _referred_to(session: Session) -> set[UUID]:
    """The entries that rows of other tables belong to, whichever tables there are."""
    found: set[UUID] = set()
    for other in Base.metadata.tables.values():
        for key in other.foreign_keys:
            if key.column is table(Entry).c.id and other.name not in {Entry.__tablename__, EntryAmount.__tablename__}:
                found |= set(session.scalars(select(Entry.origin_id).join(other, key.parent == Entry.id).distinct()))
    return found
