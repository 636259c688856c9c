"""Where photos come in, from a phone or a page, and where they are looked at and taken away."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as Answer

from fieldlog.actors import Role
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import current, may_change
from fieldlog.ids import new_id
from fieldlog.kinds import KINDS
from fieldlog.photos import actions, queries
from fieldlog.photos.forms import PhotoForm, RemoveForm, sent_by_phone
from fieldlog.photos.models import Photo
from fieldlog.pictures import MOST_BYTES
from fieldlog.web import actor, allow, language, now, reading, settings, takes, without_token, write
from fieldlog.web.allowance import Allowance

TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
LOOKED_AT = {"Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}
ROOM_FOR_THE_FORM = 10_000
_ALLOWANCE = "fieldlog-photos-allowance"

blueprint = Blueprint("photos", __name__)


@blueprint.record_once
def _install(state: BlueprintSetupState) -> None:
    state.app.extensions[_ALLOWANCE] = Allowance(state.app.extensions["fieldlog"].settings.sync_limit)


# No token, as with /sync: no form can send a picture as its whole body, and another site's script is stopped.
@blueprint.post("/photos")
@without_token
@allow(Role.REPORTER, Role.SUPERVISOR)
@takes(MOST_BYTES)
def photos() -> dict[str, Any] | tuple[dict[str, Any], int]:
    """Take in one photo from a phone's outbox. docs/sync.md is the contract."""
    if request.mimetype not in TYPES:
        abort(415)
    by, moment = actor(), now()
    if seconds := current_app.extensions[_ALLOWANCE].wait(by.device):
        raise TooManyRequests(retry_after=seconds)
    read = sent_by_phone()
    if read is None:
        return {"error": "Bad Request", "reasons": {"address": "needs account, id, entry and finding"}}, 400
    account, sent = read
    if account != by.account:
        abort(409)
    outcome, reason = actions.accept(write, sent, settings().instance, by, moment)
    answer: dict[str, Any] = {"id": str(sent.id), "outcome": outcome}
    return answer | {"reasons": {"photo": reason.text(language())}} if reason else answer


@blueprint.get("/photos/<uuid:photo_id>")
@allow(Role.REPORTER, Role.SUPERVISOR)
def photo(photo_id: UUID) -> Answer:
    """The photo, for whoever may read its entry."""
    found, _ = _readable(photo_id)
    try:
        content = queries.file_of(found.id, settings().instance).read_bytes()
    except FileNotFoundError:
        abort(404)
    return Response(content, mimetype="image/jpeg", headers=LOOKED_AT)


@blueprint.post("/photos/<uuid:photo_id>/remove")
@allow(Role.REPORTER, Role.SUPERVISOR)
def remove(photo_id: UUID) -> Answer:
    """Take the photo away: whoever may change its entry."""
    by, moment = actor(), now()
    found, entry = _readable(photo_id)
    if not may_change(entry, by):
        abort(403)
    write(lambda session: actions.remove(session, session.get_one(Photo, found.id), by, moment))
    write(lambda session: actions.tidy(session, settings().instance))
    return redirect(url_for("photos.of_entry", id=entry.origin_id), 303)


@blueprint.route("/entries/<uuid:id>/photos", methods=["GET", "POST"])
@allow(Role.REPORTER, Role.SUPERVISOR)
@takes(MOST_BYTES + ROOM_FOR_THE_FORM)
def of_entry(id: UUID) -> str | Answer | tuple[str, int]:
    """The photos of an entry's findings, and a way to add one without a script."""
    by, form, fault = actor(), PhotoForm(), None
    known = current(reading(), id, by) or abort(404)
    part = queries.photographed(KINDS[known.kind]) or abort(404)
    if request.method == "POST":
        if not may_change(known, by):
            abort(403)
        sent = form.sent(id)
        if sent is None:
            fault = gettext("Välj en bild först.")
        else:
            outcome, reason = actions.accept(write, sent, settings().instance, by, now())
            if outcome in {"accepted", "already"}:
                return redirect(url_for("photos.of_entry", id=id), 303)
            fault = (reason or actions.GONE).text(language())
    rows = queries.findings(known)
    taken = queries.photos_of(reading(), rows)
    page = render_template(
        "photos/of_entry.html",
        entry_id=id,
        kind=KINDS[known.kind],
        findings=[(key, part.text([row]), taken[key], str(new_id(now()))) for key, row in rows.items()],
        most=part.photos,
        may_change=not known.is_void and may_change(known, by),
        form=form,
        removing=RemoveForm(),
        fault=fault,
    )
    return (page, 422) if fault else page


def _readable(id: UUID) -> tuple[Photo, Entry]:
    return queries.readable(reading(), id, actor()) or abort(404)
