"""What administrators may post about accounts, and what somebody may who was sent a link."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.validators import AnyOf, EqualTo, InputRequired, Regexp, ValidationError

from fieldlog.accounts.actions import NAME
from fieldlog.accounts.queries import plain_name
from fieldlog.actors import NO_UNIT, Organisation, Role
from fieldlog.people.models import Placing, Search, State
from fieldlog.web.forms import PageForm

SLUG = re.compile(r"[a-z0-9-]{1,40}\Z")

Choice = TypeVar("Choice", bound=StrEnum)


def search(args: Mapping[str, str]) -> Search:
    """What an address asks for; what nothing can be is not asked for."""
    unit = args.get("unit", "")
    return Search(
        name=args.get("name", ""),
        organisation=_one(Organisation, args),
        unit=unit if SLUG.match(unit) else "",
        role=_one(Role, args),
        state=_one(State, args),
    )


def _one(choices: type[Choice], args: Mapping[str, str]) -> Choice | None:
    """The choice that an address names, by the name of its sort."""
    return next((choice for choice in choices if choice == args.get(choices.__name__.lower())), None)


def _proper_name(_form: Any, field: Field) -> None:
    if not NAME.fullmatch(plain_name(field.data)):
        words = gettext("Namnet ska ha 2–64 tecken: bokstäver, siffror och . _ - + @, men inga mellanslag.")
        raise ValidationError(words)


class PlacingForm(PageForm):
    """Where an account belongs and what it may do; ``shown`` is how it stood when the page was made."""

    organisation = StringField(validators=[AnyOf([*Organisation], message=_l("Välj en organisation."))])
    role = StringField(validators=[AnyOf([*Role], message=_l("Välj en roll."))])
    unit = StringField(default=NO_UNIT, validators=[Regexp(SLUG, message=_l("Välj en enhet."))])
    shown = HiddenField()

    @property
    def placing(self) -> Placing:
        """What was chosen, once it is valid."""
        return Placing(
            Organisation(self.organisation.data or ""), Role(self.role.data or ""), self.unit.data or NO_UNIT
        )


class InvitationForm(PlacingForm):
    name = StringField(validators=[InputRequired(_l("Skriv ett namn.")), _proper_name])


class PasswordForm(PageForm):
    password = PasswordField(
        _l("Välj ett lösenord"),
        validators=[InputRequired(_l("Skriv ett lösenord."))],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("Samma lösenord igen"),
        validators=[EqualTo("password", message=_l("Det är inte samma lösenord som ovanför."))],
        render_kw={"autocomplete": "new-password"},
    )
