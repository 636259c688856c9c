"""A request for documents: each text is looked at, and what was not found fit goes out masked."""

import sys
from functools import partial
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.audit.models import AuditEvent
from fieldlog.entries.models import Entry
from fieldlog.intake.actions import accept
from tests.fixtures.people import person
from tests.fixtures.site import house_of, shown, sign_in, submit
from tests.fixtures.work import NOW, correction, item
from tests.ground.test_sheets import workbook_of

CONTROL = item(answers={"note": "mörk bil sågs", "place": "Torget", "vehicles": 3})
WALK = item(
    "safety-walk", {"organisations": ["municipality"], "findings": [{"category": "lighting", "where": "vid Ahls port"}]}
)
MASK = "███"
USUAL = {
    "number": "KS 2026/9", "decided_by": "Kommunjurist", "first": "2026-01-01", "last": "2026-12-31",
    "kinds": ["traffic-control", "safety-walk"],
}  # fmt: skip


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The police's supervisor, after a control, a walk, and an inspection by the municipality with the police."""
    database = house_of(app).database
    theirs = item("alcohol-inspection", {"organisations": ["police"], "note": "kommunens", "place": "Kajen"})
    for name, work in {"officer": [CONTROL, WALK], "inspector": [theirs]}.items():
        database.write(partial(accept, items=work, by=person(database, name), now=NOW))
    client = app.test_client()
    sign_in(client, "supervisor")
    return client


def opened(client: FlaskClient, **changed: object) -> str:
    answer = submit(client, "/manage/disclosure", {**USUAL, **changed})
    assert answer.status_code == 303, shown(answer.text)
    return str(answer.location)


def copy(client: FlaskClient, page: str) -> dict[str, list[list[object]]]:
    answer = submit(client, f"{page}/hand-out", {}, page=page, buffered=True)
    return workbook_of(BytesIO(answer.data))


def look(client: FlaskClient, page: str, *fit: tuple[object, str]) -> None:
    places = [f"{version} {field}" for version, field in fit]
    texts = [(CONTROL.id, "place"), (CONTROL.id, "note"), (WALK.id, "findings")]
    every = [f"{version} {field}" for version, field in texts]
    assert submit(client, page, {"shown": every, "released": places}).status_code == 303


def test_every_text_is_shown_and_none_is_ticked(client: FlaskClient) -> None:
    page = client.get(opened(client)).text
    for text in ("mörk bil sågs", "Torget", "Belysning: vid Ahls port"):
        assert text in page
    assert page.count('name="released"') == 3
    assert "checked" not in shown(page)


def test_what_nobody_looked_at_goes_out_masked_and_counts_and_choices_as_they_are(client: FlaskClient) -> None:
    found = copy(client, opened(client))
    assert list(found) == ["Begäran", "Trafikkontroll", "Trygghetsvandring", "Protokoll"]
    control = found["Trafikkontroll"][1]
    assert control.count(MASK) == 2
    assert 3 in control
    assert f"Belysning: {MASK}" in found["Trygghetsvandring"][1]
    assert ["Diarienummer", "KS 2026/9"] in found["Begäran"]
    assert ["Beslutat av", "Kommunjurist"] in found["Begäran"]
    assert [row[-1] for row in found["Protokoll"][1:]] == ["Maskeras"] * 3


def test_what_was_found_fit_is_shown_and_the_record_says_so(client: FlaskClient) -> None:
    page = opened(client)
    look(client, page, (CONTROL.id, "place"))
    found = copy(client, page)
    assert "Torget" in found["Trafikkontroll"][1]
    assert "mörk bil sågs" not in str(found)
    decided = {(row[-2], row[-1]) for row in found["Protokoll"][1:]}
    assert decided == {("Väg eller plats", "Lämnas ut"), ("Anteckning", "Maskeras"), ("Iakttagelser", "Maskeras")}
    look(client, page)
    assert "Torget" not in str(copy(client, page)), "the tick was taken away"


def test_what_is_written_after_the_review_is_masked(client: FlaskClient) -> None:
    page = opened(client)
    look(client, page, (CONTROL.id, "place"), (CONTROL.id, "note"))
    database = house_of(client.application).database
    later = correction(CONTROL, {"note": "nytt"})
    database.write(partial(accept, items=[later], by=person(database, "officer"), now=NOW))
    assert "nytt" not in str(copy(client, page))
    assert "Torget" not in str(copy(client, page))


def test_what_is_stored_stays_and_every_step_is_recorded(client: FlaskClient) -> None:
    page = opened(client)
    look(client, page, (CONTROL.id, "note"))
    copy(client, page)
    with house_of(client.application).database.read() as session:
        assert session.get_one(Entry, CONTROL.id).answers["note"] == "mörk bil sågs"
        steps = {event.action: event.details for event in session.scalars(select(AuditEvent))}
    assert steps["request-opened"]["number"] == "KS 2026/9"
    assert steps["texts-reviewed"] == {"shown": 3, "released": 1}
    assert steps["documents-disclosed"]["rows"] == 2
    assert "mörk" not in str(steps)
    assert "utlämnad 21 nov" in client.get("/manage/disclosure").text


def test_texts_of_others_are_neither_shown_nor_handed_out(client: FlaskClient) -> None:
    page = opened(client, kinds=["alcohol-inspection"])
    assert "Kajen" in client.get(page).text
    assert "kommunens" not in client.get(page).text
    assert "kommunens" not in str(copy(client, page))


def test_a_request_belongs_to_its_organisation(client: FlaskClient, app: Flask) -> None:
    page = opened(client)
    other = app.test_client()
    sign_in(other, "coordinator")
    assert other.get(page).status_code == 404
    assert submit(other, f"{page}/hand-out", {}, page="/manage/disclosure").status_code == 404
    assert "KS 2026/9" not in other.get("/manage/disclosure").text


def test_pages_of_texts_follow_each_other(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(sys.modules["fieldlog.disclosure.views"]), "PAGE", 2)
    page = opened(client)
    assert client.get(page).text.count('name="released"') == 2
    assert client.get(f"{page}?page=1").text.count('name="released"') == 1
    assert "Inga fler texter" in client.get(f"{page}?page=2").text
    for odd in ("-1", "x", "9" * 30):
        assert client.get(f"{page}?page={odd}").status_code == 200


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"number": ""}, "Skriv begärans diarienummer."),
        ({"number": "x" * 41}, "Texten är för lång."),
        ({"decided_by": " "}, "Skriv vilken funktion som beslutar"),
        ({"first": "2026-12-31", "last": "2026-01-01"}, "Perioden slutar innan den börjar."),
        ({"kinds": ["outreach"]}, "Den typen av aktivitet finns inte här"),
        ({"kinds": []}, "Välj minst en typ"),
    ],
)
def test_what_is_missing_is_told(client: FlaskClient, changed: dict[str, object], words: str) -> None:
    answer = submit(client, "/manage/disclosure", {**USUAL, **changed})
    assert answer.status_code == 422
    assert words in shown(answer.text)


def test_made_up_places_release_nothing_and_break_nothing(client: FlaskClient) -> None:
    page = opened(client)
    odd = ["x", f"{CONTROL.id}", "0 note", f"{CONTROL.id} note extra", "\0"]
    assert submit(client, page, {"shown": odd, "released": odd}).status_code == 303
    assert "mörk" not in str(copy(client, page))
