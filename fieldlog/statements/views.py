"""The statement of accessibility, what is kept on a device, and whom to tell of a fault in security."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, render_template, url_for

from fieldlog.clock import local_day
from fieldlog.statements.models import LACKING, UPDATED, kept, link, security_txt
from fieldlog.web import allow, everyone, now, settings
from fieldlog.web.headers import revalidated
from fieldlog.web.hosts import frame, public_root

blueprint = Blueprint("statements", __name__)


@blueprint.get("/accessibility")
@allow(everyone)
def accessibility() -> Response:
    """The statement of accessibility, in the form that the law on it and Digg ask for."""
    chosen = settings()
    told = {"owner": chosen.owner, "contact": chosen.contact, "link": link(chosen.contact), "lacking": LACKING}
    return _sent(render_template("statements/accessibility.html", **told, updated=UPDATED, **frame()))


@blueprint.get("/device-storage")
@allow(everyone)
def device_storage() -> Response:
    """What is kept on a device, and why."""
    places = kept(current_app.config["SESSION_COOKIE_NAME"], settings().session_days)
    return _sent(render_template("statements/device_storage.html", places=places, updated=UPDATED, **frame()))


@blueprint.get("/.well-known/security.txt")
@allow(everyone)
def security() -> Response:
    """Whom to tell of a fault in security, as RFC 9116 has it; not there without a contact, or when it has expired."""
    chosen = settings()
    if chosen.security_expires is None or chosen.security_expires < local_day(now()):
        abort(404)
    address = public_root() + url_for("statements.security")
    text = security_txt(chosen.security_contact, chosen.security_expires, address)
    return revalidated(Response(text, mimetype="text/plain"))


def _sent(page: Any) -> Response:
    return revalidated(make_response(page))
