"""Whoever may read the walk may look at its photos; whoever may change it may add and remove them. Nobody else may."""

import pytest

from fieldlog.ids import new_id
from fieldlog.photos.models import FOLDER
from tests.fixtures.site import token_in
from tests.fixtures.work import NOW, void
from tests.photos.walk import WALK, Walk

READS = {"inspector": True, "coordinator": True, "supervisor": True, "officer": False, "colleague": False}
READS |= {"outreach": False, "administrator": False}
CHANGES = {"inspector", "coordinator", "supervisor"}


@pytest.mark.parametrize("name", READS)
def test_each_sees_and_does_what_goes_with_reading_and_changing_the_walk(walk: Walk, name: str) -> None:
    id = new_id(NOW)
    assert walk.outcome(id=id) == "accepted"
    client, status = walk.as_(name), 200 if READS[name] else 403 if name == "administrator" else 404
    assert client.get(f"/photos/{id}").status_code == status
    page = client.get(f"/entries/{walk.entry}/photos")
    assert page.status_code == status
    assert (f"/photos/{id}" in page.text) == READS[name]
    if name != "administrator":
        assert walk.outcome(name=name) == ("accepted" if name in CHANGES else "refused")
    token = token_in(client.get("/settings", follow_redirects=True).text)
    removed = client.post(f"/photos/{id}/remove", data={"csrf_token": token})
    assert removed.status_code == (303 if name in CHANGES else status)
    assert (str(id) in walk.files) == (name not in CHANGES)


def test_nobody_is_shown_a_photo_without_signing_in(walk: Walk) -> None:
    id = new_id(NOW)
    walk.send(id=id)
    answer = walk.app.test_client().get(f"/photos/{id}")
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_what_was_taken_away_is_gone_for_good_and_stays_so(walk: Walk) -> None:
    id = new_id(NOW)
    walk.send(id=id)
    client = walk.as_("inspector")
    token = token_in(client.get(f"/entries/{walk.entry}/photos").text)
    assert client.post(f"/photos/{id}/remove", data={"csrf_token": token}).status_code == 303
    assert client.get(f"/photos/{id}").status_code == 404
    assert walk.outcome(id=id) == "already", "the phone may let it go"
    assert not list((walk.instance / FOLDER).glob("*"))


def test_the_photos_of_a_voided_walk_are_looked_at_as_its_history(walk: Walk) -> None:
    id = new_id(NOW)
    walk.send(id=id)
    walk.log(void(WALK))
    assert walk.as_("inspector").get(f"/photos/{id}").status_code == 200
    assert walk.as_("inspector").get(f"/entries/{walk.entry}/photos").text.count("<form") == 0
