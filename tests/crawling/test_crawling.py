"""Search engines: every public page is listed, in both languages, with its last change; the staff's host is closed."""

from collections.abc import Callable
from xml.etree import ElementTree

from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.crawling.models import SITEMAP
from tests.fixtures.site import house_of
from tests.fixtures.work import item
from tests.public.conftest import Log

PLACES = {"a": SITEMAP}
Listed = dict[str, str | None]


def listed(client: FlaskClient, **asked: str) -> Listed:
    """Every address of the sitemap with its last change."""
    answer = client.get("/sitemap.xml", **asked)
    assert answer.mimetype == "application/xml"
    entries = ElementTree.fromstring(answer.data).findall("a:url", PLACES)
    return {entry.findtext("a:loc", "", PLACES): entry.findtext("a:lastmod", None, PLACES) for entry in entries}


def test_every_public_page_is_listed_and_every_page_listed_is_there(app: Flask, client: FlaskClient) -> None:
    found = listed(client)
    for address in found:
        assert client.get(address).status_code == 200, address
    paths = {address.removeprefix("http://localhost") for address in found}
    assert {"/", "/?language=en", "/programme/ostersund-2026", "/accessibility", "/device-storage"} <= paths
    assert {"/programme/ostersund-2026/traffic-safety?language=en", "/open-data/", "/open-data/?language=en"} <= paths
    is_page = ("public.", "statements.")
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(is_page)]
    public = [rule for rule in rules if not rule.rule.startswith(("/manage", "/.well-known"))]
    assert len(public) == 5, "list the new one too"


def test_a_change_is_told_as_the_last_one(
    client: FlaskClient, log: Log, tomorrow: Callable[[], None], app: Flask
) -> None:
    client.get("/")
    before = listed(client)["http://localhost/"]
    log("officer", item())
    assert listed(client)["http://localhost/"] == before
    tomorrow()
    client.get("/")
    changed = listed(client)
    assert before != changed["http://localhost/"] == house_of(app).clock().isoformat()
    assert changed["http://localhost/accessibility"] == "2026-11-27"


def test_the_staffs_host_is_closed_and_the_public_one_is_open(app: Flask) -> None:
    house = house_of(app)
    settings = house.settings.model_copy(update={"public_host": "loften.example.se", "https": True})
    client = create_app(settings, clock=house.clock).test_client()
    staff = client.get("/robots.txt", base_url="https://faltlogg.example.se").text
    assert staff == "User-agent: *\nDisallow: /\n"
    public = client.get("/robots.txt", base_url="https://loften.example.se").text
    assert public.endswith("Sitemap: https://loften.example.se/sitemap.xml\n")
    assert "Disallow: /\n" not in public
    for host in ("loften.example.se", "faltlogg.example.se"):
        found = listed(client, base_url=f"https://{host}")
        assert all(address.startswith("https://loften.example.se/") for address in found)


def test_on_one_host_for_both_only_signing_in_is_closed(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text == (
        "User-agent: *\nDisallow: /sign-in\nSitemap: http://localhost/sitemap.xml\n"
    )
