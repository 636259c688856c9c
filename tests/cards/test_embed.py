"""A pledge as a card on another site's page: small, in its own frame, and only where the settings allow."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.config import Settings, WrongSettingError
from tests.fixtures.work import item
from tests.public.conftest import Log

CARD, POLICY = "/embed/traffic-safety", "Content-Security-Policy"
Tomorrow = Callable[[], None]


def test_the_card_shows_the_pages_figure_and_is_small(stranger: FlaskClient, log: Log, tomorrow: Tomorrow) -> None:
    log("officer", item(), item(), item())
    tomorrow()
    answer = stranger.get(CARD)
    page = stranger.get("/programme/ostersund-2026/traffic-safety").text
    figure = r'<p class="figure">.*?</p>'
    assert re.findall(figure, answer.text) == re.findall(figure, page)
    assert "Hittills är 3 gjorda." in answer.text
    own = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', answer.text))
    files = [stranger.get(address).data for address in own]
    assert len(answer.data) + sum(map(len, files)) <= 10_000, "before it is compressed"
    assert "<script" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert stranger.get(CARD, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert stranger.get("/embed/none").status_code == 404


def test_only_the_card_may_be_framed_and_only_where_settings_allow(app: Flask, stranger: FlaskClient) -> None:
    card = stranger.get(CARD)
    assert "frame-ancestors ostersund.se *.polisen.se" in card.headers[POLICY]
    assert "default-src 'self'" in card.headers[POLICY]
    assert "X-Frame-Options" not in card.headers
    shut = app.test_client()
    others = [
        stranger.get(path) for path in ("/", "/programme/ostersund-2026", "/embed/none", "/sign-in", "/feed.atom")
    ]
    for answer in (*others, shut.get(CARD)):
        assert "frame-ancestors 'none'" in answer.headers[POLICY]
        assert answer.mimetype != "text/html" or answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "hosts", ["*", "https://x.se", "x", "*.se", "x.se  y.se", "x.se; script-src *", "x.se,y.se", "'self'", "x.se\n"]
)
def test_who_may_show_cards_is_named_by_host(hosts: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FIELDLOG_EMBED_HOSTS", hosts)
    with pytest.raises(WrongSettingError, match="FIELDLOG_EMBED_HOSTS"):
        Settings.from_environment()
