"""Two histories that differ in a few sensitive answers alone have the same open data, to the last byte."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from tests.fixtures.work import NOW, correction, item, log, void
from tests.opendata.rebuilt import files
from tests.public.test_small_figures import load, told_at

ANSWERS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"suspected": 0, "tests": 9, "positives": 0}, {"suspected": 2, "tests": 9, "positives": 4}),
    ({"suspected": 1, "fines": 0}, {"suspected": 1, "fines": 4}),
    ({"suspected": 2, "vehicles": 3}, {"suspected": 0, "vehicles": 3, "note": "Lugnt."}),
]


def published(session: Session, people: list[Actor], answers: dict[str, Any], few: int) -> dict[str, str]:
    """The files after a control with these answers, and a ``few`` sensitive things, beside work that is the same."""
    officer, outreach = people
    log(session, officer, item(area="brunflo"), *(item("help-offer", area="-") for _ in range(5)))
    told_at(session, NOW + timedelta(days=1))
    later, control = NOW + timedelta(days=1), item(answers=answers, area="lit")
    log(session, officer, control, *(item("help-offer", area="lit") for _ in range(few)), now=later)
    log(session, officer, item("youth-visit", {"young": few}, area="lit"), correction(control, area="nas"), now=later)
    log(session, outreach, *(item("outreach", {"contacts": 1, "conversations": 1}) for _ in range(few)), now=later)
    if few:  # what came and went in between is as if it had not been
        extra = item("help-offer", area="-")
        log(session, officer, extra, now=later)
        log(session, officer, void(extra), now=later)
    return files(session, told_at(session, NOW + timedelta(days=3)))


@pytest.mark.parametrize("answers", ANSWERS, ids=range(len(ANSWERS)))
def test_what_is_hidden_changes_no_byte(
    session: Session,
    officer: Actor,
    outreach: Actor,
    administrator: Actor,
    answers: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    load(session, administrator)
    made = []
    for given, few in zip(answers, (0, 2), strict=True):
        with session.begin_nested() as tried:
            made.append(published(session, [officer, outreach], given, few))
            tried.rollback()
        session.expire_all()
    assert made[0] == made[1]
    assert "traffic-control.controls" in made[0]["daily.csv"]
