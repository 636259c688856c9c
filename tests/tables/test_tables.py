"""The table of a kind: what counts, one row each, read as it was meant."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.periods import Span
from fieldlog.sheets import Cell
from fieldlog.tables.models import Selection
from fieldlog.tables.queries import headings
from tests.fixtures.work import NOW, correction, item, log, log_one, void
from tests.kinds.answers import EVERY_KIND
from tests.tables.reading import POLICE, YEAR, supervising, table

CONTROL = KINDS["traffic-control"]
FIRST = ["Id", "Dag", "Tid", "Kommundel", "Enhet", "Loggad av"]


def titles(kind: Kind, language: str = "sv", **chosen: bool) -> list[str]:
    return [column.title for column in headings(kind, Selection(YEAR, (kind.slug,), language=language, **chosen))]


def rows(session: Session, kind: Kind = CONTROL, by: Actor = POLICE, **chosen: Any) -> list[dict[str, Cell]]:
    """The table's rows, each by its first headings, the names of the kind's fields, and its last headings."""
    names = [*FIRST, *kind.fields, "Läge", "Version", "Kom till servern", "Skäl", "Förklaring"]
    return [dict(zip(names, row, strict=False)) for row in table(session, kind, by, **chosen)]


@EVERY_KIND
def test_headings_are_all_different_and_there_is_one_for_each_cell(kind: Kind) -> None:
    for language in ("sv", "en"):
        shown = titles(kind, language, with_history=True)
        assert len(set(shown)) == len(shown)
        assert all(title and "\u00ad" not in title for title in shown)
    assert len(titles(kind)) == 6 + len(kind.fields) + 2


def test_a_row_says_when_where_and_by_which_unit_and_never_who(session: Session, officer: Actor) -> None:
    log_one(session, officer, happened_at=datetime(2026, 6, 30, 22, 5, tzinfo=UTC), area="lit")
    log_one(session, officer, area="-")
    first, second = rows(session)
    assert [first[name] for name in FIRST[1:]] == [date(2026, 7, 1), time(0, 5), "Lit", "Turlag 3", "Polisen"]
    assert second["Kommundel"] is None
    assert "officer" not in str([first, second])


def test_a_count_left_empty_is_empty_and_zero_is_zero(session: Session, officer: Actor) -> None:
    log_one(session, officer, answers={"vehicles": 0, "fines": 12})
    (row,) = rows(session)
    assert (row["vehicles"], row["fines"], row["positives"]) == (0, 12, None)


def test_only_what_counts_is_there_and_as_it_counts_now(session: Session, officer: Actor) -> None:
    kept, gone, moved = item(answers={"vehicles": 1}), item(answers={"vehicles": 2}), item(answers={"vehicles": 3})
    log(session, officer, kept, gone, moved, correction(kept, {"vehicles": 9}), void(gone))
    log(session, officer, correction(moved, happened_at=NOW - timedelta(days=1)))
    assert [(row["Id"], row["vehicles"]) for row in rows(session)] == [(str(moved.id), 3), (str(kept.id), 9)]


def test_history_has_every_version_and_says_what_became_of_it(session: Session, officer: Actor) -> None:
    kept, gone = item(answers={"vehicles": 1}), item(answers={"vehicles": 2})
    log(session, officer, kept, gone, correction(kept, {"vehicles": 9}), void(gone, explanation="samma kontroll"))
    found = rows(session, with_history=True)
    states = sorted((str(row["vehicles"]), row["Läge"], row["Skäl"], row["Förklaring"]) for row in found)
    assert states == [
        ("1", "Ersatt", None, None),
        ("2", "Ersatt", None, None),
        ("2", "Makulerad", "Dubbel", "samma kontroll"),
        ("9", "Räknas", "Fel antal", None),
    ]


def test_the_period_is_whole_local_days(session: Session, officer: Actor) -> None:
    for hour in (22, 23):
        log_one(session, officer, answers={"vehicles": hour}, happened_at=datetime(2026, 11, 19, hour, tzinfo=UTC))
    day = date(2026, 11, 20)
    assert [row["vehicles"] for row in rows(session, span=Span(day, day))] == [23]


def test_other_kinds_are_left_out(session: Session, officer: Actor) -> None:
    log_one(session, officer, "patrol")
    log_one(session, officer)
    assert len(rows(session)) == 1


class TestWhoReadsWhat:
    def test_a_note_stays_with_the_organisation_that_wrote_it(self, session: Session, inspector: Actor) -> None:
        kind = KINDS["alcohol-inspection"]
        sent = item(kind.slug, {"organisations": ["municipality", "police"], "note": "kök stängt", "place": "Torget"})
        log(session, inspector, sent, void(sent, explanation="fel krog"))
        every = rows(session, kind, supervising(Organisation.MUNICIPALITY), with_history=True)
        (own,) = [row for row in every if row["Läge"] == "Makulerad"]
        assert (own["note"], own["Förklaring"]) == ("kök stängt", "fel krog")
        for row in rows(session, kind, with_history=True):
            assert (row["place"], row["note"], row["Förklaring"]) == ("Torget", None, None)

    def test_rows_that_others_alone_made_or_read_are_not_there(
        self, session: Session, officer: Actor, outreach: Actor, inspector: Actor
    ) -> None:
        for by, kind in (
            (officer, "traffic-control"), (officer, "youth-visit"), (outreach, "outreach"), (outreach, "youth-visit"),
            (inspector, "server-training"), (inspector, "youth-visit"),
        ):  # fmt: skip
            log_one(session, by, kind)
        seen = {
            organisation: {(kind.slug, row["Loggad av"]) for kind in KINDS.values() for row in rows(session, kind, by)}
            for organisation in Organisation
            for by in [supervising(organisation)]
        }
        assert seen == {
            "police": {("traffic-control", "Polisen"), ("youth-visit", "Polisen")},
            "municipality": {("server-training", "Kommunen"), ("youth-visit", "Kommunen")},
            "social-services": {("outreach", "Socialtjänsten"), ("youth-visit", "Socialtjänsten")},
            "partner": set(),
        }


def test_it_comes_in_the_order_in_which_the_work_began(session: Session, officer: Actor) -> None:
    begins = [NOW - timedelta(minutes=number * 7 % 60) for number in range(60)]
    log(session, officer, *(item(happened_at=moment) for moment in begins))
    times = [(row["Dag"], row["Tid"]) for row in rows(session)]
    assert len(times) == 60
    assert times == sorted(times, key=lambda when: [str(part) for part in when])


def test_english_words_for_english_readers(session: Session, officer: Actor) -> None:
    log_one(session, officer, answers={"near_school": True, "focus": ["speed"]})
    (row,) = rows(session, language="en")
    assert (row["near_school"], row["focus"]) == ("Yes", "Speed")
