"""The contract of ``POST /sync``: what a phone may send, read strictly, each entry on its own."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from fieldlog.entries.forms import EXPLANATION, REASON, Item
from fieldlog.entries.models import NO_AREA
from fieldlog.kind import UNKNOWN
from fieldlog.labels import Label
from fieldlog.texts import MASK

MOST_ENTRIES = 200
DEEPEST = 20
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)

UNREADABLE = Label("Det här gick inte att läsa.", "This could not be read.")
MISSING = Label("Det här saknas.", "This is missing.")


class UnreadableError(Exception):
    """What was sent is no envelope; ``reasons`` say why, by field, to a programmer."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in reasons.items()))
        self.reasons = dict(reasons)


class TooManyError(Exception):
    """More than ``MOST_ENTRIES`` in one envelope."""


def _moment(value: object) -> datetime:
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise ValueError("a time is written as in RFC 3339, with its offset, such as 2026-11-21T21:40:00+01:00")
    return datetime.fromisoformat(value.upper())


def _id(value: object) -> UUID:
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise ValueError("an id is a UUID in its usual form")
    return UUID(value)


Read = TypeVar("Read", bound=BaseModel)
Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
Id = Annotated[UUID, BeforeValidator(_id)]
Count = Annotated[int, Field(ge=0)]


class Outbox(BaseModel):
    """What a phone still held when it wrote its outbox to a file. What a newer app adds to it is left aside."""

    model_config = ConfigDict(strict=True, frozen=True)

    account: int = Field(description="The number of the account that made the entries, as /whoami told it.")
    entries: list[Any] = Field(description="Each is read on its own: a wrong one does not stop the others.")


class Envelope(Outbox):
    """What a phone sends at once."""

    device: Id = Field(description="The phone's own id, made once by the phone.")
    app: str = Field(default="", description="The version of the app.")
    sent_at: Moment = Field(description="The phone's clock at the moment of sending.")
    waiting: Count = Field(default=0, description="How many entries the phone holds beside these.")


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


def parse(body: bytes) -> Any:
    """The JSON value that was sent. Raises UnreadableError."""
    try:
        return json.loads(body.decode())
    except UnicodeDecodeError:
        raise UnreadableError({"body": "not UTF-8"}) from None
    except (ValueError, RecursionError) as error:
        raise UnreadableError({"body": f"not JSON: {error}"}) from None


def envelope(sent: Any) -> Envelope:
    """The envelope, its entries still as they were sent. Raises UnreadableError and TooManyError."""
    read = _validated(Envelope, sent)
    if len(read.entries) > MOST_ENTRIES:
        raise TooManyError
    return read


def outbox(sent: Any) -> Outbox:
    """The outbox that a file holds, its entries still as they were written. Raises UnreadableError."""
    return _validated(Outbox, sent)


def entry(sent: Any, now: datetime, skew: timedelta = timedelta()) -> Item | Unreadable:
    """One entry, as the door takes it or with what is wrong with it."""
    if _depth(sent) > DEEPEST:
        own = sent.get("id") if isinstance(sent, dict) else None
        return _unreadable({"id": own} if isinstance(own, str) else MASK, {"answers": UNREADABLE}, now)
    try:
        return SentEntry.model_validate(sent).item(skew)
    except ValidationError as error:
        return _unreadable(sent, dict(_reasons(error)), now)


def _validated(model: type[Read], sent: Any) -> Read:
    try:
        return model.model_validate(sent)
    except ValidationError as error:
        raise UnreadableError({_place(one["loc"]) or "body": one["msg"] for one in error.errors()}) from None


def _reasons(error: ValidationError) -> Iterator[tuple[str, Label]]:
    meanings = {"extra_forbidden": UNKNOWN, "missing": MISSING}
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        yield _place(one["loc"][:1]) or "id", meanings.get(one["type"], UNREADABLE)


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)


def _unreadable(sent: Any, reasons: Mapping[str, Label], now: datetime) -> Unreadable:
    said = sent if isinstance(sent, dict) else {}
    own = _read(_id, said.get("id"))
    kind, area, answers = said.get("kind"), said.get("area"), said.get("answers")
    item = Item(
        id=own or uuid5(NAMESPACE_URL, json.dumps(sent, sort_keys=True)),
        kind=kind if isinstance(kind, str) else "",
        happened_at=_read(_moment, said.get("happened_at")) or now,
        saved_at=_read(_moment, said.get("saved_at")) or now,
        area=area if isinstance(area, str) else NO_AREA,
        answers=answers if isinstance(answers, dict) else {},
        replaces=_read(_id, said.get("replaces")),
    )
    return Unreadable(item, sent, reasons, own is not None)


def _read(reader: Any, value: object) -> Any:
    """What the reader makes of the value, None when it cannot be read."""
    try:
        return reader(value)
    except ValueError:
        return None


def _depth(value: Any) -> int:
    """How deep the value's lists and objects lie in each other."""
    depth, level = 0, [value]
    while level := [part for one in level if isinstance(one, dict | list) for part in _parts(one)]:
        depth += 1
    return depth


def _parts(value: dict[str, Any] | list[Any]) -> Any:
    return value.values() if isinstance(value, dict) else value
