"""The forms of the door and of a person's own settings."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import AnyOf, InputRequired, Length

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


class RevokeForm(PageForm):
    """Only the token that shows that the button was ours."""
