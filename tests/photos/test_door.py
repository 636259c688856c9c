"""A photo that a phone sends comes in once, for a finding that is there; nothing is left of what else is sent."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from fieldlog import create_app
from fieldlog.database import BusyError
from fieldlog.ids import new_id
from fieldlog.pictures import MOST_BYTES
from tests.fixtures.pictures import HTML, SVG, picture, png, with_exif
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW, correction, void
from tests.photos.walk import BENCH, WALK, Walk

ID = "0192bbbb-0000-7000-8000-000000000001"


def test_a_photo_comes_in_once_and_is_served_without_what_the_camera_wrote(walk: Walk) -> None:
    assert walk.outcome(id=ID) == "accepted"
    assert walk.outcome(id=ID) == "already"
    assert walk.files == {ID}
    (row,) = walk.rows
    assert (row.entry_id, row.received_at, row.device_id is not None) == (walk.entry, NOW, True)
    shown = walk.as_("inspector").get(f"/photos/{ID}")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert not Image.open(BytesIO(shown.data)).getexif()


def test_the_same_id_with_another_picture_is_refused(walk: Walk) -> None:
    assert walk.outcome(id=ID) == "accepted"
    before = walk.as_("inspector").get(f"/photos/{ID}").data
    assert walk.outcome(picture(), id=ID) == "refused"
    assert walk.as_("inspector").get(f"/photos/{ID}").data == before


def test_it_waits_for_its_entry_and_may_name_any_version_of_it(walk: Walk) -> None:
    corrected = correction(WALK, {"participants": 9})
    assert walk.outcome(id=ID, entry=corrected.id) == "waiting"
    assert walk.files == set()
    walk.log(corrected)
    assert walk.outcome(id=ID, entry=corrected.id) == "accepted"
    assert walk.rows[0].entry_id == WALK.id


def test_a_finding_has_three_photos_at_most(walk: Walk) -> None:
    assert [walk.outcome() for _ in range(4)] == ["accepted"] * 3 + ["refused"]
    assert walk.outcome(finding=BENCH) == "accepted"
    assert len(walk.files) == 4


def test_a_finding_that_is_not_there_and_a_voided_walk_take_none(walk: Walk) -> None:
    assert walk.outcome(finding=new_id(NOW)) == "refused"
    walk.log(void(WALK))
    assert walk.outcome() == "refused"
    assert walk.files == set()


@pytest.mark.parametrize(
    "content", [png(30_000, 30_000), HTML, SVG, picture()[:900]], ids=["huge", "html", "svg", "cut"]
)
def test_a_hostile_picture_is_told_why_and_leaves_nothing_on_the_disk(walk: Walk, content: bytes) -> None:
    answer = walk.send(content).get_json()
    assert answer["outcome"] == "refused"
    assert answer["reasons"]["photo"]
    assert (walk.files, walk.rows) == (set(), [])


def test_fifty_megabytes_are_refused_before_they_are_read(walk: Walk) -> None:
    read = 0

    class Body(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            nonlocal read
            found = super().read(size)
            read += len(found)
            return found

    options = {"input_stream": Body(bytes(50_000_000)), "content_type": "image/jpeg"}
    asked = {"account": walk.rows or "1", "id": ID, "entry": str(walk.entry), "finding": str(BENCH)}
    told = walk.as_("inspector").post("/photos", query_string=asked, content_length=50_000_000, **options)
    assert (told.status_code, told.get_json(), read) == (413, {"error": "Request Entity Too Large"}, 0)
    streamed = {"wsgi.input_terminated": True}  # no length is said
    options["input_stream"] = Body(bytes(50_000_000))
    untold = walk.as_("inspector").post("/photos", query_string=asked, environ_overrides=streamed, **options)
    assert untold.status_code == 413
    assert read <= MOST_BYTES + 100_000
    assert walk.files == set()


def test_whose_it_is_and_how_it_travels_is_as_with_entries(walk: Walk) -> None:
    assert walk.send(account=999).status_code == 409
    assert walk.send(entry="none").status_code == 400
    asked = {"account": "1", "id": ID, "entry": ID, "finding": ID}
    for name, content_type, status in ((None, "image/jpeg", 401), ("administrator", "image/jpeg", 403)):
        client = walk.as_(name) if name else walk.app.test_client()
        answer = client.post("/photos", query_string=asked, data=b"x", content_type=content_type)
        assert (answer.status_code, answer.is_json) == (status, True)
    for content_type in ("multipart/form-data", "text/plain", "application/x-www-form-urlencoded", "image/svg+xml"):
        answer = walk.as_("inspector").post("/photos", query_string=asked, data=b"x", content_type=content_type)
        assert answer.status_code == 415
    evil = {"Sec-Fetch-Site": "cross-site"}
    assert walk.as_("inspector").post("/photos", query_string=asked, headers=evil).status_code == 403


@pytest.fixture
def slow(walk: Walk) -> Iterator[Flask]:
    settings = house_of(walk.app).settings.model_copy(update={"sync_limit": "2 per minute"})
    made = create_app(settings, clock=house_of(walk.app).clock)
    yield made
    house_of(made).database.close()


def test_too_many_and_a_busy_database_keep_it_on_the_phone(
    slow: Flask, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = Walk(slow)
    assert [hasty.send().status_code for _ in range(3)] == [200, 200, 429]

    def locked(*_: object) -> None:
        raise BusyError("locked")

    walk.as_("inspector")
    with monkeypatch.context() as patched:
        patched.setattr("fieldlog.database.Database.write", locked)
        answer = walk.send(with_exif(3), id=ID)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert ID not in walk.files
    assert walk.outcome(with_exif(3), id=ID) == "accepted"
