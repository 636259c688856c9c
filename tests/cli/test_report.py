"""The report as a file, by command."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.reports.made import text_of


@pytest.mark.parametrize(("language", "said"), [("sv", "Rapporten visar bara summor"), ("en", "The report shows sums")])
def test_it_is_written_in_the_language_asked_for(shell: Shell, tmp_path: Path, language: str, said: str) -> None:
    target = tmp_path / "report.pdf"
    answer = shell("report", "2026-01-01", "2026-04-30", "--pdf", target, "--language", language)
    assert answer.exit_code == 0, answer.output
    assert "ostersund-2026, 2026-01-01 to 2026-04-30" in answer.output
    assert said in text_of(target.read_bytes())


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        ("2026-04-30", "2026-01-01", "LAST: The last day comes before"),
        ("2026-02-31", "2026-04-30", "FIRST: Write a day that exists"),
        ("1999-01-01", "1999-04-30", "FIRST: Choose a day between"),
        ("2010-01-01", "2010-04-30", "No pledge covers"),
        ("2025-12-01", "2026-01-31", "The pledge covers 1 January–31 December 2026. Try 2026-01-01 2026-01-31."),
    ],
)
def test_it_says_in_one_line_why_there_is_none(
    shell: Shell, tmp_path: Path, first: str, last: str, reason: str
) -> None:
    target = tmp_path / "report.pdf"
    assert reason in shell.refuses("report", first, last, "--pdf", target)
    assert not target.exists()


def test_a_file_that_cannot_be_written_is_told(shell: Shell, tmp_path: Path) -> None:
    assert "No such file" in shell.refuses("report", "2026-01-01", "2026-01-31", "--pdf", tmp_path / "no" / "r.pdf")
