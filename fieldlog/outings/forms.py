"""What is asked of an occasion that is planned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, ClassVar

from fieldlog.actors import Organisation
from fieldlog.areas.queries import AreaPlace
from fieldlog.clock import from_wall, local
from fieldlog.editing.forms import Day, EditForm, Number, Pick, form_of
from fieldlog.entries.models import NO_AREA
from fieldlog.fields import Choice, Choices, Field, WrongAnswerError
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.occasions.actions import Planned
from fieldlog.occasions.models import OccasionPlan
from fieldlog.occasions.queries import PLANNED
from fieldlog.programmes.actions import RefusedError

NOT_A_TIME = Label("Ange ett klockslag, till exempel 19:00.", "Give a time, such as 19:00.")
NO_SUCH_TIME = Label("Den tiden fanns inte: klockan ställdes om.", "There was no such time: the clocks changed.")
NOWHERE = Label("Ej angiven", "Not given")


@dataclass(frozen=True, kw_only=True)
class Clock(Field):
    """A time of day, as ``19:00``."""

    type: ClassVar[str] = "text"

    def clean(self, value: Any) -> time:
        try:
            return time.fromisoformat(value).replace(second=0, microsecond=0, tzinfo=None)
        except (TypeError, ValueError):
            raise WrongAnswerError(NOT_A_TIME) from None


def occasion_form(by: Organisation, areas: Collection[AreaPlace], *, is_new: bool) -> EditForm:
    """When, where, at how many venues and with whom; of a new one also what, among what the organisation logs."""
    kinds = tuple((slug, KINDS[slug].label) for slug in PLANNED if by in KINDS[slug].logged_by)
    places = ((NO_AREA, NOWHERE), *((area.slug, Label(area.name, area.name)) for area in areas))
    parts = (Organisation.POLICE, Organisation.MUNICIPALITY, Organisation.SOCIAL_SERVICES)
    what = (Choice(name="kind", label=Label("Vad", "What"), options=kinds, required=True),) if is_new else ()
    return form_of(
        (
            *what,
            Day(name="day", label=Label("Dag", "Day"), required=True),
            Clock(name="time", label=Label("Klockslag", "Time"), required=True),
            Pick(name="area", label=Label("Kommundel", "Area"), options=places),
            Number(name="venues", label=Label("Antal ställen", "Number of venues"), most=99),
            Choices(
                name="organisations",
                label=Label("Vilka deltar", "Who takes part"),
                hint=Label("Bara de som deltar ser tillfället.", "Only those who take part see it."),
                options=tuple((one.value, one.label) for one in parts),
                measured=False,
            ),
        )
    )


def planned(answers: Mapping[str, Any]) -> Planned:
    """What was filled in. Raises RefusedError for a time that the clock passes over."""
    try:
        starts_at = from_wall(datetime.combine(answers["day"], answers["time"]))
    except (ValueError, OverflowError):
        raise RefusedError(NO_SUCH_TIME, "time") from None
    organisations = frozenset(Organisation(one) for one in answers["organisations"])
    return Planned(starts_at, answers["area"] or NO_AREA, answers["venues"], organisations)


def stored(plan: OccasionPlan) -> dict[str, Any]:
    """What was said last, by the fields of the form."""
    wall = local(plan.starts_at)
    when = {"day": wall.date(), "time": f"{wall:%H:%M}", "area": plan.area, "venues": plan.venues}
    return when | {"organisations": plan.took_part.split()}
