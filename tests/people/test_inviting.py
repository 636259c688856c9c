"""Inviting: a link that works once, for a week, and tells a stranger nothing."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.config import Settings
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import enter, house_of, open_device, sign_in, submit
from tests.people.walking import CHOSEN, NEW, invited, kept, link_in, noted, page_of

GONE = "Länken gäller inte"


def gone(client: FlaskClient, path: str) -> str:
    """The page of a link that does not work, without what differs from one request to the next."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert GONE in answer.text
    return re.sub(r'(name="(csrf_token|next)"[^>]*value=)"[^"]*"', r"\1", answer.text)


def test_whoever_is_invited_chooses_a_password_and_signs_in(app: Flask, desk: FlaskClient) -> None:
    path, guest = invited(desk), app.test_client()
    assert "asa.berg" in guest.get(path).text
    answer = submit(guest, path, CHOSEN)
    assert "Lösenordet är valt" in answer.text
    assert enter(guest, "asa.berg", CHOSEN["password"]).location == "/log"
    assert noted(app)[-4:] == ["account-added", "link-made", "password-changed", "signed-in"]


def test_before_that_nobody_can_sign_in(desk: FlaskClient, app: Flask) -> None:
    invited(desk)
    for password in ("", CHOSEN["password"]):
        assert enter(app.test_client(), "asa.berg", password).status_code == 400


def test_only_the_links_digest_is_kept(app: Flask, desk: FlaskClient) -> None:
    token = invited(desk).rsplit("/", 1)[1]
    assert len(token) >= 43
    account = kept(app, "asa.berg")
    assert token not in str(vars(account))
    assert len(account.link_digest or "") == 64


def test_a_link_that_cannot_be_used_says_the_same_whatever_the_reason(
    app: Flask, desk: FlaskClient, clock: StoppedClock
) -> None:
    used, old, ended, closed = (invited(desk, name=name) for name in ("used", "old", "ended", "closed"))
    guest = app.test_client()
    submit(guest, used, CHOSEN)
    submit(desk, f"{page_of(app, 'old')}/link", {}, page=page_of(app, "old"))
    submit(desk, f"{page_of(app, 'closed')}/disable", {}, page=page_of(app, "closed"))
    made_up = "/invitation/" + "x" * 43
    early = {
        gone(guest, path) for path in (used, old, closed, made_up, "/invitation/%00%F0", "/invitation/" + "å" * 900)
    }
    assert guest.get(ended).status_code == 200
    clock.move(days=7)
    assert {*early, gone(guest, ended)} == {gone(guest, made_up)}


def test_a_link_that_was_withdrawn_does_not_work(app: Flask, desk: FlaskClient) -> None:
    path = invited(desk)
    page = page_of(app, "asa.berg")
    assert "Dra tillbaka länken" in desk.get(page).text
    submit(desk, f"{page}/withdraw", {}, page=page)
    gone(app.test_client(), path)
    assert "Dra tillbaka länken" not in desk.get(page).text


def test_a_new_password_ends_every_session(app: Flask, desk: FlaskClient) -> None:
    page = page_of(app, "officer")
    open_device(app, "officer")
    answer = submit(desk, f"{page}/link", {}, page=page)
    assert enter(app.test_client(), "officer").status_code == 302, "the old password holds until a new one is chosen"
    submit(app.test_client(), link_in(answer.text), CHOSEN)
    assert "Inga just nu." in desk.get(page).text
    assert enter(app.test_client(), "officer").status_code == 400
    assert enter(app.test_client(), "officer", CHOSEN["password"]).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": "", "again": ""}, "Skriv ett lösenord."),
        ({"password": "nio tecke", "again": "nio tecke"}, "Lösenordet ska ha 10–1000 tecken."),
        ({"password": "a\u030a" * 9, "again": "a\u030a" * 9}, "Lösenordet ska ha 10–1000 tecken."),
        ({"password": "x" * 100_000, "again": "x" * 100_000}, "Lösenordet ska ha 10–1000 tecken."),
        ({"password": "tre ord i rad", "again": "fyra ord i rad"}, "Det är inte samma lösenord som ovanför."),
    ],
)
def test_a_password_that_will_not_do_costs_no_link(
    app: Flask, desk: FlaskClient, typed: dict[str, str], said: str
) -> None:
    path, guest = invited(desk), app.test_client()
    answer = submit(guest, path, typed)
    assert answer.status_code == 400
    assert said in answer.text
    assert 'value="tre ord' not in answer.text
    assert submit(guest, path, CHOSEN).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "officer"}, "Namnet är upptaget."),
        ({"name": "OFFICER "}, "Namnet är upptaget."),
        ({"name": ""}, "Skriv ett namn."),
        ({"name": "två ord"}, "Namnet ska ha 2–64 tecken"),
        ({"name": "asa\u202egreb"}, "Namnet ska ha 2–64 tecken"),
        ({"name": "asa\0"}, "Namnet ska ha 2–64 tecken"),
        ({"name": "x" * 100_000}, "Namnet ska ha 2–64 tecken"),
        ({"role": "king"}, "Välj en roll."),
        ({"role": ""}, "Välj en roll."),
        ({"organisation": "nasa"}, "Välj en organisation."),
        ({"unit": "turlag-99"}, "Enheten hör till en annan organisation."),
        ({"unit": "uppsokande-teamet"}, "Enheten hör till en annan organisation."),
        ({"unit": "\0; drop"}, "Välj en enhet."),
    ],
)
def test_what_will_not_do_is_said_and_nothing_typed_is_lost(
    app: Flask, desk: FlaskClient, typed: dict[str, str], said: str
) -> None:
    answer = submit(desk, "/manage/accounts/invite", NEW | typed)
    assert answer.status_code == 400
    assert said in answer.text
    if "name" not in typed:
        assert 'value="asa.berg"' in answer.text
    if "unit" not in typed:
        assert '<option value="turlag-3" selected>' in answer.text


def test_a_link_names_the_address_that_is_set(settings: Settings, clock: StoppedClock) -> None:
    app = create_app(settings.model_copy(update={"url": "https://faltlogg.example"}), clock=clock)
    client = app.test_client()
    sign_in(client, "administrator")
    page = submit(client, "/manage/accounts/invite", NEW).text
    assert ">https://faltlogg.example/invitation/" in page
    house_of(app).database.close()


def test_nobody_tries_token_after_token(settings: Settings, clock: StoppedClock) -> None:
    app = create_app(settings.model_copy(update={"sign_in_limit": "1 per hour"}), clock=clock)
    guest = app.test_client()
    answers = [guest.get(f"/invitation/guess-{number}").status_code for number in range(6)]
    assert answers == [404] * 5 + [429]
    house_of(app).database.close()
