"""What a supervisor is told of a day, and what not."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from fieldlog.accounts import actions as accounts
from fieldlog.actors import Actor
from fieldlog.programmes.actions import load_example
from fieldlog.summaries import actions, queries
from tests.fixtures.people import PLACE
from tests.fixtures.work import NOW, item, log

DAY = date(2026, 11, 21)
NEXT = NOW + timedelta(hours=9)


@pytest.fixture
def worked(session: Session, officer: Actor, outreach: Actor, inspector: Actor, administrator: Actor) -> Session:
    """A day's work under this year's programme."""
    load_example(session, 2026, by=administrator, now=NOW)
    note = {"place": "E14 Svedje", "note": "kallt och mörkt"}
    log(session, officer, item(answers={"vehicles": 14, **note}), item(answers={"vehicles": 3}), item("patrol"))
    log(session, officer, item("nothing-to-report"))
    log(session, outreach, item("outreach", {"contacts": 5}))
    return session


def told(session: Session, who: Actor, language: str = "sv") -> str:
    found = queries.summary(session, who, DAY, NEXT)
    return queries.text(found, language, "Fältlogg", "https://faltlogg.example")


def test_each_kind_stands_with_its_day_its_promise_and_its_pace(worked: Session, supervisor: Actor) -> None:
    text = told(worked, supervisor)
    assert text.startswith("Fältlogg, lördag 21 november 2026\n\n")
    assert "\nTrafikkontroll: 2 (2 av 50, förväntat 44. Ligger efter)\n" in text
    assert "\nSynlig patrull: 1" in text
    assert "https://faltlogg.example/day/2026-11-21" in text
    assert "https://faltlogg.example/settings" in text
    assert "\u00ad" not in text


def test_it_comes_in_the_readers_language(worked: Session, supervisor: Actor) -> None:
    text = told(worked, supervisor, "en")
    assert text.startswith("Fältlogg, Saturday 21 November 2026\n\n")
    assert "2 (2 of 50, 44 expected. Behind)" in text


def test_only_ones_own_organisations_silent_units_are_named(
    worked: Session, supervisor: Actor, coordinator: Actor
) -> None:
    text = told(worked, supervisor)
    assert "Har inte hörts av: Områdespolis Frösön, Områdespolis Östersund, Trafikgruppen, Turlag 1, Turlag 2\n" in text
    assert "Har inte hörts av: Alkoholhandläggarna, Trygghet och säkerhet\n" in told(worked, coordinator)


def test_what_another_organisation_may_not_follow_by_day_is_not_told_by_day(
    worked: Session, officer: Actor, supervisor: Actor, coordinator: Actor
) -> None:
    log(worked, officer, item("help-offer", {"asked": "yes", "wants_help": "no"}))
    own = next(line for line in told(worked, supervisor).splitlines() if line.startswith("Fråga om hjälp"))
    others = next(line for line in told(worked, coordinator).splitlines() if line.startswith("Fråga om hjälp"))
    assert own.startswith("Fråga om hjälp: 1 (")
    assert others.startswith("Fråga om hjälp: (")


def test_no_name_note_or_place_is_told(worked: Session, supervisor: Actor, coordinator: Actor) -> None:
    for text in (told(worked, supervisor), told(worked, coordinator)):
        assert not [word for word in ("officer", "E14", "Svedje", "kallt", "Brunflo", "brunflo") if word in text]


def test_what_needs_an_eye_is_counted_for_whoever_reads_it(
    worked: Session, officer: Actor, supervisor: Actor, coordinator: Actor
) -> None:
    assert "Att granska" not in told(worked, supervisor)
    log(worked, officer, item(happened_at=NOW - timedelta(days=3), answers={"vehicles": 9}))
    assert "\nAtt granska: 1. https://faltlogg.example/review\n" in told(worked, supervisor)
    assert "Att granska" not in told(worked, coordinator)


def test_a_day_without_anything_says_so(session: Session, supervisor: Actor) -> None:
    assert "\nInget loggades.\n" in told(session, supervisor)


def wanting(session: Session, who: Actor, language: str | None = "sv") -> None:
    accounts.choose_summary(session, who, NOW, "a@b.se", language)


def test_it_goes_to_supervisors_who_want_it_and_can_sign_in(
    session: Session, supervisor: Actor, coordinator: Actor, officer: Actor, administrator: Actor
) -> None:
    for who in (supervisor, coordinator, officer, administrator):
        wanting(session, who)
    session.flush()
    assert [reader.name for reader in queries.readers(session, PLACE, DAY)] == ["supervisor", "coordinator"]
    wanting(session, supervisor, None)
    accounts.disable_account(session, administrator, NOW, "coordinator")
    session.flush()
    assert queries.readers(session, PLACE, DAY) == []


def test_a_day_is_claimed_once_and_can_be_taken_back(session: Session, supervisor: Actor) -> None:
    wanting(session, supervisor)
    session.flush()
    (reader,) = queries.readers(session, PLACE, DAY)
    assert [actions.claim(session, reader, DAY) for _ in range(2)] == [True, False]
    assert not actions.claim(session, reader, DAY - timedelta(days=1)), "what is past is not told afterwards"
    actions.release(session, reader, DAY)
    assert actions.claim(session, reader, DAY)
