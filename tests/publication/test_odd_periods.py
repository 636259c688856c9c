"""A programme that begins within a month: what was done in that month is public like all else."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.public.queries import programme
from fieldlog.publication.actions import publish
from fieldlog.publication.queries import cut
from tests.fixtures.people import PLACE
from tests.fixtures.work import NOW, item, log


def test_the_first_part_of_a_month_is_counted(session: Session, officer: Actor, administrator: Actor) -> None:
    text = read_programme(OSTERSUND).for_year(2026).model_copy(update={"first_day": date(2026, 11, 12)})
    load_programme(session, text, by=administrator, now=NOW)
    log(session, officer, item(), *(item("help-offer", area="-") for _ in range(6)))
    later = NOW + timedelta(days=1)
    publish(session, PLACE, later, 1)
    told = programme(session, PLACE, text.slug, cut(later, 1), later)
    assert told
    done = {one.slug: one.progress and one.progress.done for pledge in told.pledges for one in pledge.commitments}
    assert (done["traffic-controls"], done["help-asked"]) == (1, 6)
