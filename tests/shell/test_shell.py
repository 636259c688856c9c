"""What a phone keeps: the same for everybody, complete, and told apart by its content."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.kinds import KINDS
from tests.fixtures.people import PEOPLE
from tests.fixtures.site import sign_in
from tests.shell.worker import told

FORMS = [f"/log/{kind.slug}" for kind in KINDS.values() if kind.has_form and not kind.is_retired]
PAGES = ["/log", "/entries", "/pledges", "/phone", "/offline", "/log/evening", *FORMS]
LANGUAGES = ["sv", "en"]


def addresses(kept: Mapping[str, Any]) -> list[str]:
    return [*kept["files"], *(address for pages in kept["pages"].values() for address in pages.values())]


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
