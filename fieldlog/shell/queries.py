"""What the shell is made from: nothing of any person's, and no figure that moves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.areas.queries import areas
from fieldlog.clock import local_day
from fieldlog.entries.queries import RulesByDay
from fieldlog.intake.queries import USUAL_DAYS
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.pledges.models import CommitmentStanding, ProgrammeStanding
from fieldlog.pledges.queries import standing
from fieldlog.shell.models import Material
from fieldlog.tallies.models import DayTally
from fieldlog.tallies.queries import is_one_of
from fieldlog.targets.models import Progress, State


def material(session: Session, municipality: str, now: datetime, static: list[str], delay_days: int) -> Material:
    """Everything that stands on a form or in a list of promises today.

    What was logged in the last ``delay_days`` is not public and moves nothing.
    """
    day = local_day(now)
    programme = standing(session, municipality, day, now)
    kinds = [kind for kind in KINDS.values() if kind.has_form and not kind.is_retired]
    return Material(
        kinds=kinds,
        shortcuts=_most_logged_first(session, municipality, kinds, programme, day - timedelta(days=delay_days)),
        areas=areas(session, municipality, since=day),
        rules=RulesByDay(session, municipality).on(day),
        programme=_without_figures(programme) if programme else None,
        static=static,
    )


def _most_logged_first(
    session: Session, municipality: str, kinds: Sequence[Kind], programme: ProgrammeStanding | None, through: date
) -> list[Kind]:
    """The kinds by how often they were logged in the sixty days until then; what was promised goes first among equals.

    Everybody may read the order. So it is made of open measures on days of the programme that are public, of which
    everybody is told how many entries yielded them; and a kind that is sensitive has no place in it.
    """
    told = [kind for kind in kinds if kind.is_repeatable and kind.measures and kind.is_open]
    told = [kind for kind in told if not kind.is_held_from(None)]
    if programme is None:
        return told
    refs = [f"{kind.slug}.{next(iter(kind.measures))}" for kind in told]
    days = DayTally.day.between(max(programme.first_day, through - USUAL_DAYS), through)
    query = select(DayTally.kind, func.sum(DayTally.entries)).where(
        DayTally.municipality == municipality, days, is_one_of(DayTally, refs)
    )
    logged = Counter(dict(session.execute(query.group_by(DayTally.kind)).all()))
    promised = {kind for pledge in programme.pledges for one in pledge.commitments for kind in one.leading}
    return sorted(told, key=lambda kind: (-logged[kind.slug], kind.slug not in promised))


def _without_figures(programme: ProgrammeStanding) -> ProgrammeStanding:
    pledges = (
        replace(pledge, commitments=tuple(_promised(commitment) for commitment in pledge.commitments))
        for pledge in programme.pledges
    )
    return replace(programme, pledges=tuple(pledges))


def _promised(commitment: CommitmentStanding) -> CommitmentStanding:
    """What was promised and how it is counted, and nothing of what came of it."""
    nothing = Progress(done=0, state=State.ONGOING, noun=commitment.progress.noun, words=Label("", ""))
    return replace(
        commitment,
        progress=nothing,
        parts=(),
        by_tertial=(),
        beside=(),
        by_area=(),
        by_month=(),
        by_hour=(),
        areas_reached=None,
    )
