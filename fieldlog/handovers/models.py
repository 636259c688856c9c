"""The rows of codes, and a handover as it is read from the entries: a yes, and what was answered to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account, Device
from fieldlog.database import Base
from fieldlog.entries.models import Entry
from fieldlog.kinds import KINDS

RESERVED = 5
"""How many codes a phone has in store for where there is no coverage."""
SHOWN_FOR = timedelta(days=7)
"""How long an officer finds a code again, and has for finding a form that is missing."""
SHOWN_MS = SHOWN_FOR // timedelta(milliseconds=1)
OUTCOME = "handover-outcome"
FORM_MISSING = "form-missing"

_LINK = KINDS[OUTCOME].link
assert _LINK is not None, "an outcome is one of a help offer"
OFFER, _YES = _LINK.to, _LINK.needs


def is_yes(version: Entry) -> bool:
    """Whether the version says that somebody wants help, so that there is a handover with a code."""
    said = _YES and version.answers.get(_YES[0]) == _YES[1]
    return version.kind == OFFER and not version.is_void and bool(said)


class HandoverCode(Base):
    """A code, as it is stored: reserved for a person's phone, then the yes's that it was given to, for good.

    ``entry_id`` is the entry's first version, which may come later than its code and be removed before it.
    """

    __tablename__ = "handover_codes"
    __table_args__ = (Index(None, "device_id", "entry_id"),)

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    device_id: Mapped[int | None] = mapped_column(ForeignKey(Device.id))
    reserved_at: Mapped[datetime]
    entry_id: Mapped[UUID | None] = mapped_column(unique=True)


@dataclass(frozen=True)
class Handover:
    """A yes and what became of it. ``id`` is the yes's first version; ``code`` is written as people see it.

    ``due_at`` is when the set time ends. ``outcome`` is the current answer's row, if there is one. ``is_withdrawn``:
    the yes was taken back or voided afterwards, and the answer counts nowhere.
    """

    id: UUID
    code: str
    area: str
    unit: str
    said_at: datetime
    received_at: datetime
    is_doubtful: bool
    due_at: datetime
    outcome: Entry | None
    is_withdrawn: bool

    @property
    def half_at(self) -> datetime:
        """When half of the set time has passed."""
        return self.said_at + (self.due_at - self.said_at) / 2

    @property
    def result(self) -> str | None:
        """What social services answered, as a slug."""
        return self.outcome.answers["outcome"] if self.outcome else None

    @property
    def form_by(self) -> datetime | None:
        """Until when the police look for a form that is missing."""
        is_missing = self.outcome is not None and self.result == FORM_MISSING and not self.is_withdrawn
        return self.outcome.happened_at + SHOWN_FOR if self.outcome and is_missing else None
