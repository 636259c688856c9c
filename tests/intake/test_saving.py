"""What saving a form does: once, however often it is sent; asked about when doubtful; and where it leads."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldlog.tallies.queries import Amount
from tests.fixtures.site import shown, sign_in, token_in
from tests.intake.posting import changed, controls, entries, errors, fill_in, saved_id, total

CONTROLS = "traffic-control.controls"


@pytest.fixture
def officer_s(client: FlaskClient) -> FlaskClient:
    sign_in(client, "officer")
    return client


def test_the_same_form_sent_again_is_one_entry(officer_s: FlaskClient) -> None:
    page = controls(officer_s.get("/log/traffic-control"))
    answers = [officer_s.post("/log/traffic-control", data=changed(page, vehicles="3")) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303] * 3
    assert len({answer.location for answer in answers}) == 1
    assert (entries(officer_s), total(officer_s, CONTROLS)) == (1, Amount(1, 1))


def test_going_back_and_saving_something_else_is_refused_and_kept_as_typed(officer_s: FlaskClient) -> None:
    page = controls(officer_s.get("/log/traffic-control"))
    officer_s.post("/log/traffic-control", data=changed(page, vehicles="3"))
    again = officer_s.post("/log/traffic-control", data=changed(page, vehicles="4", place="Odenvallen"))
    assert again.status_code == 422
    assert "redan sparad med annat innehåll" in again.text
    assert controls(again)["place"] == "Odenvallen"
    assert total(officer_s, "traffic-control.vehicles").amount == 3


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("traffic-control", {"vehicles": "301"}),
        ("traffic-control", {"place": "mot 340"}),
        ("traffic-control", {"note": "ring 070-123 45 67"}),
        ("safety-walk", {"findings-0-category": "other", "findings-0-where": "bilen abc 123"}),
        ("patrol", {"way": "car", "minutes": "721"}),
    ],
)
def test_a_doubtful_answer_is_asked_about_once_and_saved_after_yes(
    officer_s: FlaskClient, kind: str, typed: dict[str, str]
) -> None:
    asked = fill_in(officer_s, kind, **typed)
    assert asked.status_code == 422
    assert "Stämmer det här?" in shown(asked.text)
    assert errors(asked) == {}
    assert entries(officer_s) == 0
    page = controls(asked)
    assert {name: page[name] for name in typed} == typed
    assert officer_s.post(f"/log/{kind}", data=page).status_code == 422, "not ticked"
    assert officer_s.post(f"/log/{kind}", data=changed(page, confirmed="yes")).status_code == 303
    assert entries(officer_s) == 1


def test_a_yes_does_not_carry_a_wrong_answer_through(officer_s: FlaskClient) -> None:
    answer = fill_in(officer_s, vehicles="301", tests="-1", confirmed="yes")
    assert errors(answer).keys() == {"tests"}
    assert fill_in(officer_s, note="ABC 123", confirmed="yes").status_code == 422
    assert entries(officer_s) == 0


def test_without_remarks_sets_the_remark_counts_to_zero_and_keeps_what_was_typed(officer_s: FlaskClient) -> None:
    assert fill_in(officer_s, action="clean", vehicles="9", fines="4").status_code == 303
    amounts = {
        name: total(officer_s, f"traffic-control.{name}") for name in ("suspected", "licences", "fines", "tests")
    }
    assert amounts == {
        "suspected": Amount(0, 1),
        "licences": Amount(0, 1),
        "fines": Amount(4, 1),
        "tests": Amount(0, 0),
    }


def test_plain_saving_leaves_empty_remark_counts_uncounted(officer_s: FlaskClient) -> None:
    fill_in(officer_s, action="save")
    assert total(officer_s, "traffic-control.suspected") == Amount(0, 0)


def test_undoing_voids_and_undoing_twice_does_no_more(officer_s: FlaskClient) -> None:
    saved = saved_id(fill_in(officer_s, vehicles="3"))
    page = officer_s.get(f"/log?saved={saved}").text
    for _ in range(2):
        undone = officer_s.post(f"/entries/{saved}/undo", data={"csrf_token": token_in(page)})
        assert (undone.status_code, undone.location) == (303, f"/log?undone={saved}")
    assert total(officer_s, CONTROLS) == Amount(0, 0)
    assert "Ångrad" in officer_s.get(f"/entries/{saved}").text
    assert "behöver rättas" not in shown(officer_s.get("/log").text), "a second tap is no mistake to mend"


def test_saving_another_opens_the_form_with_the_same_settings_and_no_counts(officer_s: FlaskClient) -> None:
    typed: dict[str, Any] = {
        "place": "E14 Svedje",
        "near_school": "yes",
        "focus": ["speed"],
        "vehicles": "12",
        "fines": "1",
        "note": "Dis",
    }
    answer = fill_in(officer_s, action="again", area="lit", **typed)
    again = controls(officer_s.get(answer.location))
    assert (again["place"], again["near_school"], again["area"]) == ("E14 Svedje", "yes", "lit")
    assert again.getlist("focus") == ["speed"]
    assert (again["vehicles"], again["fines"], again["note"], again["happened_at"]) == ("", "", "", "")
    assert again["id"] != saved_id(answer)


def test_repeating_on_the_home_page_does_the_same(officer_s: FlaskClient) -> None:
    fill_in(officer_s, place="Rådhusgatan", tests="40")
    home = officer_s.get("/log").text
    assert "Upprepa" in home
    saved = home.split("?like=")[1][:36]
    again = controls(officer_s.get(f"/log/traffic-control?like={saved}"))
    assert (again["place"], again["tests"]) == ("Rådhusgatan", "")


@pytest.mark.parametrize("like", ["", "7", "0" * 32, "01a1ffd6-5900-7509-86d1-b1a79dc3ac06", "%00"])
def test_repeating_what_is_not_there_opens_an_empty_form(officer_s: FlaskClient, like: str) -> None:
    for name in ("like", "saved", "control", "mend"):
        assert officer_s.get(f"/log/help-offer?{name}={like}").status_code == 200
        assert officer_s.get(f"/log?{name}={like}").status_code == 200
