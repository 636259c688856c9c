"""`fieldlog import`: an outbox that a phone wrote to a file comes in by the same door, once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from fieldlog.accounts.actions import disable_account
from fieldlog.audit.models import AuditEvent
from fieldlog.cli import main
from fieldlog.config import Settings
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import readable
from fieldlog.intake.models import Refusal
from fieldlog.tallies.actions import recount
from fieldlog.web import House
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW
from tests.sync.phone import Phone, a_correction, an_entry

Import = Callable[..., Result]


@pytest.fixture
def house(app: Flask) -> House:
    return house_of(app)


@pytest.fixture
def bring(settings: Settings, house: House, tmp_path: Path) -> Import:
    """Imports a file with these entries, of the officer unless the file says otherwise."""

    def run(*entries: Any, **changed: Any) -> Result:
        usual = {"account": person(house.database, "officer").account, "device": "x", "exported_at": NOW.isoformat()}
        path = tmp_path / "outbox.json"
        path.write_text(json.dumps(usual | {"entries": list(entries)} | changed))
        return CliRunner().invoke(main, ["import", str(path)], env={"FIELDLOG_INSTANCE": str(settings.instance)})

    return run


def stored(house: House) -> tuple[int, int, int]:
    """How many entries, refusals and events in the audit log there are."""
    with house.database.read() as session:
        assert recount(session) == []
        entries, refusals, events = (
            session.scalar(select(func.count()).select_from(table)) or 0 for table in (Entry, Refusal, AuditEvent)
        )
    return entries, refusals, events


def test_a_file_comes_in_however_long_and_in_whatever_order(bring: Import, house: House) -> None:
    originals = [an_entry(answers={"vehicles": 1}) for _ in range(205)]
    corrections = [a_correction(one, {"vehicles": 2}) for one in originals]
    answer = bring(*corrections[::-1], *originals)
    assert (answer.exit_code, answer.output) == (0, "410 accepted, 0 already, 0 waiting, 0 refused\n")
    assert stored(house)[0] == 410


def test_a_file_taken_in_twice_changes_nothing(bring: Import, house: House) -> None:
    entries = [an_entry(), an_entry(answers={"vehicles": -1}), an_entry(happened_at="yesterday"), {"kind": "patrol"}]
    bring(*entries)
    before = stored(house)
    answer = bring(*entries)
    assert answer.output.startswith("0 accepted, 1 already, 0 waiting, 3 refused\n")
    assert stored(house) == before
    assert before[:2] == (1, 3)


def test_what_the_phone_sends_afterwards_is_already_there(app: Flask, bring: Import) -> None:
    sent = an_entry(untouched_now=True)
    bring({name: value for name, value in sent.items() if name != "untouched_now"})
    assert Phone(app).outcomes(sent) == ["already"]


def test_what_was_not_stored_is_told_with_its_reasons(bring: Import) -> None:
    good, bad = an_entry(), an_entry(answers={"vehicles": -1, "note": "Stod vid ABC 123"})
    lonely = a_correction(an_entry(), {})
    answer = bring(good, bad, lonely, "odd")
    assert answer.exit_code == 1
    first, *lines = answer.output.splitlines()
    assert first == "1 accepted, 0 already, 1 waiting, 2 refused"
    (refused,) = [line for line in lines if bad["id"] in line]
    assert refused.startswith(f"refused {bad['id']} traffic-control: ")
    assert "vehicles: Write a number from 0 to 9999." in refused
    assert "ABC 123" not in answer.output
    (waiting,) = [line for line in lines if lonely["id"] in line]
    assert waiting.startswith("waiting ")


@pytest.mark.parametrize(
    ("written", "shown"),
    [("\ud800", "?"), ("\x1b[2J", "?"), ("patrol\nrefused", "?"), ("640823-3234", "█" * 11), ("färd", "färd")],
)
def test_what_no_screen_can_show_stops_no_complaint(bring: Import, written: str, shown: str) -> None:
    unknown, odd = an_entry(kind=written), an_entry(answers={written: 1})
    answer = bring(unknown, odd, an_entry())
    assert answer.output.splitlines() == [
        "1 accepted, 0 already, 0 waiting, 2 refused",
        f"refused {unknown['id']} {shown}: kind: There is no such kind.",
        f"refused {odd['id']} traffic-control: {shown}: This is not in the form. Load the page anew.",
    ]


def test_it_is_the_persons_own_and_in_the_audit_log(bring: Import, house: House) -> None:
    sent = an_entry()
    bring(sent)
    officer = person(house.database, "officer")
    with house.database.read() as session:
        entry = session.scalars(select(Entry)).one()
        event = session.scalars(select(AuditEvent).filter_by(action="outbox-imported")).one()
    assert (entry.author_id, entry.unit, entry.device_id) == (officer.account, "turlag-3", None)
    assert (event.subject, event.details["accepted"]) == (f"account:{officer.account}", 1)


def test_a_closed_account_may_still_have_made_entries(bring: Import, house: House) -> None:
    by = person(house.database, "administrator")
    house.database.write(lambda session: disable_account(session, by, NOW, "officer"))
    assert bring(an_entry()).exit_code == 0


def test_whoever_is_an_administrator_by_now_may_have_made_entries_before(bring: Import, house: House) -> None:
    """They count, and their maker reads them as little as any other."""
    by = person(house.database, "administrator")
    assert (
        bring(an_entry("safety-measure"), account=by.account).output == "1 accepted, 0 already, 0 waiting, 0 refused\n"
    )
    assert stored(house)[0] == 1
    with house.database.read() as session:
        assert session.scalars(select(Entry).where(readable(by))).all() == []


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"account": 4711}, "there is no account with the number 4711"),
        ({"account": -(10**30)}, "there is no account"),
        ({"account": "officer"}, "is no outbox: account"),
        ({"entries": None}, "is no outbox: entries"),
    ],
)
def test_a_file_that_will_not_do_is_refused_in_one_line(
    bring: Import, house: House, changed: dict[str, Any], reason: str
) -> None:
    answer = bring(an_entry(), **changed)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert reason in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert stored(house)[0] == 0
