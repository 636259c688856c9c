"""The addresses that a phone's app calls. They speak JSON only; docs/sync.md is their contract."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, request
from flask.blueprints import BlueprintSetupState
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from fieldlog.actors import Actor, Role
from fieldlog.database import BusyError
from fieldlog.entries.forms import Item
from fieldlog.epochs.queries import epoch
from fieldlog.handovers.actions import reserve
from fieldlog.intake.models import Result
from fieldlog.intake.queries import kinds_most_used_first
from fieldlog.sync import queries
from fieldlog.sync.actions import Sending, take_all
from fieldlog.sync.forms import TooManyError, UnreadableError, entry, envelope, parse
from fieldlog.sync.models import Unreadable
from fieldlog.texts import mask
from fieldlog.web import (
    actor,
    allow,
    database,
    everyone,
    language,
    now,
    reading,
    without_token,
    write,
    write_together,
)
from fieldlog.web.allowance import Allowance

MOST_WAITING = 1_000_000
LONGEST_VERSION = 40
TAKEN_IN = frozenset({"accepted", "already"})
_BOARD = "fieldlog-tallies"
_ALLOWANCE = "fieldlog-sync-allowance"

blueprint = Blueprint("sync", __name__)


@blueprint.record_once
def _install(state: BlueprintSetupState) -> None:
    state.app.extensions[_BOARD] = queries.Board()
    state.app.extensions[_ALLOWANCE] = Allowance(state.app.extensions["fieldlog"].settings.sync_limit)


# No token: the session that it dies with may end while the outbox is full. Another site's form cannot send JSON, its
# script is stopped by the browser, and the account that made the entries is named in them.
@blueprint.post("/sync")
@without_token
@allow(Role.REPORTER, Role.SUPERVISOR)
def sync() -> dict[str, Any] | tuple[dict[str, Any], int]:
    """Take in the entries of a phone's outbox: what became of each, and the tallies."""
    if request.mimetype != "application/json":
        abort(415)
    by, moment = actor(), now()
    if seconds := current_app.extensions[_ALLOWANCE].wait(by.device):
        raise TooManyRequests(retry_after=seconds)
    try:
        sent = envelope(parse(request.get_data()))
    except UnreadableError as error:
        return {"error": "Bad Request", "reasons": error.reasons}, 400
    except TooManyError:
        abort(413)
    if sent.account != by.account:
        abort(409)
    entries = [entry(one, moment, moment - sent.sent_at) for one in sent.entries]
    said = mask(sent.app)[:LONGEST_VERSION], min(sent.waiting, MOST_WAITING)
    news = None if said == (current_user.app, current_user.waiting) else said
    told = write_together(take_all, Sending(entries, by, moment, news, sent.discarded))
    return {
        "results": [_result(one, result, told.given) for one, result in zip(entries, told.results, strict=True)],
        "tallies": _tallies(by, moment),
        "server_time": moment.isoformat(),
        "epoch": str(told.epoch),
        "codes": told.reserved,
    }


@blueprint.get("/whoami")
@allow(everyone)
def whoami() -> dict[str, Any]:
    """Who is signed in, and what a phone needs to know before it goes where there is no coverage."""
    moment = now()
    answer = {"account": None, "epoch": str(epoch(reading())), "server_time": moment.isoformat()}
    if not current_user.is_authenticated:
        return answer
    by = actor()
    logs = [] if by.role is Role.ADMINISTRATOR else kinds_most_used_first(reading(), by, moment)
    return answer | {
        "account": by.account,
        "name": current_user.name,
        "organisation": by.organisation.value,
        "kinds": [kind.slug for kind in logs],
        "tallies": _tallies(by, moment),
        "codes": _codes(by, moment),
    }


def _codes(by: Actor, moment: datetime) -> list[str]:
    """What the phone has in store before it first sends anything; none while the database is busy."""
    if by.role is Role.ADMINISTRATOR:
        return []
    with suppress(BusyError):
        return write(lambda session: reserve(session, [(by, moment)])).get(by.device or 0, [])
    return []


def _result(sent: Item | Unreadable, result: Result, given: Mapping[UUID, str]) -> dict[str, Any]:
    own = None if isinstance(sent, Unreadable) and not sent.has_id else str(result.id)
    answer: dict[str, Any] = {"id": own, "outcome": result.outcome}
    if isinstance(sent, Item) and result.outcome in TAKEN_IN and (code := given.get(sent.id)):
        answer["code"] = code
    if not result.reasons:
        return answer
    return answer | {"reasons": {name: reason.text(language()) for name, reason in result.reasons.items()}}


def _tallies(by: Actor, moment: datetime) -> dict[str, Any] | None:
    """The tallies in the reader's words; None when they cannot be told, which is no reason to send anything again."""

    def count() -> queries.Tallies:
        with database().read() as session:
            return queries.tallies(session, by.municipality, moment, by.organisation)

    try:
        found = current_app.extensions[_BOARD].read(f"{by.municipality} {by.organisation}", count)
    except Exception:
        current_app.logger.exception("the tallies cannot be counted")
        return None
    reads = language()
    return {
        "at": found.at.isoformat(),
        "kinds": {slug: words.text(reads) for slug, words in found.kinds.items()},
        "commitments": {slug: words.text(reads) for slug, words in found.commitments.items()},
    }
