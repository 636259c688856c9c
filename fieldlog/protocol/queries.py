"""Reading a walk's protocol."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries import queries as entries
from fieldlog.findings import queries as findings
from fieldlog.findings.models import ROWS, WALK
from fieldlog.kinds import KINDS
from fieldlog.mending.models import row
from fieldlog.mending.queries import area_names, names
from fieldlog.protocol.models import Protocol

LEFT_OUT = {ROWS, "note"}


def protocol(session: Session, walk: UUID, by: Actor, now: datetime) -> Protocol | None:
    """The protocol of a walk that ``by`` may read."""
    entry = entries.current(session, walk, by)
    if entry is None or entry.kind != WALK:
        return None
    areas, known, kind = area_names(session, by.municipality), names(session, by.municipality), KINDS[WALK]
    parts = [part for name, part in kind.fields.items() if name not in LEFT_OUT]
    told = [(part.label, part.text(entry.answers.get(part.name))) for part in parts]
    return Protocol(
        walk=entry.origin_id,
        happened_at=entry.happened_at,
        area=areas.get(entry.area, ""),
        facts=[(label, text) for label, text in told if text],
        rows=[row(found, areas, known, now) for found in findings.of_walk(session, entry)],
        is_void=entry.is_void,
    )
