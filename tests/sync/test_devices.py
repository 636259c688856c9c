"""What the server learns of the phone itself: its clock, its version, what it still holds."""

from flask import Flask
from sqlalchemy import select

from fieldlog.accounts.models import Device
from fieldlog.entries.models import Entry
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW
from tests.sync.phone import Phone, an_entry, later


def test_the_phones_clock_is_compared_with_ours(app: Flask, phone: Phone) -> None:
    now_there = later(NOW, hours=5)
    untouched = an_entry(happened_at=later(NOW, hours=4), saved_at=later(NOW, hours=4), untouched_now=True)
    earlier_page = an_entry(happened_at=later(NOW, hours=2), saved_at=later(NOW, hours=2))
    assert phone.outcomes(untouched, earlier_page, sent_at=now_there) == ["accepted", "accepted"]
    with house_of(app).database.read() as session:
        held = {
            str(entry.id): (entry.happened_at.isoformat(), entry.doubtful_time)
            for entry in session.scalars(select(Entry))
        }
    assert held == {
        untouched["id"]: (later(NOW, hours=-1), False),
        earlier_page["id"]: (NOW.isoformat(), True),
    }


def test_the_phones_version_and_what_still_waits_is_kept_with_its_session(app: Flask, phone: Phone) -> None:
    def kept() -> tuple[str | None, int | None]:
        with house_of(app).database.read() as session:
            device = session.scalars(select(Device)).one()
            return device.app, device.waiting

    phone.send(an_entry(), app="0a1b2c", waiting=7)
    assert kept() == ("0a1b2c", 7)
    phone.send(an_entry(), app="x\0\ud800" + "y" * 99, waiting=10**30)
    assert kept() == ("x" + "y" * 39, 1_000_000)
