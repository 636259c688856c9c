"""An evening of outreach together with the police is one piece of work, however many were out and whoever logs it."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.clock import local_day
from fieldlog.pledges.models import CommitmentStanding
from fieldlog.pledges.queries import standing
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.tallies.actions import recount
from tests.fixtures.work import correction, item, log, log_one, void

TOGETHER = {"with_police": True, "contacts": 7, "conversations": 3}


@pytest.fixture(autouse=True)
def _programme(session: Session, administrator: Actor, now: datetime) -> None:
    load_programme(session, read_programme(OSTERSUND).for_year(2026), by=administrator, now=now)
    session.flush()


def stands(session: Session, now: datetime) -> CommitmentStanding:
    session.expire_all()
    programme = standing(session, "2380", local_day(now), now, to=Organisation.SOCIAL_SERVICES)
    assert programme
    commitments = [one for pledge in programme.pledges for one in pledge.commitments]
    return next(one for one in commitments if one.slug == "police-and-social-services")


def beside(told: CommitmentStanding) -> dict[str, tuple[int, int | None]]:
    return {fact.label.sv: (fact.amount, fact.whole) for fact in told.beside}


def test_it_counts_once_and_stays_one_through_corrections(session: Session, outreach: Actor, now: datetime) -> None:
    alone, together = item("outreach", {"contacts": 2}), item("outreach", TOGETHER)
    log(session, outreach, alone, together)
    told = stands(session, now)
    assert told.progress.done == 1
    assert beside(told)["uppsökande pass med polisen"] == (1, 2)
    assert beside(told)["uppsökande pass i allt"] == (2, None)
    fixed = correction(together, {"contacts": 9})
    log(session, outreach, together, fixed, fixed)
    assert stands(session, now).progress.done == 1, "sent again and corrected it is the same pass"
    log(session, outreach, correction(alone, {"with_police": True}))
    assert stands(session, now).progress.done == 2
    log(session, outreach, void(fixed))
    told = stands(session, now)
    assert (told.progress.done, beside(told)["uppsökande pass med polisen"]) == (1, (1, 1))
    assert recount(session) == []


def test_the_police_log_no_pass_and_what_they_log_themselves_is_void_again(
    session: Session, officer: Actor, outreach: Actor, now: datetime
) -> None:
    log_one(session, outreach, "outreach", TOGETHER)
    (refused,) = log(session, officer, item("outreach", TOGETHER))
    assert refused.outcome == "refused"
    own = item("cooperation")
    log(session, officer, own)
    assert stands(session, now).progress.done == 2, "their own entry is a second occasion until it is voided"
    log(session, officer, void(own))
    assert stands(session, now).progress.done == 1
    assert recount(session) == []
