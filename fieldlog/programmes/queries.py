"""Reading programmes from files, which of them a day belongs to, and what of them was known when a day was over."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import ValidationError
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, selectinload

from fieldlog.actors import Organisation
from fieldlog.database import table
from fieldlog.faults import fault, line_of
from fieldlog.labels import Label
from fieldlog.periods import ONE_DAY
from fieldlog.programmes import forms
from fieldlog.programmes.forms import ProgrammeText
from fieldlog.programmes.models import Commitment, FocusArea, Pledge, Programme
from fieldlog.targets.models import Plan, Version

OSTERSUND = "ostersund-2017"
ASKED_FOR = timedelta(days=30)

NO_FILE = Label(
    "{file}: filen finns inte, och inget löfte med det namnet ({names})",
    "{file}: no such file, and no programme of that name ({names})",
)
NO_TEXT = Label("{file}: filen är ingen text i UTF-8", "{file}: the file is no text in UTF-8")
IN_FILE = Label("{file}: {reason}", "{file}: {reason}")
AT = Label("Rad {line}, {field}: {why}", "line {line}, {field}: {why}")
NOT_TOML = Label("så skrivs inte TOML ({why})", "this is no TOML ({why})")

_PROGRAMME = table(Programme).c
_FIRST_DAY = select(func.min(_PROGRAMME.first_day)).where(_PROGRAMME.municipality == bindparam("municipality"))


@dataclass(frozen=True)
class Period:
    """A programme's name and days."""

    slug: str
    name: Label
    first_day: date
    last_day: date


class WrongProgrammeError(Exception):
    """A programme's file that cannot be used; ``reason`` is one line that says where and why."""

    def __init__(self, reason: Label) -> None:
        super().__init__(reason.en)
        self.reason = reason


def known_programmes() -> list[str]:
    """The names of the programmes that come with fieldlog."""
    return sorted(
        path.name.removesuffix(".toml") for path in files(__package__).iterdir() if path.name.endswith(".toml")
    )


def read_programme(source: str) -> ProgrammeText:
    """A programme by its name, or else by its file's path. Raises WrongProgrammeError."""
    path = files(__package__).joinpath(f"{source}.toml") if source in known_programmes() else Path(source)
    try:
        words = path.read_text(encoding="utf-8")
    except OSError:
        names = ", ".join(known_programmes())
        raise WrongProgrammeError(NO_FILE.fill(names=names, file=source)) from None
    except UnicodeDecodeError:
        raise WrongProgrammeError(NO_TEXT.fill(file=source)) from None
    try:
        return read_toml(words)
    except WrongProgrammeError as error:
        raise WrongProgrammeError(IN_FILE.fill(file=source, reason=error.reason)) from None


def read_toml(words: str) -> ProgrammeText:
    """A programme as it is written in a file. Raises WrongProgrammeError, which names the line and the field."""
    try:
        return ProgrammeText.model_validate(tomllib.loads(words))
    except ValidationError as error:
        # A field that is not known is the slip of the pen for which another one is missing.
        first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        steps = first["loc"]
        field = ".".join(str(step) for step in steps)
        why = AT.fill(line=line_of(words, steps), field=field, why=fault(first)) if field else fault(first)
        raise WrongProgrammeError(why) from None
    except ValueError as error:  # tomllib's own error is one
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else words.count("\n") + 1
        row = [*words.splitlines(), ""][line - 1 : line]
        field = " ".join(row).partition("=")[0].strip()[:60] or "-"
        why = NOT_TOML.fill(why=str(error).partition(" (at")[0])
        raise WrongProgrammeError(AT.fill(line=line, field=field, why=why)) from None


def whole(session: Session, municipality: str, slug: str) -> Programme | None:
    """The programme with everything that belongs to it."""
    commitments = selectinload(Programme.pledges).selectinload(Pledge.commitments)
    parts = (Commitment.focus, Commitment.rules, Commitment.plans, Commitment.notes)
    query = select(Programme).where(Programme.municipality == municipality, Programme.slug == slug)
    loads = (selectinload(Programme.focus_areas), *(commitments.selectinload(part) for part in parts))
    return session.scalars(query.options(*loads)).first()


def commitment_of(row: Programme | None, slug: str) -> Commitment | None:
    """The programme's commitment of that slug."""
    commitments = (item for pledge in row.pledges for item in pledge.commitments) if row else iter(())
    return next((item for item in commitments if item.slug == slug), None)


def as_text(row: Programme) -> ProgrammeText:
    """The whole programme as a file holds it: what ``load_programme`` takes, and makes the same of."""
    name = Label(*(words.replace("{", "{{").replace("}", "}}") for words in row.name))
    return ProgrammeText(
        municipality=row.municipality,
        slug=row.slug,
        name=name,
        first_day=row.first_day,
        last_day=row.last_day,
        earlier=row.earlier or (),
        background=row.background,
        decided_on=row.decided_on,
        registry_number=row.registry_number,
        example_of=row.example_of,
        answers_for=row.answers_for,
        answers_address=row.answers_address,
        focus_areas=tuple(_focus_text(focus) for focus in row.focus_areas),
        pledges=tuple(_pledge_text(pledge, [focus.slug for focus in row.focus_areas]) for pledge in row.pledges),
    )


def differing(one: Any, other: Any, at: str = "") -> Iterator[str]:
    """Where two programmes dumped as data differ, such as "pledges.traffic-safety.promise"."""
    one, other = _by_slug(one), _by_slug(other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in {**one, **other}:
            yield from differing(one.get(name), other.get(name), f"{at}.{name}".lstrip("."))
    elif one != other and not (at.endswith(".focus") and {*one} == {*other}):  # its order says nothing
        yield at


def _by_slug(part: Any) -> Any:
    """What stands in a list of parts that have names, by name; anything else as it is."""
    is_named = isinstance(part, tuple) and all(isinstance(one, Mapping) and "slug" in one for one in part)
    return {one["slug"]: one for one in part} if is_named else part


def to_toml(text: ProgrammeText) -> str:
    """The programme as a TOML file, always in the same words: what has its default is left out."""
    return tomli_w.dumps(text.model_dump(exclude_defaults=True))


def _focus_text(row: FocusArea) -> forms.FocusText:
    return forms.FocusText(slug=row.slug, name=row.name, first_day=row.first_day, last_day=row.last_day)


def _pledge_text(row: Pledge, themes: list[str]) -> forms.PledgeText:
    promisers = tuple(Organisation(organisation) for organisation in row.promised_by)
    commitments = tuple(_commitment_text(item, themes) for item in row.commitments)
    return forms.PledgeText(
        slug=row.slug, title=row.title, promise=row.promise, promised_by=promisers, commitments=commitments
    )


def _commitment_text(row: Commitment, themes: list[str]) -> forms.CommitmentText:
    serves = {focus.focus for focus in row.focus}
    first, *later = row.rules
    return forms.CommitmentText(
        slug=row.slug,
        title=row.title,
        text=row.text,
        promised_by=tuple(Organisation(organisation) for organisation in row.promised_by),
        focus=tuple(theme for theme in themes if theme in serves),
        rule=first.rule,
        first_day=row.first_day,
        last_day=row.last_day,
        changes=tuple(forms.RuleChange(valid_from=item.valid_from, rule=item.rule) for item in later),
        plans=tuple(forms.PlanChange(valid_from=item.valid_from, plan=item.plan) for item in row.plans),
        notes=tuple(forms.NoteText(day=item.day, text=item.text) for item in row.notes),
    )


def periods(session: Session, municipality: str) -> list[Period]:
    """The municipality's programmes, the newest first."""
    rows = session.scalars(select(Programme).filter_by(municipality=municipality).order_by(Programme.first_day.desc()))
    return [Period(row.slug, row.name, row.first_day, row.last_day) for row in rows]


def is_there(session: Session, municipality: str, programme: str | None, pledge: str | None) -> bool:
    """Whether there is a programme with this slug, and in it such a pledge if one is named.

    Nothing else is loaded for it, and what somebody made up gets no further than here.
    """
    if programme not in session.scalars(select(Programme.slug).filter_by(municipality=municipality)).all():
        return False
    pledges = select(Pledge.slug).filter_by(municipality=municipality, programme=programme)
    return pledge is None or pledge in session.scalars(pledges).all()


def first_day(session: Session, municipality: str) -> date | None:
    """The first day of the municipality's first programme."""
    first: date | None = session.scalar(_FIRST_DAY, {"municipality": municipality})
    return first


def programme_wanted(session: Session, municipality: str, day: date) -> date | None:
    """The first day without a programme, when it is at most 30 days off: time to decide the next one."""
    free = day
    for period in reversed(periods(session, municipality)):
        if period.first_day <= free <= period.last_day:
            free = period.last_day + ONE_DAY
    return free if free - day <= ASKED_FOR else None


def versions_on(commitment: Commitment, day: date) -> tuple[Version, ...]:
    """The rules as they were when the day was over: one that begins later changes nothing that was told of it."""
    first, *later = commitment.rules
    begun = [first, *takewhile(lambda version: version.valid_from <= day, later)]
    return tuple(Version(version.valid_from, version.rule) for version in begun)


def plan_on(commitment: Commitment, day: date) -> Plan:
    """How the work was planned when the day was over."""
    return next((version.plan for version in reversed(commitment.plans) if version.valid_from <= day), Plan())


def note_on(commitment: Commitment, day: date) -> tuple[date, Label] | None:
    """What was told about the commitment when the day was over, and since when."""
    told = next((note for note in reversed(commitment.notes) if note.day <= day), None)
    return (told.day, told.text) if told and told.text.sv else None
