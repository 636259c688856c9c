"""Each mistake in a form is told on its field, everything typed stays in the page, and nothing is half saved."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.fixtures.site import sign_in
from tests.intake.posting import controls, entries, errors, fill_in

NUMBER = "Skriv ett helt tal, till exempel 14."
BOUNDS = "Skriv ett tal från 0 till 9999."
LONG = "a" * 100_000
AROUND: dict[str, Any] = {"fines": ["7"], "near_school": ["yes"], "focus": ["speed", "sobriety"], "area": ["lit"]}


@pytest.fixture
def officer_s(client: FlaskClient) -> FlaskClient:
    sign_in(client, "officer")
    return client


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"vehicles": "-3"}, BOUNDS),
        ({"vehicles": "10000"}, BOUNDS),
        ({"vehicles": "9" * 17}, BOUNDS),
        ({"vehicles": "9" * 5000}, NUMBER),
        ({"vehicles": "fjorton"}, NUMBER),
        ({"vehicles": "1,5"}, NUMBER),
        ({"vehicles": "<b>14</b>"}, NUMBER),
        ({"vehicles": "14\x00"}, NUMBER),
        ({"positives": "3", "tests": "2"}, "Kan inte vara fler än utandnings\u00adprov (2)."),
        ({"place": "x" * 81}, "Korta texten till högst 80 tecken. Nu är den 81."),
        ({"place": "E14\x00"}, "Texten innehåller osynliga tecken."),
        ({"place": "E14 \u202eABC"}, "Texten innehåller osynliga tecken."),
        ({"place": "E14\nE45"}, "Texten innehåller osynliga tecken."),
        ({"place": "ABC 123"}, "registreringsnummer"),
        ({"note": LONG}, "Korta texten till högst 500 tecken. Nu är den 100000."),
        ({"note": "Född 890201-3286"}, "personnummer"),
        ({"note": "rad\x1b[2Jett"}, "Texten innehåller osynliga tecken."),
        ({"happened_at": "i går"}, "Ange en dag och ett klockslag"),
        ({"happened_at": "2026-13-01T10:00"}, "Ange en dag och ett klockslag"),
        ({"happened_at": "2026-11-21T21:51"}, "Tiden ligger framåt."),
        ({"happened_at": "2027-01-01T10:00"}, "Tiden ligger framåt."),
        ({"happened_at": "9999-12-31T23:59"}, "Tiden ligger framåt."),
        ({"happened_at": "2025-12-31T23:59"}, "Dagen ligger före medborgarlöftets början, 2026-01-01."),
        ({"happened_at": "1800-01-01T00:00"}, "Det är för länge sedan."),
        ({"happened_at": "0001-01-01T00:00"}, "Den tiden fanns inte"),
        ({"happened_at": "2026-03-29T02:30"}, "Den tiden fanns inte"),
    ],
    ids=lambda given: str(given)[:40] if isinstance(given, dict) else "",
)
def test_a_mistake_is_told_on_its_field_and_everything_typed_stays(
    officer_s: FlaskClient, typed: dict[str, str], said: str
) -> None:
    (name,) = [name for name in typed if name != "tests"]
    answer = fill_in(officer_s, **(AROUND | typed))
    assert answer.status_code == 422
    assert errors(answer).keys() == {name}
    assert said in errors(answer)[name]
    page = controls(answer)
    assert {each: page[each] for each in typed} == typed
    assert {each: page.getlist(each) for each in AROUND} == AROUND
    assert entries(officer_s) == 0


def test_every_mistake_is_told_at_once_and_on_top(officer_s: FlaskClient) -> None:
    answer = fill_in(officer_s, vehicles="-1", tests="x", note="ABC 123")
    assert errors(answer).keys() == {"vehicles", "tests", "note"}
    assert "3 saker behöver rättas" in answer.text


@pytest.mark.parametrize(
    ("kind", "typed", "name"),
    [
        ("traffic-control", {"focus": "dancing"}, "focus"),
        ("traffic-control", {"near_school": "perhaps"}, "near_school"),
        ("traffic-control", {"area": "atlantis"}, "area"),
        ("traffic-control", {"organisations": "pirates"}, "organisations"),
        ("patrol", {"way": "on-horseback"}, "way"),
        ("patrol", {"way": "foot", "minutes": "1441"}, "minutes"),
        ("help-offer", {"asked": "yes", "wants_help": "maybe"}, "wants_help"),
        ("help-offer", {"asked": "no"}, "why_not"),
        ("help-offer", {"asked": "yes", "wants_help": "no", "control": "the-last-one"}, "control"),
        ("help-offer", {"asked": "yes", "wants_help": "no", "control": "0" * 32}, "control"),
        ("safety-walk", {"findings-0-where": "Torget"}, "findings"),
        ("safety-walk", {"findings-0-where": "Torget", "findings-0-category": "ghosts"}, "findings"),
        ("safety-walk", {"findings-0-where": "ABC 123", "findings-0-category": "other"}, "findings"),
    ],
)
def test_an_answer_that_the_form_never_offered_is_told_on_its_field(
    officer_s: FlaskClient, kind: str, typed: dict[str, Any], name: str
) -> None:
    answer = fill_in(officer_s, kind, **typed)
    assert answer.status_code == 422
    assert errors(answer).keys() == {name}
    assert entries(officer_s) == 0


def test_the_rows_of_a_walk_stay_as_typed(officer_s: FlaskClient) -> None:
    answer = fill_in(officer_s, "safety-walk", participants="x", **{"findings-0-where": "<Torget>"})
    assert controls(answer)["findings-0-where"] == "<Torget>"
    assert errors(answer).keys() == {"participants", "findings"}


def test_an_empty_form_is_one_control_with_nothing_counted(officer_s: FlaskClient) -> None:
    empty = dict.fromkeys(("vehicles", "tests", "suspected", "place", "note"), "")
    assert fill_in(officer_s, **empty).status_code == 303
    assert entries(officer_s) == 1


@pytest.mark.parametrize("moment", ["2026-11-21T21:50", "2026-01-01T00:00", "2026-10-25T02:30", "2026-03-29T03:00"])
def test_a_time_that_can_be_is_taken(officer_s: FlaskClient, moment: str) -> None:
    assert fill_in(officer_s, happened_at=moment).status_code == 303


@pytest.mark.parametrize("identity", ["", "7", "../../etc/passwd", "0" * 31])
def test_a_page_that_changed_its_id_is_not_understood(officer_s: FlaskClient, identity: str) -> None:
    assert fill_in(officer_s, id=identity).status_code == 400
    assert entries(officer_s) == 0


def test_a_kind_that_does_not_exist_has_no_page_and_another_organisation_s_is_closed(officer_s: FlaskClient) -> None:
    assert officer_s.get("/log/flying-saucer").status_code == 404
    assert officer_s.get("/log/handover-outcome").status_code == 404, "made by answering a handover"
    assert officer_s.get("/log/outreach").status_code == 403
    sent = controls(officer_s.get("/log/patrol"))
    assert officer_s.post("/log/outreach", data=sent).status_code == 403
    assert officer_s.post("/log/handover-outcome", data=sent).status_code == 404
