"""A control with suspected drivers opens its questions about help, and shows them until all were asked."""

import pytest
from flask.testing import FlaskClient

from fieldlog.tallies.queries import Amount
from tests.fixtures.site import sign_in
from tests.intake.posting import changed, controls, fill_in, saved_id, total


@pytest.fixture
def officer_s(client: FlaskClient) -> FlaskClient:
    sign_in(client, "officer")
    return client


def test_a_control_with_suspected_drivers_opens_the_question_until_all_were_asked(officer_s: FlaskClient) -> None:
    answer = fill_in(officer_s, suspected="2", place="E45 norr")
    control = saved_id(answer)
    assert answer.location.startswith("/log/help-offer?")
    first = officer_s.get(answer.location)
    assert "Fråga 1 av 2" in first.text
    assert controls(first)["control"] == control
    assert "2 kvar" in officer_s.get("/log").text

    second = officer_s.post("/log/help-offer", data=changed(controls(first), asked="yes", wants_help="no"))
    assert "Fråga 2 av 2" in officer_s.get(second.location).text
    assert "1 kvar" in officer_s.get("/log").text
    page = changed(controls(officer_s.get(second.location)), asked="no", why_not="hospital")
    third = officer_s.post("/log/help-offer", data=page)
    assert third.location.startswith("/log?saved=")
    assert "kvar" not in officer_s.get("/log").text
    assert total(officer_s, "traffic-control.unasked") == Amount(0, 1)


def test_nobody_suspected_opens_no_question(officer_s: FlaskClient) -> None:
    for suspected in ("0", ""):
        assert fill_in(officer_s, suspected=suspected).location.startswith("/log?saved=")


def test_a_control_of_another_unit_is_not_offered_for_linking(officer_s: FlaskClient) -> None:
    control = saved_id(fill_in(officer_s, suspected="1", place="Hemligt"))
    other = officer_s.application.test_client()
    sign_in(other, "other-officer")
    page = other.get(f"/log/help-offer?control={control}")
    assert "Hemligt" not in page.text
    assert controls(page)["control"] == ""
    assert "Hemligt" not in other.get("/log").text
