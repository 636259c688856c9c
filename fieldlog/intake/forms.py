"""The forms on which work is logged, made from a kind's declaration."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from flask import abort
from flask_babel import gettext
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from fieldlog import fields
from fieldlog.clock import from_wall, local
from fieldlog.entries.forms import ABOUT, REASONS, Item
from fieldlog.entries.models import NO_AREA
from fieldlog.intake.models import Refusal
from fieldlog.kind import Kind
from fieldlog.kinds import linking_to
from fieldlog.labels import Label
from fieldlog.occasions.queries import Coming
from fieldlog.web import language
from fieldlog.web.forms import PageForm


class Formdata(Protocol):
    """What a browser posted."""

    def getlist(self, key: str) -> list[Any]: ...


class AnswerField(Field):
    """A declared field on a form: the declaration reads what was posted; the kind checks all of them together.

    The ``choices`` of a link are (id, its words, how many more links it wants).
    """

    def __init__(self, declared: fields.Field, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.declared = declared
        self.choices: list[tuple[str, str, int]] = []

    def process(self, formdata: Formdata | None, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was posted, or ``data`` when nothing was: what cannot be read stays as it was typed."""
        self.process_errors = []
        self.data = self.declared.parse(formdata.getlist) if formdata is not None else None

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What the rows of a ``rows`` field hold."""
        return [row for row in self.data or [] if isinstance(row, dict)]


class MomentField(Field):
    """A time on the municipality's clock: its ``data`` is the moment, or None when it was left at now."""

    def process(self, formdata: Formdata | None, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.data: datetime | None = data
        self.typed = next(iter(formdata.getlist(self.name)), "").strip() if formdata is not None else ""

    def pre_validate(self, form: Any) -> None:
        if not self.typed:
            return
        try:
            wall = datetime.fromisoformat(self.typed).replace(tzinfo=None)
        except ValueError:
            raise ValidationError(gettext("Ange en dag och ett klockslag, till exempel 2026-11-21 21:40.")) from None
        try:
            self.data = from_wall(wall)
        except (ValueError, OverflowError):
            raise ValidationError(gettext("Den tiden fanns inte: klockan ställdes om. Ange en annan.")) from None

    def _value(self) -> str:
        return self.typed or (local(self.data).strftime("%Y-%m-%dT%H:%M") if self.data else "")


class SentForm(PageForm):
    """A form for the door, with the id that its page was given."""

    id = HiddenField()

    def blame(self, reasons: Mapping[str, Label]) -> None:
        """Show the door's reasons: on their fields, or on the form for those that have none."""
        for name, reason in reasons.items():
            blamed = self._fields.get(name, self.id)
            blamed.errors = [reason.text(language())]


class WorkForm(SentForm):
    """What every kind's form has beside the kind's own fields. An empty time is now."""

    happened_at = MomentField()
    area = SelectField(validate_choice=False)
    confirmed = BooleanField()

    kind: Kind

    @property
    def answers(self) -> dict[str, Any]:
        return {name: self[name].data for name in self.kind.fields}

    @property
    def opens(self) -> Kind | None:
        """The kind whose questions an entry of this one opens, for everybody who logs this one."""
        asking = (other for other in linking_to(self.kind) if other.has_form and other.link and other.link.opened_by)
        return next((other for other in asking if {*self.kind.logged_by} <= {*other.logged_by}), None)

    @property
    def handed_over(self) -> tuple[str, str] | None:
        """The answer with which an entry of this kind is handed over, as (field, option); None for most kinds."""
        links = (other.link for other in linking_to(self.kind) if not other.has_form)
        return next((link.needs for link in links if link and link.needs), None)

    @property
    def reasons(self) -> "ReasonForm":
        """Why an entry that a phone holds is corrected or voided."""
        asked = ReasonForm(meta={"csrf": False})
        asked.offer_reasons()
        return asked

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the kind takes the answers; what is wrong stands on its field."""
        _, wrong = self.kind.check(self.answers)
        is_right = super().validate(extra_validators)
        self.blame(wrong)
        return bool(is_right and not wrong)

    def fill(self, answers: Mapping[str, Any]) -> None:
        """Show these answers."""
        for name in self.kind.fields:
            self[name].data = answers.get(name)

    def mend(self, refusal: Refusal) -> None:
        """Show a refused attempt as it was sent, forbidden text masked, with the reasons."""
        sent = refusal.item
        self.id.data, self.area.data = str(refusal.entry_id), str(sent["area"])
        self.happened_at.data = datetime.fromisoformat(sent["happened_at"])  # a "Nu" has passed by now
        for name, declared in self.kind.fields.items():
            self[name].data = declared.show(sent["answers"].get(name))
        self.blame({name: Label(*reason) for name, reason in refusal.reasons.items()})

    def log_planned(self, planned: Coming, now: datetime) -> None:
        """Show what was planned; the entry gets the occasion's id, so that one comes of it, and no more."""
        if planned.kind is not self.kind or planned.state != "planned":
            return
        self.id.data, self.area.data = str(planned.row.id), planned.plan.area
        self.happened_at.data = planned.plan.starts_at if planned.plan.starts_at <= now else None
        told = {"organisations": planned.organisations, "venues": planned.plan.venues}
        self.fill({name: told.get(name) for name in self.kind.fields})

    def without_remarks(self) -> None:
        """Set the remark counts that were left empty to zero; what was typed stays."""
        for name in self.kind.remark_counts:
            if self[name].data is None:
                self[name].data = 0

    def questions(self) -> dict[str, Label]:
        """What to ask before right but doubtful answers are saved; nothing once the person has confirmed them."""
        return self.kind.questions(self.answers) if self.validate() and not self.confirmed.data else {}

    def item(self, entry_id: UUID, now: datetime, **correction: Any) -> Item:
        """What was filled in, for the door."""
        return Item(
            id=entry_id,
            kind=self.kind.slug,
            happened_at=self.happened_at.data or now,
            saved_at=now,
            untouched_now=not self.happened_at.data,
            area=self.area.data or NO_AREA,
            answers=self.answers,
            **correction,
        )


class ReasonForm(SentForm):
    """Why a version is replaced. ``replaces`` is the version that the person saw."""

    replaces = HiddenField()
    reason = RadioField(validate_choice=False)
    explanation = StringField()

    def offer_reasons(self) -> None:
        self.reason.choices = [(slug, label.text(language())) for slug, label in REASONS]


class CorrectionForm(ReasonForm, WorkForm):
    """A kind's form with the reason."""


class EmptyForm(PageForm):
    """A button that changes something: only its token."""


@cache
def form_for(kind: Kind, base: type[WorkForm] = WorkForm) -> type[WorkForm]:
    """The kind's form, with a control for each declared field."""
    own = {name: AnswerField(declared) for name, declared in kind.fields.items()}
    return type(f"{kind.slug}-form", (base,), {"kind": kind, **own})


def name_of(field: Field) -> str:
    """The field's name before its message; nothing for a field without one."""
    label = field.declared.label if isinstance(field, AnswerField) else ABOUT.get(field.name)
    return f"{label.text(language()).rstrip('?')}: " if label else ""


def form_errors(filled: PageForm) -> list[tuple[str, str]]:
    """What has to be mended: (id of the control, its name and what is wrong)."""
    return [(field.id, f"{name_of(field)}{error}") for field in filled for error in field.errors]


def sent_id(filled: SentForm) -> UUID:
    """The id that the page was given for what it sends. A page that changed it is answered 400."""
    try:
        return UUID(filled.id.data or "")
    except ValueError:
        abort(400)
