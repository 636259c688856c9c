"""What social services may post: a code to look up, and what became of a handover."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from wtforms import StringField

from fieldlog.entries.forms import Item
from fieldlog.fields import Choice
from fieldlog.handovers.models import OUTCOME, Handover
from fieldlog.ids import new_id
from fieldlog.intake.forms import WorkForm, form_for, sent_id
from fieldlog.kind import Section
from fieldlog.kinds import KINDS
from fieldlog.web.forms import PageForm

KIND = KINDS[OUTCOME]


class LookUpForm(PageForm):
    """A code as somebody typed it."""

    code = StringField()


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
