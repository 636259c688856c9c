"""What is sensitive: one sum of the whole promise, the same whatever the days, renewed in steps."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.kinds import measure
from fieldlog.periods import Span
from fieldlog.public.queries import programme
from fieldlog.reports.actions import on_paper
from tests.fixtures.work import item, log, log_one
from tests.reports.made import LATER, NOW, YEAR, load, made, text_of
from tests.reports.test_figures import RULES

SPANS = [YEAR, Span(date(2026, 11, 20), date(2026, 11, 20)), Span(date(2026, 1, 1), date(2026, 4, 30))]


@pytest.fixture(autouse=True)
def _programme(session: Session, administrator: Actor) -> None:
    load(session, administrator)


def suspect(session: Session, officer: Actor, number: int, now: datetime = NOW) -> None:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    log(session, officer, *(item("help-offer", area="-", happened_at=at, saved_at=at) for _ in range(number)), now=now)


def sums(session: Session, span: Span = YEAR, now: datetime = NOW) -> dict[str, str]:
    return {total.title.sv: total.words.sv for total in made(session, span, now).totals}


def asked(session: Session, span: Span = YEAR, now: datetime = NOW) -> str:
    return sums(session, span, now)["Misstänkta får frågan om hjälp"]


def test_it_is_the_same_whatever_the_days(session: Session, officer: Actor) -> None:
    suspect(session, officer, 7)
    first, *others = [sums(session, span) for span in SPANS]
    assert first["Misstänkta får frågan om hjälp"] == "7 av 7 tillfrågade"
    assert all(other == first for other in others)


def test_it_is_renewed_only_after_five_more_and_when_the_promise_is_over(session: Session, officer: Actor) -> None:
    suspect(session, officer, 4)
    assert asked(session) == "färre än fem tillfrågade"
    days = [NOW + timedelta(days=number) for number in (1, 2)]
    suspect(session, officer, 1, days[0])
    assert asked(session, now=days[0]) == "5 av 5 tillfrågade"
    suspect(session, officer, 4, days[1])
    assert asked(session, now=days[1]) == "5 av 5 tillfrågade"
    assert asked(session, now=LATER) == "9 av 9 tillfrågade"
    suspect(session, officer, 1, LATER + timedelta(days=2))
    assert asked(session, now=LATER + timedelta(days=2)) == "9 av 9 tillfrågade", "one more would be seen"


def test_it_is_what_the_public_page_tells(session: Session, officer: Actor, outreach: Actor) -> None:
    suspect(session, officer, 8)
    log(session, outreach, *(item("outreach", {"with_police": number < 6}) for number in range(9)))
    log(session, officer, *(item("youth-visit", {"young": 7}) for _ in range(3)))
    shown = {total.words.sv for total in made(session).totals}
    told = programme(session, "2380", "ostersund-2026", NOW.date(), NOW)
    assert told
    for one in (one for pledge in told.pledges for one in pledge.commitments):
        assert {fact.words.sv for fact in one.sums} | {few.sv for few in one.few} <= shown
        if one.is_total and one.progress:
            assert one.progress.words.sv in {words.split(". ")[0] for words in shown}
    assert {"8 av 8 tillfrågade", "6 av 9 uppsökande pass med polisen", "21 träffade unga"} <= shown


def test_who_was_never_answered_shows_when_the_promise_is_over(session: Session, officer: Actor) -> None:
    log_one(session, officer, "help-offer", {"asked": "yes", "wants_help": "yes"}, area="-")
    title = "Snabb kontakt för den som vill ha hjälp"
    assert sums(session)[title] == "färre än fem kontaktade i tid"
    assert sums(session, now=LATER)[title] == "0 av 1 kontaktade i tid"


def test_nothing_sensitive_is_among_what_is_told_by_day(session: Session) -> None:
    report = made(session)
    for told in report.commitments:
        rule = RULES[told.slug]
        labels = {fact.label for fact in told.beside}
        shown = [aside for aside in rule.beside if {aside.label, aside.one} & labels]
        refs = {*rule.counts, *(ref for aside in shown for ref in (*aside.counts, *aside.of))}
        assert {measure(ref).public for ref in refs} == {"open"}
    assert {told.slug for told in report.commitments} & {"help-asked", "help-contacted"} == set()


def test_an_inspections_remarks_are_in_no_report_of_their_day(session: Session, inspector: Actor) -> None:
    answers = {"venues": 6, "remarked_venues": 3, "organisations": ["police", "municipality"]}
    log_one(session, inspector, "alcohol-inspection", answers)
    report = made(session, Span(NOW.date(), NOW.date()))
    assert "färre än fem ställen med anmärkning" in {total.words.sv for total in report.totals}
    assert "3 ställen med anmärkning" not in text_of(on_paper(report, "sv", "#1446a0"))
