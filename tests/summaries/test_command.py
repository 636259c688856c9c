"""`fieldlog send-summaries`: each gets theirs once, whatever happens in between."""

from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.accounts import actions
from fieldlog.audit.models import AuditEvent
from fieldlog.cli import main
from fieldlog.cli import tools as cli_tools
from fieldlog.config import Settings
from fieldlog.mail import Post
from tests.fixtures.people import person
from tests.fixtures.post import SENDER, Office, delivering
from tests.fixtures.site import house_of

MORNING = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
BOTH = {"supervisor": "yttre@polisen.example", "coordinator": "trygg@ostersund.example"}


class Morning:
    """Runs the command on the morning after."""

    def __init__(self, settings: Settings) -> None:
        self.environment = {
            "FIELDLOG_INSTANCE": str(settings.instance),
            "FIELDLOG_URL": "https://faltlogg.example",
            "FIELDLOG_SMTP_HOST": "127.0.0.1",
            "FIELDLOG_SMTP_TLS": "none",
            "FIELDLOG_MAIL_FROM": SENDER,
        }

    def __call__(self, port: int, at: datetime = MORNING, **changed: str) -> Result:
        environment = self.environment | {"FIELDLOG_SMTP_PORT": str(port)} | changed
        tools = cli_tools.Tools

        def at_that_hour(settings: Settings) -> cli_tools.Tools:
            return tools(settings, lambda: at)

        with patch("fieldlog.cli.Tools", at_that_hour):
            return CliRunner().invoke(main, ["send-summaries"], env=environment)


@pytest.fixture
def morning(app: Flask, settings: Settings) -> Morning:
    """Two supervisors want the summary."""
    database = house_of(app).database

    def want(session: Session) -> None:
        for name, address in BOTH.items():
            actions.choose_summary(session, person(database, name), MORNING, address, "sv")

    database.write(want)
    return Morning(settings)


def test_each_is_sent_one_letter_however_often_it_runs(morning: Morning, office: Office, app: Flask) -> None:
    with delivering(office) as port:
        first, again = morning(port), morning(port)
    assert (first.output, first.exit_code) == ("2026-11-21: 2 sent, 0 not sent, 0 perhaps sent\n", 0)
    assert (again.output, again.exit_code) == ("2026-11-21: 0 sent, 0 not sent, 0 perhaps sent\n", 0)
    assert sorted(to for to, _ in office.letters) == sorted(BOTH.values())
    assert {letter["Subject"] for _, letter in office.letters} == {"Fältlogg: lördag 21 november 2026"}
    assert len({letter["Message-ID"] for _, letter in office.letters}) == 2
    database = house_of(app).database
    with database.read() as reading:
        sent = select(AuditEvent.subject, AuditEvent.details).where(AuditEvent.action == "summary-sent")
        events = reading.execute(sent).all()
    whose = {f"account:{person(database, name).account}" for name in BOTH}
    assert {subject for subject, _ in events} == whose
    assert [details for _, details in events] == [{"day": "2026-11-21"}] * 2


def test_the_next_day_has_a_letter_of_its_own(morning: Morning, office: Office) -> None:
    with delivering(office) as port:
        morning(port)
        morning(port, at=MORNING.replace(day=23))
    assert len(office.letters) == 4


def test_one_who_is_refused_does_not_stop_the_others_and_is_tried_again(morning: Morning, office: Office) -> None:
    office.refused[BOTH["supervisor"]] = "450 mailbox busy"
    with delivering(office) as port:
        first = morning(port)
        office.refused.clear()
        again = morning(port)
    assert first.exit_code == 1
    assert first.stderr == "supervisor: the mail server answered 450\n"
    assert (again.exit_code, [to for to, _ in office.letters]) == (0, [BOTH["coordinator"], BOTH["supervisor"]])


def test_a_letter_that_perhaps_was_sent_is_not_sent_again(morning: Morning, office: Office) -> None:
    office.silent.add(BOTH["supervisor"])
    with delivering(office) as port:
        first, again = morning(port), morning(port)
    assert first.exit_code == 1
    assert "1 sent, 0 not sent, 1 perhaps sent" in first.output
    assert again.exit_code == 0
    assert len(office.letters) == 2


def test_a_run_that_is_killed_in_the_middle_sends_nobody_two(morning: Morning, office: Office) -> None:
    with delivering(office) as port:
        with patch.object(Post, "send", side_effect=KeyboardInterrupt):
            assert morning(port).exit_code != 0
        again = morning(port)
    assert again.exit_code == 0
    assert [to for to, _ in office.letters] == [BOTH["coordinator"]], "the one under way may have been sent"


def test_a_server_that_is_away_is_said_in_one_line_and_costs_nobody_theirs(morning: Morning, office: Office) -> None:
    answer = morning(1)
    assert answer.exit_code == 1
    assert answer.stderr.startswith("fieldlog: the mail server 127.0.0.1:1 cannot be used: ")
    assert answer.stderr.count("\n") == 1
    with delivering(office) as port:
        assert "2 sent" in morning(port).output


def test_without_a_server_it_says_what_to_set(morning: Morning) -> None:
    answer = morning(25, FIELDLOG_SMTP_HOST="")
    assert (answer.exit_code, answer.stderr) == (1, "fieldlog: no mail is sent until FIELDLOG_SMTP_HOST is set\n")


def test_a_wrong_password_is_printed_nowhere(morning: Morning, office: Office) -> None:
    with delivering(office) as port:
        answer = morning(port, FIELDLOG_SMTP_USER="u", FIELDLOG_SMTP_PASSWORD="hunter2")
    assert answer.exit_code == 1
    assert "hunter2" not in answer.output
