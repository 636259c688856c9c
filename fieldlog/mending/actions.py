"""Counting a mended finding as a safety measure."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.clock import from_wall
from fieldlog.database import one_at_a_time
from fieldlog.entries.forms import Item
from fieldlog.fields import Choice
from fieldlog.findings.models import MENDED, Followed
from fieldlog.intake.actions import accept
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.mending import queries
from fieldlog.programmes.actions import RefusedError

NOT_MENDED = Label("Bara det som är åtgärdat räknas.", "Only what is mended counts.")
NOON = time(12)


def count(session: Session, found: Followed, by: Actor, now: datetime) -> None:
    """Count a mended finding as a safety measure, once, however often and by whomever it is asked.

    Raises RefusedError with the door's reasons; nothing of the transaction may stay then.
    """
    if found.state.status != MENDED or found.gone:
        raise RefusedError(NOT_MENDED)
    one_at_a_time(session)
    if queries.counted(session, found.key):
        return
    (result,) = accept(session, [_measure(found, now)], by, now)
    if result.outcome != "accepted":
        raise RefusedError(Label.join(" ", list(result.reasons.values())))


def _measure(found: Followed, now: datetime) -> Item:
    what = KINDS[queries.MEASURE].fields["what"]
    assert isinstance(what, Choice)
    done = from_wall(datetime.combine(found.state.done_on, NOON)) if found.state.done_on else now
    answers = {"what": found.what if found.what in dict(what.options) else "other", "finished": True}
    return Item(
        id=queries.measure_id(found.key),
        kind=queries.MEASURE,
        happened_at=min(done, now),
        saved_at=now,
        area=found.walk.area,
        answers=answers | {"place": found.where},
    )
