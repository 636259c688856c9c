"""Before and after, side by side: before a supervisor saves, when somebody else was faster, and in the history."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.config import Settings, make_secret_key
from fieldlog.database import Database
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import log_one
from tests.intake.posting import changed, controls, entries, fill_in, saved_id, total
from tests.logbook.reading import compared, differing

VEHICLES = "traffic-control.vehicles"
WORDS = "Räknade om i listan"


@pytest.fixture
def officer_s(client: FlaskClient) -> FlaskClient:
    sign_in(client, "officer")
    return client


@pytest.fixture
def supervisor_s(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "supervisor")
    return client


@pytest.fixture
def control(officer_s: FlaskClient) -> str:
    return saved_id(fill_in(officer_s, vehicles="3", place="E14 Svedje"))


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


@pytest.mark.parametrize("action", ["save", "compare"])
def test_who_comes_second_sees_both_versions_keeps_what_was_typed_and_can_save_it(
    officer_s: FlaskClient, supervisor_s: FlaskClient, control: str, action: str
) -> None:
    address = f"/entries/{control}/correct"
    mine = changed(controls(supervisor_s.get(address)), vehicles="7", place="E14 Optand", reason="other",
                   explanation=WORDS, action=action)  # fmt: skip
    theirs = changed(controls(officer_s.get(address)), vehicles="4", reason="wrong-count")
    assert officer_s.post(address, data=theirs).status_code == 303
    answer = supervisor_s.post(address, data=mine)
    assert answer.status_code == 409
    assert compared(answer)["Fordon"] == ("4", "7")
    assert differing(answer) == {"Fordon", "Väg eller plats"}
    assert "officer" in answer.text, "who was faster is a colleague"
    kept = controls(answer)
    assert (kept["vehicles"], kept["place"], kept["explanation"]) == ("7", "E14 Optand", WORDS)
    assert entries(officer_s) == 2
    assert supervisor_s.post(address, data=changed(kept, reason="other")).status_code == 303
    assert total(officer_s, VEHICLES).amount == 7


def test_what_was_voided_meanwhile_cannot_be_corrected_but_nothing_typed_is_lost(
    officer_s: FlaskClient, supervisor_s: FlaskClient, control: str
) -> None:
    address = f"/entries/{control}/correct"
    mine = changed(controls(supervisor_s.get(address)), vehicles="7", reason="other", explanation=WORDS)
    void = changed(controls(officer_s.get(f"/entries/{control}/void")), reason="duplicate")
    officer_s.post(f"/entries/{control}/void", data=void)
    for _ in range(2):
        answer = supervisor_s.post(address, data=mine)
        assert answer.status_code == 409
        assert controls(answer)["explanation"] == WORDS
        mine = changed(controls(answer), reason="other")
    assert entries(officer_s) == 2


def test_a_stale_void_shows_what_changed_and_voids_when_pressed_again(
    officer_s: FlaskClient, supervisor_s: FlaskClient, control: str
) -> None:
    void = changed(controls(supervisor_s.get(f"/entries/{control}/void")), reason="duplicate", explanation=WORDS)
    theirs = changed(controls(officer_s.get(f"/entries/{control}/correct")), vehicles="4", reason="wrong-count")
    officer_s.post(f"/entries/{control}/correct", data=theirs)
    answer = supervisor_s.post(f"/entries/{control}/void", data=void)
    assert answer.status_code == 409
    assert compared(answer)["Fordon"] == ("3", "4")
    assert controls(answer)["explanation"] == WORDS
    again = changed(controls(answer), reason="duplicate")
    assert supervisor_s.post(f"/entries/{control}/void", data=again).status_code == 303
    assert total(officer_s, VEHICLES).amount == 0


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


@pytest.fixture
def site(database: Database, tmp_path: Path, clock: StoppedClock) -> Flask:
    settings = Settings(instance=tmp_path / "instance", database_url=database.url)
    make_secret_key(settings)
    return create_app(settings, clock=clock)


def test_of_two_supervisors_at_once_one_wins_and_the_other_sees_both_versions(site: Flask, database: Database) -> None:
    entry = database.write(lambda session: log_one(session, person(database, "officer"), answers={"vehicles": 3}))
    clients = [site.test_client() for _ in range(2)]
    for client in clients:
        sign_in(client, "supervisor")
    pages = [controls(client.get(f"/entries/{entry}/correct")) for client in clients]
    start = Barrier(2)

    def send(number: int) -> tuple[int, dict[str, tuple[str, str]]]:
        start.wait()
        sent = changed(pages[number], vehicles=str(10 + number), reason="other")
        answer = clients[number].post(f"/entries/{entry}/correct", data=sent)
        return answer.status_code, compared(answer)

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(send, range(2)))
    assert sorted(status for status, _ in answers) == [303, 409]
    (loser,) = [number for number, (status, _) in enumerate(answers) if status == 409]
    assert answers[loser][1]["Fordon"] == (str(11 - loser), str(10 + loser))
    assert entries(clients[0]) == 2
    house_of(site).database.close()
