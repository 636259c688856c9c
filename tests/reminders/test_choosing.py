"""Who is reminded: those of social services who ask for it on their page."""

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.cli import main
from fieldlog.config import Settings
from fieldlog.reminders.models import PushSubscription, ReminderChoice
from tests.fixtures.push import Service
from tests.fixtures.site import house_of, sign_in, submit


def chosen(app: Flask) -> tuple[list[str], list[str]]:
    with house_of(app).database.read() as session:
        mails, browsers = session.scalars(select(ReminderChoice)), session.scalars(select(PushSubscription))
        return [one.email for one in mails], [one.endpoint for one in browsers]


def browser(host: str = "web.push.apple.com") -> dict[str, str]:
    told = Service().browser()
    return {"endpoint": f"https://{host}/one", "p256dh": told.p256dh, "auth": told.auth}


def test_mail_and_push_are_chosen_and_left_again(app: Flask, client: FlaskClient) -> None:
    sign_in(client, "outreach")
    for path, sent, after in (
        ("reminders", {"email": "team@ostersund.example"}, (["team@ostersund.example"], [])),
        ("push", browser(), (["team@ostersund.example"], ["https://web.push.apple.com/one"])),
        ("push", browser(), (["team@ostersund.example"], ["https://web.push.apple.com/one"])),
        ("reminders", {"email": ""}, ([], ["https://web.push.apple.com/one"])),
        ("push", {}, ([], [])),
    ):
        assert submit(client, f"/handovers/{path}", sent, page="/handovers").status_code == 303
        assert chosen(app) == after


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("reminders", {"email": "nobody"}),
        ("reminders", {"email": "a@b.example\nBcc: c@d.example"}),
        ("push", browser("evil.example")),
        ("push", browser("127.0.0.1")),
        ("push", browser() | {"p256dh": "AAAA"}),
        ("push", browser() | {"auth": "å"}),
    ],
)
def test_what_is_no_address_is_refused(app: Flask, client: FlaskClient, path: str, sent: dict[str, str]) -> None:
    sign_in(client, "outreach")
    assert submit(client, f"/handovers/{path}", sent, page="/handovers").status_code == 422
    assert chosen(app) == ([], [])


def test_nobody_else_can_be_reminded(app: Flask, client: FlaskClient) -> None:
    sign_in(client, "officer")
    submit(client, "/handovers/reminders", {"email": "a@b.example"}, page="/settings")
    submit(client, "/handovers/push", browser(), page="/settings")
    assert chosen(app) == ([], [])


def test_the_command_says_how_many(app: Flask, settings: Settings) -> None:
    assert not chosen(app)[0]
    environment = {"FIELDLOG_INSTANCE": str(settings.instance)}
    result = CliRunner().invoke(main, ["send-reminders"], env=environment)
    assert (result.exit_code, result.output) == (0, "0 sent, 0 not sent, 0 perhaps sent\n")
