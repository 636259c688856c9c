"""Reminders come once per step and person, wait out what is down, and say nothing but that something waits."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.cli.reminders import remind
from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.handovers.queries import codes_of, waiting
from fieldlog.push import Address, make_key
from fieldlog.reminders import actions
from fieldlog.reminders.models import PushSubscription, Reminder
from fieldlog.reminders.queries import is_quiet
from tests.fixtures.people import PLACE
from tests.fixtures.post import SENDER, Office, delivering
from tests.fixtures.push import Service, pushing
from tests.fixtures.work import correction, log
from tests.handovers.yeses import NO, answer, yes

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
MAIL = "team@ostersund.example"


class Desk:
    """Social services who want to be reminded, and a clock that is moved."""

    def __init__(self, database: Database, settings: Settings, officer: Actor, outreach: Actor) -> None:
        self.database, self.settings, self.officer, self.outreach = database, settings, officer, outreach
        self.now = NOON

    def wants(self, mail: str = "", browser: Address | None = None) -> None:
        def choose(session: Session) -> None:
            if mail:
                actions.choose(session, self.outreach, self.now, mail, "sv")
            if browser:
                actions.subscribe(session, self.outreach, self.now, browser, "sv")

        self.database.write(choose)

    def yes(self, hours_ago: float = 0) -> UUID:
        sent = yes(happened_at=self.now - timedelta(hours=hours_ago), saved_at=self.now)
        self.database.write(lambda session: log(session, self.officer, sent, now=self.now))
        return sent.id

    def remind(self, hours: float = 0, **changed: object) -> dict[str, int]:
        self.now += timedelta(hours=hours)
        return dict(remind(self.database, self.settings.model_copy(update=changed), self.now))


@pytest.fixture
def desk(database: Database, tmp_path: Path, officer: Actor, outreach: Actor) -> Desk:
    settings = Settings(
        instance=tmp_path, url="https://faltlogg.example", smtp_host="127.0.0.1", smtp_tls="none", mail_from=SENDER,
        quiet_hours="",
    )  # fmt: skip
    make_key(settings.push_key_file)
    return Desk(database, settings, officer, outreach)


def test_a_letter_at_once_at_half_time_and_when_it_is_late_and_no_more(desk: Desk, office: Office) -> None:
    desk.wants(MAIL)
    offer = desk.yes()
    with delivering(office) as port:
        told = [desk.remind(hours, smtp_port=port) for hours in (0, 1, 10, 1.5, 3, 9, 1, 30)]
    assert [one.get("sent", 0) for one in told] == [1, 0, 0, 1, 0, 1, 0, 0]
    with desk.database.read() as session:
        code = codes_of(session, [offer])[offer]
    for to, letter in office.letters:
        assert to == MAIL
        assert "En överlämning väntar" in str(letter["Subject"])
        assert code not in letter.as_string()
        assert str(offer) not in letter.as_string()
    assert ["Den utlovade tiden" in letter.get_content() for _, letter in office.letters] == [False, False, True]


def test_several_that_wait_are_one_letter(desk: Desk, office: Office) -> None:
    desk.wants(MAIL)
    for _ in range(3):
        desk.yes()
    with delivering(office) as port:
        desk.remind(smtp_port=port)
    ((_, letter),) = office.letters
    assert "3 överlämningar väntar" in str(letter["Subject"])


def test_one_that_came_two_days_late_is_told_once_as_late(desk: Desk, office: Office) -> None:
    desk.wants(MAIL)
    desk.yes(hours_ago=48)
    with delivering(office) as port:
        assert [desk.remind(hours, smtp_port=port).get("sent", 0) for hours in (0, 1, 24)] == [1, 0, 0]
    ((_, letter),) = office.letters
    assert "Den utlovade tiden har gått." in letter.get_content()


def test_nobody_is_disturbed_at_night_but_the_clock_goes_on(desk: Desk, office: Office) -> None:
    desk.wants(MAIL)
    desk.now = datetime(2026, 11, 20, 22, tzinfo=UTC)
    desk.yes()
    with delivering(office) as port:
        told = [desk.remind(hours, smtp_port=port, quiet_hours="22-06") for hours in (0, 3, 4.5)]
        assert [one.get("sent", 0) for one in told] == [0, 0, 1]
    with desk.database.read() as session:
        assert waiting(session, PLACE)[0].due_at == datetime(2026, 11, 21, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "quiet"), [("22-06", [23, 0, 5]), ("12-13", [12]), ("", []), ("00-23", [*range(23)])]
)
def test_quiet_hours_go_over_midnight(hours: str, quiet: list[int]) -> None:
    at = {hour: datetime(2026, 1, 15, hour, 30, tzinfo=UTC) - timedelta(hours=1) for hour in range(24)}
    found = [hour for hour, moment in at.items() if is_quiet(moment, hours)]
    assert {*quiet} <= {*found}
    assert all(hour not in found for hour in (6, 21) if hours == "22-06")


def test_what_needs_no_answer_is_not_told(desk: Desk, office: Office) -> None:
    desk.wants(MAIL)
    answered, taken_back = desk.yes(), yes(happened_at=NOON, saved_at=NOON)
    desk.database.write(lambda session: answer(session, desk.outreach, answered, happened_at=NOON))
    desk.database.write(lambda session: log(session, desk.officer, taken_back, correction(taken_back, NO), now=NOON))
    with delivering(office) as port:
        assert desk.remind(smtp_port=port) == {}
    assert office.letters == []


def test_a_server_that_is_down_loses_nothing(desk: Desk, office: Office) -> None:
    desk.wants(MAIL)
    desk.yes()
    with delivering(office) as port:
        pass
    assert desk.remind(smtp_port=port) == {"not sent": 1}
    assert desk.remind(smtp_port=port) == {}, "it waits a little before it is tried again"
    assert desk.remind(0.02, smtp_port=port) == {"not sent": 1}
    with desk.database.read() as session:
        assert len(waiting(session, PLACE)) == 1, "the page shows it regardless"
        (row,) = session.scalars(select(Reminder))
        assert (row.tries, row.sent_at, row.next_try_at - desk.now) == (2, None, timedelta(minutes=2))
    with delivering(office) as port:
        assert [desk.remind(1, smtp_port=port), desk.remind(1, smtp_port=port)] == [{"sent": 1}, {}]


class TestPush:
    @pytest.fixture
    def service(self) -> Service:
        return Service()

    def remind(self, desk: Desk, service: Service, hours: float = 0) -> dict[str, int]:
        return desk.remind(hours, push_hosts=service.host)

    def test_the_browser_reads_that_something_waits_and_not_what(self, desk: Desk, service: Service) -> None:
        with pushing(service):
            desk.wants(browser=service.browser())
            desk.yes()
            assert [self.remind(desk, service), self.remind(desk, service)] == [{"sent": 1}, {}]
        ((_, headers, body),) = service.taken
        assert json.loads(service.opened(body)) == {"title": "Fältlogg", "body": "En överlämning väntar"}
        assert headers["authorization"].startswith("vapid t=")
        assert int(headers["ttl"]) > 0

    def test_a_service_that_is_down_is_tried_again(self, desk: Desk, service: Service) -> None:
        with pushing(service):
            desk.wants(browser=service.browser())
            desk.yes()
            service.answers["/push/one"] = 503
            assert self.remind(desk, service) == {"not sent": 1}
            service.answers["/push/one"] = 302
            assert self.remind(desk, service, 1) == {"not sent": 1}, "a redirection is not followed"
            service.answers.clear()
            assert self.remind(desk, service, 1) == {"sent": 1}
        assert self.remind(desk, service, 12) == {"not sent": 1}, "nobody answers at all"

    @pytest.mark.parametrize("status", [404, 410])
    def test_a_browser_that_is_gone_is_forgotten(self, desk: Desk, service: Service, status: int) -> None:
        with pushing(service):
            for name in ("one", "two"):
                desk.wants(browser=service.browser(name))
            desk.yes()
            service.answers["/push/one"] = status
            assert self.remind(desk, service) == {"sent": 1}
        with desk.database.read() as session:
            assert [one.endpoint[-3:] for one in session.scalars(select(PushSubscription))] == ["two"]

    def test_nobody_else_is_spoken_to_than_the_settings_name(self, desk: Desk, service: Service) -> None:
        with pushing(service):
            desk.wants(browser=service.browser())
            desk.yes()
            desk.remind(push_hosts="fcm.googleapis.com")
        assert service.taken == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example/fcm.googleapis.com", "https://u@fcm.googleapis.com/x", "https://push.apple.com/x",
        "https://127.0.0.1/x", "http://127.0.0.1:8000/x", "https://[::1]/x", "file:///etc/passwd", "https://", "",
        "https://a.push.apple.com:x/", "https://fcm.googleapis.com\\@evil.example/x", "https://fcm.googleapis.com/\nx",
    ],
)  # fmt: skip
def test_an_endpoint_elsewhere_is_refused(endpoint: str) -> None:
    right = Service().browser()
    hosts = Settings().push_hosts
    assert not Address(endpoint, right.p256dh, right.auth).is_sound(hosts)
    assert Address("https://web.push.apple.com/x", right.p256dh, right.auth).is_sound(hosts)
    assert not Address("https://web.push.apple.com/x", right.auth, right.auth).is_sound(hosts)
