"""Whatever changes from a day on, what was told of every earlier day stays."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.counting.models import Rule
from fieldlog.periods import Span
from fieldlog.pledges.actions import Where, change_plan, change_rule
from fieldlog.pledges.models import ProgrammeStanding
from fieldlog.pledges.queries import standing
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.targets.models import MonthAmount, Plan
from tests.fixtures.promises import rule
from tests.fixtures.work import log_one

TODAY = date(2026, 11, 21)
TOMORROW = date(2026, 11, 22)
DAYS = st.dates(date(2026, 11, 23), date(2026, 12, 31))
EARLIER = [date(2026, 6, 30), TODAY]
SLUGS = st.sampled_from(["traffic-controls", "safety-walks", "visible-patrols", "alcohol-inspections"])
REFS = st.lists(
    st.sampled_from(["traffic-control.controls", "traffic-control.near-school", "patrol.patrols"]),
    min_size=1,
    max_size=2,
    unique=True,
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    target: dict[str, Any] | None = draw(st.none() | st.fixed_dictionaries({"at_least": st.integers(1, 90)}))
    if target and draw(st.booleans()):
        target["window"] = draw(st.sampled_from(["week", "month", "term"]))
    weekdays = draw(st.lists(st.integers(0, 6), max_size=3, unique=True))
    limit = {"weekdays": weekdays, "areas": draw(st.sampled_from([[], ["brunflo"], ["lit"]]))}
    return rule(draw(REFS), target=target, limit=limit, spread=draw(st.booleans()))


def told(session: Session, now: datetime, days: list[date]) -> list[ProgrammeStanding | None]:
    session.flush()
    session.expire_all()
    return [standing(session, "2380", day, now) for day in days]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SLUGS, rules(), rules(), DAYS, st.integers(50, 90), st.sets(DAYS, max_size=3))
def test_the_figures_of_earlier_days_stay(  # noqa: PLR0917 - fixtures stand first, then what hypothesis draws
    session: Session,
    officer: Actor,
    supervisor: Actor,
    now: datetime,
    slug: str,
    earlier: Rule,
    rule: Rule,
    valid_from: date,
    planned: int,
    dates: set[date],
) -> None:
    assume(rule.limit.days(Span(valid_from, date(2026, 12, 31))))
    undone = session.begin_nested()
    load_programme(session, read_programme(OSTERSUND).for_year(2026), by=supervisor, now=now)
    for days_ago in (0, 3, 20, 150):
        log_one(session, officer, answers={"near_school": days_ago > 5}, happened_at=now - timedelta(days=days_ago))
    where = Where("ostersund-2026", slug)
    change_rule(session, where, earlier, TOMORROW, by=supervisor, now=now)
    days = [*EARLIER, *(TOMORROW + timedelta(days=n) for n in range(0, (valid_from - TOMORROW).days, 14))]
    before = told(session, now, days)
    months = Plan(months=(MonthAmount(month=date(2026, 12, 1), amount=planned),))
    by_months = bool(earlier.target and not earlier.target.each and 12 <= earlier.target.at_least <= planned)
    plan = months if by_months else Plan(dates=tuple(sorted(dates)))
    change_plan(session, where, plan, valid_from, by=supervisor, now=now)
    change_rule(session, where, rule, valid_from, by=supervisor, now=now)
    assert told(session, now, days) == before
    undone.rollback()
    session.expunge_all()


def test_a_yes_is_overdue_on_the_days_on_which_it_was(
    session: Session, officer: Actor, supervisor: Actor, now: datetime
) -> None:
    load_programme(session, read_programme(OSTERSUND).for_year(2026), by=supervisor, now=now)
    log_one(session, officer, "help-offer", {"asked": "yes", "wants_help": "yes"})
    wholes = []
    for shown in told(session, now + timedelta(days=20), [TODAY, TODAY + timedelta(days=20)]):
        assert shown is not None
        every = (item for pledge in shown.pledges for item in pledge.commitments)
        wholes.append(next(item.progress.whole for item in every if item.slug == "help-contacted"))
    assert wholes == [0, 1]
