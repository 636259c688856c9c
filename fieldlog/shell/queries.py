"""What the shell is made from: nothing of any person's, and no figure that moves."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from fieldlog.areas.queries import areas
from fieldlog.clock import local_day
from fieldlog.entries.queries import RulesByDay
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.pledges.models import CommitmentStanding, ProgrammeStanding
from fieldlog.pledges.queries import standing
from fieldlog.shell.models import Material
from fieldlog.targets.models import Progress, State


def material(session: Session, municipality: str, now: datetime, static: list[str]) -> Material:
    """Everything that stands on a form or in a list of promises today."""
    day = local_day(now)
    programme = standing(session, municipality, day, now)
    promises = [commitment for pledge in programme.pledges for commitment in pledge.commitments] if programme else []
    named = {kind for commitment in promises for kind in commitment.leading}
    kinds = [kind for kind in KINDS.values() if kind.has_form and not kind.is_retired]
    return Material(
        kinds=kinds,
        leading=[kind for kind in kinds if kind.slug in named and kind.is_repeatable],
        areas=areas(session, municipality, since=day),
        rules=RulesByDay(session, municipality).on(day),
        programme=_without_figures(programme) if programme else None,
        static=static,
    )


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
