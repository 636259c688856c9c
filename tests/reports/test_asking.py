"""Which days a report can be had of, and what is said of the others."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.periods import Span
from fieldlog.reports.forms import days_in_words, in_short, usual
from fieldlog.reports.models import NoReportError
from tests.fixtures.site import sign_in
from tests.reports.made import LATER, YEAR, load, made

SPRING = "/report/2026-01-01/2026-04-30"
TODAY = date(2026, 11, 21)


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    sign_in(client, "supervisor")
    return client


def test_the_usual_days_are_the_tertials_and_the_year_that_have_begun() -> None:
    assert [in_short(span).sv for span in usual(YEAR, TODAY)] == [
        "Tertial 1 2026", "Tertial 2 2026", "Tertial 3 2026", "Hela 2026",
    ]  # fmt: skip
    assert [in_short(span).sv for span in usual(YEAR, date(2026, 2, 1))] == ["Tertial 1 2026", "Hela 2026"]
    assert usual(YEAR, date(2025, 12, 31)) == []


def test_a_programme_that_begins_in_a_tertial_has_the_rest_of_it() -> None:
    spans = usual(Span(date(2026, 3, 15), date(2027, 2, 28)), date(2028, 1, 1))
    assert [days_in_words(span).sv for span in spans] == [
        "15 mars–30 april 2026",
        "1 maj–31 augusti 2026",
        "1 september–31 december 2026",
        "15 mars–31 december 2026",
        "1 januari–28 februari 2027",
        "15 mars 2026–28 februari 2027",
    ]


def test_days_of_two_programmes_are_told_apart(session: Session, administrator: Actor) -> None:
    load(session, administrator)
    load(session, administrator, 2027)
    with pytest.raises(NoReportError) as raised:
        made(session, Span(date(2026, 12, 1), date(2027, 1, 15)), LATER)
    assert raised.value.reason.sv.startswith("Dagarna rör flera medborgarlöften.")
    assert raised.value.offers == (
        Span(date(2026, 12, 1), date(2026, 12, 31)), Span(date(2027, 1, 1), date(2027, 1, 15)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-04-30", "2026-01-01", "Sista dagen kommer före den första"),
        ("2026-02-30", "2026-03-01", "Skriv en dag som finns"),
        ("yesterday", "2026-03-01", "Skriv en dag som finns"),
        ("2026-03-01", "", "Skriv en dag som finns"),
        ("0001-01-01", "2026-03-01", "Välj en dag mellan"),
        ("2026-03-01", "9999-12-31", "Välj en dag mellan"),
        ("2010-01-01", "2010-12-31", "Inget medborgarlöfte gäller de dagarna."),
        ("2026-12-01", "2026-12-31", "De dagarna har inte kommit ännu."),
        ("2025-12-01", "2026-04-30", "Medborgarlöftet gäller 1 januari–31 december 2026."),
        ("\u0000", "%", "Skriv en dag som finns"),
    ],
)
def test_days_that_will_not_do_are_told_in_words(desk: FlaskClient, first: str, last: str, said: str) -> None:
    answer = desk.get("/manage/reports", query_string={"first": first, "last": last})
    assert answer.status_code == 200
    assert said in answer.text
    if first.isprintable() and last:
        for path in (f"/report/{first}/{last}", f"/report/{first}/{last}/report.pdf"):
            followed = desk.get(path, follow_redirects=True)
            assert (followed.status_code, said in followed.text) == (200, True)


def test_the_part_that_a_report_can_be_had_of_is_a_link(desk: FlaskClient) -> None:
    page = desk.get("/manage/reports?first=2025-12-01&last=2026-04-30").text
    assert 'href="/report/2026-01-01/2026-04-30"' in page


def test_good_days_lead_to_their_report(desk: FlaskClient) -> None:
    answer = desk.get("/manage/reports?first=2026-03-05&last=2026-03-06")
    assert answer.location == "/report/2026-03-05/2026-03-06"


@pytest.mark.parametrize(
    "path", ["/manage/reports", "/report/2026-01-01/2026-04-30", "/report/2026-01-01/2026-04-30/report.pdf"]
)
def test_only_supervisors_take_out_reports(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 302
    for name, status in (("officer", 403), ("administrator", 403), ("coordinator", 200)):
        sign_in(client, name)
        assert client.get(path).status_code == status
