"""What a page is told about a programme: its pledges, its commitments, and where each stands."""

from dataclasses import dataclass
from datetime import date

from fieldlog.actors import Organisation
from fieldlog.labels import Label
from fieldlog.programmes.queries import Period
from fieldlog.targets.models import Beside, Progress


@dataclass(frozen=True)
class CommitmentTally:
    """One commitment and how far it has come; ``leading`` are the kinds that its tally is made of."""

    slug: str
    leading: tuple[str, ...]
    progress: Progress


@dataclass(frozen=True)
class ProgrammeTally(Period):
    """A programme and how far each of its commitments has come."""

    commitments: tuple[CommitmentTally, ...]


@dataclass(frozen=True)
class CommitmentStanding:
    """One commitment, how far it has come, and where and when; ``how`` tells in sentences how it is counted.

    ``by_area`` and ``by_month`` are empty for measures that may not be told by area or month; ``by_hour``, two hours a
    row and a weekday a column, also where hours are not known exactly. ``kinds`` are all that
    it reads, ``by_tertial`` a share's parts in each third of a year, ``leading`` those that its tally is made of.
    ``note`` is what is done about it when it lags, and since when that is told. ``left_on`` was its last day when it
    has been taken out of its programme: it stands as it did.
    """

    slug: str
    title: Label
    text: Label
    promised_by: tuple[Organisation, ...]
    focus: tuple[str, ...]
    kinds: tuple[str, ...]
    leading: tuple[str, ...]
    counts: tuple[str, ...]
    progress: Progress
    parts: tuple[tuple[Label, Progress], ...]
    by_tertial: tuple[tuple[Label, Label], ...]
    beside: tuple[Beside, ...]
    by_area: tuple[tuple[str, int], ...]
    by_month: tuple[tuple[date, int], ...]
    by_hour: tuple[tuple[int, ...], ...]
    areas_reached: tuple[int, int] | None
    how: tuple[Label, ...]
    note: tuple[date, Label] | None
    left_on: date | None = None


@dataclass(frozen=True)
class PledgeStanding:
    """One pledge and its commitments."""

    slug: str
    title: Label
    promise: Label
    promised_by: tuple[Organisation, ...]
    commitments: tuple[CommitmentStanding, ...]


@dataclass(frozen=True)
class ProgrammeStanding(Period):
    """A programme and where its pledges stand. ``example`` says so when nobody has decided it."""

    background: Label
    example: Label | None
    decided_on: date | None
    registry_number: str | None
    answers_for: str | None
    answers_address: str | None
    focus_areas: tuple[tuple[str, Label], ...]
    pledges: tuple[PledgeStanding, ...]
