"""What cannot become one, and answers that make no sense: said in words, and nothing is changed."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.fixtures.site import house_of
from tests.fixtures.work import item
from tests.review.desk import current, merging, pair, post, send


def test_what_cannot_be_merged_says_why(desk: FlaskClient) -> None:
    house = house_of(desk.application)
    control, patrol = item(), item("patrol")
    quiet = [item("nothing-to-report") for _ in range(2)]
    send(house, "officer", control, patrol, *quiet)
    for one, two, why in (
        (control.id, control.id, "samma aktivitet två gånger"),
        (control.id, patrol.id, "av olika typ"),
        (quiet[0].id, quiet[1].id, "av den typen slås inte ihop"),
    ):
        path = f"/review/merge/{one}/{two}"
        page = desk.get(path)
        assert why in page.text
        answer = desk.post(path, data=merging(page))
        assert (answer.status_code, why in answer.text) == (422, True)
        sent = post(desk, "/review/different", first=str(one), second=str(two))
        assert why in desk.get(sent.location).text
    assert desk.get(f"/review/merge/{control.id}/{uuid4()}").status_code == 404


@pytest.mark.parametrize("taken", ["", "third", "first "])
def test_every_difference_is_chosen(desk: FlaskClient, taken: str) -> None:
    one, two = pair(house_of(desk.application))
    path = f"/review/merge/{one}/{two}"
    answer = desk.post(path, data=merging(desk.get(path), **{"take-vehicles": taken}))
    assert answer.status_code == 422
    assert "Välj ett av de två svaren" in answer.text
    assert not current(desk, two).is_void


def test_answers_that_do_not_go_together_are_refused_and_nothing_is_changed(desk: FlaskClient) -> None:
    one, two = pair(
        house_of(desk.application), answers={"tests": 9, "positives": 3}, other={"tests": 1, "positives": 0}
    )
    path = f"/review/merge/{one}/{two}"
    answer = desk.post(path, data=merging(desk.get(path), **{"take-tests": "second", "take-positives": "first"}))
    assert answer.status_code == 422
    assert "högst" in answer.text.lower() or "fler än" in answer.text.lower()
    assert current(desk, one).replaces_id is None
    assert not current(desk, two).is_void


def test_garbled_posts_are_answered_in_words(desk: FlaskClient) -> None:
    one, two = pair(house_of(desk.application))
    for path, data in (
        (f"/review/merge/{one}/{two}", {"id": "x"}),
        ("/review/different", {"first": str(one), "second": "nobody"}),
        ("/review/seen", {"subject": "opinion:1"}),
        ("/review/seen", {"subject": "refusal:99999999999999999999"}),
        ("/review/seen", {"subject": "entry:\0"}),
        ("/review/seen", {"subject": "refusal:two"}),
        ("/review/mark", {"day": "2026-11-16 1 2 3"}),
        ("/review/mark", {"day": "yesterday 0 0 0 0"}),
        ("/review/mark", {"day": "2026-11-16 -1 0 0 0"}),
    ):
        assert post(desk, path, **data).status_code == 400, (path, data)
    for path, data in (
        ("/review/different", {"first": str(one), "second": str(uuid4())}),
        ("/review/seen", {"subject": f"entry:{uuid4()}"}),
        ("/review/seen", {"subject": "refusal:7"}),
        ("/review/seen", {"subject": "phone:7:0"}),
    ):
        assert post(desk, path, **data).status_code == 404, (path, data)
    for path in (
        "/review?until=soon&only=fun&start=x",
        "/review?until=9999-12-31",
        "/review?until=0001-01-01",
        "/review?start=-5",
    ):
        assert desk.get(path).status_code == 200, path
