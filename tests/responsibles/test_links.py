"""A responsible's link: what it shows, what it takes, and when it does not work."""

import re
from functools import partial
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.audit.models import AuditEvent
from fieldlog.findings import queries
from fieldlog.findings.models import Responsible
from fieldlog.responsibles import actions
from fieldlog.responsibles.actions import LINK_DAYS
from fieldlog.responsibles.forms import signed
from tests.findings.walks import keys, say, walk
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in, submit
from tests.fixtures.work import NOW, log


class Housing:
    """A housing company with a link and two findings; a third is the road authority's."""

    def __init__(self, app: Flask) -> None:
        self.app, self.house = app, house_of(app)
        self.by = person(self.house.database, "coordinator")
        sent = walk("Gården", "Trappan", "Rondellen", organisations=("municipality",), note="Hemlig anteckning")
        self.yard, self.stairs, self.roundabout = keys(sent)
        self.walk = sent.id
        write = self.house.database.write
        for name in ("Bostadsbolaget", "Väghållaren"):
            write(partial(actions.add, name=name, by=self.by, now=NOW))
        write(lambda session: log(session, self.by, sent))
        owners = {self.yard: "bostadsbolaget", self.stairs: "bostadsbolaget", self.roundabout: "vaghallaren"}
        for key, slug in owners.items():
            write(partial(say, key=key, by=self.by, status="passed-on", responsible=slug))
        self.path = self.link()

    def known(self, session: Session) -> Responsible:
        return session.get_one(Responsible, (self.by.municipality, "bostadsbolaget"))

    def link(self) -> str:
        made = self.house.database.write(lambda s: actions.make_link(s, self.known(s), self.by, NOW))
        return self.address(made)

    def address(self, link: UUID) -> str:
        with self.app.app_context():
            return f"/mend/{signed(link)}"


@pytest.fixture
def housing(app: Flask) -> Housing:
    return Housing(app)


def test_it_shows_what_waits_for_them_and_nothing_else(housing: Housing, client: FlaskClient) -> None:
    page = client.get(housing.path).text
    assert "Gården" in page
    assert "Trappan" in page
    for other in ("Rondellen", "Hemlig", "coordinator", "Väghållaren", "Trygghet"):
        assert other not in page.replace("trygghetsvandring", ""), other
    assert client.get(f"{housing.path}/{housing.roundabout}").status_code == 404


def test_an_answer_is_kept_and_audited_as_the_links(housing: Housing, client: FlaskClient, app: Flask) -> None:
    one = f"{housing.path}/{housing.yard}"
    said = {"status": "planned", "done_on": "2026-12-10", "case_number": "FB-123", "responsible": "vaghallaren"}
    answer = submit(client, one, {**seen(client, one), **said})
    assert answer.status_code == 303
    with housing.house.database.read() as session:
        last = queries.history(session, housing.by.municipality, housing.yard)[-1]
        assert (last.status, last.case_number, last.responsible, last.organisation) == (
            "planned", "FB-123", "bostadsbolaget", None,
        )  # fmt: skip
        event = session.scalars(select(AuditEvent).filter_by(action="finding-answered")).one()
        assert (event.account, event.details["link"]) == (0, str(last.link_id))
    desk = app.test_client()
    sign_in(desk, "coordinator")
    assert "Bostadsbolaget, genom sin länk" in desk.get(f"/findings/{housing.yard}").text
    assert "Svar om iakttagelse genom länk" in told(desk)
    other = app.test_client()
    sign_in(other, "supervisor")
    assert "Svar om iakttagelse genom länk" not in told(other), "the police took no part in the walk"
    stranger = app.test_client()
    sign_in(stranger, "outreach")
    assert stranger.get(f"/findings/{housing.yard}").status_code == 403


@pytest.mark.parametrize(
    "typed", [{"status": "new"}, {"status": "not-done"}, {"status": "mended", "done_on": "x"}], ids=str
)
def test_what_cannot_be_answered_is_told(housing: Housing, client: FlaskClient, typed: dict[str, str]) -> None:
    one = f"{housing.path}/{housing.yard}"
    assert submit(client, one, {**seen(client, one), **typed}).status_code == 422


def test_a_stale_answer_overwrites_nothing(housing: Housing, client: FlaskClient) -> None:
    one = f"{housing.path}/{housing.yard}"
    before = seen(client, one)
    housing.house.database.write(
        lambda session: say(session, housing.yard, housing.by, status="planned", responsible="bostadsbolaget")
    )
    assert submit(client, one, {**before, "status": "mended"}).status_code == 422


def test_it_stops_when_it_ends_is_replaced_or_revoked(
    housing: Housing, client: FlaskClient, clock: StoppedClock
) -> None:
    second = housing.link()
    assert client.get(housing.path).status_code == 404, "a new link replaces the old one"
    assert client.get(second).status_code == 200
    housing.house.database.write(lambda s: actions.revoke_links(s, housing.known(s), housing.by, NOW))
    assert client.get(second).status_code == 404
    assert client.get(f"{second}/{housing.yard}").status_code == 404
    third = housing.link()
    clock.move(days=LINK_DAYS)
    assert client.get(third).status_code == 404


def test_what_we_did_not_sign_opens_nothing(housing: Housing, client: FlaskClient) -> None:
    token = housing.path.removeprefix("/mend/")
    forged = [token[:-1], token + "A", token.swapcase(), token.split(".")[0], "x" * 5000, str(uuid4()), "%00", "."]
    wrong = [path for path in forged if client.get(f"/mend/{path}").status_code != 404]
    assert not wrong
    assert client.get(housing.address(uuid4())).status_code == 404


def test_guessing_is_limited(housing: Housing, client: FlaskClient) -> None:
    answers = [client.get(f"/mend/{number}").status_code for number in range(300)]
    assert answers[0] == 404
    assert answers[-1] == 429


def told(client: FlaskClient) -> str:
    """The events of the audit log's page, without the list to choose from."""
    return re.sub(r"<select.*?</select>", "", client.get("/manage/audit").text, flags=re.DOTALL)


def seen(client: FlaskClient, path: str) -> dict[str, str]:
    page = client.get(path).text
    return {"seen": page.split('name="seen"')[1].split('value="')[1].split('"')[0]}
