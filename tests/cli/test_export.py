"""`fieldlog export`: the same files as on the page, for whoever may run commands on the server."""

import csv
import json
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from fieldlog.audit.models import AuditEvent
from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.intake.actions import accept
from tests.cli.shell import Shell
from tests.fixtures.people import person
from tests.fixtures.work import NOW, item
from tests.ground.test_sheets import workbook_of

POLICE = ("--organisation", "police")


@pytest.fixture(autouse=True)
def work(settings: Settings) -> None:
    """A control with a hostile note, and an inspection by the municipality with the police."""
    database = Database(settings.database)
    theirs = item("alcohol-inspection", {"organisations": ["police"], "note": "kommunens anteckning"})
    for name, work in {"officer": item(answers={"note": "=1+1"}), "inspector": theirs}.items():
        database.write(partial(accept, items=[work], by=person(database, name), now=NOW))
    database.close()


def test_one_kind_goes_to_standard_output_as_csv(shell: Shell, settings: Settings) -> None:
    answer = shell("export", "traffic-control", *POLICE)
    (row,) = csv.DictReader(StringIO(answer.stdout_bytes.decode("utf-8-sig"), newline=""), delimiter=";")
    assert (row["Dag"], row["Anteckning"], row["Loggad av"]) == ("2026-11-21", "'=1+1", "Polisen")
    database = Database(settings.database)
    with database.read() as session:
        (event,) = session.scalars(select(AuditEvent).filter_by(action="rows-exported"))
    database.close()
    assert (event.account, event.details["organisation"], event.details["rows"]) == (0, "police", 1)


def test_every_format_goes_to_a_file(shell: Shell, tmp_path: Path) -> None:
    for form in ("csv", "csv-comma", "xlsx", "geojson"):
        file = tmp_path / form
        assert shell("export", *POLICE, "--format", form, "--language", "en", "--output", file).exit_code == 0
        if form == "geojson":
            assert len(json.loads(file.read_bytes())["features"]) == 11
        elif form == "xlsx":
            assert "=1+1" in workbook_of(BytesIO(file.read_bytes()))["Traffic control"][1]
        else:
            with ZipFile(file) as archive:
                assert b"'=1+1" in archive.read("Traffic control.csv")


def test_it_reads_what_the_organisation_s_supervisors_read(shell: Shell) -> None:
    seen = shell("export", "alcohol-inspection", *POLICE, "--history").stdout
    assert "Kommunen" in seen
    assert "kommunens anteckning" not in seen
    assert "kommunens anteckning" in shell("export", "alcohol-inspection", "--organisation", "municipality").stdout


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["outreach", *POLICE], "police does not read outreach"),
        ([*POLICE, "--from", "2026-02-01", "--to", "2026-01-01"], "--to: The period ends before it begins."),
        ([*POLICE, "--from", "2026-02-30"], "--from: Write a day that exists"),
        ([*POLICE, "--to", "9999-01-01"], "--to: Choose a day from 2000-01-01 to 2100-12-31."),
        ([*POLICE, "--to", "2020-01-01"], "there is nothing to export"),
        ([*POLICE, "--to", "2020-01-01", "--format", "geojson"], "there is nothing to export"),
    ],
)
def test_it_says_in_one_line_why_not(shell: Shell, words: list[str], reason: str) -> None:
    assert reason in shell.refuses("export", *words)


def test_unknown_words_are_refused(shell: Shell) -> None:
    for words in (["no-kind", *POLICE], [*POLICE, "--format", "exe"], ["traffic-control"]):
        assert shell("export", *words).exit_code == 2


def test_exports_that_wait_go_when_a_text_is_blacked_out(shell: Shell, settings: Settings) -> None:
    folder = settings.instance / "exports"
    folder.mkdir()
    (folder / "file").write_bytes(b"=1+1")
    entry = shell("export", "traffic-control", *POLICE, "--format", "csv-comma").stdout.splitlines()[1].split(",")[0]
    assert shell("redact", entry).exit_code == 0
    assert not list(folder.iterdir())
