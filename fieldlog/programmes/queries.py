"""Reading programmes from files, and which of a municipality's programmes a day belongs to."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from fieldlog.database import table
from fieldlog.labels import Label
from fieldlog.periods import ONE_DAY
from fieldlog.programmes.forms import ProgrammeText
from fieldlog.programmes.models import Programme

OSTERSUND = "ostersund-2017"
ASKED_FOR = timedelta(days=30)

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
    """A programme's file that cannot be used; the message is one line that says where and why."""


def known_programmes() -> list[str]:
    """The names of the programmes that come with fieldlog."""
    return sorted(
        path.name.removesuffix(".toml") for path in files(__package__).iterdir() if path.name.endswith(".toml")
    )


def read_programme(source: str) -> ProgrammeText:
    """A programme by its name, or else by its file's path. Raises WrongProgrammeError."""
    path = files(__package__).joinpath(f"{source}.toml") if source in known_programmes() else Path(source)
    try:
        return ProgrammeText.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError:
        names = ", ".join(known_programmes())
        raise WrongProgrammeError(f"{source}: no such file, and no programme of that name ({names})") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise WrongProgrammeError(f"{source}: {where + ': ' if where else ''}{first['msg']}") from None
    except ValueError as error:
        raise WrongProgrammeError(f"{source}: {error}") from None


def periods(session: Session, municipality: str) -> list[Period]:
    """The municipality's programmes, the newest first."""
    rows = session.scalars(select(Programme).filter_by(municipality=municipality).order_by(Programme.first_day.desc()))
    return [Period(row.slug, row.name, row.first_day, row.last_day) for row in rows]


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
