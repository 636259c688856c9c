"""What the file says that came before and after the work of a made-up year."""

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from fieldlog.findings.models import State


class Change(BaseModel):
    """One change of a finding; aftermath.toml says what each part means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    after: int
    status: Literal["passed-on", "planned", "mended", "not-done"]
    wanted: int | None = None
    done: int | None = None
    case_number: str | None = None
    reason: str | None = None
    spot: str | None = None

    def made_to(self, before: State, walked: date, responsible: str | None) -> State:
        """The state after it, of a finding of that day, for which somebody is responsible."""
        said = {"status": self.status, "reason": self.reason, "case_number": self.case_number, "spot": self.spot}
        said |= {"responsible": responsible}
        days = {"wanted_by": self.wanted, "done_on": self.done}
        dated = {name: walked + timedelta(days=after) for name, after in days.items() if after is not None}
        return before.but({name: value for name, value in said.items() if value} | dated)


class Walk(BaseModel):
    """What becomes of each finding of a walk."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    findings: tuple[tuple[Change, ...], ...]


class Aftermath(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    also: tuple[str, ...]
    planned_before: int
    responsibles: dict[str, str]
    walks: tuple[Walk, ...]


@cache
def aftermath() -> Aftermath:
    """What comes with fieldlog."""
    return Aftermath.model_validate(tomllib.loads(files(__package__).joinpath("aftermath.toml").read_text("utf-8")))
