"""What everybody may read: the promise, the number, and that it waits a day; small, without cookie, from here alone."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import sign_in, submit
from tests.fixtures.work import correction, item
from tests.public.conftest import Log

PLEDGE = "/programme/ostersund-2026/traffic-safety"
Tomorrow = Callable[[], None]


def test_a_pledge_is_told_in_a_sentence_the_day_after(stranger: FlaskClient, log: Log, tomorrow: Tomorrow) -> None:
    log("officer", item(), item(), item())
    assert "Polisen lovade minst 50 kontroller. Inget är gjort ännu." in stranger.get("/").text
    tomorrow()
    page = stranger.get("/").text
    assert "Polisen lovade minst 50 kontroller. Hittills är 3 gjorda." in page
    assert "gjort till och med 21 november 2026" in page
    assert "Exempel efter 2017 års löfte, inte beslutat" in page
    assert "inte om brotten har minskat" in page
    assert "Inget antal är utlovat." in page
    assert "So far 3 have been done." in stranger.get("/?language=en").text


def test_a_correction_waits_and_what_it_replaces_stays_meanwhile(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow, clock: StoppedClock
) -> None:
    first = item(area="brunflo")
    log("officer", first)
    tomorrow()
    log("officer", correction(first, area="lit"))
    assert re.search(r"Brunflo</th><td[^>]*>1<", stranger.get(PLEDGE).text)
    tomorrow()
    page = stranger.get(PLEDGE).text
    assert re.search(r"Lit</th><td[^>]*>1<", page)
    assert re.search(r"Brunflo</th><td[^>]*>0<", page)
    assert "Reviderad" not in page, "the month is not over"


def test_only_a_finished_month_that_changed_is_revised(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow, clock: StoppedClock
) -> None:
    first = item()
    log("officer", first)
    clock.move(days=12)
    stranger.get("/")
    log("officer", item(happened_at=first.happened_at, saved_at=first.saved_at))
    tomorrow()
    assert "Reviderad 4 december 2026.</strong> November 2026: 1 blev 2." in stranger.get(PLEDGE).text


def test_a_finished_month_whose_areas_alone_changed_is_revised_too(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow, clock: StoppedClock
) -> None:
    first = item(area="brunflo")
    log("officer", first)
    clock.move(days=12)
    stranger.get("/")
    log("officer", correction(first, area="lit"))
    tomorrow()
    page = stranger.get(PLEDGE).text
    assert "Reviderad 4 december 2026.</strong> November 2026: fördelningen mellan kommundelarna ändrades." in page


def test_it_is_small_sets_no_cookie_and_loads_nothing_from_elsewhere(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow
) -> None:
    log("officer", *(item(area=area) for area in ("lit", "brunflo", "ostersund")))
    tomorrow()
    answer = stranger.get("/", headers={"Accept-Encoding": "gzip"})
    page = stranger.get("/").text
    own = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page))
    files = [stranger.get(address, headers={"Accept-Encoding": "gzip"}) for address in own]
    assert len(answer.data) + sum(len(file.data) for file in files) <= 30_000
    assert not any("Set-Cookie" in one.headers for one in (answer, *files))
    assert "<script" not in page
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_it_is_sent_again_only_when_it_changed(app: Flask, stranger: FlaskClient, log: Log, tomorrow: Tomorrow) -> None:
    first = stranger.get("/")
    again = {"If-None-Match": first.headers["ETag"]}
    log("officer", item())
    assert stranger.get("/", headers=again).status_code == 304
    desk = app.test_client()
    sign_in(desk, "supervisor")
    told = {"title": "Hej <b>alla</b>", "title_en": "", "text": "Nu <script>alert(1)</script> kör vi.", "text_en": ""}
    page = desk.get("/manage/publication/post").text
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    assert seen
    assert submit(desk, "/manage/publication/post", {**told, "seen": seen[1]}).status_code == 303
    changed = stranger.get("/", headers=again)
    assert changed.status_code == 200, "news are there at once"
    assert "&lt;script&gt;" in changed.text
    assert "<script>" not in changed.text
    tomorrow()
    assert stranger.get("/", headers={"If-None-Match": changed.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/programme/ostersund-1999", "/programme/ostersund-2026/none", "/programme/%2e%2e", "/programme/x" * 9]
)
def test_an_unknown_period_is_404(stranger: FlaskClient, path: str) -> None:
    assert stranger.get(path).status_code == 404


def test_a_period_that_is_over_stays_at_its_address(stranger: FlaskClient, log: Log, clock: StoppedClock) -> None:
    log("officer", item())
    clock.move(days=60)
    page = stranger.get("/programme/ostersund-2026").text
    assert "Det blev 1." in page
    assert "Ej uppfyllt" in page
    assert page == stranger.get("/").text.replace("Så går det med det vi lovade · ", "Medborgarlöfte Östersund 2026 · ")
