"""Voiding: with a reason, once, and what is voided neither counts nor is corrected."""

import pytest
from flask.testing import FlaskClient

from fieldlog.tallies.queries import Amount
from tests.intake.posting import changed, controls, entries, errors, fill_in, saved_id, total
from tests.logbook.changing import correct, void


def test_a_voided_entry_does_not_count_and_cannot_be_corrected(officer_s: FlaskClient, logged: str) -> None:
    stale = controls(officer_s.get(f"/entries/{logged}/correct"))
    assert void(officer_s, logged, explanation="Loggades två gånger").status_code == 303
    page = officer_s.get(f"/entries/{logged}").text
    for words in ("Makulerad", "Dubbel", "Loggades två gånger"):
        assert words in page
    assert "/correct" not in page
    assert officer_s.post(f"/entries/{logged}/correct", data=changed(stale, reason="other")).status_code == 409
    assert entries(officer_s) == 2


@pytest.mark.parametrize("typed", [{"reason": ""}, {"reason": "for-fun"}, {"explanation": "890201-3286"}])
def test_a_void_needs_a_reason_and_keeps_its_words(officer_s: FlaskClient, logged: str, typed: dict[str, str]) -> None:
    answer = void(officer_s, logged, **{"explanation": "Ny uppgift", **typed})
    assert answer.status_code == 422
    assert errors(answer).keys() == {next(iter(typed))}
    assert controls(answer)["explanation"] == typed.get("explanation", "Ny uppgift")
    assert entries(officer_s) == 1


@pytest.mark.parametrize("page", ["correct", "void"])
@pytest.mark.parametrize("replaces", ["", "7", "0" * 32])
def test_a_page_that_changed_what_it_replaces_is_not_understood(
    officer_s: FlaskClient, logged: str, page: str, replaces: str
) -> None:
    sent = changed(controls(officer_s.get(f"/entries/{logged}/{page}")), reason="other", replaces=replaces)
    assert 400 <= officer_s.post(f"/entries/{logged}/{page}", data=sent).status_code < 500
    assert entries(officer_s) == 1


def test_a_question_moved_in_time_stays_with_its_control(officer_s: FlaskClient) -> None:
    control = saved_id(fill_in(officer_s, suspected="1"))
    offer = saved_id(fill_in(officer_s, "help-offer", control=control, asked="no", why_not="language"))
    assert correct(officer_s, offer, why_not="minor").status_code == 303
    assert total(officer_s, "traffic-control.unasked") == Amount(0, 1)
    void(officer_s, offer)
    assert total(officer_s, "traffic-control.unasked") == Amount(1, 1)
