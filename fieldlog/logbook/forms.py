"""What the logbook's pages may ask for and post."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from flask import abort
from flask_babel import gettext
from wtforms.validators import ValidationError

from fieldlog.accounts.queries import UnitChoice
from fieldlog.areas.queries import AreaPlace
from fieldlog.clock import local
from fieldlog.entries.forms import Item
from fieldlog.entries.models import NO_AREA, Entry
from fieldlog.intake.forms import ReasonForm
from fieldlog.kind import Kind
from fieldlog.logbook.models import Search
from fieldlog.web import language
from fieldlog.web.forms import DayField, ListField, SearchForm


class OrganisationForm(SearchForm):
    """Which of the organisation's entries are looked for."""

    first = DayField()
    last = DayField()
    kind = ListField()
    area = ListField()
    unit = ListField()

    def offer(self, kinds: Sequence[Kind], areas: Sequence[AreaPlace], units: Sequence[UnitChoice]) -> None:
        everything = ("", gettext("Alla"))
        self.kind.choices = [everything, *((kind.slug, kind.label.text(language())) for kind in kinds)]
        self.area.choices = [everything, *((area.slug, area.name) for area in areas), (NO_AREA, gettext("Ej angiven"))]
        self.unit.choices = [everything, *((unit.slug, unit.name) for unit in units)]

    def validate_last(self, last: Any) -> None:
        if self.first.data and last.data and last.data < self.first.data:
            raise ValidationError(gettext("Den sista dagen ligger före den första."))

    @property
    def search(self) -> Search:
        return Search(self.first.data, self.last.data, self.kind.data, self.area.data, self.unit.data)

    @property
    def asked(self) -> dict[str, Any]:
        """The same as it stands in the page's address."""
        return {name: str(value) for name, value in self.search._asdict().items() if value}


class Correction(TypedDict, total=False):
    """The part of an item that says which version it replaces, and why."""

    replaces: Required[UUID]
    reason: Required[str | None]
    explanation: str | None


def correction(form: ReasonForm) -> Correction:
    """What the form says of that. A page that changed which version it was made for is answered 400."""
    try:
        replaces = UUID(form.replaces.data or "")
    except ValueError:
        abort(400)
    return {"replaces": replaces, "reason": form.reason.data, "explanation": form.explanation.data}


def void_of(known: Entry, own_id: UUID, moment: datetime, **why: Unpack[Correction]) -> Item:
    """The item that voids the entry."""
    return Item(id=own_id, kind=known.kind, happened_at=known.happened_at, saved_at=moment, void=True, **why)


def last_read(typed: str) -> tuple[datetime, UUID] | None:
    """The entry after which a list goes on, as the list's own link names it; None for anything else."""
    moment, _, version_id = typed.partition("_")
    try:
        happened_at = datetime.fromisoformat(moment).astimezone(UTC)
        return local(happened_at).astimezone(UTC), UUID(version_id)  # a moment that has no local time is none of ours
    except (ValueError, OverflowError):
        return None
