"""Filling in a kind's form as a phone does, and reading the page that comes back."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from fieldlog.entries.models import Entry
from fieldlog.ids import new_id
from fieldlog.tallies.queries import Amount, figures
from tests.fixtures.site import house_of, submit
from tests.fixtures.work import NOW

TODAY = NOW.date()


def fill_in(client: FlaskClient, kind: str = "traffic-control", **typed: Any) -> TestResponse:
    """Post the kind's form with what was typed; a list is several boxes of one name."""
    return submit(client, f"/log/{kind}", {"id": str(new_id(NOW)), "area": "brunflo", "happened_at": "", **typed})


def saved_id(answer: TestResponse) -> str:
    """The id of the entry that a form's answer says was saved."""
    assert answer.status_code == 303, errors(answer)
    found = re.search(r"saved=([0-9a-f-]{36})", answer.location)
    assert found, answer.location
    return found[1]


def errors(answer: TestResponse) -> dict[str, str]:
    """The messages on the page by the id of the field that they stand on."""
    found = re.findall(r'<p class="error" id="([^"]+)-error">.*?<span>(.*?)</span>', answer.text, re.DOTALL)
    return {unescape(name): unescape(message) for name, message in found}


class _Controls(HTMLParser):
    """Collects what a browser would send for the form ``entry`` as it stands on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = MultiDict[str, str]()
        self._within = ""
        self._lines: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag in {"select", "textarea"}:
            self._within, self._lines = name, ""
        elif tag == "option" and "selected" in given:
            self.sent.add(self._within, value)
        elif tag == "input" and name and (given.get("type") not in {"checkbox", "radio"} or "checked" in given):
            self.sent.add(name, value)

    def handle_data(self, data: str) -> None:
        self._lines = None if self._lines is None else self._lines + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent.add(self._within, (self._lines or "").removeprefix("\n"))
        self._lines = None


def controls(answer: TestResponse) -> MultiDict[str, str]:
    """What a browser would send if the page were sent again as it is."""
    found = _Controls()
    found.feed(re.sub(r"<template>.*?</template>", "", answer.text, flags=re.DOTALL))
    return found.sent


def changed(page: MultiDict[str, str], **typed: str) -> MultiDict[str, str]:
    """What a browser would send after these controls were filled in otherwise."""
    filled = MultiDict(page)
    for name, text in typed.items():
        filled[name] = text
    return filled


def entries(client: FlaskClient) -> int:
    """How many versions of entries there are."""
    with house_of(client.application).database.read() as reading:
        return reading.scalar(select(func.count(Entry.id))) or 0


def total(client: FlaskClient, ref: str) -> Amount:
    """Today's tally."""
    with house_of(client.application).database.read() as reading:
        return figures(reading, "2380", TODAY, TODAY, [ref], daily=True).total(ref, TODAY, TODAY)
