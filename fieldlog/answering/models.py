"""A handover as its page tells it at one moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldlog.handovers.models import FORM_MISSING, OUTCOME, Handover
from fieldlog.kinds import KINDS
from fieldlog.labels import Label

HOUR, DAYS_FROM = timedelta(hours=1), timedelta(hours=48)

MINUTES, HOURS, DAYS = Label("{n} min", "{n} min"), Label("{n} h", "{n} h"), Label("{n} dygn", "{n} days")
SINCE = Label("{time} sedan ja", "{time} since the yes")
LEFT, OVER = Label("{time} kvar", "{time} left"), Label("{time} över tiden", "{time} late")
WITHDRAWN = Label("Återtagen", "Taken back")

_ANSWERS = KINDS[OUTCOME].fields["outcome"]


def in_words(time: timedelta) -> Label:
    """ "45 min", "3 h", "4 dygn"."""
    if time < HOUR:
        return MINUTES.fill(n=int(time / timedelta(minutes=1)))
    return HOURS.fill(n=int(time / HOUR)) if time < DAYS_FROM else DAYS.fill(n=time.days)


@dataclass(frozen=True)
class Told:
    """A handover at a moment: how long since the yes, how long is left, and what became of it."""

    handover: Handover
    now: datetime

    @property
    def since(self) -> Label:
        return SINCE.fill(time=in_words(max(self.now - self.handover.said_at, timedelta())))

    @property
    def left(self) -> Label:
        time = self.handover.due_at - self.now
        return LEFT.fill(time=in_words(time)) if not self.is_overdue else OVER.fill(time=in_words(-time))

    @property
    def is_overdue(self) -> bool:
        return self.now > self.handover.due_at

    @property
    def tone(self) -> str:
        """How it stands, as the colours have it: over time, more than half of it gone, or neither."""
        return "wrong" if self.is_overdue else "behind" if self.now > self.handover.half_at else "good"

    @property
    def result(self) -> Label | None:
        """What was answered; of a yes that was taken back afterwards, that first."""
        answered = _ANSWERS.text(self.handover.result)
        return Label.join(" · ", [WITHDRAWN, answered]) if self.handover.is_withdrawn and answered else answered

    @property
    def may_be_answered_anew(self) -> bool:
        """Whether the answer was none that ends it: the form may be found, the person reached."""
        return not self.handover.is_withdrawn and self.handover.result in {FORM_MISSING, "not-reached"}
