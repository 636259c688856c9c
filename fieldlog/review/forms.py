"""What makes an entry need an eye; and what two entries that tell of the same work become together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from fieldlog.accounts.models import Device
from fieldlog.actors import Actor
from fieldlog.clock import local
from fieldlog.entries.forms import AREA, REASON, TIME, Item
from fieldlog.entries.models import DOUBLE_WITHIN, NO_AREA, Entry, may_be_double
from fieldlog.entries.queries import hidden
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.kinds.youth import OUTREACH
from fieldlog.labels import Label
from fieldlog.measures import Rules
from fieldlog.periods import ONE_DAY, Span, Window, window_of
from fieldlog.review.models import GROUPS, Matter

LATE = timedelta(hours=48)
STRETCH = timedelta(weeks=4)

SHARED_WORDS = Label(
    "En annan organisation har loggat samma sorts arbete inom en timme i samma kommundel. Gjorde ni det tillsammans? "
    "Rätta då den här och kryssa för dem som deltog.",
    "Another organisation logged the same kind of work within an hour in the same area. Did you do it together? "
    "Then correct this one and tick those who took part.",
)
JOINT_WORDS = Label(
    "Polisen har loggat samverkan samma dag. Är det samma pass räknas det två gånger: be polisen makulera sin.",
    "The police logged cooperation on the same day. If it is this pass it counts twice: ask them to void theirs.",
)
CLOCK_WORDS = Label(
    "Telefonens klocka gick fel. Kontrollera när arbetet började.",
    "The phone's clock was wrong. Check when the work began.",
)
UNASKED_WORDS = Label(
    "Misstänkta förare som inte har fått frågan om hjälp: {number}.",
    "Suspected drivers who have not been asked about help: {number}.",
)
LATE_WORDS = Label("Kom in {days} dygn efter att arbetet började.", "Came in {days} days after the work began.")
CORRECTED_WORDS = Label(
    "Rättad av någon annan än den som loggade. Skäl: {reason}.",
    "Corrected by somebody else than who logged it. Reason: {reason}.",
)
VOIDED_WORDS = Label(
    "Makulerad av någon annan än den som loggade. Skäl: {reason}.",
    "Voided by somebody else than who logged it. Reason: {reason}.",
)


def stretch(day: date) -> Span:
    """The days that a page looks at: four weeks, the last of which holds the day. Raises OverflowError."""
    last = window_of(day, Window.WEEK).last
    return Span(last - STRETCH + ONE_DAY, last)


def reasons(row: Any, by: Actor, flagged: Mapping[str, int], rules: Rules, is_shared: bool) -> dict[str, Label]:
    """Why the version ``row`` needs ``by``'s eye, by group in their order.

    ``flagged`` are its amounts that need one: "qualified" and "unasked".
    """
    kind, found = KINDS[row.kind], {}
    if row.account_id not in {row.author_id, by.account}:
        words = VOIDED_WORDS if row.is_void else CORRECTED_WORDS
        found["changed"] = words.fill(reason=REASON.text(row.reason) or "")
    if not row.is_void:
        read = {name: row.answers.get(name) for name in row.answers.keys() - hidden(row, by)}
        asked = [Label.join(": ", (kind.fields[name].label, words)) for name, words in kind.questions(read).items()]
        shared = JOINT_WORDS if row.kind == OUTREACH.slug else SHARED_WORDS
        found |= {"shared": shared} if is_shared else {}
        found |= {"unasked": UNASKED_WORDS.fill(number=flagged["unasked"])} if "unasked" in flagged else {}
        found |= {"unqualified": _otherwise(kind, rules)} if "qualified" in flagged else {}
        found |= {"clock": CLOCK_WORDS} if row.doubtful_time else {}
        found |= {"wild": Label.join(" ", asked)} if asked else {}
        late = row.first_received_at - row.happened_at
        found |= {"late": LATE_WORDS.fill(days=late.days)} if late > LATE else {}
    return {group: found[group] for group in GROUPS if group in found}


def _otherwise(kind: Kind, rules: Rules) -> Label:
    why = kind.measures["qualified"].otherwise
    assert why is not None, f"{kind.slug}: a measure to qualify for says why one does not"
    return rules.put_into(why)


def doubles(rows: Iterable[Row[Any]], fresh: Set[UUID]) -> Iterator[Matter]:
    """Pairs of entries that may tell of the same work, at least one of them just received."""
    alike: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.happened_at):
        if not row.is_void and KINDS[row.kind].can_be_double:
            alike[row.kind, row.area].append(row)
    for together in alike.values():
        for number, one in enumerate(together):
            ends = one.happened_at + DOUBLE_WITHIN
            for other in takewhile(lambda row: row.happened_at <= ends, islice(together, number + 1, None)):  # noqa: B023
                if may_be_double(one, other) and not fresh.isdisjoint({one.id, other.id}):
                    pair = sorted((one, other), key=lambda row: (row.first_received_at, row.id))
                    subject, at = pair_of(one.origin_id, other.origin_id), max(one.received_at, other.received_at)
                    yield Matter("double", subject, at, versions=[row.id for row in pair])


def pair_of(one: UUID, other: UUID) -> str:
    """The subject of a decision about two entries, whichever is named first."""
    return f"pair:{min(one, other)}:{max(one, other)}"


def phone(device: Device) -> str:
    """The subject of a phone that is silent since then: one that speaks and falls silent again is another."""
    return f"phone:{device.id}:{int(device.last_seen_at.timestamp())}"


@dataclass(frozen=True)
class Difference:
    """A question that two entries answer differently: its field's name, and what each says."""

    name: str
    label: Label
    first: Label
    second: Label
    chosen: str


NOT_FILLED = Label("ej ifyllt", "not filled in")
EMPTY: tuple[Any, ...] = (None, "", [], False, NO_AREA)
FIRST, SECOND = "first", "second"
DUPLICATE = "duplicate"


def unmergeable(first: Entry, second: Entry) -> Label | None:
    """Why the two cannot become one, if they cannot."""
    if first.origin_id == second.origin_id:
        return Label("Det är samma aktivitet två gånger.", "That is the same entry twice.")
    if first.kind != second.kind:
        return Label("De är av olika typ och kan inte slås ihop.", "They are of different kinds and cannot be merged.")
    if not KINDS[first.kind].can_be_double:
        return Label("Aktiviteter av den typen slås inte ihop.", "Entries of that kind are not merged.")
    if first.is_void or second.is_void:
        return Label("Den ena är redan makulerad.", "One of them is voided already.")
    return None


def differences(first: Entry, second: Entry, by: Actor, names: Mapping[str, str]) -> list[Difference]:
    """What ``by`` has to choose between; suggested is the first's, unless only the other filled it in.

    Who took part is never chosen: all of them did. A note that ``by`` does not read stays where it was written.
    ``names`` are the areas' by slug.
    """
    kind, unread = KINDS[first.kind], hidden(first, by) | hidden(second, by) | {"organisations"}
    asked = [(TIME, "happened_at"), (AREA, "area")]
    asked += [(part.label, name) for name, part in kind.fields.items() if name not in unread]
    found = []
    for label, name in asked:
        one, other = _value(first, name), _value(second, name)
        texts = [_text(kind, name, value, names) or NOT_FILLED for value in (one, other)]
        if one != other and texts[0] != texts[1]:
            chosen = SECOND if one in EMPTY else FIRST
            found.append(Difference(name, label, texts[0], texts[1], chosen))
    return found


def _value(entry: Entry, name: str) -> Any:
    if name in {"happened_at", "area"}:
        return getattr(entry, name)
    return KINDS[entry.kind].keyed(entry.answers, entry.id).get(name)


def _text(kind: Kind, name: str, value: Any, names: Mapping[str, str]) -> Label | None:
    if name == "happened_at":
        when = local(value).strftime("%Y-%m-%d %H:%M")
        return Label(when, when)
    if name == "area":
        return Label(names[value], names[value]) if value in names else None
    return kind.fields[name].text(value)


def merged(first: Entry, second: Entry, chosen: Mapping[str, str], id: UUID, now: datetime) -> Item:
    """The correction of ``first`` that tells of both: everybody who took part, and what was ``chosen`` by name."""
    told = {name: _value(second if whose == SECOND else first, name) for name, whose in chosen.items()}
    when, where = told.pop("happened_at", first.happened_at), told.pop("area", first.area)
    if "organisations" in KINDS[first.kind].fields:
        told["organisations"] = sorted(first.organisations | second.organisations)
    return Item(
        id=id, kind=first.kind, happened_at=when, saved_at=now, area=where, answers=first.answers | told,
        replaces=first.id, reason=DUPLICATE,
    )  # fmt: skip


def voided(second: Entry, into: Entry, id: UUID, now: datetime) -> Item:
    """The void of ``second``, which the other entry stands for from now on."""
    return Item(
        id=id, kind=second.kind, happened_at=second.happened_at, saved_at=now, replaces=second.id, void=True,
        reason=DUPLICATE, merged_into=into.origin_id,
    )  # fmt: skip
