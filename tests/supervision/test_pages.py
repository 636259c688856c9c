"""The day, the week, the month and the period as pages: who sees what, what stands there, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import log_one
from tests.houserules.test_pages import planned, watched

DAY = "/day/2026-11-21"
PAGES = [DAY, "/week/2026-W47", "/month/2026-11", "/period/ostersund-2026"]


@pytest.fixture
def supervisor(client: FlaskClient) -> FlaskClient:
    sign_in(client, "supervisor")
    return client


def log_for(client: FlaskClient, name: str, kind: str = "traffic-control", **more: object) -> None:
    database = house_of(client.application).database
    database.write(lambda writing: log_one(writing, person(database, name), kind, **more))  # type: ignore[arg-type]


def row(page: str, kind: str) -> str:
    """A kind's row, its numbers and words."""
    table = page.partition('class="table numbers"')[2].partition("</table>")[0]
    return next(part for part in table.split("<tr>") if kind in part)


@pytest.mark.parametrize("path", ["/day", *PAGES])
@pytest.mark.parametrize("name", ["officer", "administrator"])
def test_only_supervisors_see_them(client: FlaskClient, path: str, name: str) -> None:
    sign_in(client, name)
    assert client.get(path).status_code == 403


def test_today_is_the_day_in_ostersund(supervisor: FlaskClient, clock: StoppedClock) -> None:
    clock.moment = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert supervisor.get("/day").location == "/day/2026-11-22"


def test_a_control_moves_the_day_the_week_and_the_promise(supervisor: FlaskClient) -> None:
    log_for(supervisor, "officer", answers={"near_school": True})
    page = supervisor.get(DAY).text
    cells = row(page, "Trafikkontroll")
    assert cells.count('<td class="amount">1</td>') == 3
    for words in ("1 av 50", "Ligger efter", "väntat 44"):
        assert words in cells
    for words in ("1 av 11 kommundelar", "<strong>1 av 1</strong> nära skola", "Vecka 47", "Lördag 21 november 2026"):
        assert words in page
    assert "Inga kontroller klockan 00–20, 22–24." in page
    assert "Inga kontroller i Frösö" in page


@pytest.mark.parametrize("path", PAGES)
def test_each_page_tells_of_the_kind_that_was_chosen(supervisor: FlaskClient, path: str) -> None:
    log_for(supervisor, "officer", "patrol")
    page = supervisor.get(f"{path}?kind=patrol").text
    assert "Synlig patrull per enhet" in page
    assert "kind=patrol" in page.partition('rel="prev"')[2] or path.startswith("/period")
    assert "Trafikkontroll per enhet" in supervisor.get(f"{path}?kind=%3Cscript%3E").text


def test_who_does_not_read_the_rows_is_told_the_total_only_and_only_of_today(client: FlaskClient) -> None:
    log_for(client, "officer", "help-offer", area="-", happened_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    for name, by_day in (("supervisor", True), ("coordinator", False)):
        sign_in(client, name)
        past = row(client.get("/day/2026-11-20").text, "Fråga om hjälp")
        assert ("1 av 1 tillfrågade" in past) is by_day
        assert ('<td class="amount">1</td>' in past) is by_day
        assert "1 av 1 tillfrågade" in row(client.get(DAY).text, "Fråga om hjälp")
        assert ("Fråga om hjälp per enhet" in client.get(f"{DAY}?kind=help-offer").text) is by_day


def test_a_past_day_stands_as_when_it_was_over(supervisor: FlaskClient) -> None:
    for days in (0, 1, 30):
        moment = datetime(2026, 11, 21, 12, tzinfo=UTC) - timedelta(days=days)
        log_for(supervisor, "officer", happened_at=moment)
    assert "3 av 50" in row(supervisor.get(DAY).text, "Trafikkontroll")
    assert "2 av 50" in row(supervisor.get("/day/2026-11-20").text, "Trafikkontroll")
    assert "1 av 50" in row(supervisor.get("/month/2026-10").text, "Trafikkontroll")


@pytest.mark.parametrize(
    "path",
    ["/day/2026-11-31", "/day/0001-01-01", "/day/x", "/week/2026-W54", "/week/2025-W53", "/month/2026-13", "/period/x"],
)
def test_what_does_not_exist_is_not_found(supervisor: FlaskClient, path: str) -> None:
    assert supervisor.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/day/2026-11-22", "/week/2026-W48", "/month/2027-01", "/day/2100-12-31"])
def test_days_that_have_not_come_say_so(supervisor: FlaskClient, path: str) -> None:
    page = supervisor.get(path).text
    assert "De dagarna har inte kommit än" in page
    assert "table numbers" not in page


def test_a_day_without_a_programme_says_so_and_counts(supervisor: FlaskClient) -> None:
    page = supervisor.get("/day/2025-03-03").text
    assert "Inget medborgarlöfte gällde då." in page
    assert "Hittills" not in page
    assert "Rapporterat" not in page


def test_a_holiday_has_its_name(supervisor: FlaskClient) -> None:
    assert "Alla helgons dag" in supervisor.get("/day/2026-10-31").text
    assert "Midsommarafton" in supervisor.get("/month/2026-06").text


def test_a_period_that_is_over_is_judged(supervisor: FlaskClient, clock: StoppedClock) -> None:
    clock.move(days=60)
    sign_in(supervisor, "supervisor")
    assert "Ej uppfyllt" in row(supervisor.get("/period/ostersund-2026").text, "Trafikkontroll")


@pytest.mark.parametrize("path", [DAY, "/day/2026-11-10"])
def test_a_day_takes_at_most_twelve_queries(supervisor: FlaskClient, path: str) -> None:
    log_for(supervisor, "officer")
    planned(supervisor.application)
    with watched(supervisor.application) as (queries, _):
        assert supervisor.get(path).status_code == 200
    asked = [query for query in queries if query != "BEGIN"]
    assert len(asked) <= 12, "\n".join(asked)


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("officer", ["Logga", "Mina", "Löften", "Iakttag\xadelser"]),
        ("supervisor", ["Dagen", "Logga", "Mina", "Löften", "Hantera"]),
        ("administrator", ["Hantera", "Löften", "Inställningar"]),
    ],
)
def test_everybody_finds_their_own_places(client: FlaskClient, name: str, places: list[str]) -> None:
    sign_in(client, name)
    menu = client.get("/pledges").text.partition('class="nav"')[2].partition("</nav>")[0]
    assert [part.partition("</span>")[0] for part in menu.split("<span>")[1:]] == places
