"""What a phone is told of who is signed in, before it goes where there is no coverage."""

from flask import Flask
from flask.testing import FlaskClient

from tests.sync.phone import Phone, an_entry


class TestWhoAmI:
    def test_a_phone_is_told_who_is_signed_in_and_what_they_log(self, phone: Phone) -> None:
        phone.send(an_entry("patrol"))
        told = phone.client.get("/whoami").get_json()
        assert told["account"] == phone.account
        assert (told["name"], told["organisation"]) == ("officer", "police")
        assert told["kinds"][0] == "patrol", "the most used first"
        assert "traffic-control" in told["kinds"]
        assert "outreach" not in told["kinds"]
        assert told["tallies"]["kinds"]["traffic-control"] == "0 av 50"

    def test_a_stranger_is_told_nothing_but_the_time_and_the_epoch(self, client: FlaskClient) -> None:
        answer = client.get("/whoami")
        assert answer.status_code == 200
        assert answer.get_json().keys() == {"account", "epoch", "server_time"}
        assert answer.get_json()["account"] is None

    def test_an_administrator_logs_nothing(self, app: Flask) -> None:
        told = Phone(app, "administrator").client.get("/whoami").get_json()
        assert told["kinds"] == []

    def test_it_is_never_kept_on_the_way(self, client: FlaskClient) -> None:
        assert client.get("/whoami").headers["Cache-Control"] == "no-store"
