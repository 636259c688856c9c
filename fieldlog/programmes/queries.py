"""Reading programmes from files."""

import tomllib
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from fieldlog.programmes.models import ProgrammeText

OSTERSUND = "ostersund-2017"


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
