"""What is asked about how it stands with a finding."""

from collections.abc import Mapping, Sequence
from typing import Any

from fieldlog.editing.forms import Day, EditForm, Pick, Reference, form_of
from fieldlog.fields import Choice, Field, Text, WrongAnswerError
from fieldlog.fields.text import FORBIDDEN
from fieldlog.findings.models import NOT_DONE, PASSED_ON, SPOTS, STATUSES, State
from fieldlog.findings.models import Responsible as Named
from fieldlog.labels import Label
from fieldlog.mending.queries import FIELDS
from fieldlog.programmes.actions import RefusedError
from fieldlog.texts import forbidden_spans

NO_SPOT = ("none", Label("Ej angiven", "Not given"))
WHY_NOT = Label("Skriv varför den inte åtgärdas.", "Say why it will not be done.")
WHO = Label("Välj vem som är ansvarig.", "Choose who is responsible.")


class CaseNumber(Reference):
    """A number in the responsible's own system, which is no personal number."""

    def clean(self, value: Any) -> str:
        number = super().clean(value)
        # A plate is three letters and three signs: so are some case numbers.
        if any(end - start > len("ABC 123") for start, end in forbidden_spans(number)):
            raise WrongAnswerError(FORBIDDEN)
        return number


REASON = Text(
    name="reason",
    label=FIELDS["reason"],
    hint=Label("Bara om den inte åtgärdas. Inga personuppgifter.", "Only if it will not be done. No personal data."),
    most=200,
    lines=2,
)
DONE_ON = Day(
    name="done_on",
    label=FIELDS["done_on"],
    hint=Label("Planerad dag, eller dagen då det blev gjort.", "The day planned, or when it was done."),
)
CASE_NUMBER = CaseNumber(name="case_number", label=Label("Ert ärendenummer", "Your case number"))


def status_field(slugs: Sequence[str]) -> Choice:
    """The states of these slugs to choose from."""
    chosen = tuple(option for option in STATUSES if option[0] in slugs)
    return Choice(name="status", label=FIELDS["status"], options=chosen, required=True)


def finding_form(responsibles: Sequence[Named], state: State) -> EditForm:
    """How it stands, who is responsible, until when, and where in the area."""
    offered = tuple(
        (one.slug, Label(one.name, one.name))
        for one in responsibles
        if one.retired_at is None or one.slug == state.responsible
    )
    fields: tuple[Field, ...] = (
        status_field(list(dict(STATUSES))),
        REASON,
        Pick(name="responsible", label=FIELDS["responsible"], options=offered, none=Label("Ingen", "Nobody")),
        Day(name="wanted_by", label=FIELDS["wanted_by"]),
        DONE_ON,
        CaseNumber(name="case_number", label=FIELDS["case_number"]),
        Choice(name="spot", label=FIELDS["spot"], options=(*SPOTS, NO_SPOT)),
    )
    return form_of(fields)


def stored(state: State) -> Mapping[str, Any]:
    """The state, by the fields of its form."""
    return vars(state) | {"spot": state.spot or NO_SPOT[0]}


def new_state(state: State, answers: Mapping[str, Any]) -> State:
    """The state after the answers. Raises RefusedError, which names the field."""
    said = dict(answers)
    if said.get("spot") == NO_SPOT[0]:
        said["spot"] = None
    if said["status"] != NOT_DONE:
        said["reason"] = None
    elif not said["reason"]:
        raise RefusedError(WHY_NOT, "reason")
    after = state.but(said)
    if after.status == PASSED_ON and not after.responsible:
        raise RefusedError(WHO, "responsible")
    return after
