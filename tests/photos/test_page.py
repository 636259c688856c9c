"""Without a script: a photo is added and removed on the page of its entry, and a fault is told in plain words."""

from io import BytesIO

import pytest

from fieldlog.ids import new_id
from tests.fixtures.pictures import HTML, with_exif
from tests.fixtures.site import token_in
from tests.fixtures.work import NOW, item
from tests.photos.walk import LAMP, Walk

ADDRESS = "/entries/{id}/photos"


def post(walk: Walk, content: bytes | None, **changed: str) -> tuple[int, str]:
    client, address = walk.as_("inspector"), ADDRESS.format(id=walk.entry)
    data = {"csrf_token": token_in(client.get(address).text), "id": str(new_id(NOW)), "finding": str(LAMP)} | changed
    sent = {"photo": (BytesIO(content), "bild.jpg")} if content is not None else {}
    answer = client.post(address, data={**data, **sent}, content_type="multipart/form-data")
    return answer.status_code, answer.text


def test_a_photo_is_added_once_however_often_the_form_is_sent(walk: Walk) -> None:
    id = str(new_id(NOW))
    assert [post(walk, with_exif(), id=id)[0] for _ in range(2)] == [303, 303]
    assert walk.files == {id}
    page = walk.as_("inspector").get(ADDRESS.format(id=walk.entry)).text
    assert page.count(f'src="/photos/{id}"') == 1
    assert "Ingen människa får gå att känna igen." in page
    assert f"/entries/{walk.entry}/photos" in walk.as_("inspector").get(f"/entries/{walk.entry}").text


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "Välj en bild först."), (HTML, "Det är ingen bild i formatet JPEG, PNG eller WebP.")],
    ids=["none", "html"],
)
def test_a_fault_is_told_in_plain_words(walk: Walk, content: bytes | None, words: str) -> None:
    status, page = post(walk, content)
    assert status == 422
    assert words in page
    assert walk.files == set()


def test_one_that_is_too_large_is_told_so(walk: Walk) -> None:
    sent = {"data": bytes(12_100_000), "content_type": "multipart/form-data; boundary=x"}
    answer = walk.as_("inspector").post(ADDRESS.format(id=walk.entry), **sent)
    assert answer.status_code == 413
    assert "Bilden är för stor" in answer.text
    assert walk.files == set()


def test_a_kind_without_findings_has_no_such_page(walk: Walk) -> None:
    other = item("safety-measure", {"what": "lighting", "finished": True})
    walk.log(other)
    assert walk.as_("inspector").get(ADDRESS.format(id=other.id)).status_code == 404
