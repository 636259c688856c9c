"""Whatever a stranger asks the public side for, it answers in plain words and says nothing back that was made up."""

from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.public import queries as public
from tests.fixtures.site import house_of, sign_in

PUBLIC = "loften.example.se"
PROGRAMME = "/programme/ostersund-2026"
PAGES = (
    *("/", "/accessibility", "/device-storage", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt"),
    *("/open-data/", "/open-data/ostersund-2026/daily.csv", "/open-data/ostersund-2026/commitments.json"),
    *("/open-data/catalog.rdf", "/open-data/catalog.jsonld"),
)
ADDRESSED = {"/robots.txt", "/sitemap.xml", "/open-data/catalog.rdf", "/open-data/catalog.jsonld"}
"""What tells whole addresses, and knows none but the one that was asked where none is set."""

ABSURD = (
    "x" * 5_000, "%00", "%0d%0aSet-Cookie:evil=1", "..%2f..%2fetc%2fpasswd", "'%20or%201=1--", "%F0%9F%9A%94", "%ff%fe",
    "<script>evil</script>", "Traffic-Safety", "traffic-safety/", "-1", "{{7*7}}",
)  # fmt: skip
HOSTS = (
    "evil.example", "evil.example:99999", "evil example", '"><script>evil', "[::1", "evil" * 80, "evil.example,x", "",
    PUBLIC + "@evil.example", PUBLIC + ".evil.example", "evil.example/" + PUBLIC, "evil\\" + PUBLIC,
)  # fmt: skip


def answered(client: FlaskClient, path: str, **options: Any) -> tuple[int, str]:
    """The status, and everything that was sent."""
    answer = client.get(path, **options)
    assert answer.status_code == 404 or "Set-Cookie" not in answer.headers, path
    return answer.status_code, f"{answer.headers}\n{answer.text}"


@pytest.mark.parametrize("absurd", ABSURD, ids=range(len(ABSURD)))
def test_an_unknown_period_or_pledge_is_404(stranger: FlaskClient, absurd: str) -> None:
    for path in (f"/programme/{absurd}", f"{PROGRAMME}/{absurd}", f"{PROGRAMME}/traffic-safety/{absurd}"):
        status, said = answered(stranger, path)
        assert status == 404, path
        assert "Sidan finns inte" in said
        assert "<script>evil" not in said
        assert "49" not in absurd or "49" not in said


@pytest.mark.parametrize(
    "query", ["language=" + "x" * 3_000, "language=<b>evil", "language=en&language=evil", "evil=1"]
)
def test_an_unknown_question_is_heeded_no_more_than_none(stranger: FlaskClient, query: str) -> None:
    for path in ("/", f"{PROGRAMME}/traffic-safety", "/accessibility"):
        status, said = answered(stranger, f"{path}?{query}")
        assert status == 200
        assert "evil" not in said


def test_what_is_asked_behind_an_address_fills_no_memory(app: Flask, stranger: FlaskClient) -> None:
    for number in range(30):
        stranger.get(f"/?evil={number}")
        stranger.get(f"/programme/none-{number}")
    assert len(app.extensions["public-pages"]) == 1


@pytest.mark.parametrize("host", HOSTS, ids=range(len(HOSTS)))
@pytest.mark.parametrize("set_up", ["", "public_host", "url"])
def test_a_hostile_host_gets_nothing_and_leaves_nothing(app: Flask, host: str, set_up: str) -> None:
    """With a host for the public side alone, with an address that is set, and with neither."""
    house = house_of(app)
    told = {"public_host": PUBLIC, "url": f"https://{PUBLIC}"}
    chosen = house.settings.model_copy(update={set_up: told[set_up]} if set_up else {})
    made = create_app(chosen, clock=house.clock)
    client = made.test_client()
    for path in PAGES:
        status, said = answered(client, path, headers={"Host": host})
        assert status in {200, 400, 404}, path
        assert "<script>" not in said
        if set_up or path not in ADDRESSED:
            assert "evil" not in said, f"{path} repeats the host"
    for path in PAGES:
        assert "evil" not in answered(client, path, base_url=f"https://{PUBLIC}")[1], f"{path} keeps the host"
    house_of(made).database.close()


def test_what_is_not_there_sets_no_cookie_and_is_told_as_a_citizen_reads_it(
    client: FlaskClient, stranger: FlaskClient
) -> None:
    answer = stranger.get("/lofte")
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (404, False)
    assert "Sidan finns inte" in answer.text
    assert 'class="public"' in answer.text
    sign_in(client, "officer")
    assert 'class="public"' not in client.get("/lofte").text


@pytest.mark.parametrize("path", [f"{PROGRAMME}/none", "/programme/none/traffic-safety", "/embed/none", f"{PROGRAMME}"])
def test_nothing_is_worked_out_to_say_that_there_is_no_such_pledge(
    stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    worked_out = Mock(side_effect=public.programme)
    monkeypatch.setattr(public, "programme", worked_out)
    assert (answered(stranger, path)[0], worked_out.called) == ((200, True) if path == PROGRAMME else (404, False))
