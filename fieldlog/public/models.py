"""What the public page tells, and its sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldlog.actors import Organisation
from fieldlog.areas.queries import AreaPlace
from fieldlog.counting.queries import listed
from fieldlog.labels import Label
from fieldlog.programmes.queries import Period
from fieldlog.targets.models import Beside, Progress, State, written

PROMISERS = {
    Organisation.POLICE: Label("polisen", "the police"),
    Organisation.MUNICIPALITY: Label("kommunen", "the municipality"),
    Organisation.SOCIAL_SERVICES: Label("socialtjänsten", "social services"),
    Organisation.PARTNER: Label("en annan aktör", "another partner"),
}
PROMISED = Label("{who} lovade {number} {noun}.", "{who} promised {number} {noun}.")
SO_FAR = Label("Hittills är {done} gjorda.", "So far {done} have been done.")
IN_ALL = Label("Det blev {done}.", "It came to {done}.")
ONE_SO_FAR = Label("Hittills har det blivit 1.", "So far there has been 1.")
NONE_YET = Label("Inget är gjort ännu.", "None has been done yet.")
NONE_DONE = Label("Inget blev gjort.", "None was done.")
TOLD = Label("{text} {when}: {words}.", "{text} {when}: {words}.")
WHEN = {False: Label("Hittills", "So far"), True: Label("Det blev", "It came to")}
TOO_FEW = Label("färre än fem {noun}", "fewer than five {noun}")


def who(promisers: Sequence[Organisation]) -> Label:
    """ "polisen och kommunen"."""
    return listed([PROMISERS[organisation] for organisation in promisers])


def capitalised(label: Label) -> Label:
    return Label(*(words[:1].upper() + words[1:] for words in label))


def promised(promisers: Sequence[Organisation], number: Label, progress: Progress, *, is_over: bool) -> Label:
    """ "Polisen lovade minst 50 kontroller. Hittills är 31 gjorda."."""
    first = PROMISED.fill(who=capitalised(who(promisers)), number=number, noun=progress.noun)
    if progress.done == 0:
        second = NONE_DONE if is_over else NONE_YET
    elif is_over:
        second = IN_ALL.fill(done=written(progress.done))
    else:
        second = ONE_SO_FAR if progress.done == 1 else SO_FAR.fill(done=written(progress.done))
    return Label.join(" ", (first, second))


def told(text: Label, words: Label, *, is_over: bool) -> Label:
    """What was promised in its own words, and how far it has come: "… Hittills: 7 av 7 tillfrågade."."""
    return TOLD.fill(text=text, when=WHEN[is_over], words=words)


@dataclass(frozen=True)
class Revision:
    """A month that was told as finished, and later changed: what was told first, what is told now, since when.

    With the same sum before and after it is the areas that changed.
    """

    month: date
    before: int
    after: int
    on: date


@dataclass(frozen=True)
class Told:
    """One commitment as everybody may know it.

    ``progress`` is None where it is held back, may never be told, or too few have come, which ``few`` says: it holds
    the numbers that are not told yet. One that ``is_total`` is told as one sum that is renewed in steps, and so are the
    ``facts`` beside it that are among the ``sums``.
    """

    slug: str
    title: Label
    text: Label
    who: Label
    sentence: Label | None
    progress: Progress | None
    how: tuple[Label, ...]
    note: tuple[date, Label] | None
    held: tuple[date, Label] | None
    is_total: bool = False
    parts: tuple[tuple[Label, Progress], ...] = ()
    facts: tuple[Beside, ...] = ()
    sums: tuple[Beside, ...] = ()
    few: tuple[Label, ...] = ()
    by_area: tuple[tuple[str, int], ...] = ()
    by_month: tuple[tuple[date, int], ...] = ()
    areas_reached: tuple[int, int] | None = None
    revisions: tuple[Revision, ...] = ()

    @property
    def leads(self) -> bool:
        """Whether where and when the work was is a part of what was promised."""
        return bool(self.progress and (self.progress.target or 0) >= 12 and self.has_charts)

    @property
    def has_charts(self) -> bool:
        return bool(self.progress and self.progress.done and self.by_area and self.by_month)

    @property
    def has_no_number(self) -> bool:
        return bool(self.progress and self.progress.state is State.ONGOING)


@dataclass(frozen=True)
class PledgeTold:
    """One pledge and its commitments."""

    slug: str
    title: Label
    promise: Label
    who: Label
    commitments: tuple[Told, ...]


@dataclass(frozen=True)
class ProgrammeTold(Period):
    """A programme as everybody may know it: ``through`` the last day that is public, ``reviewed`` that is reviewed."""

    background: Label
    who: Label
    example: Label | None
    decided_on: date | None
    registry_number: str | None
    answers_for: str | None
    answers_address: str | None
    through: date
    reviewed: date | None
    places: tuple[AreaPlace, ...]
    pledges: tuple[PledgeTold, ...]

    @property
    def has_begun(self) -> bool:
        return self.through >= self.first_day
