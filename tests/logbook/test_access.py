"""Who reads and changes which rows: what is not one's own to read does not exist, by any address."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.site import sign_in, token_in
from tests.intake.posting import changed, controls, entries, fill_in, saved_id

SECRET = "Hemlig plats bakom skolan"
PAGES = ("", "/correct", "/void")
JOINT = {"organisations": ["police", "municipality"], "participants": "5"}


class People:
    """A browser for each person."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._signed_in: dict[str, FlaskClient] = {}

    def __getitem__(self, name: str) -> FlaskClient:
        if name not in self._signed_in:
            self._signed_in[name] = self._app.test_client()
            sign_in(self._signed_in[name], name)
        return self._signed_in[name]


@pytest.fixture
def people(app: Flask) -> People:
    return People(app)


def statuses(client: FlaskClient, entry: str) -> list[int]:
    """What somebody gets who asks for the entry, its correction and its void, and sends each of them and Ångra."""
    asked = [client.get(f"/entries/{entry}{page}").status_code for page in PAGES]
    token = token_in(client.get("/settings").text)
    sent = {"csrf_token": token, "id": "0" * 31 + "1", "replaces": entry, "reason": "other"}
    return asked + [
        client.post(f"/entries/{entry}{page}", data=sent).status_code for page in ("/correct", "/void", "/undo")
    ]


@pytest.fixture
def control(people: People) -> str:
    return saved_id(fill_in(people["officer"], vehicles="1", place=SECRET))


@pytest.fixture
def outing(people: People) -> str:
    return saved_id(fill_in(people["outreach"], "outreach", contacts="4", place=SECRET, note=SECRET))


def test_another_unit_s_entry_is_not_there(people: People, control: str) -> None:
    assert statuses(people["other-officer"], control) == [404] * 6
    assert entries(people["officer"]) == 1


def test_another_organisation_s_entry_is_not_there(people: People, control: str) -> None:
    for name in ("outreach", "inspector", "coordinator"):
        assert statuses(people[name], control) == [404] * 6, name


def test_social_services_rows_are_nobody_else_s_by_any_id(people: People, outing: str) -> None:
    for name in ("officer", "supervisor", "inspector", "coordinator"):
        client = people[name]
        assert statuses(client, outing) == [404] * 6, name
        for path in (f"/log?saved={outing}", f"/log?undone={outing}", "/entries"):
            assert SECRET not in client.get(path).text
    for path in (f"/log/help-offer?control={outing}", f"/log/patrol?like={outing}", f"/log/patrol?saved={outing}"):
        answer = people["officer"].get(path)
        assert answer.status_code == 200
        assert SECRET not in answer.text
        assert "outreach" not in answer.text
    page = changed(controls(people["officer"].get("/log/help-offer")), control=outing, asked="yes", wants_help="no")
    assert people["officer"].post("/log/help-offer", data=page).status_code == 422
    taken = changed(controls(people["officer"].get("/log/patrol")), id=outing, way="foot")
    answer = people["officer"].post("/log/patrol", data=taken)
    assert answer.status_code == 422, "its id is taken, and no more is said"
    assert SECRET not in answer.text


def test_administrators_read_and_log_nothing(people: People, control: str, outing: str) -> None:
    for entry in (control, outing):
        assert set(statuses(people["administrator"], entry)) == {403}
    for path in ("/log", "/entries", "/log/patrol"):
        assert people["administrator"].get(path).status_code == 403


def test_a_colleague_reads_but_does_not_change(people: People, control: str) -> None:
    assert statuses(people["colleague"], control) == [200, 403, 403, 403, 403, 403]
    page = people["colleague"].get(f"/entries/{control}").text
    assert SECRET in page
    assert "Turlag 3" in page
    assert "/correct" not in page
    assert control not in people["colleague"].get("/entries").text, "Mina are one's own"
    assert entries(people["officer"]) == 1


def test_a_supervisor_corrects_the_organisation_s_entries(people: People, control: str) -> None:
    page = changed(controls(people["supervisor"].get(f"/entries/{control}/correct")), vehicles="2", reason="other")
    assert people["supervisor"].post(f"/entries/{control}/correct", data=page).status_code == 303
    assert entries(people["officer"]) == 2
    assert "Loggad av dig" in people["officer"].get(f"/entries/{control}").text


def test_nobody_signed_out_reads_anything(app: Flask, control: str) -> None:
    client = app.test_client()
    for page in PAGES:
        answer = client.get(f"/entries/{control}{page}")
        assert (answer.status_code, "/sign-in" in answer.location) == (302, True)


class TestJointEntry:
    """An entry of the police in which the municipality took part: both read it, the note is the police's own."""

    @pytest.fixture
    def walk(self, people: People) -> str:
        return saved_id(fill_in(people["officer"], "safety-walk", note=SECRET, why_here="dark", **JOINT))

    def test_the_other_organisation_reads_all_but_the_note(self, people: People, walk: str) -> None:
        page = people["coordinator"].get(f"/entries/{walk}").text
        assert SECRET not in page
        assert "Visas bara för den organisation som skrev den." in page
        assert "Mörkt" in page
        assert SECRET in people["supervisor"].get(f"/entries/{walk}").text

    def test_nor_does_it_read_the_note_on_any_other_page(self, people: People, walk: str) -> None:
        for path in (f"/entries/{walk}/correct", f"/entries/{walk}/void", "/entries", f"/log?saved={walk}",
                     f"/log/safety-walk?like={walk}"):  # fmt: skip
            assert SECRET not in people["coordinator"].get(path).text, path

    def test_its_correction_leaves_the_note_as_it_was(self, people: People, walk: str) -> None:
        client = people["coordinator"]
        page = changed(controls(client.get(f"/entries/{walk}/correct")), participants="6", reason="other")
        for _ in range(2):
            assert client.post(f"/entries/{walk}/correct", data=page).status_code == 303
        assert SECRET in people["officer"].get(f"/entries/{walk}").text.split("Historik")[0]
        assert SECRET not in client.get(f"/entries/{walk}").text
        assert entries(client) == 2

    def test_its_history_does_not_tell_the_note_either(self, people: People, walk: str) -> None:
        page = changed(controls(people["officer"].get(f"/entries/{walk}/correct")), note=f"{SECRET} 2", reason="other",
                       explanation=SECRET)  # fmt: skip
        people["officer"].post(f"/entries/{walk}/correct", data=page)
        assert SECRET not in people["coordinator"].get(f"/entries/{walk}").text

    def test_a_stale_correction_shows_the_newer_version_without_the_note(self, people: People, walk: str) -> None:
        client = people["coordinator"]
        stale = changed(controls(client.get(f"/entries/{walk}/correct")), participants="6", reason="other")
        page = changed(controls(people["officer"].get(f"/entries/{walk}/correct")), participants="7", reason="other")
        people["officer"].post(f"/entries/{walk}/correct", data=page)
        answer = client.post(f"/entries/{walk}/correct", data=stale)
        assert answer.status_code == 409
        assert SECRET not in answer.text

    def test_its_reporters_do_not_read_it_at_all(self, people: People, walk: str) -> None:
        assert statuses(people["inspector"], walk) == [404] * 6
