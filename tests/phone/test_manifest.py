"""What a phone is told about the app before it is installed."""

import json
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW, log_one

YESTERDAY = NOW - timedelta(days=1)


def manifest(client: FlaskClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/manifest.webmanifest{query}")
    assert answer.mimetype == "application/manifest+json"
    told: dict[str, Any] = json.loads(answer.data)
    return told


def test_the_app_opens_on_the_log_by_itself(client: FlaskClient) -> None:
    told = manifest(client)
    assert (told["id"], told["start_url"], told["scope"], told["display"]) == ("/log", "/log", "/", "standalone")
    assert (told["name"], told["short_name"]) == ("Fältlogg", "Fältlogg")


def test_name_and_colour_are_settings(app: Flask) -> None:
    house = house_of(app)
    other = create_app(house.settings.model_copy(update={"name": "Vaktlogg", "accent": "#0b6b45"}), clock=house.clock)
    told = manifest(other.test_client())
    assert (told["name"], told["theme_color"]) == ("Vaktlogg", "#0b6b45")
    assert b"--fill: #0b6b45" in other.test_client().get("/static/styles.css").data
    house_of(other).database.close()


def test_icons_of_both_purposes_and_sizes_are_pictures_of_that_size(client: FlaskClient) -> None:
    icons = manifest(client)["icons"]
    assert {(icon["purpose"], icon["sizes"]) for icon in icons} == {
        (purpose, f"{size}x{size}") for purpose in ("any", "maskable") for size in (192, 512)
    }
    for icon in icons:
        picture = client.get(icon["src"]).data
        width, height = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
        assert f"{width}x{height}" == icon["sizes"]


def test_shortcuts_lead_to_forms_of_kinds_that_were_promised_in_the_language_of_the_address(
    client: FlaskClient,
) -> None:
    client.set_cookie("language", "en")
    swedish, english = manifest(client, "?language=sv"), manifest(client, "?language=en")
    assert (swedish["lang"], english["lang"]) == ("sv", "en")
    assert swedish["shortcuts"][0] == {"name": "Trafikkontroll", "url": "/log/traffic-control"}
    assert english["shortcuts"][0]["name"] == "Traffic control"
    assert len(swedish["shortcuts"]) == 4


def shortcuts(client: FlaskClient) -> list[str]:
    """The kinds that the app's icon leads to."""
    return [shortcut["url"].rpartition("/")[2] for shortcut in manifest(client)["shortcuts"]]


def log(app: Flask, name: str, kind: str, times: int, **changed: Any) -> None:
    database = house_of(app).database
    for _ in range(times):
        database.write(lambda session: log_one(session, person(database, name), kind, **changed))


def test_shortcuts_lead_to_what_was_logged_most_in_sixty_days_and_then_to_what_was_promised(
    app: Flask, client: FlaskClient, clock: StoppedClock
) -> None:
    untouched = shortcuts(client)
    log(app, "officer", "patrol", 2, happened_at=YESTERDAY)
    log(app, "inspector", "server-training", 3, happened_at=YESTERDAY, answers={"participants": 4})
    log(app, "officer", "traffic-control", 9, happened_at=NOW - timedelta(days=80))
    clock.move(minutes=2)
    assert shortcuts(client) == ["server-training", "patrol", *untouched[:2]]


def test_what_nobody_is_told_of_moves_no_shortcut(app: Flask, client: FlaskClient, clock: StoppedClock) -> None:
    untouched = shortcuts(client)
    log(app, "outreach", "outreach", 5, happened_at=YESTERDAY)
    log(app, "officer", "nothing-to-report", 5, happened_at=YESTERDAY)
    log(app, "officer", "patrol", 5)
    clock.move(minutes=2)
    assert shortcuts(client) == untouched
    clock.move(days=1)
    assert shortcuts(client) == ["patrol", *[kind for kind in untouched if kind != "patrol"][:3]]


def test_no_shortcuts_name_breaks_where_a_pages_words_do(app: Flask, client: FlaskClient, clock: StoppedClock) -> None:
    log(app, "officer", "youth-visit", 1, happened_at=YESTERDAY)
    clock.move(minutes=2)
    assert manifest(client)["shortcuts"][0]["name"] == "Besök i skola och ungdomsmiljö"


def test_every_page_names_manifest_icon_and_colours(client: FlaskClient) -> None:
    page = client.get("/sign-in?language=en").text
    assert 'rel="manifest" href="/manifest.webmanifest?language=en"' in page
    assert 'rel="apple-touch-icon" href="/static/icons/touch-180.png?v=' in page
    assert page.count('name="theme-color"') == 2
