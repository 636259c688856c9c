"""Loading a programme."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.areas.queries import slugs
from fieldlog.audit.actions import note
from fieldlog.counting.queries import in_words
from fieldlog.labels import Label
from fieldlog.programmes import models
from fieldlog.programmes.forms import PledgeText, ProgrammeText
from fieldlog.programmes.models import CommitmentPlan, CommitmentRule, DeviationNote, Programme
from fieldlog.programmes.queries import OSTERSUND, read_programme

NOT_HERE = Label(
    "Filen gäller kommunen {theirs}, men det här är {ours}.",
    "The file is for municipality {theirs}, but this is {ours}.",
)
NO_AREA = Label("Det finns ingen kommundel {areas}.", "There is no area {areas}.")
OVERLAP = Label(
    "Perioden {first} till {last} krockar med {name}, som gäller {other_first} till {other_last}.",
    "The period {first} to {last} overlaps {name}, which runs from {other_first} to {other_last}.",
)


class RefusedError(Exception):
    """What was asked cannot be done; ``reason`` says why, for the person to read, ``field`` where it was asked."""

    def __init__(self, reason: Label, field: str = "") -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.field = field


def load_programme(session: Session, text: ProgrammeText, *, by: Actor, now: datetime) -> Programme:
    """Add the programme to the actor's municipality. One that is there already stays as it is, edits and all.

    Raises RefusedError when it is another municipality's, names an area that is not there, or when its days overlap
    another programme's.
    """
    municipality = by.municipality
    if text.municipality != municipality:
        raise RefusedError(NOT_HERE.fill(theirs=text.municipality, ours=municipality))
    if known := session.get(Programme, (municipality, text.slug)):
        return known
    _refuse_overlap(session, municipality, text)
    named = {area for item in text.commitments for rule in item.rules for area in rule.areas}
    if unknown := sorted(named - slugs(session, municipality)):
        raise RefusedError(NO_AREA.fill(areas=", ".join(unknown)))
    programme = Programme(municipality=municipality, slug=text.slug, name=text.name, background=text.background)
    programme.first_day, programme.last_day, programme.loaded_at = text.first_day, text.last_day, now
    programme.decided_on, programme.registry_number = text.decided_on, text.registry_number
    programme.example_of = text.example_of
    programme.answers_for, programme.answers_address = text.answers_for, text.answers_address
    session.add(programme)
    session.flush()
    for position, focus in enumerate(text.focus_areas):
        session.add(models.FocusArea(**_key(programme), slug=focus.slug, position=position, name=focus.name))
    session.flush()
    for position, pledge in enumerate(text.pledges):
        _load_pledge(session, programme, position, pledge, now)
    note(session, by, now, "programme-loaded", f"programme:{text.slug}", example=bool(text.example_of))
    return programme


def load_example(session: Session, year: int, *, by: Actor, now: datetime) -> Programme | None:
    """Load the programme that comes with fieldlog for the actor's municipality, as its own year's or as an example.

    None, and nothing changes, where the year has a programme already or fieldlog knows none of that municipality.
    """
    text = read_programme(OSTERSUND).for_year(year)
    if text.municipality != by.municipality or _overlapping(session, by.municipality, text):
        return None
    return load_programme(session, text, by=by, now=now)


def _load_pledge(session: Session, programme: Programme, position: int, text: PledgeText, now: datetime) -> None:
    key = _key(programme)
    pledge = models.Pledge(**key, slug=text.slug, position=position, title=text.title, promise=text.promise)
    pledge.promised_by = [organisation.value for organisation in text.promised_by]
    session.add(pledge)
    session.flush()
    for place, commitment in enumerate(text.commitments):
        row = models.Commitment(**key, slug=commitment.slug, pledge=text.slug, position=place)
        row.title, row.text = commitment.title, commitment.text
        row.promised_by = [organisation.value for organisation in commitment.promised_by]
        session.add(row)
        session.flush()
        slug = commitment.slug
        session.add_all(models.CommitmentFocus(**key, commitment=slug, focus=focus) for focus in commitment.focus)
        of = {**key, "commitment": slug}
        starts = (programme.first_day, *(change.valid_from for change in commitment.changes))
        session.add_all(
            CommitmentRule(**of, valid_from=day, rule=rule, entered_at=now)
            for day, rule in zip(starts, commitment.rules, strict=True)
        )
        session.add_all(
            CommitmentPlan(**of, valid_from=change.valid_from, plan=change.plan, entered_at=now)
            for change in commitment.plans
        )
        session.add_all(DeviationNote(**of, day=item.day, text=item.text, written_at=now) for item in commitment.notes)
    session.flush()


def _refuse_overlap(session: Session, municipality: str, text: ProgrammeText) -> None:
    if other := _overlapping(session, municipality, text):
        raise RefusedError(
            OVERLAP.fill(
                name=other.name,
                first=in_words(text.first_day),
                last=in_words(text.last_day),
                other_first=in_words(other.first_day),
                other_last=in_words(other.last_day),
            )
        )


def _overlapping(session: Session, municipality: str, text: ProgrammeText) -> Programme | None:
    others = select(Programme).where(
        Programme.municipality == municipality,
        Programme.first_day <= text.last_day,
        Programme.last_day >= text.first_day,
    )
    return session.scalars(others.order_by(Programme.first_day)).first()


def _key(programme: Programme) -> dict[str, str]:
    return {"municipality": programme.municipality, "programme": programme.slug}
