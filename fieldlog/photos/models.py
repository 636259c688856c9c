"""The rows of photos, and what the door is handed and answers."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal, NamedTuple
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account, Device
from fieldlog.database import Base
from fieldlog.labels import Label

FOLDER = "photos"
"""In the instance folder: a file for each photo, named by its id."""


class Photo(Base):
    """One photo of one finding.

    ``entry_id`` is the first version of the entry, which holds no entry back that a decision removes: its photos go
    along. ``finding`` is the key of the row in it. ``digest`` is of the bytes as
    they were sent, by which the same photo is known when it comes again; the file holds the picture drawn anew. The row
    of a photo that was taken away stays, so that it is not taken in once more.
    """

    __tablename__ = "photos"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    entry_id: Mapped[UUID] = mapped_column(index=True)
    finding: Mapped[UUID] = mapped_column(index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    device_id: Mapped[int | None] = mapped_column(ForeignKey(Device.id))
    received_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64))
    removed_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Sent:
    """A photo as it is handed to the door; ``entry`` is any version of the entry."""

    id: UUID
    entry: UUID
    finding: UUID
    content: bytes

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


class Result(NamedTuple):
    """What the door says of a photo, and why it was refused."""

    outcome: Literal["accepted", "already", "waiting", "refused"]
    reason: Label | None = None
