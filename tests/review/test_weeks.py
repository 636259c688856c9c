"""A week is done with when a supervisor says so, and open again when something in it changes, wherever that leads."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.review.actions import ChangedError, mark
from fieldlog.review.models import Day, Touched, Week
from fieldlog.review.queries import weeks
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import NOW, correction, item, log, void
from tests.review.desk import MONTH, press, send, sent_from

LAST_WEEK = date(2026, 11, 9)
WEDNESDAY = NOW - timedelta(days=10)
LATER = NOW + timedelta(hours=1)


def week(session: Session, by: Actor, first: date = LAST_WEEK) -> Week:
    return next(one for one in weeks(session, by, MONTH, LATER) if one.span.first == first)


def states(session: Session, by: Actor) -> list[str]:
    return [day.state for day in week(session, by).days]


def review(session: Session, by: Actor, days: Sequence[Day] = ()) -> None:
    chosen = days or week(session, by).days
    mark(session, {day.day: day.touched for day in chosen}, by, NOW)


def test_empty_days_need_nothing(session: Session, officer: Actor, supervisor: Actor) -> None:
    assert week(session, supervisor).state == "empty"
    log(session, officer, item(happened_at=WEDNESDAY))
    assert states(session, supervisor) == ["empty", "empty", "open", *["empty"] * 4]
    review(session, supervisor, [week(session, supervisor).days[2]])
    assert week(session, supervisor).state == "reviewed"


def test_a_week_is_reviewed_by_one_organisation_for_itself(
    session: Session, officer: Actor, supervisor: Actor, coordinator: Actor
) -> None:
    log(session, officer, item("alcohol-inspection", {"organisations": ["municipality"]}, happened_at=WEDNESDAY))
    review(session, supervisor)
    assert week(session, supervisor).state == "reviewed"
    assert week(session, coordinator).state == "open"


@pytest.mark.parametrize(
    ("change", "since"),
    [
        (lambda _: item(happened_at=WEDNESDAY), Touched(logged=1)),
        (lambda _: item(happened_at=WEDNESDAY + timedelta(days=1)), Touched(logged=1)),
        (lambda known: correction(known, {"vehicles": 1}), Touched(corrected=1)),
        (void, Touched(voided=1)),
        (lambda known: correction(known, happened_at=WEDNESDAY + timedelta(hours=4)), Touched(corrected=1, moved=1)),
        (lambda known: correction(known, happened_at=WEDNESDAY - timedelta(days=9)), Touched(moved=1)),
    ],
    ids=["new", "on an empty day", "corrected", "voided", "across midnight", "to another week"],
)
def test_whatever_changes_opens_it_again(
    session: Session, officer: Actor, supervisor: Actor, change: object, since: Touched
) -> None:
    known = item(happened_at=WEDNESDAY)
    log(session, officer, known)
    review(session, supervisor)
    assert callable(change)
    log(session, officer, change(known), now=LATER)
    assert week(session, supervisor).state == "reopened"
    assert week(session, supervisor).since == since
    review(session, supervisor)
    assert week(session, supervisor).state == "reviewed"


def test_a_correction_across_midnight_opens_both_days(session: Session, officer: Actor, supervisor: Actor) -> None:
    known = item(happened_at=WEDNESDAY)
    log(session, officer, known)
    review(session, supervisor)
    log(session, officer, correction(known, happened_at=WEDNESDAY + timedelta(hours=4)))
    assert states(session, supervisor)[2:4] == ["reopened", "reopened"]


def test_an_organisation_hears_that_it_was_taken_off_a_joint_entry(
    session: Session, officer: Actor, supervisor: Actor, coordinator: Actor
) -> None:
    known = item("youth-visit", {"setting": "school", "organisations": ["municipality"]}, happened_at=WEDNESDAY)
    log(session, officer, known)
    review(session, coordinator)
    log(session, supervisor, correction(known, {"organisations": []}), now=LATER)
    assert week(session, coordinator).state == "reopened"
    assert week(session, coordinator).since == Touched(moved=1)
    review(session, coordinator)
    assert week(session, coordinator).state == "reviewed"


def test_what_comes_late_shows_the_old_week_that_it_opens(session: Session, officer: Actor, supervisor: Actor) -> None:
    log(session, officer, item(happened_at=NOW - timedelta(days=100)))
    shown = weeks(session, supervisor, MONTH, NOW)
    assert len(shown) == 5
    assert (shown[-1].span.first, shown[-1].state) == (date(2026, 8, 10), "open")


def test_what_changed_since_the_page_was_shown_is_not_marked(
    session: Session, officer: Actor, supervisor: Actor
) -> None:
    seen = {day.day: day.touched for day in week(session, supervisor).days}
    log(session, officer, item(happened_at=WEDNESDAY))
    with pytest.raises(ChangedError):
        mark(session, seen, supervisor, NOW)
    assert week(session, supervisor).state == "open"


@pytest.mark.parametrize("day", [NOW.date(), NOW.date() + timedelta(days=1)])
def test_a_day_that_is_not_over_cannot_be_marked(session: Session, supervisor: Actor, day: date) -> None:
    with pytest.raises(ChangedError):
        mark(session, {day: Touched()}, supervisor, NOW)


def test_the_page_says_which_weeks_are_open_and_why(app: Flask) -> None:
    client = app.test_client()
    sign_in(client, "supervisor")
    send(house_of(app), "officer", item(happened_at=WEDNESDAY))
    stale = sent_from(client.get("/review"), "/review/mark")
    assert press(client, "/review/mark").status_code == 303
    page = client.get("/review").text
    assert "Markerat som granskat." in page
    assert page.count("Ej granskad") == 0
    send(house_of(app), "officer", item(happened_at=WEDNESDAY), late=timedelta(hours=1))
    page = client.get("/review").text
    assert "Öppnad igen" in page
    assert "Sedan granskningen: 1 ny." in page
    answer = client.post("/review/mark", data=stale, follow_redirects=True)
    assert "Något har ändrats sedan sidan visades" in answer.text
    assert "Öppnad igen" in answer.text
