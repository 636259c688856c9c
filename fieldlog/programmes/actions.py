"""Loading a programme."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.areas.queries import slugs
from fieldlog.audit.actions import note
from fieldlog.counting.queries import in_words
from fieldlog.faults import fault
from fieldlog.labels import Label
from fieldlog.periods import Span
from fieldlog.programmes import models
from fieldlog.programmes.forms import CommitmentText, FocusText, PledgeText, ProgrammeText
from fieldlog.programmes.models import CommitmentPlan, CommitmentRule, DeviationNote, Programme
from fieldlog.programmes.queries import OSTERSUND, as_text, differing, read_programme, whole

NOT_HERE = Label(
    "Filen gäller kommunen {theirs}, men det här är {ours}.",
    "The file is for municipality {theirs}, but this is {ours}.",
)
KNOWN = Label(
    "{slug} finns redan och filen skiljer sig från det: {differs}. Inget är ändrat. Ändra på löftets sidor.",
    "{slug} is stored already and the file differs from it: {differs}. Nothing is changed. Edit it on its pages.",
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
    """Add the programme to the actor's municipality; the same that is there already stays as it is.

    Raises RefusedError when it differs from what is there, is another municipality's, names an area that is not there,
    or when its days overlap another programme's.
    """
    municipality = by.municipality
    if text.municipality != municipality:
        raise RefusedError(NOT_HERE.fill(theirs=text.municipality, ours=municipality))
    if known := whole(session, municipality, text.slug):
        stored = as_text(known).for_year(known.first_day.year)
        if differs := ", ".join(differing(stored.model_dump(), text.model_dump())):
            raise RefusedError(KNOWN.fill(slug=text.slug, differs=differs))
        return known
    refuse_overlap(session, municipality, Span(text.first_day, text.last_day))
    named = {area for item in text.commitments for rule in item.rules for area in rule.areas}
    if unknown := sorted(named - slugs(session, municipality)):
        raise RefusedError(NO_AREA.fill(areas=", ".join(unknown)))
    programme = Programme(municipality=municipality, slug=text.slug, name=text.name, background=text.background)
    programme.first_day, programme.last_day, programme.loaded_at = text.first_day, text.last_day, now
    programme.earlier = text.earlier
    programme.decided_on, programme.registry_number = text.decided_on, text.registry_number
    programme.example_of = text.example_of
    programme.answers_for, programme.answers_address = text.answers_for, text.answers_address
    session.add(programme)
    session.flush()
    for position, focus in enumerate(text.focus_areas):
        add_focus_area(session, programme, position, focus)
    session.flush()
    for position, pledge in enumerate(text.pledges):
        add_pledge(session, programme, position, pledge, now)
    note(session, by, now, "programme-loaded", f"programme:{text.slug}", example=bool(text.example_of))
    return programme


def load_example(session: Session, year: int, *, by: Actor, now: datetime) -> Programme | None:
    """Load the programme that comes with fieldlog for the actor's municipality, as its own year's or as an example.

    None, and nothing changes, where the year has a programme already or fieldlog knows none of that municipality.
    """
    text = read_programme(OSTERSUND).for_year(year)
    days = Span(text.first_day, text.last_day)
    if text.municipality != by.municipality or _overlapping(session, by.municipality, days):
        return None
    return load_programme(session, text, by=by, now=now)


@contextmanager
def refusing() -> Iterator[None]:
    """What a programme's own check says against a change to it is said as a refusal."""
    try:
        yield
    except ValidationError as error:
        raise RefusedError(fault(error.errors()[0])) from None


def add_focus_area(session: Session, programme: Programme, position: int, text: FocusText) -> None:
    """Add a theme that has been checked with the whole programme."""
    row = models.FocusArea(**_key(programme), slug=text.slug, position=position, name=text.name)
    row.first_day, row.last_day = text.first_day, text.last_day
    session.add(row)


def add_pledge(session: Session, programme: Programme, position: int, text: PledgeText, now: datetime) -> None:
    """Add a pledge and its commitments, which have been checked with the whole programme."""
    key = _key(programme)
    pledge = models.Pledge(**key, slug=text.slug, position=position, title=text.title, promise=text.promise)
    pledge.promised_by = [organisation.value for organisation in text.promised_by]
    session.add(pledge)
    session.flush()
    for place, commitment in enumerate(text.commitments):
        add_commitment(session, programme, text.slug, place, commitment, now=now)


def add_commitment(
    session: Session, programme: Programme, pledge: str, position: int, text: CommitmentText, *, now: datetime
) -> None:
    """Add a commitment to the pledge of that slug; it has been checked with the whole programme."""
    key = _key(programme)
    row = models.Commitment(**key, slug=text.slug, pledge=pledge, position=position, title=text.title, text=text.text)
    row.promised_by = [organisation.value for organisation in text.promised_by]
    row.first_day, row.last_day = text.first_day, text.last_day
    session.add(row)
    session.flush()
    of = {**key, "commitment": text.slug}
    session.add_all(models.CommitmentFocus(**of, focus=focus) for focus in text.focus)
    starts = (text.first_day or programme.first_day, *(change.valid_from for change in text.changes))
    session.add_all(
        CommitmentRule(**of, valid_from=day, rule=rule, entered_at=now)
        for day, rule in zip(starts, text.rules, strict=True)
    )
    session.add_all(
        CommitmentPlan(**of, valid_from=change.valid_from, plan=change.plan, entered_at=now) for change in text.plans
    )
    session.add_all(DeviationNote(**of, day=item.day, text=item.text, written_at=now) for item in text.notes)
    session.flush()


def refuse_overlap(session: Session, municipality: str, days: Span, *, but: str = "") -> None:
    """Raise RefusedError, which names the days, when another programme than ``but`` has some of them."""
    if other := _overlapping(session, municipality, days, but=but):
        raise RefusedError(
            OVERLAP.fill(
                name=other.name,
                first=in_words(days.first),
                last=in_words(days.last),
                other_first=in_words(other.first_day),
                other_last=in_words(other.last_day),
            )
        )


def _overlapping(session: Session, municipality: str, days: Span, *, but: str = "") -> Programme | None:
    others = select(Programme).where(
        Programme.municipality == municipality,
        Programme.slug != but,
        Programme.first_day <= days.last,
        Programme.last_day >= days.first,
    )
    return session.scalars(others.order_by(Programme.first_day)).first()


def _key(programme: Programme) -> dict[str, str]:
    return {"municipality": programme.municipality, "programme": programme.slug}
