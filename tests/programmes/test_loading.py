"""Loading programmes, and which of them a day belongs to."""

from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.models import AuditEvent
from fieldlog.labels import Label
from fieldlog.programmes.actions import RefusedError, load_example, load_programme
from fieldlog.programmes.models import Commitment, Programme
from fieldlog.programmes.queries import OSTERSUND, first_day, periods, programme_wanted, read_programme

TEXT = read_programme(OSTERSUND)


def load(session: Session, by: Actor, now: datetime, year: int) -> Programme:
    loaded = load_programme(session, TEXT.for_year(year), by=by, now=now)
    session.flush()
    return loaded


def test_loading_twice_changes_nothing(session: Session, administrator: Actor, now: datetime) -> None:
    first = load(session, administrator, now, 2026)
    session.expire_all()
    assert load(session, administrator, now, 2026) is first
    first.background = Label("Ändrad", "Edited")
    with pytest.raises(RefusedError, match="differs from it: background"):
        load(session, administrator, now, 2026)
    assert first.background == Label("Ändrad", "Edited")
    assert session.scalar(select(func.count()).select_from(Commitment)) == 13
    assert session.scalar(select(func.count()).select_from(AuditEvent).filter_by(action="programme-loaded")) == 1


def test_programmes_that_overlap_are_refused_with_the_days_named(
    session: Session, administrator: Actor, now: datetime
) -> None:
    load(session, administrator, now, 2026)
    other = TEXT.for_year(2026).model_copy(update={"slug": "other", "first_day": date(2026, 12, 31)})
    with pytest.raises(RefusedError) as refused:
        load_programme(session, other, by=administrator, now=now)
    assert "31 december 2026" in refused.value.reason.sv
    assert "Medborgarlöfte Östersund 2026, som gäller 1 januari 2026 till 31 december 2026" in refused.value.reason.sv


def test_other_years_stand_side_by_side(session: Session, administrator: Actor, now: datetime) -> None:
    for year in (2017, 2026):
        load(session, administrator, now, year)
    assert [period.slug for period in periods(session, "2380")] == ["ostersund-2026", "ostersund-2017"]
    assert first_day(session, "2380") == date(2017, 1, 1)


def test_an_example_is_loaded_only_where_the_year_has_nothing(
    session: Session, administrator: Actor, now: datetime
) -> None:
    loaded = load_example(session, 2026, by=administrator, now=now)
    assert loaded is not None
    assert loaded.example_of == 2017
    session.flush()
    assert load_example(session, 2026, by=administrator, now=now) is None


def test_a_programme_is_asked_for_thirty_days_before_the_old_one_ends(
    session: Session, administrator: Actor, now: datetime
) -> None:
    load(session, administrator, now, 2026)
    assert programme_wanted(session, "2380", date(2026, 12, 1)) is None
    assert programme_wanted(session, "2380", date(2026, 12, 2)) == date(2027, 1, 1)
    load(session, administrator, now, 2027)
    assert programme_wanted(session, "2380", date(2026, 12, 2)) is None


def test_without_any_programme_one_is_asked_for_today(session: Session) -> None:
    assert first_day(session, "2380") is None
    assert programme_wanted(session, "2380", date(2026, 5, 5)) == date(2026, 5, 5)
