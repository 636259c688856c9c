"""How often somebody may try, and how long and where their cookie lasts."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.config import Settings
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import PEOPLE
from tests.fixtures.site import enter, house_of

Make = Callable[..., FlaskClient]


@pytest.fixture
def made(settings: Settings, clock: StoppedClock) -> Iterator[Make]:
    """A browser in front of an application with other settings."""
    apps: list[Flask] = []

    def make(**changed: object) -> FlaskClient:
        apps.append(create_app(settings.model_copy(update=changed), clock=clock))
        return apps[-1].test_client()

    yield make
    for app in apps:
        house_of(app).database.close()


class TestCookie:
    def test_an_officers_cookie_lasts_and_scripts_cannot_read_it(self, client: FlaskClient) -> None:
        told, cookie = enter(client, "officer").headers.getlist("Set-Cookie")
        assert told.startswith("account="), "a number, for the pages that the phone keeps"
        assert cookie.startswith("fieldlog=")
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Expires=" in cookie
        assert "Secure" not in cookie

    def test_an_administrators_goes_with_the_browser(self, client: FlaskClient) -> None:
        assert "Expires=" not in enter(client, "administrator").headers.getlist("Set-Cookie")[-1]

    def test_over_https_it_is_sent_only_there(self, made: Make) -> None:
        answer = made(https=True).get("/sign-in", base_url="https://localhost")
        assert "__Host-fieldlog=" in answer.headers["Set-Cookie"]
        assert "Secure" in answer.headers["Set-Cookie"]
        assert "max-age" in answer.headers["Strict-Transport-Security"]


class TestLimit:
    @pytest.fixture
    def client(self, made: Make) -> FlaskClient:
        return made(sign_in_limit="3 per hour")

    def test_a_name_has_a_few_attempts_and_is_told_how_long_to_wait(self, client: FlaskClient) -> None:
        for _ in range(3):
            assert enter(client, "officer", "wrong password").status_code == 400
        answer = enter(client, "OFFICER ")
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 3600
        assert "För många försök" in answer.text

    def test_others_at_the_same_address_are_let_in(self, client: FlaskClient) -> None:
        for _ in range(4):
            enter(client, "officer", "wrong password")
        assert enter(client, "colleague").status_code == 302

    def test_an_address_cannot_try_name_after_name(self, client: FlaskClient) -> None:
        answers = [enter(client, f"name-{number}", "wrong password").status_code for number in range(16)]
        assert answers == [400] * 15 + [429]
        assert enter(client, "officer").status_code == 429

    def test_a_stranger_elsewhere_keeps_nobody_out_by_trying(self, made: Make) -> None:
        client = made(sign_in_limit="3 per hour", proxies=1)
        client.environ_base["HTTP_X_FORWARDED_FOR"] = "192.0.2.1"
        for _ in range(30):
            enter(client, "officer", "wrong password")
        client.environ_base["HTTP_X_FORWARDED_FOR"] = "192.0.2.2"
        assert enter(client, "officer").status_code == 302

    def test_many_addresses_together_have_a_few_attempts_at_a_name(self, made: Make) -> None:
        client = made(sign_in_limit="1 per hour", proxies=1)
        for number in range(6):
            client.environ_base["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
            answer = enter(client, "officer", "wrong password")
        assert answer.status_code == 429

    def test_a_station_signs_in_from_one_address_at_the_start_of_a_shift(self, made: Make) -> None:
        app = made(sign_in_limit="1 per hour").application
        assert [enter(app.test_client(), name).status_code for name in PEOPLE] == [302] * len(PEOPLE)

    def test_looking_at_the_page_is_not_an_attempt(self, client: FlaskClient) -> None:
        assert [client.get("/sign-in").status_code for _ in range(20)] == [200] * 20


class TestProxy:
    """Who called is believed from as many proxies as are set, and from nobody else."""

    @pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 400)])
    def test_addresses_are_told_apart_behind_a_proxy_that_is_set(self, made: Make, proxies: int, last: int) -> None:
        client = made(sign_in_limit="1 per hour", proxies=proxies)
        for number in range(6):
            client.environ_base["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
            answer = enter(client, f"name-{number}", "wrong password")
        assert answer.status_code == last
