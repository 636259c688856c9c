"""The forms of the door and of a person's own settings."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from fieldlog.mail import is_address
from fieldlog.passwords import LONGEST
from fieldlog.web.forms import PageForm
from fieldlog.web.words import LANGUAGES, THEMES


class SignInForm(PageForm):
    name = StringField(
        _l("Namn"),
        validators=[InputRequired(_l("Skriv ditt namn.")), Length(max=64, message=_l("Namnet är för långt."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": 64},
    )
    password = PasswordField(
        _l("Lösenord"),
        validators=[
            InputRequired(_l("Skriv ditt lösenord.")),
            Length(max=LONGEST, message=_l("Lösenordet är för långt.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class ThemeForm(PageForm):
    theme = StringField(validators=[AnyOf(tuple(THEMES))])
    next = HiddenField()


class LanguageForm(PageForm):
    language = StringField(validators=[AnyOf(tuple(LANGUAGES))])
    next = HiddenField()


class SummaryForm(PageForm):
    """Where the daily summary goes, and in which language; an empty one wants none."""

    email = StringField(filters=[lambda typed: (typed or "").strip()])
    summary_language = StringField(default="", validators=[AnyOf(("", *LANGUAGES), message=_l("Välj ett språk."))])

    def validate_email(self, field: Field) -> None:
        if field.data and not is_address(field.data):
            raise ValidationError(gettext("Skriv en e-postadress, som namn@kommun.se."))
        if self.summary_language.data and not field.data:
            raise ValidationError(gettext("Skriv den e-postadress som sammanfattningen ska gå till."))


class RevokeForm(PageForm):
    """Only the token that shows that the button was ours."""
