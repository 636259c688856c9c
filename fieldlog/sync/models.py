"""The contract's envelope and entries."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Base64Bytes, BaseModel, BeforeValidator, ConfigDict, Field

from fieldlog.entries.forms import EXPLANATION, REASON, Item
from fieldlog.entries.models import NO_AREA
from fieldlog.labels import Label

MOST_ENTRIES = 200
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def read_moment(value: object) -> datetime:
    """A time as RFC 3339 writes it. Raises ValueError."""
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise ValueError("a time is written as in RFC 3339, with its offset, such as 2026-11-21T21:40:00+01:00")
    return datetime.fromisoformat(value.upper())


def read_id(value: object) -> UUID:
    """An id in its usual form. Raises ValueError."""
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise ValueError("an id is a UUID in its usual form")
    return UUID(value)


Moment = Annotated[AwareDatetime, BeforeValidator(read_moment)]
Id = Annotated[UUID, BeforeValidator(read_id)]
Count = Annotated[int, Field(ge=0)]


class Outbox(BaseModel):
    """What a phone still held when it wrote its outbox to a file. What a newer app adds to it is left aside."""

    model_config = ConfigDict(strict=True, frozen=True)

    account: int = Field(description="The number of the account that made the entries, as /whoami told it.")
    entries: list[Any] = Field(description="Each is read on its own: a wrong one does not stop the others.")


class OutboxFile(Outbox):
    """The same with the photos that go with its entries, each read on its own."""

    photos: list[Any] = Field(default_factory=list)


class FiledPhoto(BaseModel):
    """One photo in such a file."""

    model_config = ConfigDict(frozen=True)

    id: Id
    entry: Id
    finding: Id
    content: Base64Bytes


class Envelope(Outbox):
    """What a phone sends at once."""

    device: Id = Field(description="The phone's own id, made once by the phone.")
    app: str = Field(default="", description="The version of the app.")
    sent_at: Moment = Field(description="The phone's clock at the moment of sending.")
    waiting: Count = Field(default=0, description="How many entries the phone holds beside these.")
    discarded: list[Id] = Field(
        default_factory=list,
        max_length=MOST_ENTRIES,
        description="Refused entries that their person has put away on the phone; none is to be mended any more.",
    )


class SentEntry(BaseModel):
    """One entry of an envelope."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    id: Id = Field(description="Made by the phone: a UUID, version 7 by preference.")
    kind: str
    happened_at: Moment = Field(description="When the work began, by the phone's clock.")
    saved_at: Moment = Field(description="When the person saved it, by the phone's clock.")
    untouched_now: bool = Field(
        default=False, description="The time was left at now, on the very page from which this is sent."
    )
    area: str | None = Field(default=None, description=f"The area's slug; {NO_AREA} or none for no area.")
    answers: dict[str, Any] = Field(default_factory=dict)
    replaces: Id | None = Field(default=None, description="The version that this corrects or voids.")
    void: bool = Field(default=False, description="Take what it replaces out of the count.")
    reason: str | None = Field(
        default=None, description="Why it replaces.", json_schema_extra={"enum": [*dict(REASON.options), None]}
    )
    explanation: str | None = Field(
        default=None, description="Why it replaces, in words.", json_schema_extra={"maxLength": EXPLANATION.most}
    )

    code: str | None = Field(
        default=None, description="Of a yes to help: which of the phone's reserved codes was written on the form."
    )

    def item(self, skew: timedelta) -> Item:
        """The entry as the door takes it, from a clock that is ``skew`` behind ours."""
        said = dict(self)
        return Item(**said | {"area": self.area or NO_AREA}, skew=skew)


@dataclass(frozen=True)
class Unreadable:
    """An entry that says something else than the contract has. ``item`` is what could be read of it.

    ``has_id`` is False when the id is ours, made from the content so that the same is known when it comes again.
    """

    item: Item
    sent: Any
    reasons: Mapping[str, Label]
    has_id: bool
