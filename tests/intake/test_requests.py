"""Requests that do not come from a page as it was handed out: answered as such, and nothing typed is lost."""

import pytest
from flask.testing import FlaskClient

from fieldlog.tallies.queries import Amount
from tests.fixtures.site import sign_in, submit
from tests.intake.posting import changed, controls, entries, total


@pytest.fixture
def officer_s(client: FlaskClient) -> FlaskClient:
    sign_in(client, "officer")
    return client


def test_posting_needs_the_page_s_token_and_loses_nothing_without_it(officer_s: FlaskClient) -> None:
    note, place = "\n <b>Två</b> rader\nav text", 'E14 "norr"'
    page = controls(officer_s.get("/log/traffic-control"))
    page = changed(page, vehicles="14", note=note.replace("\n", "\r\n"), place=place, csrf_token="")
    answer = officer_s.post("/log/traffic-control", data=page)
    assert answer.status_code == 400
    assert entries(officer_s) == 0
    resent = controls(answer)
    assert resent["note"].replace("\r\n", "\n") == note
    assert resent["place"] == place
    assert officer_s.post("/log/traffic-control", data=resent).status_code == 303
    assert total(officer_s, "traffic-control.vehicles") == Amount(14, 1)


def test_a_body_over_the_limit_is_told_so(officer_s: FlaskClient) -> None:
    answer = submit(officer_s, "/log/traffic-control", {"note": "x" * 1_000_001})
    assert answer.status_code == 413
    assert "för stort" in answer.text
    assert entries(officer_s) == 0


@pytest.mark.parametrize("extra", [{"csrf_token": "wrong"}, {"id": "x" * 5000}, {f"f{at}": "x" for at in range(1200)}])
def test_a_strange_body_is_no_failure_of_ours(officer_s: FlaskClient, extra: dict[str, str]) -> None:
    answer = submit(officer_s, "/log/traffic-control", extra)
    assert 400 <= answer.status_code < 500


def test_a_post_that_is_no_form_is_no_failure_of_ours(officer_s: FlaskClient) -> None:
    for body, kind in (
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"", ""),
    ):
        assert 400 <= officer_s.post("/log/traffic-control", data=body, content_type=kind).status_code < 500
