"""Outreach is social services' own: its rows, its places, its days and hours; others are told months held together."""

from datetime import datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account
from fieldlog.actors import NO_UNIT, Actor, Organisation, Role
from fieldlog.clock import local_day
from fieldlog.database import Database
from fieldlog.entries.queries import current
from fieldlog.holding import Audience
from fieldlog.intake.actions import accept
from fieldlog.periods import Span
from fieldlog.pledges.queries import standing
from fieldlog.review.queries import matters
from fieldlog.summaries.queries import summary
from fieldlog.supervision.models import Grain, Stretch, UnitState
from fieldlog.supervision.queries import overview
from fieldlog.sync.queries import tallies
from fieldlog.tallies.queries import figures
from tests.fixtures.people import PEOPLE, person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import item, log_one

SECRET = "Badet vid sjön"
REFS = ["outreach.passes", "outreach.with-police", "outreach.contacts"]


def passes(session: Session, by: Actor, at: datetime, number: int) -> None:
    for _ in range(number):
        answers = {"with_police": True, "contacts": 7, "place": SECRET}
        log_one(session, by, "outreach", answers, happened_at=at, saved_at=at, area="lit")


def boss_of(session: Session) -> Actor:
    boss = Account(
        municipality="2380", name="boss", password_hash="-", organisation=Organisation.SOCIAL_SERVICES,
        role=Role.SUPERVISOR, unit=NO_UNIT, created_at=datetime(2026, 1, 1).astimezone(),
    )  # fmt: skip
    session.add(boss)
    session.flush()
    return boss.actor()


def test_nobody_else_reads_a_row(session: Session, database: Database, outreach: Actor, now: datetime) -> None:
    id = log_one(session, outreach, "outreach", {"place": SECRET})
    read = [name for name in PEOPLE if current(session, id, person(database, name))]
    assert read == ["outreach"]


def test_others_are_told_nothing_until_a_month_is_over_and_there_is_enough(
    session: Session, outreach: Actor, now: datetime
) -> None:
    today = local_day(now)
    passes(session, outreach, now - timedelta(days=40), 4)
    passes(session, outreach, now - timedelta(days=1), 6)
    year = Span(today.replace(month=1, day=1), today.replace(month=12, day=31))

    def told(to: Organisation | None, **more: bool) -> list[int]:
        found = figures(session, "2380", year.first, year.last, REFS, to=Audience(to, today), **more)
        return [found.total(ref, year.first, year.last).amount for ref in REFS]

    assert told(Organisation.SOCIAL_SERVICES) == [10, 10, 70]
    for other in (Organisation.POLICE, Organisation.MUNICIPALITY, Organisation.PARTNER, None):
        assert told(other) == told(other, daily=True) == [0, 0, 0]
    passes(session, outreach, now - timedelta(days=39), 1)
    for other in (Organisation.POLICE, None):
        assert told(other) == told(other, daily=True) == [5, 5, 35]
    assert figures(session, "2380", year.first, year.last, REFS).total(REFS[0], year.first, year.last).amount == 0


def test_a_day_tells_others_neither_that_there_was_any_nor_who_was_out(
    session: Session, supervisor: Actor, coordinator: Actor, outreach: Actor, now: datetime
) -> None:
    before = {by: _told(session, by, now) for by in (supervisor, coordinator)}
    passes(session, outreach, now - timedelta(hours=1), 6)
    session.flush()
    assert {by: _told(session, by, now) for by in (supervisor, coordinator)} == before
    units = {news.unit.slug: news.state for news in overview(session, boss_of(session), _day(now), now).units}
    assert units["uppsokande-teamet"] is UnitState.REPORTED


def _day(now: datetime) -> Stretch:
    return Stretch.around(local_day(now), Grain.DAY)


def _told(session: Session, by: Actor, now: datetime) -> tuple[object, ...]:
    """Everything that others are told of a day and of the promises: pages, phones and letters."""
    programme = standing(session, "2380", local_day(now), now, to=by.organisation)
    told = [overview(session, by, Stretch.around(local_day(now), grain), now) for grain in (Grain.DAY, Grain.MONTH)]
    phones = tallies(session, "2380", now, by.organisation)
    return programme, *told, phones, summary(session, by, local_day(now), now)


def test_pages_exports_and_search_hold_no_place(client: FlaskClient) -> None:
    house = house_of(client.application)
    now = house.clock()
    sent = item("outreach", {"place": SECRET, "with_police": True}, happened_at=now, saved_at=now, area="lit")
    house.database.write(lambda writing: accept(writing, [sent], person(house.database, "outreach"), now))
    for name in ("officer", "supervisor", "coordinator", "administrator"):
        sign_in(client, name)
        for path in ("/log", "/entries", "/entries/organisation", "/pledges", "/day/2026-11-21", "/month/2026-11",
                     "/review", "/manage/audit", "/manage/exports", "/whoami"):  # fmt: skip
            text = client.get(path).text
            assert SECRET not in text, (name, path)
            assert str(sent.id) not in text, (name, path)
        assert client.get(f"/entries/{sent.id}").status_code in {403, 404}, name


def test_the_police_own_entry_of_the_evening_is_pointed_out_to_social_services_alone(
    session: Session, officer: Actor, supervisor: Actor, outreach: Actor, now: datetime
) -> None:
    log_one(session, outreach, "outreach", {"with_police": True}, happened_at=now, saved_at=now)
    log_one(session, officer, "cooperation", happened_at=now, saved_at=now)
    span = Span(local_day(now), local_day(now))
    (found,) = [one for one in matters(session, boss_of(session), span, now) if one.group == "shared"]
    assert "be polisen makulera" in found.reasons[0].sv
    assert not [one for one in matters(session, supervisor, span, now) if one.group == "shared"]
