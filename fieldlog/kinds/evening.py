"""A whole evening of outreach on one form: not a kind of its own, for each place becomes an entry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from fieldlog.fields import Field, Rows, WrongAnswerError
from fieldlog.fields.choice import NOT_AN_OPTION
from fieldlog.fields.rows import KEY
from fieldlog.kind import PLACE, Kind, Section
from fieldlog.kinds.youth import OUTREACH
from fieldlog.labels import Label

SHARED = "with_police"


@dataclass(frozen=True, kw_only=True)
class AreaField(Field):
    """An area by its slug, chosen from the municipality's list; the door knows which there are."""

    type: ClassVar[str] = "link"

    def clean(self, value: Any) -> str:
        if not isinstance(value, str):
            raise WrongAnswerError(NOT_AN_OPTION)
        return value


PLACES = Rows(
    name="places",
    label=Label("Platser", "Places"),
    most=12,
    columns=(
        AreaField(name="area", label=Label("Kommundel", "Area")),
        PLACE,
        *(part for name, part in OUTREACH.fields.items() if name not in {SHARED, "place", "note"}),
    ),
)

EVENING = Kind(
    slug="evening",
    label=Label("Uppsökande, hela kvällen", "Outreach, the whole evening"),
    noun=OUTREACH.noun,
    icon=OUTREACH.icon,
    logged_by=OUTREACH.logged_by,
    about_youth=OUTREACH.about_youth,
    without=frozenset({"place", "organisations", "note"}),
    counts_as=OUTREACH.counts_as,
    sections=(
        Section(Label("Hela kvällen", "The whole evening"), (replace(OUTREACH.fields[SHARED], required=False),)),
        Section(PLACES.label, (PLACES,)),
    ),
)


def apart(answers: Mapping[str, Any]) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """The area and the answers of each entry that the right answers make: one for each place, at least one."""
    for row in answers[PLACES.name] or [{}]:
        own = {name: answer for name, answer in row.items() if name not in {"area", KEY}}
        yield row.get("area"), {SHARED: answers[SHARED], **own}
