"""Answers picked from a few: one of them, several, or yes."""

from dataclasses import dataclass
from typing import Any, ClassVar

from fieldlog.actors import Organisation
from fieldlog.fields.field import Field, Posted, WrongAnswerError
from fieldlog.labels import Label
from fieldlog.measures import Measure

NOT_AN_OPTION = Label("Välj ett av alternativen.", "Choose one of the options.")
YES = Label("Ja", "Yes")

Options = tuple[tuple[str, Label], ...]


def options(**labels: tuple[str, str]) -> Options:
    """Options by slug, in the order written; an underscore stands for the slug's hyphen."""
    return tuple((slug.replace("_", "-"), Label(*label)) for slug, label in labels.items())


ORGANISATIONS: Options = tuple((organisation.value, organisation.label) for organisation in Organisation)


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a few options; ``measured`` gives each option a measure of its own."""

    options: Options
    measured: bool = False

    type: ClassVar[str] = "choice"

    def clean(self, value: Any) -> Any:
        if not isinstance(value, str) or value not in dict(self.options):
            raise WrongAnswerError(NOT_AN_OPTION)
        return value

    def measures(self) -> tuple[Measure, ...]:
        return tuple(self._option(slug, label) for slug, label in self.options) if self.measured else ()

    def _option(self, slug: str, label: Label) -> Measure:
        return self._measure(f"{self.name}-{slug}", label, lambda answers: self._chosen(answers.get(self.name), slug))

    def _chosen(self, answer: Any, slug: str) -> int | None:
        return None if answer is None else int(answer == slug)

    def text(self, answer: Any) -> Label | None:
        return dict(self.options).get(answer)

    def brief(self, answer: Any) -> Label | None:
        """The option; after a question together with it, since "Ja" alone says nothing."""
        text = self.text(answer)
        return Label.join(" ", [self.label, text]) if text and self.label.sv.endswith("?") else text

    def describe(self) -> dict[str, Any]:
        return super().describe() | {"options": [slug for slug, _ in self.options]}


@dataclass(frozen=True, kw_only=True)
class Choices(Choice):
    """Any number of the options, none included; kept in the order in which they are declared."""

    type: ClassVar[str] = "choices"

    def check(self, value: object) -> Any:
        return super().check(value) or []

    def show(self, sent: object) -> Any:
        known = dict(self.options)
        return [slug for slug in sent if isinstance(slug, str) and slug in known] if isinstance(sent, list) else []

    def clean(self, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
            raise WrongAnswerError(NOT_AN_OPTION)
        if not set(value) <= set(dict(self.options)):
            raise WrongAnswerError(NOT_AN_OPTION)
        return [slug for slug, _ in self.options if slug in value]

    def parse(self, posted: Posted) -> object:
        return list(posted(self.name))

    def _chosen(self, answer: Any, slug: str) -> int | None:
        return int(slug in (answer or []))

    def text(self, answer: Any) -> Label | None:
        chosen = [dict(self.options)[slug] for slug in answer or []]
        return (
            Label(", ".join(label.sv for label in chosen), ", ".join(label.en for label in chosen)) if chosen else None
        )


@dataclass(frozen=True, kw_only=True)
class Flag(Field):
    """Yes, or nothing said."""

    type: ClassVar[str] = "flag"
    measured: bool = True

    def check(self, value: object) -> Any:
        return bool(super().check(value))

    def clean(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise WrongAnswerError(NOT_AN_OPTION)
        return value

    def parse(self, posted: Posted) -> object:
        typed = super().parse(posted)
        return True if typed == "yes" else typed

    def measures(self) -> tuple[Measure, ...]:
        amount = self._measure(self.name, self.label, lambda answers: int(bool(answers.get(self.name))))
        return (amount,) if self.measured else ()

    def text(self, answer: Any) -> Label | None:
        return YES if answer else None
