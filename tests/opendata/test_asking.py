"""How the files are asked for: sent once, readable from any site, harmless whatever is asked, never all in memory."""

import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from fieldlog.publication.models import PublishedAmount
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import PLACE
from tests.fixtures.site import house_of
from tests.fixtures.work import item
from tests.public.conftest import Log

FILES = "/open-data/ostersund-2026"
NAMES = ("daily.csv", "daily.json", "period.csv", "period.json", "commitments.json", "datapackage.json")
CATALOGUES = ("/open-data/catalog.rdf", "/open-data/catalog.jsonld")
OPEN = ("/open-data/", *CATALOGUES, *(f"{FILES}/{name}" for name in NAMES))
ELSEWHERE = ("/", "/feed.atom", "/image/ostersund-2026.png", "/embed/traffic-safety", "/sitemap.xml", "/sync")
Tomorrow = Callable[[], None]


@pytest.mark.parametrize("path", OPEN)
def test_a_file_is_sent_again_only_when_it_may_be_another(
    stranger: FlaskClient, log: Log, clock: StoppedClock, path: str
) -> None:
    first = stranger.get(path)
    assert "Set-Cookie" not in first.headers
    etag = {"If-None-Match": first.headers["ETag"]}
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    log("officer", *(item() for _ in range(6)), *(item("help-offer", area="-") for _ in range(6)))
    for headers in (etag, since):
        clock.move(seconds=1)
        again = stranger.get(path, headers=headers)
        assert (again.status_code, again.data) == (304, b"")
    clock.move(days=1)
    changed = stranger.get(path, headers=etag)
    assert changed.status_code == (304 if path.endswith(("/", "datapackage.json")) else 200)


def test_programs_on_any_site_may_read_open_data_and_nothing_else(stranger: FlaskClient) -> None:
    origin = {"Origin": "https://tidningen.example"}
    for path in OPEN:
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = stranger.open(path, method=method, headers=origin, buffered=True)
            assert answer.status_code == 200, path
            assert answer.headers["Access-Control-Allow-Origin"] == "*", f"{method} {path}"
            assert "Access-Control-Allow-Credentials" not in answer.headers
            assert method == "GET" or not answer.data
        assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
        assert stranger.post(path, headers=origin).status_code in {400, 403, 405}
    for path in ELSEWHERE:
        for method in ("GET", "OPTIONS"):
            answer = stranger.open(path, method=method, headers=origin)
            assert "Access-Control-Allow-Origin" not in answer.headers, f"{method} {path}"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/open-data", 200), (f"{FILES}/daily.xml", 404), (f"{FILES}/daily.csv.gz", 404), (f"{FILES}/Daily.csv", 404),
        (f"{FILES}/", 404), (f"{FILES}/..%2fdaily.csv", 404), (f"{FILES}/daily", 404), (f"{FILES}/{'x' * 4_000}", 404),
        ("/open-data/ostersund-1999/daily.csv", 404), ("/open-data/%00/period.csv", 404),
        ("/open-data/<script>/commitments.json", 404), (f"{FILES}/period.csv?first=x", 200),
        (f"{FILES}/daily.csv?first=2026-02-30", 400), (f"{FILES}/daily.csv?last=9999-12-31", 400),
        (f"{FILES}/daily.csv?first=0000-00-00", 400), (f"{FILES}/daily.csv?first=2026-11-02&last=2026-11-01", 400),
        (f"{FILES}/daily.csv?first=%00%ff", 400), (f"{FILES}/daily.csv?first=<script>", 400),
        (f"{FILES}/daily.csv?first=2000-01-01&last=2100-12-31", 200), (f"{FILES}/daily.csv?first=2026W011", 400),
        (f"{FILES}/daily.csv?first=2026-01-01&first=x&evil=1", 200),
    ],
    ids=range(21),
)  # fmt: skip
def test_whatever_is_asked_is_answered_and_not_repeated(stranger: FlaskClient, path: str, status: int) -> None:
    for headers in ({}, {"Range": "bytes=0-9"}, {"If-None-Match": "*"}, {"If-Match": '"x"'}, {"Accept": "image/png"}):
        answer = stranger.get(path, headers=headers)
        spared = {"If-None-Match": {304}, "If-Match": {412}}.get("".join(headers), set())
        assert answer.status_code in {status, *(spared if status == 200 else ())}, headers
        assert "<script>" not in answer.text
        assert status == 404 or "Set-Cookie" not in answer.headers


def test_some_of_the_days_can_be_asked_for(stranger: FlaskClient, log: Log, tomorrow: Tomorrow) -> None:
    log("officer", item())
    tomorrow()
    inside, outside = (stranger.get(f"{FILES}/daily.csv?first=2026-11-{day}").text for day in ("21", "22"))
    assert (len(inside.splitlines()) > 1, len(outside.splitlines())) == (True, 1)


def test_whoever_reads_slowly_keeps_no_more_than_two_busy(app: Flask, stranger: FlaskClient) -> None:
    path = f"{FILES}/daily.csv"
    slow = [app.test_client().get(path) for _ in range(2)]
    refused = stranger.get(path)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert stranger.get(path, headers={"If-None-Match": slow[0].headers["ETag"]}).status_code == 304
    assert stranger.get(f"{FILES}/period.csv").status_code == 200
    for answer in slow:
        answer.close()
    for _ in range(4):
        answer = stranger.get(path)
        assert (answer.status_code, answer.text.count("\n")) == (200, 1)


def publish(app: Flask, first_day: date, numbers: range) -> None:
    """Put so many rows among what was published, a day each and three hundred days for each area."""
    same: dict[str, object] = {
        "municipality": PLACE,
        "kind": "youth-visit",
        "measure": "visits",
        "amount": 1,
        "entries": 1,
    }
    same |= {"through": date(2026, 11, 20), "revises": False}
    rows = [{**same, "day": first_day + timedelta(days=n % 300), "area": f"a{n // 300}"} for n in numbers]
    house_of(app).database.write(lambda session: session.execute(insert(PublishedAmount), rows))


def test_no_day_outside_the_period_is_in_its_file(app: Flask, stranger: FlaskClient) -> None:
    stranger.get("/")
    publish(app, date(2025, 12, 31), range(3))
    rows = stranger.get(f"{FILES}/daily.csv?first=2000-01-01&last=2100-12-31").text.splitlines()[1:]
    assert [row.split(",")[5] for row in rows] == ["2026-01-01", "2026-01-02"]


def test_what_is_in_memory_does_not_grow_with_the_rows(app: Flask, stranger: FlaskClient) -> None:
    stranger.get("/")

    def peak() -> tuple[int, int]:
        tracemalloc.start()
        try:
            answer = stranger.get(f"{FILES}/daily.csv?last=2026-11-19")
            return sum(chunk.count(b"\n") for chunk in answer.iter_encoded()) - 1, tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    publish(app, date(2026, 1, 1), range(3_000))
    few, little = peak()
    publish(app, date(2026, 1, 1), range(3_000, 15_000))
    many, still_little = peak()
    assert (few, many) == (3_000, 15_000)
    assert still_little < 1.5 * little
