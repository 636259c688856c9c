"""What every form of a page is made from."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm

from fieldlog.web.guard import SAFE_METHODS


class PageForm(FlaskForm):
    """A form that reads what a page posted as text, and nothing else: no JSON and no file."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return None if request.method in SAFE_METHODS else request.form
