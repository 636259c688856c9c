"""What a supervisor decided in the review stands in the audit log beside the entry that it was about."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from flask import Flask

from fieldlog.audit.actions import note
from fieldlog.entries.models import Entry
from fieldlog.review.actions import see, tell_apart
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW, correction, item
from tests.review.desk import send
from tests.trail.looking import Browser, found


@pytest.mark.parametrize("noted_by_version", [False, True], ids=["origin", "version"])
def test_a_reviewed_correction_is_found_by_its_entry(app: Flask, browser: Browser, noted_by_version: bool) -> None:
    house = house_of(app)
    first = item()
    second = correction(first, answers={"vehicles": 5})
    send(house, "officer", first)
    send(house, "officer", second, late=timedelta(minutes=1))
    by, subject = person(house.database, "supervisor"), f"entry:{second.id}"
    review = partial(note, action="review-seen", subject=subject) if noted_by_version else partial(see, what=subject)
    house.database.write(partial(review, by=by, now=NOW))
    for asked in ({}, {"subject": str(first.id)}):
        shown = found(browser("supervisor"), action="review-seen", **asked)
        assert "Granskad" in shown
        assert f'href="/entries/{first.id}">Trafikkontroll<' in shown


def test_two_that_were_told_apart_are_both_linked_to(app: Flask, browser: Browser) -> None:
    house, ids = house_of(app), list[UUID]()
    for name in ("officer", "colleague"):
        ids.append((one := item()).id)
        send(house, name, one)
    by = person(house.database, "supervisor")
    house.database.write(lambda w: tell_apart(w, w.get_one(Entry, ids[0]), w.get_one(Entry, ids[1]), by, NOW))
    shown = found(browser("supervisor"), action="review-different")
    assert all(f'href="/entries/{one}">Trafikkontroll<' in shown for one in ids)
    assert "Två olika aktiviteter" in shown
    assert found(browser("supervisor"), action="review-different", subject=str(ids[0])) == shown
