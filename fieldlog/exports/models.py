"""What somebody wants to take out, and the exports that are made while they do something else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal, Self
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account
from fieldlog.database import Base
from fieldlog.labels import Label
from fieldlog.tables.models import Selection

KEPT = timedelta(hours=24)
"""How long a file that was made can be fetched."""

SILENT = timedelta(seconds=60)
"""An export that has not told how far it is for so long has been broken off."""


State = Literal["running", "ready", "failed", "broken"]
"""How it is with an export; a broken one has nobody who makes it any more, since the server was stopped."""


class Format(StrEnum):
    EXCEL_CSV = "csv"
    CSV = "csv-comma"
    XLSX = "xlsx"
    GEOJSON = "geojson"

    @property
    def label(self) -> Label:
        return _FORMATS[self]

    @property
    def is_csv(self) -> bool:
        return self in {Format.EXCEL_CSV, Format.CSV}

    @property
    def direct(self) -> int:
        """So many rows are written while somebody waits: about two seconds' worth."""
        return 100_000 if self.is_csv else 10_000


_FORMATS = {
    Format.XLSX: Label("Excel (XLSX)", "Excel (XLSX)"),
    Format.EXCEL_CSV: Label("CSV med semikolon", "CSV with semicolons"),
    Format.CSV: Label("CSV med komma", "CSV with commas"),
    Format.GEOJSON: Label("GeoJSON per kommundel", "GeoJSON by area"),
}


@dataclass(frozen=True)
class Order(Selection):
    """What is to be taken out, and how it is written; ``request`` is the one for documents that it answers, if any."""

    format: Format = Format.EXCEL_CSV
    request: int = 0

    @property
    def suffix(self) -> str:
        """How the file's name ends: several tables as CSV come packed."""
        if self.format.is_csv:
            return "csv" if len(self.kinds) == 1 and not self.request else "zip"
        return self.format.value

    @property
    def file_name(self) -> str:
        if self.request:
            return f"utlamnande-{self.request}.{self.suffix}"
        what = self.kinds[0] if len(self.kinds) == 1 else "export"
        return f"{what}-{self.span.first}-{self.span.last}.{self.suffix}"

    def to_json(self) -> dict[str, Any]:
        return super().to_json() | {"format": self.format.value, "request": self.request}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return super().from_json({**stored, "format": Format(stored["format"])})


class Export(Base):
    """One export that takes a while. ``done`` of its ``total`` rows were written when it told so at ``touched_at``.

    ``attempt`` counts how often it was begun: an earlier one that still runs finds that it is no longer the one.
    ``wanted`` is an Order. It ends, and its file with it, ``KEPT`` after ``asked_at``.
    """

    __tablename__ = "exports"
    __table_args__ = (Index(None, "account_id", "asked_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    organisation: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    failed: Mapped[bool]
    attempt: Mapped[int]
    total: Mapped[int]
    done: Mapped[int]
    wanted: Mapped[dict[str, Any]]

    @property
    def order(self) -> Order:
        return Order.from_json(self.wanted)

    def state(self, now: datetime) -> State:
        if self.finished_at:
            return "ready"
        if self.failed:
            return "failed"
        return "running" if now < self.touched_at + SILENT else "broken"
