"""The board's groups, a finding's history, and whether it was counted."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.accounts.queries import units
from fieldlog.actors import Organisation
from fieldlog.areas.queries import areas
from fieldlog.counting.queries import in_words
from fieldlog.findings import queries as findings
from fieldlog.findings.models import SPOTS, STATUSES, Followed, ResponsibleLink, State
from fieldlog.labels import Label
from fieldlog.mending.models import NOBODY, Group, Row, Step
from fieldlog.once.queries import Came, came_of

MEASURE = "safety-measure"
LATE = Label("Försenade", "Overdue")
BY_LINK = Label("{name}, genom sin länk", "{name}, through their link")
FIELDS = {
    "status": Label("Läge", "State"),
    "reason": Label("Varför inte", "Why not"),
    "responsible": Label("Ansvarig", "Responsible"),
    "wanted_by": Label("Önskas klart", "Wanted by"),
    "done_on": Label("Klart den", "Done on"),
    "case_number": Label("Ärendenummer", "Case number"),
    "spot": Label("Del av kommundelen", "Part of the area"),
}
NOTHING = Label("inget", "nothing")


def area_names(session: Session, municipality: str) -> dict[str, str]:
    return {area.slug: area.name for area in areas(session, municipality)}


def names(session: Session, municipality: str) -> dict[str, str]:
    """What the responsibles are called, by slug; retired ones too."""
    return {one.slug: one.name for one in findings.responsibles(session, municipality)}


def groups(rows: Sequence[Row], by: str) -> list[Group]:
    """The rows under their headings: what is overdue first, the rest by ``status`` or ``responsible``."""
    rest = [row for row in rows if not row.late]
    if by == "responsible":
        slugs = sorted({row.state.responsible or "" for row in rest}, key=lambda slug: (not slug, slug))
        named = {row.state.responsible: Label(row.responsible, row.responsible) for row in rest if row.responsible}
        found = [Group(slug or "nobody", named.get(slug, NOBODY), _of(rest, slug)) for slug in slugs]
    else:
        found = [Group(slug, label, [row for row in rest if row.status == slug]) for slug, label in STATUSES]
    late = Group("late", LATE, [row for row in rows if row.late])
    return [group for group in (late, *found) if group.rows]


def _of(rows: Sequence[Row], responsible: str) -> list[Row]:
    return [row for row in rows if (row.state.responsible or "") == responsible]


def steps(session: Session, municipality: str, found: Followed, known: Mapping[str, str]) -> list[Step]:
    """The history, the latest change first; ``known`` are the responsibles' names."""
    teams = {unit.slug: unit.name for unit in units(session, municipality)}
    changes = findings.history(session, municipality, found.key)
    query = select(ResponsibleLink.id, ResponsibleLink.responsible)
    links = dict(session.execute(query.where(ResponsibleLink.id.in_({one.link_id for one in changes}))).all())
    told, before = [], State()
    for one in changes:
        after = State.of(one)
        if one.link_id:
            who = BY_LINK.fill(name=known.get(links[one.link_id], ""))
        else:
            team = teams.get(one.unit or "")
            who = Label(team, team) if team else Organisation(one.organisation or "").label
        told.append(Step(one.at, who, _changes(before, after, known)))
        before = after
    return told[::-1]


def _changes(before: State, after: State, known: Mapping[str, str]) -> list[tuple[Label, Label]]:
    changed = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    return [(FIELDS[name], said(name, getattr(after, name), known)) for name in changed]


def said(name: str, value: str | date | None, known: Mapping[str, str]) -> Label:
    """One part of a state in words."""
    chosen = {"status": dict(STATUSES), "spot": dict(SPOTS)}.get(name, {})
    if isinstance(value, date):
        return in_words(value)
    text = known.get(str(value), str(value)) if name == "responsible" else str(value)
    return NOTHING if value is None else chosen.get(str(value)) or Label(text, text)


def counted(session: Session, key: UUID) -> Came:
    """The safety measure that the finding is counted as, or is to be: one at a time."""
    first = uuid5(key, MEASURE)
    return came_of(session, [first])[first]
