"""Nothing of another organisation's comes out: on no page, in no file, by no guess."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from flask import Flask

from fieldlog.actors import Organisation, Role
from fieldlog.clock import local_day
from fieldlog.exports.models import Format
from fieldlog.handovers.models import RESERVED
from fieldlog.ids import new_id
from fieldlog.kinds import KINDS
from fieldlog.summaries import queries as summaries
from fieldlog.tables.queries import kinds_read
from tests.fixtures.site import token_in
from tests.fixtures.work import NOW
from tests.reports.made import text_of
from tests.secrecy.conftest import signed_in
from tests.secrecy.marks import PARTS, STRANGER, staff
from tests.secrecy.seeding import Seeded
from tests.secrecy.walking import walk

SUPERVISORS = [name for name, (_, role) in PARTS.items() if role is Role.SUPERVISOR]
JPEG = b"\xff\xd8"
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
        if said.startswith(JPEG):
            assert name in seeded.marks.told[address.rsplit("/", 1)[1]][1], f"{address} shows a photo"
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


@pytest.mark.parametrize("name", staff(*Organisation))
def test_no_answer_to_a_phone_tells_what_its_reader_may_not_know(shared: House, name: str) -> None:
    """Sent: nothing, and a correction of everything that others have."""
    app, seeded = shared
    client = signed_in(app, seeded, name)
    others = [id for id in seeded.of.values() if name not in seeded.marks.told[str(id)][1]]
    guesses = [
        {"id": str(new_id(NOW)), "kind": "help-offer", "happened_at": NOW.isoformat(), "saved_at": NOW.isoformat(),
         "answers": {}, "replaces": str(id), "void": True, "reason": "place"}
        for id in others
    ]  # fmt: skip
    asked = {"account": seeded.people[name].account, "device": str(new_id(NOW)), "app": "1", "sent_at": NOW.isoformat()}
    for entries in ([], guesses):
        answer = client.post("/sync", json={**asked, "waiting": 0, "entries": entries})
        assert answer.status_code == 200, answer.text
        assert {result["outcome"] for result in answer.get_json()["results"]} <= {"refused"}
        assert not list(seeded.marks.out(answer.data, name)), answer.text
    assert len(answer.get_json()["codes"]) == (RESERVED if PARTS[name][0] is Organisation.POLICE else 0)
