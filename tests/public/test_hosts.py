"""A host of its own for the public side: nothing of the staff's is there, and a made-up host harms nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.config import Settings, WrongSettingError
from tests.fixtures.site import house_of
from tests.houserules.test_access import address

OPEN = (
    *("public.home", "public.period", "public.pledge", "feed.atom", "cards.overview", "cards.image", "cards.embed"),
    *("leaflet.", "statements.", "crawling.", "opendata.", "catalogue.", "static", "web.healthz"),
)
ADDRESSED = ("/feed.atom", "/programme/ostersund-2026", "/programme/ostersund-2026/traffic-safety")
"""What tells whole addresses."""
PUBLIC, STAFF = "loften.example.se", "faltlogg.example.se"


@pytest.fixture
def split(app: Flask) -> Iterator[Flask]:
    house = house_of(app)
    made = create_app(house.settings.model_copy(update={"public_host": PUBLIC}), clock=house.clock)
    yield made
    house_of(made).database.close()


def test_staff_paths_are_404_on_the_public_host(split: Flask) -> None:
    client = split.test_client()
    for rule in split.url_map.iter_rules():
        if rule.endpoint.startswith(OPEN):
            continue
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = client.open(address(rule), method=method, base_url=f"https://{PUBLIC}")
            assert answer.status_code == 404, f"{method} {rule.rule} answers {answer.status}"
            assert "Set-Cookie" not in answer.headers, rule.rule


def test_each_side_is_on_its_host(split: Flask) -> None:
    client = split.test_client()
    assert client.get("/", base_url=f"https://{PUBLIC}").status_code == 200
    assert client.get("/", base_url=f"http://{PUBLIC.upper()}.:8443").status_code == 200
    assert client.get("/log", base_url=f"http://{PUBLIC.upper()}:8443").status_code == 404
    assert client.get("/log", base_url=f"https://{STAFF}").status_code == 302


@pytest.mark.parametrize(
    "host", ["evil.example", "evil example", '"><script>', "[::1", "x" * 300, PUBLIC + "@evil.example", ""]
)
def test_a_hostile_host_is_harmless(split: Flask, host: str) -> None:
    client: FlaskClient = split.test_client()
    client.get("/")
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code in {200, 400}
    assert "evil" not in answer.text
    assert "<script>" not in answer.text
    for path in ADDRESSED:
        assert "evil" not in client.get(path, headers={"Host": host}).text
        kept = client.get(path, base_url=f"https://{PUBLIC}").text
        assert "evil" not in kept, "and nothing of it is kept"
        assert f"http://{PUBLIC}/" in kept
    assert client.get("/", base_url=f"https://{PUBLIC}").text.count("evil") == 0, "and nothing of it is kept"


@pytest.mark.parametrize("host", ["https://x.se", "x.se/", "x.se:80", "X.se", "-x.se", "x y"])
def test_a_host_is_a_name_alone(host: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FIELDLOG_PUBLIC_HOST", host)
    with pytest.raises(WrongSettingError, match="FIELDLOG_PUBLIC_HOST"):
        Settings.from_environment()
