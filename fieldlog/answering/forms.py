"""What social services may post: a code to look up, and what became of a handover."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from flask_babel import gettext
from wtforms import Field, StringField
from wtforms.validators import Length, ValidationError

from fieldlog.entries.forms import Item
from fieldlog.fields import Choice
from fieldlog.handovers.models import OUTCOME, Handover
from fieldlog.ids import new_id
from fieldlog.intake.forms import WorkForm, form_for, sent_id
from fieldlog.kind import Section
from fieldlog.kinds import KINDS
from fieldlog.mail import is_address
from fieldlog.push import Address
from fieldlog.web.forms import PageForm

KIND = KINDS[OUTCOME]


class LookUpForm(PageForm):
    """A code as somebody typed it."""

    code = StringField()


class ReminderForm(PageForm):
    """Where reminders go by mail; an empty address wants none."""

    email = StringField(filters=[lambda typed: (typed or "").strip()])

    def validate_email(self, field: Field) -> None:
        if field.data and not is_address(field.data):
            raise ValidationError(gettext("Skriv en e-postadress, som namn@kommun.se."))


class PushForm(PageForm):
    """What a browser told when it agreed to take push messages; nothing when it is to take none any more."""

    endpoint = StringField(default="", validators=[Length(max=500)])
    p256dh = StringField(default="", validators=[Length(max=100)])
    auth = StringField(default="", validators=[Length(max=40)])

    @property
    def address(self) -> Address:
        return Address(self.endpoint.data or "", self.p256dh.data or "", self.auth.data or "")


def questions() -> Section:
    """What is asked of an answer: not which handover, and not what the yes's own correction says."""
    (asked,) = KIND.sections
    outcome = KIND.fields["outcome"]
    assert isinstance(outcome, Choice)
    offered = replace(outcome, options=tuple(one for one in outcome.options if one[0] != "taken-back"))
    return Section(asked.label, (offered, KIND.fields["attempts"]))


def answer_form(handover: Handover, now: datetime) -> WorkForm:
    """The form of an answer to the handover, filled with the answer that it has."""
    form: WorkForm = form_for(KIND)()
    form["offer"].data = str(handover.id)
    if not form.is_submitted():
        form.id.data = str(new_id(now))
        if handover.outcome:
            form["outcome"].data, form["attempts"].data = handover.result, handover.outcome.answers.get("attempts")
    return form


def answer(form: WorkForm, handover: Handover, now: datetime) -> Item:
    """What was answered, for the door; a later answer corrects the earlier one."""
    replaces: UUID | None = handover.outcome.id if handover.outcome else None
    return form.item(sent_id(form), now, replaces=replaces, reason="other" if replaces else None)
