"""The rows of epochs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.database import Base


class Epoch(Base):
    """A stretch in which nothing that was acknowledged can have been lost; the last one is the current one.

    ``value`` is random: a number counted on from an old backup would come again, and phones would not notice.
    """

    __tablename__ = "epochs"

    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[UUID] = mapped_column(unique=True)
    began_at: Mapped[datetime]
