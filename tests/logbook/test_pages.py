"""The pages of the logbook show what was typed as text, and everything that was logged is found."""

import re
from html import escape, unescape

import pytest
from flask.testing import FlaskClient

from fieldlog.intake.actions import accept
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in, submit
from tests.fixtures.work import NOW, item
from tests.intake.posting import changed, controls, fill_in, saved_id

SCRIPT = "<script>alert(1)</script>\"'&amp;"
STRANGE = "🚓 Åsele שלום ½ {{ 7 * 7 }} %s {x} \\ `"


@pytest.mark.parametrize("text", [SCRIPT, STRANGE])
def test_what_was_typed_is_shown_as_text_on_every_page(officer_s: FlaskClient, text: str) -> None:
    entry = saved_id(fill_in(officer_s, place=text, note=text, suspected="1"))
    page = changed(
        controls(officer_s.get(f"/entries/{entry}/correct")), explanation=text, reason="other", note=f"{text}!"
    )
    assert officer_s.post(f"/entries/{entry}/correct", data=page).status_code == 303
    refused = fill_in(officer_s, place=text, vehicles=text)
    shown = [refused.text] + [
        officer_s.get(path).text
        for path in (
            "/log",
            f"/log?saved={entry}",
            f"/log/traffic-control?like={entry}",
            f"/log/help-offer?control={entry}",
            "/entries",
            f"/entries/{entry}",
            f"/entries/{entry}/correct",
            f"/entries/{entry}/void",
        )
    ]
    assert sum(str(escape(text)).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page for page in shown) >= 7
    assert not any("<script>alert" in page for page in shown)
    assert not any("49 %s" in page for page in shown)


def test_every_entry_is_reached_page_by_page_even_when_many_began_at_the_same_minute(officer_s: FlaskClient) -> None:
    items = [item() for _ in range(53)]
    database = house_of(officer_s.application).database
    by = person(database, "officer")
    database.write(lambda session: accept(session, items, by, NOW))
    logged = {str(one.id) for one in items}
    found: list[str] = []
    path = "/entries"
    for _ in range(3):
        page = officer_s.get(path).text
        found += re.findall(r'href="/entries/([0-9a-f-]{36})"', page)
        more = re.search(r'href="(/entries\?before=[^"]+)"', page)
        if more is None:
            break
        path = unescape(more[1])
    assert len(found) == 53
    assert set(found) == logged


@pytest.mark.parametrize(
    "before",
    [
        "",
        "i-går",
        "2026-11-21",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2026-11-21T10:00:00+00:00_7",
        "%00",
    ],
)
def test_an_address_that_somebody_made_up_shows_a_page(officer_s: FlaskClient, before: str) -> None:
    assert officer_s.get("/entries", query_string={"before": before}).status_code == 200


def test_what_was_refused_is_listed_with_its_reasons_until_put_away(officer_s: FlaskClient) -> None:
    fill_in(officer_s, vehicles="-1", note="Född 890201-3286")
    page = officer_s.get("/entries").text
    assert "Skriv ett tal från 0 till 9999." in page
    assert "890201" not in page
    assert "1 aktivitet behöver rättas" in officer_s.get("/log").text
    (path,) = re.findall(r'action="(/refusals/\d+/discard)"', page)
    assert submit(officer_s, path, {}, page="/entries").status_code == 303
    assert "/discard" not in officer_s.get("/entries").text


def test_what_was_refused_is_settled_by_mending_it_in_the_same_form(
    officer_s: FlaskClient, clock: StoppedClock
) -> None:
    first = fill_in(officer_s, vehicles="x")
    officer_s.post("/log/traffic-control", data=changed(controls(first), vehicles="y"))
    clock.move(minutes=2)
    assert officer_s.post("/log/traffic-control", data=changed(controls(first), vehicles="2")).status_code == 303
    assert "aktivitet behöver rättas" not in officer_s.get("/log").text


@pytest.mark.parametrize("identity", ["1", "0", "2147483648", "9" * 30])
def test_only_one_s_own_refusals_can_be_put_away_or_mended(officer_s: FlaskClient, identity: str) -> None:
    fill_in(officer_s, vehicles="x", place="Hemlig plats")
    other = officer_s.application.test_client()
    sign_in(other, "colleague")
    assert submit(other, f"/refusals/{identity}/discard", {}, page="/log/patrol").status_code == 404
    answer = other.get(f"/log/traffic-control?mend={identity}")
    assert answer.status_code in {200, 404}
    assert "Hemlig plats" not in answer.text
    assert "1 aktivitet behöver rättas" in officer_s.get("/log").text
