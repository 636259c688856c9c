"""Every endpoint against everybody: only those named on a view get in, and nothing is posted from elsewhere."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from fieldlog import create_app
from fieldlog.actors import Role
from fieldlog.web.guard import UndeclaredViewError, allow, allowed_roles, check_declared, everyone
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import house_of, sign_in, token_in

PEOPLE = {
    None: None,
    "officer": Role.REPORTER,
    "supervisor": Role.SUPERVISOR,
    "coordinator": Role.SUPERVISOR,
    "administrator": Role.ADMINISTRATOR,
}
MUNICIPALITY_ALONE = "/manage/responsibles"
EXAMPLES = {"uuid": "0192aaaa-0000-7000-8000-000000000000", "int": "999999", "path": "none.css", "default": "none"}


@pytest.fixture
def everything(app: Flask) -> list[tuple[str, str, str]]:
    """Every (endpoint, method, path), with made-up values where the path has a place for one."""
    return [
        (rule.endpoint, method, address(rule))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
    ]


def address(rule: Rule) -> str:
    return re.sub(r"<(?:(\w+)[^:<>]*:)?\w+>", lambda found: EXAMPLES[found[1] or "default"], rule.rule)


@pytest.fixture
def clients(app: Flask) -> dict[str | None, FlaskClient]:
    """A browser for each part, the stranger's included."""
    made: dict[str | None, FlaskClient] = {name: app.test_client() for name in PEOPLE}
    for name, client in made.items():
        if name is not None:
            sign_in(client, name)
    return made


@pytest.fixture
def tokens(clients: dict[str | None, FlaskClient]) -> dict[str | None, str]:
    return {name: token_in(client.get("/settings", follow_redirects=True).text) for name, client in clients.items()}


def test_everybody_gets_in_where_they_are_named_and_nowhere_else(
    app: Flask,
    everything: list[tuple[str, str, str]],
    clients: dict[str | None, FlaskClient],
    tokens: dict[str | None, str],
) -> None:
    wrong = []
    for endpoint, method, path in everything:
        allowed = allowed_roles(app, endpoint)
        for name, role in PEOPLE.items():
            if endpoint == "accounts.sign_out":
                continue  # it would end the session that the others are tried with; it is tried at the door
            data = {"csrf_token": tokens[name]} if method != "GET" else None
            answer = clients[name].open(path, method=method, data=data)
            asked_to_sign_in = answer.status_code == 401 or "/sign-in?next=" in (answer.location or "")
            admitted = answer.status_code != 403 and not asked_to_sign_in
            expected = everyone in allowed or role in allowed
            expected &= name != "supervisor" or not path.startswith(MUNICIPALITY_ALONE)
            if admitted != expected or answer.status_code >= 500:
                wrong.append(f"{method} {path} ({endpoint}) answers {name or 'a stranger'} {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_nothing_is_accepted_without_the_forms_token(
    everything: list[tuple[str, str, str]], clients: dict[str | None, FlaskClient]
) -> None:
    for name, client in clients.items():
        answers = {path: client.open(path, method=m).status_code for _, m, path in everything if m != "GET"}
        for door in ("/sync", "/photos"):
            assert answers.pop(door) in {401, 403, 415}, "no form can send what it takes"
        assert answers, "there is nothing to post to"
        assert set(answers.values()) == {400}, f"{name}: {answers}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_nothing_is_accepted_from_another_site(
    everything: list[tuple[str, str, str]],
    clients: dict[str | None, FlaskClient],
    tokens: dict[str | None, str],
    headers: dict[str, str],
) -> None:
    data = {"csrf_token": tokens["officer"]}
    answers = {
        path: clients["officer"].open(path, method=method, data=data, headers=headers).status_code
        for _, method, path in everything
        if method != "GET"
    }
    assert set(answers.values()) == {403}, answers


class TestDeclaring:
    @pytest.fixture
    def app(self, app: Flask) -> Iterator[Flask]:
        """A new application, to which routes can still be added."""
        house = house_of(app)
        made = create_app(house.settings, clock=house.clock)
        yield made
        house_of(made).database.close()

    def test_a_view_that_does_not_say_who_may_call_it_is_found(self, app: Flask, clock: StoppedClock) -> None:
        app.add_url_rule("/forgotten", "forgotten", lambda: "")
        with pytest.raises(UndeclaredViewError, match="forgotten"):
            check_declared(app)

    @pytest.mark.parametrize("roles", [(), ("king",), (Role.REPORTER, "king")])
    def test_only_roles_can_be_named(self, roles: tuple[str, ...]) -> None:
        with pytest.raises(UndeclaredViewError):
            allow(*roles)
