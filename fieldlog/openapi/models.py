"""What the server answers to programs."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from fieldlog.actors import Organisation
from fieldlog.intake.models import Outcome


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Result(_Answer):
    """What became of one entry."""

    id: UUID | None = Field(description="The entry's id as it was sent; null when none could be read.")
    outcome: Outcome = Field(
        description="accepted: stored now; already: stored before; waiting: what it corrects or is linked to has not "
        "come; refused: not stored as an entry. Only accepted and already let an entry leave the outbox."
    )
    reasons: dict[str, str] = Field(
        default_factory=dict, description="Why it was refused or waits, by field, in the reader's language."
    )
    code: str | None = Field(default=None, description="Of a yes to help: the code to write on the form.")


class Tallies(_Answer):
    """Where the programme in force stands, in the reader's language, such as "31 av 50"."""

    at: datetime = Field(description="When they were counted: under load a moment before the answer.")
    kinds: dict[str, str] = Field(description="By kind: the tally that an entry of the kind moves.")
    commitments: dict[str, str]


class SyncAnswer(_Answer):
    """What became of each entry, in the order sent, and what the phone shows while it has no coverage."""

    results: list[Result]
    tallies: Tallies | None = Field(description="Null when they could not be counted: show the earlier ones.")
    server_time: datetime
    epoch: UUID = Field(
        description="Another one than before: a backup was put back, and what was acknowledged has to be sent again."
    )
    codes: list[str] = Field(description="Codes reserved for this phone's handovers: those that no yes has.")


class PhotoAnswer(_Answer):
    """What became of one photo."""

    id: UUID
    outcome: Outcome = Field(description="As with entries; waiting: the server does not have its entry yet.")
    reasons: dict[str, str] = Field(default_factory=dict, description="Why it was refused, under photo.")


class SignedOut(_Answer):
    """Nobody is signed in."""

    account: Literal[None]
    epoch: UUID
    server_time: datetime


class SignedIn(_Answer):
    """Whoever is signed in, and what they log."""

    account: int
    name: str
    organisation: Organisation
    kinds: list[str] = Field(description="The kinds that the person logs, the most used first.")
    tallies: Tallies | None
    codes: list[str] = Field(description="Codes reserved for this phone's handovers, as in the answer of /sync.")
    epoch: UUID
    server_time: datetime


class Trouble(_Answer):
    """Why nothing was taken in."""

    error: str = Field(description="The status in words.")
    reasons: dict[str, str] = Field(
        default_factory=dict, description="What could not be read, by part of the envelope, for a programmer."
    )


STATUSES = {
    400: "The envelope cannot be read. Nothing was stored. Send fewer at a time; one that fails alone is at fault.",
    401: "Nobody is signed in, or the session has ended. Keep everything, sign in, send again.",
    403: "The role may not log, or the request came from another site. Keep everything.",
    405: "Only POST is taken.",
    409: "Somebody else is signed in than made the entries. Keep them until their person is.",
    413: "More than 200 entries, or too large a body. Nothing was stored. Send fewer at a time.",
    415: "Only application/json is taken.",
    429: "Too often. Keep everything and wait as Retry-After says.",
    500: "A fault of the server's. Keep everything and try again, less and less often.",
    503: "The database is busy. Keep everything and wait as Retry-After says.",
}
"""Every status beside 200 that ``POST /sync`` answers with, and what the client has to do."""

PHOTO_STATUSES = STATUSES | {
    400: "The address does not say account, id, entry and finding.",
    409: "Somebody else is signed in than took the photo. Keep it until its person is.",
    413: "More than 12 MB. Nothing was stored.",
    415: "Only image/jpeg, image/png and image/webp are taken.",
}
"""The same of ``POST /photos``."""

PAUSES = frozenset({429, 503})
"""Those that say in Retry-After how long to wait."""
