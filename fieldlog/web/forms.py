"""What every form of a page is made from."""

from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import ValidationError

from fieldlog.web.guard import SAFE_METHODS

YEARS = range(2000, 2101)
MOST_ECHOED = 100


class PageForm(FlaskForm):
    """A form that reads what a page posted as text, and nothing else: no JSON and no file."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return None if request.method in SAFE_METHODS else request.form


class SearchForm(FlaskForm):
    """A form whose answers stand in the page's address: it changes nothing, so it needs no token."""

    class Meta(FlaskForm.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return request.args


class DayField(Field):
    """A day as browsers write it, such as 2026-11-21: its ``data`` is the day, or None when it was left empty."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.data: date | None = data
        given = formdata.getlist(self.name) if formdata is not None else []
        self.typed = given[0].strip()[:MOST_ECHOED] if given else data.isoformat() if data else ""

    def pre_validate(self, form: Any) -> None:
        try:
            self.data = date.fromisoformat(self.typed) if self.typed else None
        except ValueError:
            raise ValidationError(gettext("Ange en dag, till exempel 2026-11-21.")) from None
        if self.data and self.data.year not in YEARS:
            raise ValidationError(gettext("Ange en dag från år 2000 till och med 2100."))


class ListField(Field):
    """One of ``choices``, a list of (value, words); its ``data`` is empty when nothing was asked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices: list[tuple[str, str]] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.data: str = formdata.get(self.name, "") if formdata is not None else ""

    def pre_validate(self, form: Any) -> None:
        if self.data not in dict(self.choices):
            self.data = ""
            raise ValidationError(gettext("Det finns inte i listan. Välj något annat."))
