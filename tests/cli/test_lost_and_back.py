"""What was acknowledged since the backup comes back from the phones, once."""

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from fieldlog.audit.models import AuditEvent
from fieldlog.epochs.queries import epoch
from tests.cli.shell import Shell, entries
from tests.fixtures.site import house_of
from tests.sync.phone import Phone, a_correction, an_entry


def epoch_of(phone: Phone) -> str:
    return str(phone.client.get("/whoami").get_json()["epoch"])


def test_what_the_restore_lost_comes_back_from_the_phone_and_counts_once(app: Flask, shell: Shell, copy: Path) -> None:
    phone = Phone(app)
    early, late = an_entry(answers={"vehicles": 1}), an_entry(answers={"vehicles": 2})
    corrected = a_correction(late, {"vehicles": 5})
    assert phone.outcomes(early) == ["accepted"]
    before = epoch_of(phone)
    assert shell("backup", copy).exit_code == 0
    assert phone.outcomes(late, corrected) == ["accepted", "accepted"]
    assert shell("restore", copy).exit_code == 0
    assert entries(house_of(app).database) == {early["id"]}

    assert epoch_of(phone) != before, "the phone notices"
    kept = [early, late, corrected]
    assert phone.outcomes(*kept) == ["already", "accepted", "accepted"]
    assert phone.outcomes(*kept) == ["already"] * 3
    told = phone.send().get_json()
    assert told["tallies"]["kinds"]["traffic-control"] == "2 av 50"
    assert told["epoch"] == epoch_of(phone)
    assert entries(house_of(app).database) == {one["id"] for one in kept}


def test_no_epoch_comes_twice_however_often_the_same_backup_is_put_back(app: Flask, shell: Shell, copy: Path) -> None:
    phone = Phone(app)
    seen = [epoch_of(phone)]
    shell("backup", copy)
    for _ in range(3):
        shell("restore", copy)
        seen.append(epoch_of(phone))
    assert len(set(seen)) == 4


def test_an_epoch_can_begin_without_a_file(app: Flask, shell: Shell) -> None:
    phone = Phone(app)
    before = epoch_of(phone)
    assert shell("restore").exit_code == 0
    assert epoch_of(phone) != before


def test_a_restore_is_in_the_audit_log(app: Flask, shell: Shell, copy: Path) -> None:
    shell("backup", copy)
    shell("restore", copy)
    with house_of(app).database.read() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(2)).all()
        subject = f"epoch:{epoch(session)}"
    assert {event.action for event in events} == {"database-restored", "epoch-begun"}
    assert subject in {event.subject for event in events}
