"""Reading what a phone sends: strictly, and each entry on its own."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, uuid5

from pydantic import BaseModel, ValidationError

from fieldlog.entries.forms import Item
from fieldlog.entries.models import NO_AREA
from fieldlog.kind import UNKNOWN
from fieldlog.labels import Label
from fieldlog.sync.models import (
    MOST_ENTRIES,
    Envelope,
    FiledPhoto,
    OutboxFile,
    SentEntry,
    Unreadable,
    read_id,
    read_moment,
)
from fieldlog.texts import MASK

DEEPEST = 20

UNREADABLE = Label("Det här gick inte att läsa.", "This could not be read.")
MISSING = Label("Det här saknas.", "This is missing.")


class UnreadableError(Exception):
    """What was sent is no envelope; ``reasons`` say why, by field, to a programmer."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in reasons.items()))
        self.reasons = dict(reasons)


class TooManyError(Exception):
    """More than ``MOST_ENTRIES`` in one envelope."""


Read = TypeVar("Read", bound=BaseModel)


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


def outbox(sent: Any) -> OutboxFile:
    """The outbox that a file holds, its entries still as they were written. Raises UnreadableError."""
    return _validated(OutboxFile, sent)


def photo(sent: Any) -> FiledPhoto:
    """One photo of such a file. Raises UnreadableError."""
    return _validated(FiledPhoto, sent)


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
    own = _read(read_id, said.get("id"))
    kind, area, answers = said.get("kind"), said.get("area"), said.get("answers")
    item = Item(
        id=own or uuid5(NAMESPACE_URL, json.dumps(sent, sort_keys=True)),
        kind=kind if isinstance(kind, str) else "",
        happened_at=_read(read_moment, said.get("happened_at")) or now,
        saved_at=_read(read_moment, said.get("saved_at")) or now,
        area=area if isinstance(area, str) else NO_AREA,
        answers=answers if isinstance(answers, dict) else {},
        replaces=_read(read_id, said.get("replaces")),
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
