"""What is asked about a new part of a programme, about one that leaves it, and about its days."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from fieldlog.areas.queries import AreaPlace
from fieldlog.counting.models import Rule
from fieldlog.editing.forms import Day, EditForm, both, form_of
from fieldlog.fields import Field, Flag
from fieldlog.labels import Label
from fieldlog.planning.forms import NAME, commitment_form, next_form, pledge_form
from fieldlog.programmes.models import Programme
from fieldlog.rulemaking import forms as rules

AGREED = Flag(name="agreed", label=Label("Jag vet vad ändringen gör", "I know what this changes"), measured=False)
GONE_FROM = Day(
    name="gone_from",
    label=Label("Gäller inte från", "Holds no longer from"),
    hint=Label("Tidigast i morgon. Tomt: gäller perioden ut.", "Tomorrow at the earliest. Empty: to the end."),
)


def commitment_fields(row: Programme, areas: Collection[AreaPlace]) -> tuple[Field, ...]:
    """A new commitment: its words, how it is counted, and from when."""
    return (*commitment_form(row).declared, *rules.rule_form(rules.FIRST_RULE, areas).declared)


def add_commitment_form(row: Programme, areas: Collection[AreaPlace]) -> EditForm:
    return form_of(commitment_fields(row, areas))


def add_pledge_form(row: Programme, areas: Collection[AreaPlace]) -> EditForm:
    """A new pledge, and its first commitment, of the same promisers."""
    own = (field for field in pledge_form().declared if field.name != "promised_by")
    return form_of((*(replace(field, name=f"pledge_{field.name}") for field in own), *commitment_fields(row, areas)))


def rule_asked(form: EditForm) -> list[Field]:
    """What the form of a new commitment asks about its rule."""
    own = {field.name for field in rules.rule_form(rules.FIRST_RULE, ()).declared}
    return [field for field in form.declared if field.name in own]


def rule_chosen(answers: Mapping[str, Any]) -> Rule:
    """The rule that was chosen. Raises RefusedError, which names the field."""
    return rules.built(rules.FIRST_RULE, answers)


def add_focus_area_form() -> EditForm:
    return form_of((*both("name", NAME, most=60), rules.VALID_FROM))


def take_out_form() -> EditForm:
    return form_of((GONE_FROM,))


def days_form() -> EditForm:
    """The period's days, and the yes to what becomes of entries."""
    days = (field for field in next_form().declared if isinstance(field, Day))
    return form_of((*days, AGREED))
