"""What a kind of work is. The kinds themselves are declared in ``kinds.py``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from fieldlog.actors import Organisation
from fieldlog.fields import ORGANISATIONS, Choice, Choices, Count, Field, Flag, Link, Text, WrongAnswerError
from fieldlog.labels import Label
from fieldlog.measures import DEFAULTS, Answers, Circumstances, Measure, Rules

UNKNOWN = Label("Det här finns inte i formuläret. Ladda om sidan.", "This is not in the form. Load the page anew.")
NOT_ASKED = Label("Lämna tomt: frågan gäller bara om du svarat {answer}.", "Leave empty: only asked after {answer}.")
ABOVE = Label("Kan inte vara fler än {other} ({limit}).", "Cannot be more than {other} ({limit}).")

PLACE = Text(name="place", label=Label("Plats", "Place"), most=80)
JOINT = Choices(name="organisations", label=Label("Vilka deltog", "Who took part"), options=ORGANISATIONS)
NOTE = Text(name="note", label=Label("Anteckning", "Note"), most=500, lines=3)


@dataclass(frozen=True)
class Section:
    """Fields that stand together on the form; ``folded`` ones open with a tap."""

    label: Label
    fields: tuple[Field, ...]
    folded: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """One kind of work: who logs and reads it, what is asked, and what it yields.

    ``counts_as`` says in a sentence what counts as one, with ``{venues}`` for the threshold in force. ``leading``
    measures come first and the first of them is what a tally shows; every field adds its own. Place, organisations and
    note are asked last, folded, unless a section has them or ``without`` takes them away. ``counted_with`` a link
    counts on the day of the entry it is linked to. Of a kind that is ``held_together`` those who do not read its rows
    are told months of the whole municipality, small ones together.
    """

    slug: str
    label: Label
    noun: Label
    icon: str
    counts_as: Label
    logged_by: tuple[Organisation, ...]
    sections: tuple[Section, ...]
    leading: tuple[Measure, ...] = ()
    read_by: tuple[Organisation, ...] = ()
    without: frozenset[str] = field(default_factory=frozenset)
    about_youth: bool = False
    counted_with_link: bool = False
    has_form: bool = True
    is_retired: bool = False
    held_together: bool = False

    @cached_property
    def form_sections(self) -> tuple[Section, ...]:
        """The sections as the form shows them."""
        own = {part.name for section in self.sections for part in section.fields}
        rest = tuple(part for part in (PLACE, JOINT, NOTE) if part.name not in own | self.without)
        return (*self.sections, Section(Label("Mer", "More"), rest, folded=True)) if rest else self.sections

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every field by its name, in the form's order."""
        return {part.name: part for section in self.form_sections for part in section.fields}

    @property
    def asked_first(self) -> tuple[Field, ...]:
        """The fields that the form shows without a tap."""
        return tuple(part for section in self.form_sections if not section.folded for part in section.fields)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Every measure by its name, the leading one first."""
        own = [measure for part in self.fields.values() for measure in part.measures()]
        return {measure.name: measure for measure in (*self.leading, *own)}

    @cached_property
    def link(self) -> Link | None:
        """The field that links an entry of this kind to another entry, if there is one."""
        return next((part for part in self.fields.values() if isinstance(part, Link)), None)

    @property
    def readers(self) -> tuple[Organisation, ...]:
        """The organisations that may read rows of this kind: those that log it, unless ``read_by`` says otherwise."""
        return self.read_by or self.logged_by

    @property
    def is_open(self) -> bool:
        """Whether everybody may know of its leading measure when and where there was how much."""
        return next(iter(self.measures.values())).public == "open"

    def is_followed_by(self, organisation: Organisation) -> bool:
        """Whether the organisation is told how many there were by day, place, hour and unit, not the total alone."""
        return self.is_open or organisation in self.readers

    def is_held_from(self, organisation: Organisation | None) -> bool:
        """Whether the organisation, or everybody, is told its figures held together and never one by one."""
        return self.held_together and organisation not in self.readers

    @property
    def flags(self) -> frozenset[str]:
        """The measures that each entry adds nothing or one to."""
        own = (part for part in self.fields.values() if isinstance(part, Flag))
        return frozenset(measure.name for part in own for measure in part.measures())

    @property
    def is_repeatable(self) -> bool:
        """Whether the next entry is often like the last one: not when each belongs to another entry."""
        return self.has_form and self.link is None

    @property
    def can_be_double(self) -> bool:
        """Whether two entries may tell of the same work and count twice: not when each belongs to another entry."""
        return bool(self.measures) and self.link is None

    @property
    def repeated(self) -> tuple[str, ...]:
        """The fields that "Upprepa" keeps: where the work was and how it was done, never what came of it."""
        settings = (Choice, Flag)
        return tuple(name for name, part in self.fields.items() if isinstance(part, settings) or name == PLACE.name)

    @property
    def remark_counts(self) -> tuple[str, ...]:
        """The counts that "nothing to remark" sets to zero."""
        return tuple(part.name for part in self.fields.values() if isinstance(part, Count) and part.remark)

    def check(self, answers: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, Label]]:
        """The answers as they are stored, and what is wrong with which field; with nothing wrong they can be kept."""
        kept: dict[str, Any] = {}
        wrong = {name: UNKNOWN for name in answers if name not in self.fields}
        for name, part in self.fields.items():
            try:
                kept[name] = self._check_one(part, answers)
            except WrongAnswerError as error:
                wrong[name] = error.reason
        return kept, wrong | dict(self._broken(kept))

    def _check_one(self, part: Field, answers: Mapping[str, object]) -> Any:
        value = answers.get(part.name)
        if part.when and answers.get(part.when[0]) != part.when[1]:
            if value not in (None, "", [], False):
                asked = self.fields[part.when[0]].text(part.when[1])
                raise WrongAnswerError(NOT_ASKED.fill(answer=asked))
            return part.empty
        return part.check(value)

    def _broken(self, kept: Mapping[str, Any]) -> Iterator[tuple[str, Label]]:
        for name, part in self.fields.items():
            limit = kept.get(part.at_most) if isinstance(part, Count) and part.at_most else None
            if isinstance(part, Count) and part.at_most and limit is not None and (kept.get(name) or 0) > limit:
                yield name, ABOVE.fill(other=self.fields[part.at_most].label.lower(), limit=limit)

    def blank(self, answers: Answers) -> dict[str, Any]:
        """The answers with every free text blacked out."""
        return {name: self.fields[name].blank(kept) if name in self.fields else kept for name, kept in answers.items()}

    def keyed(self, answers: Answers, version: UUID, before: Answers | None = None) -> dict[str, Any]:
        """The answers with a key on each row that can be followed; ``before`` are those that they replace."""
        return {
            name: self.fields[name].keyed(kept, version, (before or {}).get(name)) if name in self.fields else kept
            for name, kept in answers.items()
        }

    def is_same(self, name: str, kept: Any, sent: Any) -> bool:
        """Whether the stored answer is the one that was sent."""
        return self.fields[name].is_same(kept, sent) if name in self.fields else bool(kept == sent)

    def questions(self, answers: Answers) -> dict[str, Label]:
        """What to ask the person, by field, before right but doubtful answers are saved."""
        asked = {name: part.question(answers.get(name)) for name, part in self.fields.items()}
        return {name: question for name, question in asked.items() if question}

    def measure(self, answers: Answers, circumstances: Circumstances) -> dict[str, int]:
        """The amounts that an entry with these answers yields; what was not counted is left out."""
        amounts = {name: measure.amount(answers, circumstances) for name, measure in self.measures.items()}
        return {name: amount for name, amount in amounts.items() if amount is not None}

    def counts_as_under(self, rules: Rules) -> Label:
        """What counts as one, with the numbers of the rules in force."""
        return rules.put_into(self.counts_as)

    def describe(self) -> dict[str, Any]:
        """The declaration as data, for ``fieldlog kinds --json``."""
        return {
            "kind": self.slug,
            "label": self.label._asdict(),
            "counts_as": self.counts_as_under(DEFAULTS)._asdict(),
            "logged_by": list(self.logged_by),
            "read_by": list(self.readers),
            "retired": self.is_retired,
            "fields": [part.describe() for part in self.fields.values()],
            "measures": [
                {"name": measure.name, "label": measure.label._asdict(), "public": measure.public}
                for measure in self.measures.values()
            ],
        }
