"""An upload of any size gets our answer from a server that is really there, and next to nothing of it is kept."""

from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from fieldlog.pictures import MOST_BYTES
from fieldlog.web.listening import Forgetting
from tests.fixtures.browser import Live
from tests.photos.walk import LAMP, Walk

PIECE = bytes(1_000_000)
FIFTY = 50


@pytest.fixture
def sent_by(live: Live) -> Iterator[HTTPConnection]:
    connection = HTTPConnection(live.url.removeprefix("http://"), timeout=30)
    yield connection
    connection.close()


def post(
    live: Live, connection: HTTPConnection, path: str, content_type: str, *, in_chunks: bool = False
) -> tuple[int, str]:
    """Fifty megabytes, of which the length is said or not."""
    headers = {"Cookie": f"fieldlog={live.session('inspector')}", "Content-Type": content_type}
    length = {} if in_chunks else {"Content-Length": str(FIFTY * len(PIECE))}
    pieces = iter([PIECE] * FIFTY)
    connection.request("POST", path, pieces, {**headers, **length}, encode_chunked=in_chunks)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


@pytest.mark.parametrize("in_chunks", [False, True], ids=["length", "chunks"])
def test_a_person_reads_it_in_swedish(walk: Walk, live: Live, sent_by: HTTPConnection, in_chunks: bool) -> None:
    path, kind = f"/entries/{walk.entry}/photos", "multipart/form-data; boundary=x"
    status, page = post(live, sent_by, path, kind, in_chunks=in_chunks)
    assert status == 413
    assert "Bilden är för stor" in page
    assert "högst 12 MB. Inget har sparats." in page
    assert walk.files == set()


def test_a_phone_reads_it_as_a_program(walk: Walk, live: Live, sent_by: HTTPConnection) -> None:
    asked = urlencode({"account": 1, "id": uuid4(), "entry": walk.entry, "finding": LAMP})
    for path, kind in ((f"/photos?{asked}", "image/jpeg"), ("/sync", "application/json")):
        assert post(live, sent_by, path, kind) == (413, '{"error":"Request Entity Too Large"}\n')
    assert walk.files == set()


def test_what_comes_is_counted_and_no_more_than_the_most_is_kept() -> None:
    body = Forgetting(512_000, MOST_BYTES)
    for _ in range(FIFTY):
        body.append(PIECE)
    assert len(body) == FIFTY * len(PIECE)
    assert len(body.getfile().read()) == MOST_BYTES
    body.close()


def test_a_picture_of_the_most_that_is_allowed_comes_whole() -> None:
    body = Forgetting(512_000, MOST_BYTES)
    for _ in range(MOST_BYTES // len(PIECE)):
        body.append(PIECE)
    assert len(body) == len(body.getfile().read()) == MOST_BYTES
    body.close()
