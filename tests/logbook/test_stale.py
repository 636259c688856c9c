"""Who comes second sees both versions, loses nothing typed, and decides."""

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
from tests.intake.posting import changed, controls, entries, total
from tests.logbook.reading import compared, differing

VEHICLES = "traffic-control.vehicles"
WORDS = "Räknade om i listan"


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
