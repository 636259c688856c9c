"""Writing entries. Only the one door, ``intake.actions.accept``, calls ``record``."""

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.audit.actions import note
from fieldlog.clock import local, local_day
from fieldlog.entries import queries
from fieldlog.entries.forms import EXPLANATION, Item, Limits, RefusedError, check, check_reason, checked_answers, held
from fieldlog.entries.models import Entry, RulesVersion
from fieldlog.kind import Kind
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


class WaitingError(Exception):
    """The item needs another entry that has not come yet."""


def hold(session: Session, items: Sequence[Item]) -> None:
    """Hold every entry whose amounts the items can change until the transaction ends.

    Two writers that change entries linked to each other then come one after the other. Everybody holds what is linked
    to first and what links to it next, each in the order of ids, so that nobody waits in a ring.
    """
    corrects = {item.replaces for item in items if item.replaces}
    named = corrects | {link for item in items if (link := _sent_link(item))}
    if not named:
        return
    origins = dict(session.execute(select(Entry.id, Entry.origin_id).where(Entry.id.in_(named))).all())
    wanted, corrected = set(origins.values()), {origins[one] for one in corrects if one in origins}
    for _, kinds in groupby(sorted(KINDS.values(), key=_links_above), _links_above):
        wanted |= queries.ever_linked(session, corrected)
        rows = select(Entry.id).where(Entry.id.in_(wanted), Entry.kind.in_([kind.slug for kind in kinds]))
        session.execute(rows.order_by(Entry.id).with_for_update(key_share=True))


def _links_above(kind: Kind) -> int:
    """How many links lead on from an entry of the kind."""
    return _links_above(KINDS[kind.link.to]) + 1 if kind.link else 0


def _sent_link(item: Item) -> UUID | None:
    """The entry that the item says it is linked to, before anything of it was checked."""
    kind = KINDS.get(item.kind)
    try:
        return UUID(item.answers.get(kind.link.name)) if kind and kind.link else None
    except (ValueError, AttributeError, TypeError):
        return None


def record(session: Session, item: Item, by: Actor, limits: Limits, now: datetime) -> Entry:
    """Store the item as a new version and note it in the audit log.

    What it changes was held before. Raises RefusedError with reasons by field, and WaitingError when what it corrects
    or links to has not come.
    """
    replaced = _replaced(session, item, by) if item.replaces else None
    first = replaced or Entry(organisation=by.organisation, unit=by.unit, author_id=by.account, origin_id=item.id)
    version = Entry(
        id=item.id, municipality=by.municipality, kind=item.kind, replaces_id=item.replaces, is_void=item.void,
        saved_at=_in_utc(item.saved_at, now), received_at=now, account_id=by.account, device_id=by.device,
    )  # fmt: skip
    version.organisation, version.unit, version.author_id = first.organisation, first.unit, first.author_id
    version.origin_id = first.origin_id
    if replaced:
        version.reason, version.explanation = check_reason(item)
    if replaced and item.void:
        _copy_work(replaced, version)
    else:
        happened_at, is_doubtful = _held(item, replaced, limits, now)
        answers = check(item, happened_at, Organisation(first.organisation), limits, now)
        unseen = queries.hidden(first, by) & answers.keys() if replaced else ()
        _take_work(version, item, answers | {name: first.answers.get(name) for name in unseen})
        _take_time(version, item, happened_at, is_doubtful)
        version.linked_id = _linked(session, version)
    joint = version.answers.get("organisations") or [version.organisation]
    version.took_part = f" {' '.join(joint)} "
    session.add(version)
    session.flush()
    action = "entry-voided" if item.void else "entry-corrected" if replaced else "entry-logged"
    note(session, by, now, action, f"entry:{version.origin_id}", version=str(version.id), reason=version.reason)
    return version


def _take_work(version: Entry, item: Item, answers: dict[str, Any]) -> None:
    """What the item says of the work, once it was checked."""
    version.area, version.answers = item.area, answers


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
        raise WaitingError
    if replaced.municipality != by.municipality or not queries.may_change(replaced, by):
        raise RefusedError({"replaces": NOT_YOURS})
    if replaced.kind != item.kind:
        raise RefusedError({"kind": OTHER_KIND})
    if session.scalar(select(Entry.id).where(Entry.replaces_id == replaced.id)) or replaced.is_void:
        raise RefusedError({"replaces": STALE})
    return replaced


def _linked(session: Session, version: Entry) -> UUID | None:
    """The entry that the version says it is linked to. Raises WaitingError and RefusedError as ``record`` does."""
    link = KINDS[version.kind].link
    if link is None or not version.answers.get(link.name):
        return None
    named = session.get(Entry, UUID(version.answers[link.name]))
    if named is None:
        raise WaitingError
    if named.municipality != version.municipality or named.kind != link.to:
        raise RefusedError({link.name: NOT_LINKABLE})
    if link.needs:
        target = session.scalars(select(Entry).where(Entry.origin_id == named.origin_id, queries.is_current())).one()
        if target.is_void or target.answers.get(link.needs[0]) != link.needs[1]:
            raise RefusedError({link.name: NOT_LINKABLE})
    others = queries.linked(session, [named.origin_id]) if link.single else ()
    if any(other.origin_id != version.origin_id for other in others):
        raise RefusedError({link.name: LINKED_ALREADY})
    return named.origin_id


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
        return True
    is_now = item.untouched_now or entry.untouched_now
    if item.area != entry.area or not (is_now or _in_utc(item.happened_at, entry.received_at) == entry.stated_at):
        return False
    kind = KINDS[item.kind]
    answers, _ = checked_answers(kind, item, entry.organisation)
    sent = kind.blank(answers) if entry.redacted_at else answers
    seen = entry.answers.keys() - queries.hidden(entry, by)
    return all(sent.get(name) == entry.answers[name] for name in seen)


def redact(session: Session, origin_id: UUID, by: Actor, now: datetime) -> int:
    """Black out every free text of the entry, in every version of it; returns how many versions held one.

    The only change ever made to a stored version: what was counted stays.
    """
    blanked = 0
    for version in queries.history(session, origin_id):
        answers = KINDS[version.kind].blank(version.answers)
        explanation = EXPLANATION.blank(version.explanation)
        if (answers, explanation) != (version.answers, version.explanation):
            version.answers, version.explanation, version.redacted_at = answers, explanation, now
            blanked += 1
    note(session, by, now, "entry-redacted", f"entry:{origin_id}", versions=blanked)
    return blanked


def change_rules(session: Session, rules: Rules, valid_from: date, by: Actor, now: datetime) -> None:
    """Put new thresholds in force from a day on, tomorrow at the earliest: what is counted already stays as it is.

    Raises ValueError for an earlier day.
    """
    if valid_from <= local_day(now):
        raise ValueError("rules change from tomorrow on, not backwards")
    session.merge(RulesVersion(municipality=by.municipality, valid_from=valid_from, rules=rules.to_json()))
    note(session, by, now, "rules-changed", f"rules:{valid_from}")
