"""What was refused is mended from where it is listed, or put away."""

from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.entries.models import Entry
from fieldlog.intake.models import Refusal
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in, submit
from tests.fixtures.work import NOW, correction, item, log
from tests.intake.posting import changed, controls, fill_in, saved_id

BAD = {"vehicles": 2, "tests": 1, "positives": 5, "suspected": "many", "focus": "speed", "note": "Såg ABC 123"}


def refuse(client: FlaskClient, name: str = "officer", **changed: object) -> int:
    database = house_of(client.application).database
    by = person(database, name)
    database.write(lambda session: log(session, by, item(answers=BAD)))
    with database.read() as reading:
        return reading.scalars(select(Refusal.id).order_by(Refusal.id.desc())).first() or 0


def test_the_form_opens_as_it_was_sent_with_the_reasons_and_the_text_masked(client: FlaskClient) -> None:
    refused = refuse(client)
    sign_in(client, "officer")
    assert f"mend={refused}" in client.get("/entries").text
    page = client.get(f"/log/traffic-control?mend={refused}").text
    assert 'value="many"' in page
    assert "Skriv ett helt tal" in page
    assert "Såg ███████" in page
    assert "ABC 123" not in page


def test_a_mended_attempt_leaves_the_list_and_keeps_its_id(client: FlaskClient) -> None:
    refused = refuse(client)
    sign_in(client, "officer")
    with house_of(client.application).database.read() as reading:
        kept = reading.get_one(Refusal, refused).entry_id
    sent = {"id": str(kept), "vehicles": "2", "action": "save"}
    answer = submit(client, "/log/traffic-control", sent)
    assert answer.status_code == 303
    with house_of(client.application).database.read() as reading:
        assert reading.get(Entry, kept) is not None
    assert "/discard" not in client.get("/entries").text


def test_work_that_was_sent_at_once_and_refused_keeps_its_time(client: FlaskClient, clock: StoppedClock) -> None:
    sign_in(client, "officer")
    fill_in(client, vehicles="-1")
    clock.move(hours=10)
    with house_of(client.application).database.read() as reading:
        (refused,) = reading.scalars(select(Refusal.id))
    page = changed(controls(client.get(f"/log/traffic-control?mend={refused}")), vehicles="1")
    kept = saved_id(client.post("/log/traffic-control", data=page))
    with house_of(client.application).database.read() as reading:
        assert reading.get_one(Entry, UUID(kept)).happened_at == NOW


def test_the_list_opens_whatever_figures_an_id_holds(client: FlaskClient) -> None:
    database = house_of(client.application).database
    officer, original = person(database, "officer"), item(id=UUID("00000000-0000-7000-8000-a8902013286a"))
    wrong = correction(original, {"vehicles": -3})
    database.write(lambda session: log(session, officer, original, wrong, now=NOW))
    sign_in(client, "officer")
    assert f"/entries/{original.id}/correct" in client.get("/entries").text


def test_an_attempt_can_be_put_away_and_only_by_whom_it_is(client: FlaskClient) -> None:
    refused = refuse(client)
    sign_in(client, "colleague")
    assert submit(client, f"/refusals/{refused}/discard", {}, page="/settings").status_code == 404
    assert "Skriv ett helt tal" not in client.get(f"/log/traffic-control?mend={refused}").text
    sign_in(client, "officer")
    assert submit(client, f"/refusals/{refused}/discard", {}, page="/entries").status_code == 303
    assert "/discard" not in client.get("/entries").text


def test_a_refused_correction_leads_back_to_its_entry(client: FlaskClient) -> None:
    database = house_of(client.application).database
    officer, original = person(database, "officer"), item(answers={"vehicles": 3})
    database.write(lambda session: log(session, officer, original, correction(original, {"vehicles": -3}), now=NOW))
    sign_in(client, "officer")
    assert f"/entries/{original.id}/correct" in client.get("/entries").text
