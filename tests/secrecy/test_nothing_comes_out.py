"""Nothing of another organisation's comes out: on no page, in no file, by no guess."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from flask import Flask

from fieldlog.actors import Role
from fieldlog.clock import local_day
from fieldlog.exports.models import Format
from fieldlog.kinds import KINDS
from fieldlog.summaries import queries as summaries
from fieldlog.tables.queries import kinds_read
from tests.fixtures.site import token_in
from tests.fixtures.work import NOW
from tests.reports.made import text_of
from tests.secrecy.conftest import signed_in
from tests.secrecy.marks import PARTS, STRANGER
from tests.secrecy.seeding import Seeded
from tests.secrecy.walking import walk

SUPERVISORS = [name for name, (_, role) in PARTS.items() if role is Role.SUPERVISOR]
House = tuple[Flask, Seeded]


def unpacked(body: bytes) -> bytes:
    """The body as it can be read: what is in an archive or a PDF, unpacked."""
    if body.startswith(b"%PDF"):
        return text_of(body).encode()
    if not is_zipfile(BytesIO(body)):
        return body
    with ZipFile(BytesIO(body)) as archive:
        return b"\n".join(unpacked(archive.read(name)) for name in archive.namelist())


@pytest.mark.parametrize("name", [*PARTS, STRANGER], ids=lambda name: name or "stranger")
def test_no_address_tells_what_its_reader_may_not_know(shared: House, name: str) -> None:
    app, seeded = shared
    found, read = set(), set[str]()
    for address, body in walk(app, signed_in(app, seeded, name), name, seeded):
        said = unpacked(body)
        found |= {f"{address}: {what}" for what in seeded.marks.out(said, name, asked=address)}
        read |= {mark for mark in seeded.marks.within(said) if name in seeded.marks.told[mark][1]}
    assert not found, "\n".join(sorted(found)[:40])
    assert bool(read) is bool(name), "one's own is not there either"


@pytest.mark.parametrize("name", SUPERVISORS)
def test_no_file_tells_what_its_reader_may_not_know(shared: House, name: str) -> None:
    """Taken out in each format, with history; and a copy for a request in which nothing was masked."""
    app, seeded = shared
    client = signed_in(app, seeded, name)
    own = [kind.slug for kind in kinds_read(seeded.people[name])]
    token = {"csrf_token": token_in(client.get("/manage/exports").text)}
    period = {"first": "2026-01-01", "last": "2026-12-31", "history": "y"}
    for format in Format:
        order = {**token, **period, "kinds": own, "format": format.value}
        answer = client.post("/manage/exports", data=order, buffered=True)
        assert answer.status_code == 200, answer.text
        assert not list(seeded.marks.out(unpacked(answer.data), name)), format
    refused = client.post("/manage/exports", data={**token, **period, "kinds": [*KINDS], "format": "csv"})
    assert (refused.status_code == 422) is (len(own) < len(KINDS))


@pytest.mark.parametrize("name", SUPERVISORS)
def test_no_letter_tells_what_its_reader_may_not_know(shared: House, name: str) -> None:
    _, seeded = shared
    with seeded.house.database.read() as reading:
        told = summaries.summary(reading, seeded.people[name], local_day(NOW), NOW)
    words = summaries.text(told, "sv", "Fältlogg", "https://faltlogg.example")
    assert not list(seeded.marks.out(words.encode(), name))
