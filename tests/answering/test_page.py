"""The page of handovers: who sees what, how it is answered, and how often codes may be tried."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.audit.models import AuditEvent
from fieldlog.entries.models import Entry
from fieldlog.handovers.queries import codes_of
from fieldlog.kinds import KINDS
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import PEOPLE, person
from tests.fixtures.site import house_of, shown, sign_in, submit
from tests.fixtures.work import NOW, log
from tests.handovers.yeses import yes


def said(app: Flask, hours: float = 0) -> tuple[UUID, str]:
    """A yes of so many hours ago: its id and its code."""
    database, at = house_of(app).database, NOW - timedelta(hours=hours)
    sent = yes(happened_at=at, saved_at=at)
    database.write(lambda session: log(session, person(database, "officer"), sent))
    with database.read() as session:
        return sent.id, codes_of(session, [sent.id])[sent.id]


def answered(app: Flask, client: FlaskClient, offer: UUID, outcome: str, **more: str) -> int:
    return submit(
        client, f"/handovers/{offer}", {"id": str(new(client, offer)), "outcome": outcome, **more}
    ).status_code


def new(client: FlaskClient, offer: UUID) -> str:
    page = client.get(f"/handovers/{offer}").text
    return page.split('name="id"')[1].split('value="')[1].split('"')[0]


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    sign_in(client, "outreach")
    return client


class TestWaiting:
    def test_the_oldest_stands_first_with_the_time_that_is_left(self, app: Flask, desk: FlaskClient) -> None:
        (_, young), (_, old), (_, late) = said(app, 3), said(app, 14), said(app, 30)
        page = desk.get("/handovers").text
        assert page.index(late) < page.index(old) < page.index(young)
        assert ["21 h kvar" in page, "10 h kvar" in page, "6 h över tiden" in page] == [True] * 3
        assert page.count("3 h sedan ja") == 1

    def test_nothing_waiting_says_so(self, desk: FlaskClient) -> None:
        assert "Ingen överlämning väntar" in desk.get("/handovers").text

    def test_no_browser_keeps_it(self, desk: FlaskClient) -> None:
        assert "no-store" in desk.get("/handovers").headers["Cache-Control"]


class TestAnswering:
    def test_an_answer_is_an_entry_and_closes_the_handover(self, app: Flask, desk: FlaskClient) -> None:
        offer, code = said(app, 3)
        assert answered(app, desk, offer, "not-reached", attempts="2") == 303
        with house_of(app).database.read() as session:
            (entry,) = session.scalars(select(Entry).where(Entry.kind == "handover-outcome"))
        assert (entry.linked_id, entry.answers["attempts"], entry.organisation) == (offer, 2, "social-services")
        page = desk.get("/handovers").text
        assert page.index("Ingen överlämning väntar") < page.index(code)
        assert "Gick inte att nå" in page

    def test_a_later_answer_corrects_the_earlier_by_anybody_of_the_team(self, app: Flask, desk: FlaskClient) -> None:
        offer, _ = said(app, 3)
        answered(app, desk, offer, "form-missing")
        database = house_of(app).database
        with database.read() as session:
            first = session.scalars(select(Entry).where(Entry.kind == "handover-outcome")).one()
        assert answered(app, desk, offer, "contacted") == 303
        with database.read() as session:
            both = session.scalars(select(Entry).where(Entry.kind == "handover-outcome")).all()
        assert [one.answers["outcome"] for one in both if one.replaces_id == first.id] == ["contacted"]

    @pytest.mark.parametrize("bad", [{}, {"outcome": "nobody"}, {"outcome": "not-reached"}, {"outcome": "taken"}])
    def test_what_is_no_answer_is_asked_again(self, app: Flask, desk: FlaskClient, bad: dict[str, str]) -> None:
        offer, code = said(app)
        answer = submit(desk, f"/handovers/{offer}", {"id": str(new(desk, offer)), **bad})
        assert answer.status_code == 422
        assert code in answer.text

    def test_nothing_can_be_written_about_the_person(self, app: Flask, desk: FlaskClient) -> None:
        offer, _ = said(app)
        page = desk.get(f"/handovers/{offer}").text
        assert "<textarea" not in page
        assert 'name="note"' not in page


class TestLookingUp:
    def test_case_and_spaces_are_forgiven(self, app: Flask, desk: FlaskClient) -> None:
        offer, code = said(app)
        typed = f"  {code[:2].lower()} {code[3:].lower()} "
        answer = submit(desk, "/handovers/find", {"code": typed}, page="/handovers")
        assert answer.location.endswith(f"/handovers/{offer}")

    def test_a_slip_is_told_apart_from_a_code_that_nobody_has(self, desk: FlaskClient) -> None:
        assert "Så skrivs ingen kod" in submit(desk, "/handovers/find", {"code": "00-000"}, page="/handovers").text
        assert (
            "Ingen överlämning har koden" in submit(desk, "/handovers/find", {"code": "22222"}, page="/handovers").text
        )

    def test_guesses_are_limited_and_audited_without_the_code(self, app: Flask, desk: FlaskClient) -> None:
        _, code = said(app)
        statuses = [
            submit(desk, "/handovers/find", {"code": "22222"}, page="/handovers").status_code for _ in range(11)
        ]
        assert statuses == [422] * 10 + [429]
        with house_of(app).database.read() as session:
            events = session.scalars(select(AuditEvent).where(AuditEvent.action == "code-not-found")).all()
        assert len(events) == 10
        assert not [event for event in events if "222" in str(event.details) + event.subject]
        assert submit(desk, "/handovers/find", {"code": code}, page="/handovers").status_code == 429


class TestWhoSeesWhat:
    @pytest.mark.parametrize("name", sorted(PEOPLE))
    def test_handovers_are_social_services_and_codes_the_officers_own(
        self, app: Flask, client: FlaskClient, name: str
    ) -> None:
        offer, code = said(app, 3)
        desk = app.test_client()
        sign_in(desk, "outreach")
        answered(app, desk, offer, "declined")
        sign_in(client, name)
        pages = ["/handovers", f"/handovers/{offer}", "/entries", f"/entries/{offer}", "/log", f"/log?saved={offer}"]
        pages += ["/pledges", "/entries/organisation", "/manage/log"]
        told = {path: shown(client.get(path, follow_redirects=False).text) for path in pages}
        reads_code = {path for path, text in told.items() if code in text}
        reads_outcome = {path for path, text in told.items() if "Tackade nej" in text}
        if name == "outreach":
            assert {"/handovers", f"/handovers/{offer}"} == reads_code
        elif name == "officer":
            assert reads_code == {"/entries", f"/entries/{offer}", f"/log?saved={offer}"}
        elif name in {"colleague", "supervisor"}:
            assert f"/entries/{offer}" in reads_code
        else:
            assert reads_code == set()
        allowed = {"/handovers", f"/handovers/{offer}", "/entries", "/log"} if name == "outreach" else set()
        assert reads_outcome <= allowed

    def test_a_missing_form_goes_back_to_the_unit_for_seven_days(
        self, app: Flask, desk: FlaskClient, clock: StoppedClock
    ) -> None:
        offer, code = said(app, 3)
        answered(app, desk, offer, "form-missing")

        def sees(name: str) -> bool:
            phone = app.test_client()
            sign_in(phone, name)
            page = shown(phone.get("/log").text)
            assert ("Blanketter som saknas" in page) == (code in page)
            return code in page

        seen = {name: sees(name) for name in ("officer", "colleague", "other-officer", "supervisor", "inspector")}
        assert seen == {
            "officer": True, "colleague": True, "other-officer": False, "supervisor": True, "inspector": False,
        }  # fmt: skip
        clock.move(days=7, minutes=1)
        assert not sees("officer")

    def test_a_code_is_shown_for_seven_days(self, app: Flask, client: FlaskClient, clock: StoppedClock) -> None:
        offer, code = said(app)
        clock.move(days=6, hours=23)
        sign_in(client, "officer")
        assert code in client.get("/entries").text
        clock.move(hours=2)
        assert code not in client.get("/entries").text + client.get(f"/entries/{offer}").text

    def test_no_kind_of_either_is_read_by_the_other(self) -> None:
        assert [*KINDS["help-offer"].readers] == ["police"]
        assert [*KINDS["handover-outcome"].readers] == ["social-services"]


def test_a_yes_sent_two_days_later_keeps_its_true_time(app: Flask, desk: FlaskClient) -> None:
    """The phone was offline: the clock began when the person said yes, and the page says that it is over time."""
    offer, _ = said(app, 48)
    page = desk.get(f"/handovers/{offer}").text
    assert "24 h över tiden" in page
    with house_of(app).database.read() as session:
        entry = session.get_one(Entry, offer)
    assert (entry.happened_at, entry.received_at) == (NOW - timedelta(hours=48), NOW)
