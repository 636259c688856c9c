"""`fieldlog programme`, and what `fieldlog init` loads."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fieldlog.cli import main


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIELDLOG_INSTANCE", str(tmp_path))
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_init_loads_the_programme_of_the_year_once(instance: Path) -> None:
    assert "Loaded ostersund-2017: 2017-01-01 to 2017-12-31" in run("init", "--year", "2017").output
    again = run("init", "--year", "2017")
    assert (again.exit_code, "Loaded" in again.output) == (0, False)
    listed = run("programme", "list").output.splitlines()
    assert listed[0] == "ostersund-2017\t2017-01-01\t2017-12-31\tnot in force"
    assert listed[-1].startswith("No programme from 20")


def test_init_says_that_the_programme_of_another_year_is_an_example(instance: Path) -> None:
    assert "to 2031-12-31, an example that nobody has decided\n" in run("init", "--year", "2031").output


def test_a_programme_is_loaded_for_another_year_as_an_example(instance: Path) -> None:
    run("init", "--year", "2017")
    for said in ("Loaded", "Unchanged"):
        loaded = run("programme", "load", "ostersund-2017", "--year", "2031")
        assert loaded.exit_code == 0, loaded.output
        assert loaded.output.startswith(f"{said} ostersund-2031: ")
        assert "an example that nobody has decided" in loaded.output


def test_a_file_that_differs_from_what_is_stored_is_refused_and_told_where(instance: Path, tmp_path: Path) -> None:
    run("init", "--year", "2017")
    file, dumped = tmp_path / "changed.toml", run("programme", "dump", "ostersund-2017").output
    changed = dumped.replace('slug = "traffic-safety"', 'slug = "roads"').replace("at_least = 50", "at_least = 10")
    assert changed != dumped
    file.write_text(f'registry_number = "KS 1/2017"\n{changed}', encoding="utf-8")
    refused = run("programme", "load", str(file))
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)
    assert "ostersund-2017 is stored already" in refused.output
    assert "registry_number, " in refused.output
    assert "pledges.roads" in refused.output
    assert "pledges.traffic-safety" in refused.output
    assert run("programme", "dump", "ostersund-2017").output == dumped


def test_what_cannot_be_loaded_is_told_in_one_line(instance: Path, tmp_path: Path) -> None:
    run("init", "--year", "2017")
    missing = run("programme", "load", "atlantis")
    assert (missing.exit_code, missing.output.count("\n")) == (1, 1)
    assert "no such file" in missing.output


def test_a_programme_that_overlaps_is_refused_with_the_days(instance: Path, tmp_path: Path) -> None:
    run("init", "--year", "2017")
    file = tmp_path / "other.toml"
    source = Path(__file__).parents[2] / "fieldlog" / "programmes" / "ostersund-2017.toml"
    file.write_text(source.read_text(encoding="utf-8").replace("ostersund-{year}", "other"), encoding="utf-8")
    refused = run("programme", "load", str(file))
    assert refused.exit_code == 1
    assert "1 January 2017 to 31 December 2017 overlaps" in refused.output
