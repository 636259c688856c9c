"""What is asked about a rule, a plan and a note: choices, never code."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from babel.dates import get_day_names, get_month_names
from pydantic import ValidationError

from fieldlog.areas.queries import AreaPlace
from fieldlog.counting import models
from fieldlog.counting.models import Rule
from fieldlog.counting.queries import EACH, IN_ALL, ONE
from fieldlog.editing.forms import Day, Days, EditForm, Number, Pick, both, form_of
from fieldlog.faults import fault
from fieldlog.fields import Choices, Count, Field, Flag, Options
from fieldlog.kinds import KINDS
from fieldlog.labels import Label, WrongValueError, words
from fieldlog.periods import Span, Window
from fieldlog.programmes.actions import RefusedError
from fieldlog.targets.models import MonthAmount, Plan

AVERAGE = Label("i snitt per {window}", "on average a {window}")
NOTHING = Label("Regeln räknar ingenting. Välj minst en sak.", "The rule counts nothing. Choose at least one thing.")
NUMBER_FIRST = Label("Ange målet först.", "Give the target first.")
COUNTS = Label("Räkna", "Count")
AND = Label("och räkna", "and count")
NO_MORE = Label("Inget mer", "Nothing more")
MOST_COUNTED = 3

WINDOWS: Options = (
    ("all", IN_ALL),
    *((f"each-{window}", EACH[window]) for window in Window),
    *((f"average-{window}", AVERAGE.fill(window=ONE[window])) for window in Window),
)
VALID_FROM = Day(
    name="valid_from",
    label=Label("Gäller från", "In force from"),
    hint=Label("Tidigast i morgon. Dagar som har gått räknas inte om.", "Tomorrow at the earliest. Past days stay."),
    required=True,
)
WEEKDAYS = tuple(
    (str(day), Label(get_day_names("abbreviated", locale="sv")[day], get_day_names("abbreviated", locale="en")[day]))
    for day in range(7)
)
MONTHS = tuple(
    (str(month), Label(*(get_month_names("abbreviated", locale=code)[month] for code in ("sv", "en"))))
    for month in range(1, 13)
)


FIRST_RULE = Rule(counts=("traffic-control.controls",), noun=Label("", ""), one=Label("", ""))
"""What a new commitment's rule is built from: each part of it is chosen on the form."""


def rule_form(rule: Rule, areas: Collection[AreaPlace]) -> EditForm:
    """What can be changed about the rule; a share keeps what it is a part of, and gets another percentage at most."""
    own = _share_fields() if rule.share else _count_fields(rule, areas)
    noun = both("noun", Label("Det som räknas heter", "What is counted is called"), most=40)
    one = both("one", Label("Ett ensamt heter", "A single one is called"), most=40)
    spread = Flag(name="spread", label=Label("Visa kommundelarna bredvid", "Show the areas beside it"), measured=False)
    return form_of((*own, *noun, *one, spread, VALID_FROM))


def _share_fields() -> list[Field]:
    return [
        Number(
            name="percent", label=Label("Minst så många procent", "At least so many per cent"), most=100, required=True
        )
    ]


def _count_fields(rule: Rule, areas: Collection[AreaPlace]) -> list[Field]:
    options = _measures(rule)
    picks = [
        Pick(name=f"count-{number}", label=AND if number else COUNTS, options=options, none=NO_MORE)
        for number in range(max(MOST_COUNTED, len(rule.counts)))
    ]
    most = 99_999
    parts = [
        Number(name=f"part-{place}", label=part.label, most=most, required=True)
        for place, part in enumerate(rule.parts)
    ]
    return [
        *picks,
        Number(
            name="number",
            label=Label("Mål: minst", "Target: at least"),
            hint=Label("Tomt betyder att inget antal är utlovat.", "Empty means that no number was promised."),
            most=most,
        ),
        Number(
            name="upto",
            label=Label("och upp till", "and up to"),
            hint=Label("Fler går bra.", "More is fine."),
            most=most,
        ),
        Pick(name="window", label=Label("Målet gäller", "The target is for"), options=WINDOWS, required=True),
        Day(name="by", label=Label("Målet ska nås senast (frivilligt)", "To be reached by (optional)")),
        Count(name="baseline", label=Label("Antal före löftet", "Number before the promise"), most=most),
        *parts,
        Choices(name="weekdays", label=Label("Bara på", "Only on"), options=WEEKDAYS, measured=False),
        Choices(name="months", label=Label("Bara i", "Only in"), options=MONTHS, measured=False),
        Choices(
            name="areas",
            label=Label("Bara i kommundelarna", "Only in the areas"),
            options=tuple((area.slug, Label(area.name, area.name)) for area in areas),
            measured=False,
        ),
    ]


def _measures(rule: Rule) -> Options:
    """Everything that can be counted, by kind; what the rule counts already is there even if its kind is retired."""
    return tuple(
        (ref, Label(f"{kind.label.sv}: {measure.label.sv.lower()}", f"{kind.label.en}: {measure.label.en.lower()}"))
        for kind in KINDS.values()
        for name, measure in kind.measures.items()
        if not kind.is_retired or f"{kind.slug}.{name}" in rule.counts
        for ref in (f"{kind.slug}.{name}",)
    )


def built(old: Rule, answers: Mapping[str, Any]) -> Rule:
    """The rule as it was chosen, with what is not asked as it was. Raises RefusedError, which names the field."""
    made: dict[str, Any] = old.model_dump() | {"noun": words(answers, "noun"), "one": words(answers, "one")}
    made["spread"] = answers["spread"]
    if old.share:
        made["share"]["at_least_percent"] = answers["percent"]
    else:
        counted = [answers[name] for name in answers if name.startswith("count-") and answers[name]]
        if not counted:
            raise RefusedError(NOTHING, "count-0")
        if not answers["number"] and (answers["upto"] or answers["by"] or answers["baseline"]):
            raise RefusedError(NUMBER_FIRST, "number")
        made |= {"counts": tuple(dict.fromkeys(counted)), "target": _target(answers)}
        days = {name: tuple(map(int, answers[name])) for name in ("weekdays", "months")}
        made["limit"] = {**days, "areas": tuple(answers["areas"])}
        for place, part in enumerate(made["parts"]):
            part["target"]["at_least"] = answers[f"part-{place}"]
            if part["setting"] == "in-addition":
                part["target"]["by"] = answers["by"]
    try:
        return Rule.model_validate(made)
    except ValidationError as error:
        first = error.errors()[0]
        raise RefusedError(fault(first), _where(first)) from None


def _where(error: Mapping[str, Any]) -> str:
    """The field that a wrong rule is told at."""
    reason = error.get("ctx", {}).get("error")
    told = reason.reason if isinstance(reason, WrongValueError) else None
    at = {models.RANGE: "upto", models.NO_RANGE: "upto", models.BY_OR_EACH: "by", models.ADDED_EACH: "window"}
    return at.get(told, "number") if told else "number"


def _target(answers: Mapping[str, Any]) -> dict[str, Any] | None:
    if not answers["number"]:
        return None
    way, _, window = answers["window"].partition("-")
    return {
        "at_least": answers["number"],
        "upto": answers["upto"],
        "window": window or None,
        "average": way == "average",
        "by": answers["by"],
        "baseline": answers["baseline"],
    }


def plan_form(period: Span, *, by_months: bool) -> EditForm:
    """Months for a large target, days for others."""
    months: list[Field] = [
        Count(name=f"month-{month.first:%Y-%m}", label=_month(month.first.month, month.first.year), most=99_999)
        for month in (period.months if by_months else [])
    ]
    days: list[Field] = [
        Days(
            name="dates",
            label=Label("Planerade datum", "Planned dates"),
            hint=Label("Syns aldrig utanför organisationerna.", "Never seen outside the organisations."),
        )
    ]
    return form_of((*(months or days), VALID_FROM))


def _month(month: int, year: int) -> Label:
    return Label(*(f"{get_month_names('wide', locale=code)[month]} {year}" for code in ("sv", "en")))


def planned(answers: Mapping[str, Any]) -> Plan:
    """The plan that was filled in."""
    months = {name.removeprefix("month-"): amount for name, amount in answers.items() if name.startswith("month-")}
    is_filled = any(amount is not None for amount in months.values())
    amounts = tuple(
        MonthAmount(month=date.fromisoformat(f"{month}-01"), amount=amount or 0) for month, amount in months.items()
    )
    return Plan(dates=tuple(answers.get("dates", ())), months=amounts if is_filled else ())


def note_form() -> EditForm:
    """What is done about what lags."""
    return form_of(both("text", Label("Så här gör vi nu", "What we do now"), most=600, lines=5, required=False))
