"""Before and after, side by side: before a supervisor saves, and in the history."""

from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.site import sign_in
from tests.intake.posting import changed, controls, entries, fill_in, saved_id, total
from tests.logbook.reading import compared, differing

VEHICLES = "traffic-control.vehicles"
WORDS = "Räknade om i listan"


def test_a_supervisor_sees_before_and_after_before_anything_is_saved(supervisor_s: FlaskClient, control: str) -> None:
    page = supervisor_s.get(f"/entries/{control}/correct")
    assert 'value="compare"' in page.text
    sent = changed(controls(page), vehicles="5", reason="wrong-count", explanation=WORDS, action="compare")
    answer = supervisor_s.post(f"/entries/{control}/correct", data=sent)
    assert answer.status_code == 200
    assert compared(answer)["Fordon"] == ("3", "5")
    assert compared(answer)["Väg eller plats"] == ("E14 Svedje", "E14 Svedje")
    assert differing(answer) == {"Fordon"}
    assert entries(supervisor_s) == 1
    assert controls(answer)["explanation"] == WORDS
    saved = supervisor_s.post(f"/entries/{control}/correct", data=changed(controls(answer), reason="wrong-count"))
    assert saved.status_code == 303
    assert total(supervisor_s, VEHICLES).amount == 5


def test_a_mistake_is_told_before_there_is_anything_to_compare(supervisor_s: FlaskClient, control: str) -> None:
    page = controls(supervisor_s.get(f"/entries/{control}/correct"))
    answer = supervisor_s.post(
        f"/entries/{control}/correct", data=changed(page, vehicles="-5", reason="other", action="compare")
    )
    assert answer.status_code == 422
    assert not compared(answer)
    assert entries(supervisor_s) == 1


def test_an_officer_saves_at_once(officer_s: FlaskClient, control: str) -> None:
    assert 'value="compare"' not in officer_s.get(f"/entries/{control}/correct").text


def test_the_history_names_colleagues_and_tells_others_only_the_unit(
    app: Flask, officer_s: FlaskClient, supervisor_s: FlaskClient
) -> None:
    walk = saved_id(fill_in(officer_s, "safety-walk", organisations=["police", "municipality"], participants="5"))
    coordinator = app.test_client()
    sign_in(coordinator, "coordinator")
    for client, people, words in ((supervisor_s, "6", "Polisens egna ord"), (coordinator, "7", "Kommunens egna ord")):
        page = controls(client.get(f"/entries/{walk}/correct"))
        sent = changed(page, participants=people, reason="wrong-count", explanation=words)
        assert client.post(f"/entries/{walk}/correct", data=sent).status_code == 303
    seen = {name: client.get(f"/entries/{walk}").text for name, client in
            (("officer", officer_s), ("police", supervisor_s), ("municipality", coordinator))}  # fmt: skip
    assert "av supervisor" in seen["officer"]
    assert "av Kommunen, Trygghet och säkerhet" in seen["officer"].replace("\xad", "")
    assert "av officer" in seen["police"]
    assert "av dig" in seen["municipality"]
    assert not {"officer", "supervisor"} & set(seen["municipality"].replace(",", " ").split())
    assert "coordinator" not in seen["officer"] + seen["police"]
    assert "Polisens egna ord" not in seen["municipality"]
    assert "Kommunens egna ord" not in seen["officer"] + seen["police"]
