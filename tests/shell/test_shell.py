"""What a phone keeps: the same for everybody, complete, and told apart by its content."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.areas.models import Area
from fieldlog.database import BusyError
from fieldlog.kinds import KINDS
from fieldlog.shell import queries, views
from fieldlog.shell.models import Material, Shell
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import PEOPLE, person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import log_one

FORMS = [f"/log/{kind.slug}" for kind in KINDS.values() if kind.has_form and not kind.is_retired]
PAGES = ["/log", "/entries", "/pledges", "/phone", "/offline", *FORMS]
LANGUAGES = ["sv", "en"]


def told(client: FlaskClient) -> dict[str, Any]:
    """What the worker is told to keep."""
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    found = re.fullmatch(
        r'import \{ need \} from "/static/scripts\.js\?v=\w{12}";\nneed\("worker"\)\.serve\((.*)\);\n', answer.text
    )
    assert found, answer.text
    kept: dict[str, Any] = json.loads(found[1])
    return kept


def addresses(kept: Mapping[str, Any]) -> list[str]:
    return [*kept["files"], *(address for pages in kept["pages"].values() for address in pages.values())]


def add_area(app: Flask) -> None:
    place = Area(municipality="2380", slug="new", name="Nyaste byn", lat=63.2, lon=14.6, col=1, row=1)
    house_of(app).database.write(lambda session: session.add(place))


def test_every_page_for_work_without_coverage_is_kept_in_both_languages(client: FlaskClient) -> None:
    pages = told(client)["pages"]
    assert list(pages) == LANGUAGES
    for language in LANGUAGES:
        assert set(pages[language]) == set(PAGES)


def test_what_is_kept_is_there_by_its_hash_and_for_good(client: FlaskClient) -> None:
    for address in addresses(told(client)):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers


def test_every_style_script_and_icon_of_a_kept_page_is_kept(client: FlaskClient) -> None:
    kept = told(client)
    for address in addresses(kept):
        text = client.get(address).text if not address.partition("?")[0].endswith(".png") else ""
        used = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', text))
        if ".js?" in address:
            folder = address.rpartition("/")[0]
            used |= {f"{folder}/{found}" for found in re.findall(r'^(?:import|export)\b[^"]*"\./([^"]+)"', text, re.M)}
        assert used <= set(kept["files"]), f"{address} uses {used - set(kept['files'])}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_same_for_two_people_and_for_nobody(app: Flask, path: str) -> None:
    people = [app.test_client() for _ in range(3)]
    for client, name in zip(people, ["officer", "outreach"], strict=False):
        sign_in(client, name)
        client.set_cookie("theme", "night")
        client.set_cookie("language", "en")
    answers = [client.get(f"/shell{path}?language=sv").data for client in people]
    assert answers[0]
    assert answers[0] == answers[1] == answers[2]


def test_a_page_holds_no_name_and_no_token(client: FlaskClient) -> None:
    sign_in(client, "officer")
    for path in PAGES:
        page = client.get(f"/shell{path}?language=sv").text
        assert "data-shell" in page
        assert "csrf" not in page
        assert "data-account" not in page
        words = re.sub(r"<[^>]+>", " ", page)
        assert not [name for name in PEOPLE if name in words]


def test_a_page_knows_no_language_but_the_one_in_its_address(client: FlaskClient) -> None:
    client.set_cookie("language", "en")
    assert 'lang="sv"' in client.get("/shell/log").text
    assert 'lang="sv"' in client.get("/shell/log?language=xx").text
    english = client.get("/shell/log/traffic-control?language=en").text
    assert 'lang="en"' in english
    assert "Vehicles" in english


def test_a_page_by_a_hash_that_is_not_its_own_is_not_there(client: FlaskClient) -> None:
    """A phone that fetches from two servers of different versions must not mix them."""
    assert client.get("/shell/log?language=sv&v=000000000000").status_code == 404
    assert client.get("/shell/settings").status_code == 404


class TestRenewing:
    def test_the_worker_is_asked_for_again_and_again_at_no_cost(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = client.get("/sw.js")
        assert first.headers["Cache-Control"] == "no-cache"
        monkeypatch.setattr(views, "render_template", None)
        monkeypatch.setattr(queries, "material", None)
        again = client.get("/sw.js", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert "Set-Cookie" not in again.headers

    def test_after_a_minute_it_is_looked_at_and_made_anew_only_if_something_changed(
        self, app: Flask, client: FlaskClient, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = told(client)["version"]
        made: list[Material] = []
        make = views._make

        def count(material: Material) -> Shell:
            made.append(material)
            return make(material)

        monkeypatch.setattr(views, "_make", count)
        clock.move(minutes=2)
        assert told(client)["version"] == first
        assert not made
        add_area(app)
        assert told(client)["version"] == first
        clock.move(minutes=2)
        assert told(client)["version"] != first
        assert len(made) == 1
        assert "Nyaste byn" in client.get("/shell/log/patrol").text

    def test_work_that_was_logged_changes_nothing(self, app: Flask, client: FlaskClient, clock: StoppedClock) -> None:
        first, house = told(client), house_of(app)
        officer = person(house.database, "officer")
        house.database.write(lambda session: log_one(session, officer))
        clock.move(minutes=2)
        assert told(client) == first

    def test_the_one_before_stays_when_a_new_one_cannot_be_made(
        self, app: Flask, client: FlaskClient, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = told(client)

        def fail(*_: object) -> None:
            raise BusyError

        monkeypatch.setattr(queries, "material", fail)
        clock.move(minutes=2)
        assert client.get("/sw.js").status_code == 503
        assert told(client) == first
