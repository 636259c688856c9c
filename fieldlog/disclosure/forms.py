"""What a page says about a request for documents."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from fieldlog.disclosure.models import LONGEST_FUNCTION, LONGEST_NUMBER
from fieldlog.exports.forms import PeriodForm
from fieldlog.web.forms import PageForm

TOO_LONG = lazy_gettext("Texten är för lång.")


class RequestForm(PeriodForm):
    number = StringField(
        lazy_gettext("Diarienummer"),
        validators=[
            DataRequired(lazy_gettext("Skriv begärans diarienummer.")),
            Length(max=LONGEST_NUMBER, message=TOO_LONG),
        ],
        render_kw={"maxlength": LONGEST_NUMBER, "autocomplete": "off"},
    )
    decided_by = StringField(
        lazy_gettext("Funktion som beslutar"),
        validators=[
            DataRequired(lazy_gettext("Skriv vilken funktion som beslutar, inte ett namn.")),
            Length(max=LONGEST_FUNCTION, message=TOO_LONG),
        ],
        render_kw={"maxlength": LONGEST_FUNCTION, "autocomplete": "off"},
    )
    history = BooleanField(lazy_gettext("Även ersatta och makulerade"))


class ReviewForm(PageForm):
    """The texts that a page showed, those that went out by then, and those that may go out; each by its place."""

    shown = SelectMultipleField(validate_choice=False)
    was = SelectMultipleField(validate_choice=False)
    released = SelectMultipleField(validate_choice=False)
