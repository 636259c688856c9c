"""The statements say what the law asks for, and what they say of the device is what is kept there."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.statements.models import kept
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import enter, house_of, submit
from tests.houserules.tree import STATIC

SECURITY = "/.well-known/security.txt"
CONTACTS = {
    "owner": "Östersunds kommun",
    "contact": "tillganglighet@kommun.example",
    "security_contact": "https://kommun.example/fel?a=1&b=2",
    "security_expires": date(2026, 12, 31),
    "url": "https://faltlogg.example",
}


@pytest.fixture
def set_up(app: Flask) -> FlaskClient:
    """A stranger at a site whose contacts are set."""
    house = house_of(app)
    return create_app(house.settings.model_copy(update=CONTACTS), clock=house.clock).test_client()


def test_the_statement_of_accessibility_says_what_the_law_asks_for(set_up: FlaskClient) -> None:
    page = set_up.get("/accessibility").text
    asked = (
        "Östersunds kommun står bakom den här webbplatsen, Fältlogg",
        "delvis förenlig med lagen (2018:1937)",
        'href="mailto:tillganglighet@kommun.example"',
        "Myndigheten för digital förvaltning (Digg) har tillsyn",
        'href="https://www.digg.se/tdosanmalan"',
        "WCAG 3.1.2",
        "oskäligt betungande anpassning (12 §)",
        "Självskattning",
        "Senaste bedömningen gjordes 27 november 2026.",
        "Redogörelsen uppdaterades senast 27 november 2026.",
    )
    assert [words for words in asked if words not in page] == []
    assert "partially compliant" in set_up.get("/accessibility?language=en").text


def test_without_settings_it_still_says_whom_to_tell(client: FlaskClient) -> None:
    page = client.get("/accessibility").text
    assert "Kommunen står bakom den här webbplatsen" in page
    assert "Kontakta kommunen." in page
    assert 'href=""' not in page


def test_every_public_page_leads_to_the_statements(set_up: FlaskClient) -> None:
    for path in ("/", "/programme/ostersund-2026", "/programme/ostersund-2026/traffic-safety", "/accessibility"):
        page = set_up.get(path).text
        assert 'href="/accessibility"' in page, path
        assert 'href="/device-storage"' in page, path
    assert 'href="/device-storage?language=en"' in set_up.get("/?language=en").text


@pytest.mark.parametrize("path", ["/accessibility", "/device-storage", "/robots.txt", "/sitemap.xml", SECURITY])
def test_they_set_no_cookie_and_are_sent_again_only_when_they_changed(set_up: FlaskClient, path: str) -> None:
    first = set_up.get(path)
    assert first.status_code == 200
    assert "Set-Cookie" not in first.headers
    assert "Cookie" not in first.headers.get("Vary", "")
    assert set_up.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_every_cookie_of_the_staff_is_told(app: Flask, client: FlaskClient) -> None:
    enter(client, "officer")
    submit(client, "/settings/language", {"language": "en", "next": "/log"})
    submit(client, "/settings/theme", {"theme": "night", "next": "/log"})
    found = {cookie.key for cookie in (client._cookies or {}).values()}
    cookies = kept(app.config["SESSION_COOKIE_NAME"], 90)[0].kept
    assert found == {name for one in cookies for name in one.names}


def test_whatever_scripts_keep_is_told(client: FlaskClient) -> None:
    page = client.get("/device-storage").text
    scripts = {path.name: path.read_text(encoding="utf-8") for path in (STATIC / "js").rglob("*.js")}
    local = {name for name, text in scripts.items() if re.search(r"localStorage\.setItem|sessionStorage", text)}
    assert local == {"banner.js", "remember.js"}, "say on the page what else is kept"
    stores = re.search(r"const KEYS = \{(.*)\}", scripts["db.js"])
    assert stores
    for name in re.findall(r"(\w+): ", stores[1]):
        assert re.search(rf"<strong>[^<]*\b{name}\b", page), f"the page does not tell of {name}"
    told = ("fieldlog:…", "outbox", "fieldlog-…", "push", "90 dagar", "inga kakor")
    assert [name for name in told if name not in page] == []


class TestSecurity:
    def test_it_names_whom_to_tell_and_until_when(self, set_up: FlaskClient) -> None:
        answer = set_up.get(SECURITY)
        assert answer.content_type == "text/plain; charset=utf-8"
        assert answer.text.splitlines() == [
            "Contact: https://kommun.example/fel?a=1&b=2",
            "Expires: 2026-12-31T23:00:00Z",
            "Preferred-Languages: sv, en",
            "Canonical: https://faltlogg.example/.well-known/security.txt",
        ]

    def test_it_is_not_there_without_a_contact(self, client: FlaskClient) -> None:
        assert client.get(SECURITY).status_code == 404

    def test_it_is_not_there_when_it_has_expired(self, set_up: FlaskClient, clock: StoppedClock) -> None:
        clock.move(days=41)
        assert set_up.get(SECURITY).status_code == 404
