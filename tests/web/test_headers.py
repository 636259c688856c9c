"""What every answer tells the browser, how pages travel, and how long files are kept."""

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fieldlog.config import ROOT
from fieldlog.web import assets
from tests.fixtures.site import sign_in

FILES = [
    *(path.relative_to(ROOT / "static").as_posix() for path in sorted((ROOT / "static").rglob("*.*"))),
    assets.STYLES,
    assets.SCRIPTS,
]


@pytest.mark.parametrize("path", ["/sign-in", "/nothing", "/healthz", "/static/icons/app.svg", "/"])
def test_every_answer_has_the_strict_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/sign-in", "/nothing", "/"])
def test_a_page_tells_what_only_a_page_must(client: FlaskClient, path: str) -> None:
    headers = client.get(path, follow_redirects=True).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]


def test_a_page_is_kept_nowhere(client: FlaskClient) -> None:
    sign_in(client, "officer")
    for path in ("/sign-in", "/settings", "/nothing"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_pages_travel_compressed(client: FlaskClient) -> None:
    answer = client.get("/sign-in", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Logga in" in gzip.decompress(answer.data).decode()


@pytest.mark.parametrize("path", [path for path in FILES if not path.endswith(".d.ts")])
def test_styles_scripts_and_icons_travel_compressed_and_are_kept_for_ever(client: FlaskClient, path: str) -> None:
    with client.application.test_request_context():
        address = assets.static_url(path)
    assert "?v=" in address
    for encoding in ("gzip", "br"):
        answer = client.get(address, headers={"Accept-Encoding": encoding})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        if len(client.get(address).data) >= 400 and not path.endswith(".png"):
            assert answer.headers["Content-Encoding"] == encoding
    assert answer.mimetype in {"text/css", "text/javascript", "image/svg+xml", "image/png", "application/manifest+json"}


def test_a_file_asked_for_by_an_old_address_is_asked_for_again(client: FlaskClient) -> None:
    for address in ("/static/icons/app.svg", "/static/icons/app.svg?v=000000000000"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-cache"
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_a_changed_file_has_another_address(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    seen = set()
    for text in ("a", "bb"):
        (tmp_path / "x.css").write_text(text)
        with client.application.test_request_context():
            seen.add(assets.static_url("x.css"))
    assert len(seen) == 2


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "css/../../pyproject.toml", "none.css", "css", "%00", "css%2f..%2f..%2fREADME.md"]
)
def test_nothing_outside_the_folder_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
