"""A programme as a file: dumped, loaded into an empty database and dumped again, it is the same to the byte."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.faults import line_of
from fieldlog.labels import Label
from fieldlog.pledges.actions import Where, change_plan, change_rule, write_note
from fieldlog.programmes.actions import RefusedError, load_programme
from fieldlog.programmes.forms import ProgrammeText
from fieldlog.programmes.queries import OSTERSUND, as_text, read_programme, read_toml, to_toml, whole
from fieldlog.targets.models import MonthAmount, Plan
from tests.fixtures.promises import at_least
from tests.programmes.test_command import instance, run

__all__ = ["instance"]

CONTROLS, WALKS = (Where("ostersund-2026", slug) for slug in ("traffic-controls", "safety-walks"))


def dumped(session: Session) -> str:
    session.flush()
    session.expire_all()
    row = whole(session, "2380", "ostersund-2026")
    assert row is not None
    return to_toml(as_text(row))


def test_everything_comes_back(session: Session, supervisor: Actor, now: datetime) -> None:
    text = read_programme(OSTERSUND).for_year(2026)
    row = load_programme(session, text, by=supervisor, now=now)
    row.name, row.decided_on, row.registry_number = Label("Löfte {så}", "Pledge {}"), date(2026, 1, 15), "KSN 123/2026"
    row.answers_for, row.answers_address = "Säkerhetssamordnaren", 'Torget "1"\\'
    session.flush()
    tomorrow = date(2026, 11, 22)
    change_rule(session, CONTROLS, at_least(60), tomorrow, by=supervisor, now=now)
    months = tuple(MonthAmount(month=date(2026, month, 1), amount=5) for month in range(1, 13))
    change_plan(session, CONTROLS, Plan(months=months), tomorrow, by=supervisor, now=now)
    change_plan(session, WALKS, Plan(dates=(date(2026, 12, 5),)), tomorrow, by=supervisor, now=now)
    change_plan(session, WALKS, Plan(), date(2026, 12, 1), by=supervisor, now=now)
    write_note(session, WALKS, Label("Två till.\nSnart.", "Two more."), by=supervisor, now=now)
    first = dumped(session)
    session.rollback()
    again = read_toml(first)
    load_programme(session, again.for_year(again.first_day.year), by=supervisor, now=now)
    assert dumped(session) == first
    for part in ("[[pledges.commitments.changes]]", "valid_from = 2026-12-01", "KSN 123/2026", "amount = 5", "Torget"):
        assert part in first


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=40), st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_words_come_back(swedish: str, english: str) -> None:
    text = read_programme(OSTERSUND).for_year(2026).model_copy(update={"background": Label(swedish, english)})
    again = ProgrammeText.model_validate(read_toml(to_toml(text)).model_dump())
    assert again.background == (swedish, english)
    assert to_toml(again) == to_toml(text)


def test_the_command_dumps_what_it_loads(instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", "--year", "2017")
    file = tmp_path / "dumped.toml"
    file.write_bytes(run("programme", "dump", "ostersund-2017").stdout_bytes)
    monkeypatch.setenv("FIELDLOG_INSTANCE", str(tmp_path / "another"))
    run("init", "--year", "2016")
    assert run("programme", "load", str(file)).exit_code == 0
    assert run("programme", "dump", "ostersund-2017").stdout_bytes == file.read_bytes()
    missing = run("programme", "dump", "atlantis")
    assert (missing.exit_code, missing.output.count("\n")) == (1, 1)


def test_a_slip_in_a_file_is_told_with_line_and_field(instance: Path, tmp_path: Path) -> None:
    run("init", "--year", "2017")
    file = tmp_path / "wrong.toml"
    source = Path(__file__).parents[2] / "fieldlog" / "programmes" / "ostersund-2017.toml"
    file.write_text(source.read_text(encoding="utf-8").replace("at_least = 6 ", "at_leest = 6 "), encoding="utf-8")
    wrong = run("programme", "load", str(file))
    assert wrong.exit_code == 1
    assert "line 175, pledges.2.commitments.0.rule.target.at_leest: is not known" in wrong.output


def test_what_no_municipality_has_is_refused(session: Session, supervisor: Actor, now: datetime) -> None:
    text = read_toml(
        to_toml(read_programme(OSTERSUND).for_year(2026)).replace("spread = true", 'limit = {areas=["x"]}', 1)
    )
    with pytest.raises(RefusedError, match="There is no area x"):
        load_programme(session, text, by=supervisor, now=now)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ("changes = [{ valid_from = 2026-01-01, rule = {R} }]", "out of order"),
        ("changes = [{ valid_from = 2027-01-01, rule = {R} }]", "out of order"),
        ("plans = [{ valid_from = 2026-02-01, plan = { dates = [2027-02-01] } }]", "outside the period"),
        ("plans = [{ valid_from = 2026-02-01, plan = { months = [{ month = 2026-02-02, amount = 1 }] } }]", "once"),
        ("notes = [{ day = 2026-02-01, text = {N} }, { day = 2026-02-01, text = {N} }]", "stand twice"),
    ],
)
def test_versions_fit_the_period(changed: str, why: str) -> None:
    rule = '{ counts = ["patrol.patrols"], noun = { sv = "a", en = "a" }, one = { sv = "a", en = "a" } }'
    words = changed.replace("{R}", rule).replace("{N}", '{ sv = "a", en = "a" }')
    toml = to_toml(read_programme(OSTERSUND).for_year(2026))
    with pytest.raises(Exception, match=why):
        read_toml(toml.replace('slug = "visible-patrols"\n', f'slug = "visible-patrols"\n{words}\n'))


@pytest.mark.parametrize(
    ("place", "line"),
    [(["a"], 1), (["t", 0], 3), (["t", 0, "k"], 4), (["t", 1, "k", "deep"], 7), (["t", 1, "u", "x"], 9), (["none"], 1)],
)
def test_a_place_in_a_file_has_a_line(place: list[str | int], line: int) -> None:
    toml = 'a = """\n[[t]]"""\n[[t]]\nk = 1\n\n[[t]]\nk.deep = 1\n[t.u]\n"x" = 1\n'
    assert line_of(toml, place) == line
