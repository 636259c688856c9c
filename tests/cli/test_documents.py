"""`fieldlog disclose` and `fieldlog retain`."""

from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from fieldlog.cli.tools import Tools
from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.intake.actions import accept
from tests.cli.shell import Shell, entries
from tests.fixtures.databases import NOW, StoppedClock
from tests.fixtures.people import person
from tests.fixtures.work import item
from tests.ground.test_sheets import workbook_of

SPRING = datetime(2026, 5, 5, 8, tzinfo=UTC)
DISCLOSE = (
    "disclose",
    "traffic-control",
    "--organisation",
    "police",
    "--number",
    "KS 2026/9",
    "--decided-by",
    "Jurist",
)
RETAIN = ("retain", "traffic-control", "--before", "2026-06-01", "--decision", "KS 2026/123")


@pytest.fixture(autouse=True)
def work(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A control of the spring, and commands in November."""
    monkeypatch.setattr("fieldlog.cli.Tools", partial(Tools, clock=StoppedClock(NOW)))
    database = Database(settings.database)
    sent = item(answers={"place": "Torget", "note": "mörk bil"}, happened_at=SPRING, saved_at=SPRING)
    database.write(partial(accept, items=[sent], by=person(database, "officer"), now=SPRING))
    database.close()


def test_texts_are_listed_looked_at_and_the_rest_masked(shell: Shell, tmp_path: Path) -> None:
    texts, copy = tmp_path / "texter.csv", tmp_path / "kopia.xlsx"
    assert shell(*DISCLOSE, "--texts", texts).exit_code == 0
    lines = texts.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(";")[5:] for line in lines] == [["Text", "Lämnas ut"], ["Torget", ""], ["mörk bil", ""]]
    texts.write_text("\n".join([lines[0], f"{lines[1]}Ja", lines[2]]), encoding="utf-8")
    assert shell(*DISCLOSE, "--reviewed", texts, "--output", copy).exit_code == 0
    found = workbook_of(BytesIO(copy.read_bytes()))
    assert "Torget" in found["Trafikkontroll"][1]
    assert "mörk bil" not in str(found)
    assert [row[-1] for row in found["Protokoll"][1:]] == ["Lämnas ut", "Maskeras"]


def test_without_a_review_every_text_is_masked(shell: Shell, tmp_path: Path) -> None:
    copy = tmp_path / "kopia.xlsx"
    assert shell(*DISCLOSE, "--output", copy).exit_code == 0
    assert "Torget" not in str(workbook_of(BytesIO(copy.read_bytes())))


def test_what_cannot_be_handed_out_is_told(shell: Shell, tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    assert "say --texts" in shell.refuses(*DISCLOSE)
    assert "nothing to hand out" in shell.refuses(*DISCLOSE, "--to", "2020-01-01", "--texts", odd)
    for content in (b"", b"\xff\xfe", b"a;b\n1;2", "Version;Fält\n".encode()):
        odd.write_bytes(content)
        assert "is no list of texts" in shell.refuses(*DISCLOSE, "--reviewed", odd, "--output", tmp_path / "x")


def test_removing_is_told_first_and_carried_out_by_decision(shell: Shell, settings: Settings) -> None:
    answer = shell(*RETAIN)
    assert "Would remove 1 entries of traffic-control" in answer.stdout
    assert "Nothing is removed. Carry out KS 2026/123 with --carry-out." in answer.stdout
    database = Database(settings.database)
    assert len(entries(database)) == 1
    assert "Removed 1 entries of traffic-control" in shell(*RETAIN, "--carry-out").stdout
    assert entries(database) == set()
    database.close()
    assert shell("recount").exit_code == 0
    assert "mörk bil".encode() not in shell.live.read_bytes()


def test_removing_needs_a_kind_a_number_and_an_age(shell: Shell) -> None:
    assert "name the kinds" in shell.refuses("retain", "--before", "2025-01-01", "--decision", "KS 1")
    assert "a decision has a number" in shell.refuses(*RETAIN, "--decision", " ")
    assert "phones may still send it again" in shell.refuses(*RETAIN, "--before", "2999-01-01")
    assert shell("retain", "traffic-control", "--before", "2025-01-01").exit_code == 2
