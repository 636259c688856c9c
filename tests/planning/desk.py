"""A form on the desk, filled in and posted as a browser does."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Values = dict[str, Any]


class _Form(HTMLParser):
    """What the form ``edit`` would send as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._inside = False
        self._text: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._inside = given.get("id") == "edit"
        if not self._inside:
            return
        if tag == "input" and given.get("type") != "file":
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self.values.setdefault(name, []).append(given.get("value") or "")
        elif tag == "textarea":
            self._text = name
            self.values[name] = [""]
        elif tag == "select":
            self._select = name
            self.values[name] = []
        elif tag == "option" and self._select and ("selected" in given or not self.values[self._select]):
            self.values[self._select] = [given.get("value") or ""]

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text][0] += data

    def handle_endtag(self, tag: str) -> None:
        self._text = None if tag == "textarea" else self._text
        self._select = None if tag == "select" else self._select
        self._inside = self._inside and tag != "form"


def form_on(page: str) -> dict[str, list[str]]:
    """What the page's form holds, by the names of its controls."""
    form = _Form()
    form.feed(page)
    return form.values


def change(client: FlaskClient, path: str, **changed: Any) -> TestResponse:
    """Open the page, change some of its form, and send all of it. A hyphen is written as two underscores."""
    page = client.get(path)
    assert page.status_code == 200, page.status
    return send(client, path, form_on(page.text), **changed)


def send(client: FlaskClient, path: str, values: dict[str, list[str]], **changed: Any) -> TestResponse:
    """Send what a page's form held, with some of it changed."""
    own = {name.replace("__", "-"): value for name, value in changed.items()}
    return client.post(path, data={**values, **own})


def said(answer: TestResponse) -> list[str]:
    """What the page says has to be mended."""
    top = answer.text.partition('data-notice="errors"')[2].partition("</ul>")[0]
    return [unescape(text) for text in re.findall(r"<a href=\"#[^\"]*\">(.*?)</a>", top)]
