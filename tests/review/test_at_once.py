"""Supervisors and phones at the same instant: nothing is lost, and nothing counts twice."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from flask import Flask
from sqlalchemy import func, select

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.intake.actions import accept
from fieldlog.review.actions import mark, tell_apart
from fieldlog.review.models import Review, ReviewedDay, Touched
from fieldlog.review.queries import touched, weeks
from fieldlog.tallies.actions import recount
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import NOW, correction, item, void
from tests.review.at_once import Pair, at_once
from tests.review.desk import MONTH, merging, pair


def test_two_who_merge_the_same_pair_merge_it_once(
    database: Database, officer: Actor, colleague: Actor, supervisor: Actor
) -> None:
    for first in (0, 1):
        both = Pair(database, officer, colleague)
        before = both.controls()
        answers = at_once([both.merge(supervisor), both.merge(supervisor, first)])
        assert Counter(answers) == {None: 1, "NotMergedError": 1}
        assert sorted(one.is_void for one in both.current()) == [False, True]
        assert both.controls() == before - 1


def test_a_merge_and_a_correction_at_once_leave_one_of_them_whole(
    database: Database, officer: Actor, colleague: Actor, supervisor: Actor
) -> None:
    for which in (0, 1, 0, 1):
        both = Pair(database, officer, colleague)
        by = (officer, colleague)[which]
        answers = at_once([both.merge(supervisor), both.send(by, correction(both.items[which], {"vehicles": 77}))])
        kept = both.current()
        if answers[0] is None:
            assert answers[1] == "refused"
            assert (kept[0].answers["vehicles"], kept[1].is_void) == (20, True)
        else:
            assert answers == ["NotMergedError", "accepted"]
            assert (kept[which].answers["vehicles"], kept[1].is_void) == (77, False)


def test_a_merge_a_void_and_two_outcomes_at_once(
    database: Database, officer: Actor, colleague: Actor, supervisor: Actor
) -> None:
    both = Pair(database, officer, colleague)
    one, other = both.seen
    apart = [partial(database.write, partial(tell_apart, one=one, other=other, by=supervisor, now=NOW))] * 3
    answers = at_once([both.merge(supervisor), both.send(colleague, void(both.items[1])), *apart])
    assert Counter(answers[:2]) in ({None: 1, "refused": 1}, {"NotMergedError": 1, "accepted": 1})
    assert both.current()[1].is_void
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Review)) == 1


def test_a_help_question_that_comes_while_its_control_is_merged_is_not_lost(
    database: Database, officer: Actor, colleague: Actor, supervisor: Actor
) -> None:
    for _ in range(3):
        both = Pair(database, officer, colleague)
        offers = [item("help-offer", {"control": str(both.items[1].id)}) for _ in range(2)]
        at_once([both.merge(supervisor), *(both.send(colleague, offer) for offer in offers)])
        with database.read() as session:
            assert recount(session) == []
            linked = session.scalars(select(Entry.linked_id).where(is_current(), Entry.kind == "help-offer")).all()
        assert len(linked) % 2 == 0
        assert None not in linked


def test_a_day_that_is_marked_while_work_comes_in_is_open_for_it(
    database: Database, officer: Actor, supervisor: Actor
) -> None:
    moment = NOW - timedelta(days=10)
    day = moment.date()
    for _ in range(4):
        with database.read() as session:
            seen = touched(session, supervisor, [day])
        if not seen:
            seen = {day: Touched()}
        marks: list[Callable[[], object]] = [
            partial(database.write, partial(mark, seen=seen, by=supervisor, now=NOW))
        ] * 2
        late = partial(accept, items=[item(happened_at=moment)], by=officer, now=NOW)
        at_once([*marks, partial(database.write, late)])
        with database.read() as session:
            days = (one for week in weeks(session, supervisor, MONTH, NOW) for one in week.days)
            (state,) = [one.state for one in days if one.day == day]
            assert state in {"open", "reopened"}
            assert (session.scalar(select(func.count()).select_from(ReviewedDay)) or 0) <= 1


def test_two_browsers_that_merge_one_pair_are_both_told_how_it_went(app: Flask) -> None:
    one, two = pair(house_of(app))
    path = f"/review/merge/{one}/{two}"
    browsers = [app.test_client() for _ in range(2)]
    for browser in browsers:
        sign_in(browser, "supervisor")
    posts = [(browser, merging(browser.get(path))) for browser in browsers]
    answers = at_once([partial(browser.post, path, data=data) for browser, data in posts])
    assert sorted(answer.status_code for answer in answers) == [303, 409]  # type: ignore[attr-defined]
    assert re.search("redan makulerad|ändrat en av dem", str([answer.text for answer in answers]))  # type: ignore[attr-defined]
    with house_of(app).database.read() as session:
        assert len(session.scalars(select(Entry.id)).all()) == 4
