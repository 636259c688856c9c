"""The table of a kind: what counts, one row each, that a spreadsheet reads as it was meant and runs nothing of."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.exports.queries import headings, rows
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from tests.fixtures.work import NOW, correction, item, log, log_one, void
from tests.kinds.answers import EVERY_KIND

CONTROL = KINDS["traffic-control"]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def table(session: Session, kind: Kind = CONTROL, language: str = "sv") -> list[dict[str, int | str | None]]:
    """The table's rows, each by its five first headings and then by the names of the kind's fields."""
    titles = headings(kind, language)[:5] + list(kind.fields)
    return [dict(zip(titles, row, strict=True)) for row in rows(session, "2380", kind, *YEAR, language=language)]


@EVERY_KIND
def test_headings_are_all_different_and_there_is_one_for_each_cell(kind: Kind) -> None:
    for language in ("sv", "en"):
        titles = headings(kind, language)
        assert len(set(titles)) == len(titles)
        assert all(title and "\u00ad" not in title for title in titles)
    assert len(headings(kind, "sv")) == 5 + len(kind.fields)


def test_a_row_says_when_where_and_by_which_unit_and_never_who(session: Session, officer: Actor) -> None:
    log_one(session, officer, happened_at=datetime(2026, 6, 30, 22, 5, tzinfo=UTC), area="lit")
    log_one(session, officer, area="-")
    first, second = table(session)
    assert (first["Dag"], first["Tid"], first["Kommundel"], first["Enhet"]) == (
        "2026-07-01",
        "00:05",
        "Lit",
        "turlag-3",
    )
    assert second["Kommundel"] is None
    assert "officer" not in str([first, second])


def test_a_count_left_empty_is_empty_and_zero_is_zero(session: Session, officer: Actor) -> None:
    log_one(session, officer, answers={"vehicles": 0, "fines": 12})
    (row,) = table(session)
    assert (row["vehicles"], row["fines"], row["positives"]) == (0, 12, None)


def test_only_what_counts_is_there_and_as_it_counts_now(session: Session, officer: Actor) -> None:
    kept, gone, moved = item(answers={"vehicles": 1}), item(answers={"vehicles": 2}), item(answers={"vehicles": 3})
    log(session, officer, kept, gone, moved, correction(kept, {"vehicles": 9}), void(gone))
    log(session, officer, correction(moved, happened_at=NOW - timedelta(days=1)))
    assert [(row["Id"], row["vehicles"]) for row in table(session)] == [(str(moved.id), 3), (str(kept.id), 9)]


def test_the_period_is_whole_local_days(session: Session, officer: Actor) -> None:
    for hour in (22, 23):
        log_one(session, officer, answers={"vehicles": hour}, happened_at=datetime(2026, 11, 19, hour, tzinfo=UTC))
    day = date(2026, 11, 20)
    assert [row[9] for row in rows(session, "2380", CONTROL, day, day)] == [23]


def test_other_kinds_and_other_municipalities_are_left_out(session: Session, officer: Actor) -> None:
    log_one(session, officer, "patrol")
    log_one(session, officer)
    assert len(table(session)) == 1
    assert list(rows(session, "2361", CONTROL, *YEAR)) == []


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_text_that_a_spreadsheet_would_run_is_made_inert(session: Session, officer: Actor, text: str) -> None:
    log_one(session, officer, answers={"place": text, "note": f"rad\n{text}"})
    (row,) = table(session)
    assert row["place"] == f"'{text}"
    assert row["note"] == f"rad\n{text}"


def test_it_survives_being_written_and_read_as_csv(session: Session, officer: Actor) -> None:
    note = 'semikolon; "citat", radbrytning\noch 🚓'
    log_one(session, officer, answers={"note": note, "focus": ["speed", "sobriety"]})
    written = StringIO()
    csv.writer(written, delimiter=";", lineterminator="\n").writerows(rows(session, "2380", CONTROL, *YEAR))
    (read,) = csv.reader(StringIO(written.getvalue()), delimiter=";")
    assert note in read
    assert "Hastighet, Nykterhet" in read


def test_it_comes_in_the_order_in_which_the_work_began(session: Session, officer: Actor) -> None:
    begins = [NOW - timedelta(minutes=number * 7 % 60) for number in range(60)]
    log(session, officer, *(item(happened_at=moment) for moment in begins))
    times = [(row["Dag"], row["Tid"]) for row in table(session)]
    assert len(times) == 60
    assert times == sorted(times, key=str)


def test_english_words_for_english_readers(session: Session, officer: Actor) -> None:
    log_one(session, officer, answers={"near_school": True, "focus": ["speed"]})
    (row,) = table(session, language="en")
    assert (row["near_school"], row["focus"]) == ("Yes", "Speed")
