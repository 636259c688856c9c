"""Plans by months, planned dates, and rules that change from a day on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.labels import Label
from fieldlog.occasions.actions import Planned, plan
from fieldlog.pledges.actions import Where, change_plan, change_rule, write_note
from fieldlog.pledges.models import CommitmentStanding
from fieldlog.pledges.queries import by_kind, standing
from fieldlog.programmes.actions import RefusedError, load_programme
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.targets.models import MonthAmount, Plan, State
from tests.fixtures.promises import at_least
from tests.fixtures.work import item, log, log_one

TODAY = date(2026, 11, 21)
TOMORROW = date(2026, 11, 22)
CONTROLS = Where("ostersund-2026", "traffic-controls")
WALKS = Where("ostersund-2026", "safety-walks")


@pytest.fixture(autouse=True)
def _programme(session: Session, administrator: Actor, now: datetime) -> None:
    load_programme(session, read_programme(OSTERSUND).for_year(2026), by=administrator, now=now)
    session.flush()


def found(session: Session, kind: str, now: datetime, day: date = TODAY) -> CommitmentStanding:
    session.flush()
    session.expire_all()
    programme = standing(session, "2380", day, now)
    assert programme is not None
    return by_kind(programme)[kind]


def months(amounts: dict[date, int]) -> Plan:
    return Plan(months=tuple(MonthAmount(month=month, amount=amount) for month, amount in amounts.items()))


def test_a_plan_by_months_sets_the_pace_from_its_day_on(session: Session, supervisor: Actor, now: datetime) -> None:
    assert found(session, "traffic-control", now).progress.expected == 44
    change_plan(session, CONTROLS, months({date(2026, 12, 1): 50}), TOMORROW, by=supervisor, now=now)
    assert found(session, "traffic-control", now).progress.expected == 44
    planned = found(session, "traffic-control", now, TOMORROW)
    assert (planned.progress.expected, planned.progress.state) == (0, State.ON_TRACK)
    assert any("plan månad för månad" in sentence.sv for sentence in planned.how)
    change_plan(session, CONTROLS, Plan(), TOMORROW, by=supervisor, now=now)
    assert found(session, "traffic-control", now, TOMORROW).progress.expected == 44


@pytest.mark.parametrize(
    ("where", "made", "why"),
    [
        (CONTROLS, months({date(2026, 12, 1): 49}), "Planen räcker till 49, men målet är 50."),
        (CONTROLS, months({date(2027, 1, 1): 50}), "1 januari 2027 ligger utanför perioden"),
        (WALKS, months({date(2026, 12, 1): 2}), "Ange datum i stället."),
        (Where("ostersund-2026", "dragons"), Plan(), "Det åtagandet finns inte."),
        (Where("ostersund-1999", "traffic-controls"), Plan(), "Det åtagandet finns inte."),
    ],
)
def test_a_plan_that_cannot_hold_is_refused(
    session: Session, supervisor: Actor, now: datetime, *, where: Where, made: Plan, why: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        change_plan(session, where, made, TOMORROW, by=supervisor, now=now)
    assert why in refused.value.reason.sv


def test_planned_dates_pace_a_small_target(session: Session, supervisor: Actor, now: datetime) -> None:
    assert found(session, "safety-walk", now).progress.expected == 1
    change_plan(session, WALKS, Plan(dates=(date(2026, 12, 5), date(2026, 12, 6))), TOMORROW, by=supervisor, now=now)
    assert found(session, "safety-walk", now).progress.expected == 1
    planned = found(session, "safety-walk", now, TOMORROW)
    assert (planned.progress.expected, planned.progress.state) == (0, State.ON_TRACK)
    assert not any("december" in sentence.sv for sentence in planned.how)
    with pytest.raises(RefusedError, match="outside"):
        change_plan(session, WALKS, Plan(dates=(date(2027, 1, 1),)), TOMORROW, by=supervisor, now=now)


def test_a_day_that_is_typed_and_has_an_occasion_is_expected_once(
    session: Session, supervisor: Actor, now: datetime
) -> None:
    kind, later = "alcohol-inspection", date(2026, 12, 20)
    typed = Plan(dates=(date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 27)))
    change_plan(session, Where("ostersund-2026", "alcohol-inspections"), typed, TOMORROW, by=supervisor, now=now)
    for day, expected in ((None, 2), (25, 2), (30, 2), (25, 3)):
        if day:
            at = Planned(datetime(2026, 11, day, 19, tzinfo=UTC), "lit", 6, frozenset({Organisation.POLICE}))
            plan(session, kind, at, supervisor, now)
        assert found(session, kind, now, later).progress.expected == expected


def test_a_note_is_told_from_its_day_until_it_is_taken_back(session: Session, supervisor: Actor, now: datetime) -> None:
    told = Label("Fler pass i december.", "More shifts in December.")
    write_note(session, CONTROLS, told, by=supervisor, now=now)
    assert found(session, "traffic-control", now).note == (TODAY, told)
    assert found(session, "traffic-control", now, date(2026, 11, 20)).note is None
    write_note(session, CONTROLS, Label("", ""), by=supervisor, now=now + timedelta(days=1))
    assert found(session, "traffic-control", now, TOMORROW).note is None
    assert found(session, "traffic-control", now).note == (TODAY, told)


def test_a_rule_changes_from_a_day_on_and_says_so(
    session: Session, officer: Actor, supervisor: Actor, now: datetime
) -> None:
    later = now.replace(hour=21) + timedelta(days=10)
    schools = at_least(60).model_copy(update={"counts": ("traffic-control.near-school",)})
    change_rule(session, CONTROLS, schools, date(2026, 11, 25), by=supervisor, now=now)
    log_one(session, officer)
    log(session, officer, item("traffic-control", {"near_school": True}, happened_at=later, saved_at=later), now=later)
    after = found(session, "traffic-control", later, date(2026, 12, 1))
    assert after.progress.words.sv == "2 av 60"
    assert after.how[-1].sv.startswith("Regeln ändrades senast 25 november 2026.")
    before = found(session, "traffic-control", later, date(2026, 11, 24))
    assert before.progress.words.sv == "1 av 50"
    assert not any("ändrades" in sentence.sv for sentence in before.how)


def test_no_day_that_has_come_is_counted_anew(session: Session, supervisor: Actor, now: datetime) -> None:
    for day in (TODAY, date(2026, 11, 20), date(2026, 1, 1)):
        with pytest.raises(RefusedError) as refused:
            change_rule(session, CONTROLS, at_least(60), day, by=supervisor, now=now)
        assert "är redan räknad" in refused.value.reason.sv
    change_rule(session, CONTROLS, at_least(60), TOMORROW, by=supervisor, now=now)
    assert found(session, "traffic-control", now, TOMORROW).progress.words.sv == "0 av 60"


def test_a_rule_that_waits_is_replaced_but_not_overtaken(session: Session, supervisor: Actor, now: datetime) -> None:
    for least in (60, 70):
        change_rule(session, CONTROLS, at_least(least), date(2026, 12, 1), by=supervisor, now=now)
        session.flush()
    assert found(session, "traffic-control", now, date(2026, 12, 1)).progress.target == 70
    for day in (date(2026, 11, 30), date(2027, 1, 1)):
        with pytest.raises(RefusedError):
            change_rule(session, CONTROLS, at_least(80), day, by=supervisor, now=now)


def test_before_the_programme_begins_its_first_rule_can_be_another(
    session: Session, administrator: Actor, supervisor: Actor, now: datetime
) -> None:
    load_programme(session, read_programme(OSTERSUND).for_year(2027), by=administrator, now=now)
    first = Where("ostersund-2027", "traffic-controls")
    change_rule(session, first, at_least(60), date(2027, 1, 1), by=supervisor, now=now)
    then = found(session, "traffic-control", now, date(2027, 1, 1))
    assert then.progress.words.sv == "0 av 60"
    assert not any("ändrades" in sentence.sv for sentence in then.how)
