"""What changes on the public side beside figures: marks of review, notes, news, plans; and what such a change tells."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.labels import Label
from fieldlog.pledges.actions import Where, change_plan, write_note
from fieldlog.public.queries import programme
from fieldlog.publication.actions import publish
from fieldlog.publication.queries import cut
from fieldlog.review.models import UNTOUCHED, ReviewedDay
from fieldlog.targets.models import Plan
from tests.fixtures.people import PLACE, person
from tests.fixtures.site import house_of, sign_in, submit
from tests.fixtures.work import NOW, item, log
from tests.planning.desk import change
from tests.public.test_page import PLEDGE, Tomorrow
from tests.public.test_small_figures import SLUG, commitment, load, told_at

CONTROLS = Where(SLUG, "traffic-controls")


def review(session: Session, by: Actor, at: datetime) -> None:
    """All days of the year have been looked at."""
    days = (date(2026, 1, 1) + timedelta(days=number) for number in range(365))
    session.add_all(
        ReviewedDay(
            municipality=PLACE, day=day, organisation=by.organisation.value, account_id=by.account, at=at,
            **UNTOUCHED._asdict(),
        )
        for day in days
    )  # fmt: skip
    session.flush()


def test_when_something_sensitive_came_in_is_not_told_by_what_is_reviewed(
    session: Session, officer: Actor, supervisor: Actor, administrator: Actor
) -> None:
    load(session, administrator)
    log(session, officer, item())
    review(session, supervisor, NOW + timedelta(hours=1))
    tomorrow, at = NOW + timedelta(days=1), NOW - timedelta(days=5)
    assert told_at(session, tomorrow).reviewed == NOW.date()
    log(session, officer, item("help-offer", area="-", happened_at=at, saved_at=tomorrow), now=tomorrow)
    assert told_at(session, tomorrow + timedelta(days=1)).reviewed == tomorrow.date()
    log(session, officer, item(happened_at=at, saved_at=tomorrow), now=tomorrow + timedelta(days=1))
    assert told_at(session, tomorrow + timedelta(days=2)).reviewed == at.date() - timedelta(days=1)


def test_what_comes_in_after_the_period_is_not_reviewed_either(
    session: Session, officer: Actor, supervisor: Actor, administrator: Actor
) -> None:
    load(session, administrator)
    log(session, officer, item())
    review(session, supervisor, datetime(2026, 12, 31, 12, tzinfo=NOW.tzinfo))
    january = datetime(2027, 1, 3, 12, tzinfo=NOW.tzinfo)
    assert told_at(session, january).reviewed == date(2026, 12, 31)
    log(session, officer, item(happened_at=NOW.replace(month=12, day=10), saved_at=january), now=january)
    told = told_at(session, january + timedelta(days=3))
    progress = commitment(told, "traffic-controls").progress
    assert progress
    assert (progress.done, told.reviewed) == (2, date(2026, 12, 9))


def test_a_note_is_told_and_taken_back_at_once_however_long_figures_wait(
    session: Session, supervisor: Actor, administrator: Actor
) -> None:
    load(session, administrator)

    def noted() -> Any:
        publish(session, PLACE, NOW, 5)
        session.expire_all()
        told = programme(session, PLACE, SLUG, cut(NOW, 5), NOW)
        assert told
        return commitment(told, "traffic-controls").note

    write_note(session, CONTROLS, Label("Vi tar igen det.", ""), by=supervisor, now=NOW)
    assert noted() == (NOW.date(), Label("Vi tar igen det.", ""))
    write_note(session, CONTROLS, Label("", ""), by=supervisor, now=NOW)
    assert noted() is None


def written(app: Flask, work: Callable[[Session, Actor, datetime], object]) -> None:
    house = house_of(app)
    by = person(house.database, "coordinator")
    house.database.write(lambda session: work(session, by, house.clock()))


def test_when_somebody_planned_is_not_told(stranger: FlaskClient, app: Flask, tomorrow: Tomorrow) -> None:
    tomorrow()
    paths = ["/", "/feed.atom", "/sitemap.xml"]
    before = [stranger.get(path) for path in paths]
    plan = Plan(dates=(date(2026, 12, 3),))
    where = Where(SLUG, "alcohol-inspections")
    written(app, lambda session, by, now: change_plan(session, where, plan, date(2026, 11, 24), by=by, now=now))
    after = [stranger.get(path) for path in paths]
    assert [answer.last_modified for answer in after] == [answer.last_modified for answer in before]
    assert [answer.data for answer in after] == [answer.data for answer in before]


def test_an_earlier_publication_is_shown_with_the_news_that_stood_there(
    client: FlaskClient, stranger: FlaskClient, tomorrow: Tomorrow
) -> None:
    sign_in(client, "coordinator")
    news = {"title": "Vi kör igång", "text": "Nu börjar årets arbete."}
    assert change(client, "/manage/publication/post", **news).status_code == 303
    tomorrow()
    assert "Vi kör igång" in stranger.get("/").text
    tomorrow()
    submit(client, "/manage/publication/posts/1/withdraw", {}, page="/manage/publication")
    assert "Vi kör igång" not in stranger.get("/").text
    page = client.get(f"/manage/publication/2026-11-21/{SLUG}").text
    assert "Vi kör igång" in page


@pytest.mark.parametrize("path", ["/static/none.css", "/static/none/none", "/none"])
def test_a_stranger_who_misses_gets_no_cookie(stranger: FlaskClient, path: str) -> None:
    answer = stranger.get(path)
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (404, False)


def test_what_lacks_an_answer_is_told_on_the_card_too(
    stranger: FlaskClient, log: Callable[..., None], tomorrow: Tomorrow
) -> None:
    log(
        "officer",
        *(item("help-offer", area="-") for _ in range(6)),
        *(item(answers={"suspected": None}) for _ in range(3)),
    )
    tomorrow()
    words = "3 kontroller saknar uppgift om misstänkta"
    assert words in stranger.get(PLEDGE).text
    assert words in stranger.get("/embed/traffic-safety").text
