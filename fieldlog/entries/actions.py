"""Writing entries. Only the one door, ``intake.actions.accept``, calls ``store``."""

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.audit.actions import Event, event, note, note_all, sides
from fieldlog.audit.models import fingerprint
from fieldlog.clock import local, local_day
from fieldlog.database import dialect_of, insert_into, table
from fieldlog.entries import queries
from fieldlog.entries.forms import (
    EXPLANATION,
    Item,
    Limits,
    RefusedError,
    Sent,
    WaitingError,
    check,
    check_reason,
    checked_answers,
    held,
)
from fieldlog.entries.models import COLUMNS, Entry, RulesVersion, new_salt
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.measures import Rules

TAKEN = Label("Aktiviteten är redan sparad med annat innehåll. Rätta den i Mina.", "Already saved with other content.")
NOT_YOURS = Label(
    "Den aktiviteten är någon annans. Be en arbetsledare att rätta den.",
    "That entry is somebody else's. Ask a supervisor.",
)
STALE = Label(
    "Aktiviteten har rättats av någon annan under tiden. Öppna den igen.",
    "The entry was corrected meanwhile. Open it again.",
)
OTHER_KIND = Label("En rättelse byter inte typ av aktivitet. Makulera i stället.", "A correction keeps the kind.")
LINKED_ALREADY = Label(
    "Det finns redan ett svar. Rätta det i stället.", "There is an answer already. Correct that one instead."
)
NOT_LINKABLE = Label("Välj aktiviteten i listan.", "Choose the entry from the list.")

WORK = (
    "kind",
    "stated_at",
    "happened_at",
    "untouched_now",
    "doubtful_time",
    "day",
    "hour",
    "area",
    "linked_id",
    "answers",
)
"""The columns that tell of the work itself."""


@cache
def _store(dialect: str) -> Executable:
    return insert_into(Entry, dialect).on_conflict_do_nothing().returning(table(Entry).c.id)


def draft(session: Session, sent: Sent) -> Entry:
    """The version that the item asks for, ready to be stored.

    What it changes was held before. Raises RefusedError with reasons by field, and WaitingError when what it corrects
    or links to has not come.
    """
    item, by = sent.item, sent.by
    replaced = _replaced(session, item, by) if item.replaces else None
    version = Entry(
        id=item.id, municipality=by.municipality, kind=item.kind, replaces_id=item.replaces, is_void=item.void,
        saved_at=_in_utc(item.saved_at, sent.now), received_at=sent.received_at, account_id=by.account,
        device_id=by.device, organisation=by.organisation, unit=by.unit, author_id=by.account, origin_id=item.id,
        salt=new_salt(),
    )  # fmt: skip
    if replaced:
        version.organisation, version.unit, version.author_id = replaced.organisation, replaced.unit, replaced.author_id
        version.origin_id = replaced.origin_id
        version.reason, version.explanation = check_reason(item)
    if replaced and item.void:
        _copy_work(replaced, version)
        version.merged_into_id = item.merged_into
    else:
        happened_at, is_doubtful = _held(item, replaced, sent.limits, sent.now)
        answers = check(item, happened_at, Organisation(version.organisation), sent.limits, sent.now)
        if replaced:
            answers |= {name: replaced.answers.get(name) for name in queries.hidden(replaced, by) & answers.keys()}
        version.area, version.answers = item.area, _keyed(answers, item, replaced)
        _take_time(version, item, happened_at, is_doubtful)
        version.linked_id = _linked(session, version)
    joint = version.answers.get("organisations") or [version.organisation]
    version.took_part = f" {' '.join(joint)} "
    return version


def store(session: Session, drafts: Mapping[Entry, Sent]) -> set[Entry]:
    """Store the versions, note each in the audit log, and return them.

    Left out is one whose id is taken, or that replaces what was replaced meanwhile: in the same batch, or by somebody
    who wrote at the same time. In the order of ids: two writers of the same ones never wait for each other in a ring.
    """
    if not drafts:
        return set()
    first = {version.id: version for version in reversed(list(drafts))}
    rows = {each: {name: vars(version).get(name) for name in COLUMNS} for each, version in sorted(first.items())}
    stored = [first[taken] for taken in session.scalars(_store(dialect_of(session)), list(rows.values()))]
    note_all(session, [_event(version, drafts[version].by, fingerprint(rows[version.id])) for version in stored])
    return set(stored)


def _event(version: Entry, by: Actor, digest: str) -> Event:
    action = "entry-voided" if version.is_void else "entry-corrected" if version.replaces_id else "entry-logged"
    details = {"version": str(version.id), "reason": version.reason, "digest": digest}
    return event(by, version.received_at, action, f"entry:{version.origin_id}", **details)


def _keyed(answers: dict[str, Any], item: Item, replaced: Entry | None) -> dict[str, Any]:
    kind = KINDS[item.kind]
    return kind.keyed(answers, item.id, kind.keyed(replaced.answers, replaced.id) if replaced else None)


def _take_time(version: Entry, item: Item, happened_at: datetime, is_doubtful: bool) -> None:
    begins = local(happened_at)
    version.stated_at, version.happened_at = _in_utc(item.happened_at, version.received_at), happened_at
    version.untouched_now, version.doubtful_time = item.untouched_now, is_doubtful
    version.day, version.hour = begins.date(), begins.hour


def _held(item: Item, replaced: Entry | None, limits: Limits, now: datetime) -> tuple[datetime, bool]:
    """When we hold that the work began, and whether that is doubtful.

    A correction that leaves the time alone says it as the phone knew it, or as we held it: neither changes it.
    """
    if replaced and item.happened_at in {replaced.stated_at, replaced.happened_at}:
        return replaced.happened_at, replaced.doubtful_time
    return held(item, limits, now)


def _copy_work(replaced: Entry, version: Entry) -> None:
    """A void says nothing new about the work: it keeps what the replaced version said."""
    for column in WORK:
        setattr(version, column, getattr(replaced, column))


def _in_utc(moment: datetime, otherwise: datetime) -> datetime:
    """The moment, or another when a phone's clock is so wrong that no database takes it: that sinks no entry."""
    try:
        in_utc = moment.astimezone(UTC)
    except OverflowError:
        return otherwise
    return in_utc if MINYEAR < in_utc.year < MAXYEAR else otherwise


def _replaced(session: Session, item: Item, by: Actor) -> Entry:
    replaced = session.get(Entry, item.replaces)
    if replaced is None:
        raise WaitingError("replaces")
    if replaced.municipality != by.municipality or not queries.may_change(replaced, by):
        raise RefusedError({"replaces": NOT_YOURS})
    if replaced.kind != item.kind:
        raise RefusedError({"kind": OTHER_KIND})
    if session.scalar(select(Entry.id).where(Entry.replaces_id == replaced.id)) or replaced.is_void:
        raise RefusedError({"replaces": STALE})
    return replaced


def _linked(session: Session, version: Entry) -> UUID | None:
    """The entry that the version says it is linked to, or what that was merged into.

    Raises WaitingError and RefusedError as ``record`` does.
    """
    link = KINDS[version.kind].link
    if link is None or not version.answers.get(link.name):
        return None
    named = session.get(Entry, UUID(version.answers[link.name]))
    if named is None:
        raise WaitingError(link.name)
    if named.municipality != version.municipality or named.kind != link.to:
        raise RefusedError({link.name: NOT_LINKABLE})
    origin_id = queries.standing_for(session, named.origin_id)
    if link.needs:
        target = session.scalars(select(Entry).where(Entry.origin_id == origin_id, queries.is_current())).one()
        if not queries.can_be_linked(link, target):
            raise RefusedError({link.name: NOT_LINKABLE})
    others = queries.linked(session, [origin_id]) if link.single else ()
    if any(other.origin_id != version.origin_id for other in others):
        raise RefusedError({link.name: LINKED_ALREADY})
    return origin_id


def is_same(entry: Entry, item: Item, by: Actor) -> bool:
    """Whether the stored version is what the item says: then it was sent twice, not changed.

    A time left at "Nu" is not compared, since a form sent again says a later one and a phone that was restarted no
    longer says "Nu"; nor is a text that was redacted, nor one that ``by`` does not read.
    """
    if entry.account_id != by.account or entry.kind != item.kind:
        return False
    if (item.replaces, item.void, item.reason) != (entry.replaces_id, entry.is_void, entry.reason):
        return False
    if item.void:
        return item.merged_into == entry.merged_into_id
    is_now = item.untouched_now or entry.untouched_now
    if item.area != entry.area or not (is_now or _in_utc(item.happened_at, entry.received_at) == entry.stated_at):
        return False
    kind = KINDS[item.kind]
    answers, _ = checked_answers(kind, item, entry.organisation)
    sent = kind.blank(answers) if entry.redacted_at else answers
    seen = entry.answers.keys() - queries.hidden(entry, by)
    return all(kind.is_same(name, entry.answers[name], sent.get(name)) for name in seen)


def redact(session: Session, origin_id: UUID, by: Actor, now: datetime) -> int:
    """Black out every free text of the entry, in every version of it; returns how many versions held one.

    The only change ever made to a stored version: what was counted stays. The audit log is told by which digest each
    is known from now on; the salt of the one before is gone.
    """
    blanked = {}
    for version in queries.history(session, origin_id):
        answers = KINDS[version.kind].blank(version.answers)
        explanation = EXPLANATION.blank(version.explanation)
        if (answers, explanation) != (version.answers, version.explanation):
            version.answers, version.explanation, version.redacted_at = answers, explanation, now
            version.salt = new_salt()
            blanked[str(version.id)] = version.digest
    note(session, by, now, "entry-redacted", f"entry:{origin_id}", versions=len(blanked), digests=blanked)
    return len(blanked)


def change_rules(session: Session, rules: Rules, valid_from: date, by: Actor, now: datetime) -> None:
    """Put new thresholds in force from a day on. Raises ValueError for one that has come: what is counted stays."""
    if valid_from <= local_day(now):
        raise ValueError("rules change from tomorrow on, not backwards")
    told = sides(queries.RulesByDay(session, by.municipality).on(valid_from).to_json(), rules.to_json())
    session.merge(RulesVersion(municipality=by.municipality, valid_from=valid_from, rules=rules.to_json()))
    note(session, by, now, "rules-changed", f"rules:{valid_from}", **told)
