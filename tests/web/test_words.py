"""Numbers, days and hours as the reader's language writes them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from fieldlog.labels import Label
from fieldlog.web import words


def in_language(app: Flask, language: str, what: str, **values: object) -> str:
    with app.test_request_context(headers={"Cookie": f"language={language}"}):
        return app.jinja_env.from_string(what).render(**values)


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0"), (999, "999"), (1234, "1\u202f234"), (1234567, "1\u202f234\u202f567")]
)
def test_large_numbers_are_grouped_without_breaking(amount: int, text: str) -> None:
    assert words.number(amount) == text


def test_a_number_that_is_not_there_is_nothing() -> None:
    assert words.number(None) == ""


@pytest.mark.parametrize(
    ("form", "swedish", "english"),
    [
        ("long", "lördag 21 november", "Saturday 21 November"),
        ("year", "lördag 21 november 2026", "Saturday 21 November 2026"),
        ("short", "21 nov.", "21 Nov"),
        ("month", "november 2026", "November 2026"),
    ],
)
def test_a_day_is_written_in_the_readers_language(app: Flask, form: str, swedish: str, english: str) -> None:
    what = "{{ day | day(form) }}"
    assert in_language(app, "sv", what, day=date(2026, 11, 21), form=form) == swedish
    assert in_language(app, "en", what, day=date(2026, 11, 21), form=form) == english


def test_a_moment_is_shown_on_the_local_day_and_hour(app: Flask) -> None:
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert in_language(app, "sv", "{{ at | day }} {{ at | clock }}", at=moment) == "torsdag 2 juli 00:30"


def test_a_label_is_said_in_the_readers_language(app: Flask) -> None:
    label = Label("Trafikkontroll", "Traffic control")
    assert in_language(app, "sv", "{{ label | say }}", label=label) == "Trafikkontroll"
    assert in_language(app, "en", "{{ label | say }}", label=label) == "Traffic control"
    assert in_language(app, "en", "{{ label | say }}", label=None) == ""


def test_outside_a_request_swedish_is_spoken() -> None:
    assert words.language() == "sv"
