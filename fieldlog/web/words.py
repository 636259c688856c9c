"""The reader's language, and how numbers, days and hours are written in it."""

from datetime import date, datetime

from babel.dates import format_date
from flask import Flask, g, has_request_context, request
from flask_babel import Babel
from flask_login import current_user

from fieldlog import clock
from fieldlog.config import ROOT
from fieldlog.labels import Label

LANGUAGES = {"sv": "Svenska", "en": "English"}
THEMES = {"auto": Label("Auto", "Auto"), "day": Label("Dag", "Day"), "night": Label("Natt", "Night")}
NARROW_SPACE = "\u202f"
PATTERNS = {
    "sv": {"long": "EEEE d MMMM", "year": "EEEE d MMMM y", "short": "d MMM", "month": "MMMM y", "date": "d MMMM y"},
    "en": {"long": "EEEE d MMMM", "year": "EEEE d MMMM y", "short": "d MMM", "month": "MMMM y", "date": "d MMMM y"},
}


def install(app: Flask) -> None:
    app.config.update(BABEL_DEFAULT_LOCALE="sv", BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "fieldlog" / "translations"))
    Babel(app, locale_selector=language)
    app.jinja_env.filters.update(say=say, number=number, day=day, clock=time_of_day)
    # A proxy: a page that does not ask who is reading, such as one about a database that is away, queries nothing.
    app.context_processor(
        lambda: {
            "language": language(),
            "theme": theme(),
            "current_user": current_user,
            "is_public": g.get("is_public", False),
        }
    )


def language() -> str:
    """What the address names, otherwise the reader's choice: "sv" or "en"; Swedish when neither says."""
    named = (request.args.get("language"), *_kept()) if has_request_context() else ()
    return next((chosen for chosen in named if chosen in LANGUAGES), "sv")


def theme() -> str:
    """The reader's choice: "day", "night" or "auto"."""
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in THEMES and not g.get("is_public") else "auto"


def _kept() -> tuple[str | None, ...]:
    """What the browser keeps of the choice; a public page is the same for everybody who asks its address."""
    return () if g.get("is_public") else (request.cookies.get("language"),)


def say(label: Label | None) -> str:
    return label.text(language()) if label else ""


def number(amount: int | None) -> str:
    """1234 as 1 234, with a space that does not break; nothing for a number that is not there."""
    return "" if amount is None else f"{amount:,}".replace(",", NARROW_SPACE)


def day(moment: date | datetime, form: str = "long") -> str:
    """The local day: "lördag 21 november", or in another ``form``: "year", "short" (21 nov.), "date", "month"."""
    shown = clock.local_day(moment) if isinstance(moment, datetime) else moment
    return format_date(shown, PATTERNS[language()][form], locale=language())


def time_of_day(moment: datetime) -> str:
    """The local time, such as 21:40."""
    return clock.local(moment).strftime("%H:%M")
