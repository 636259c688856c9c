"""A walk's protocol as a page and as a file."""

from uuid import UUID

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from fieldlog.actors import Role
from fieldlog.clock import local_day
from fieldlog.mending.views import reader
from fieldlog.protocol.actions import on_paper
from fieldlog.protocol.models import Protocol
from fieldlog.protocol.queries import protocol
from fieldlog.web import allow, language, now, reading, settings

blueprint = Blueprint("protocol", __name__)


@blueprint.get("/walk/<uuid:walk>")
@allow(Role.REPORTER, Role.SUPERVISOR)
def walk(walk: UUID) -> str:
    """The protocol of a safety walk, with the state of what was found."""
    return render_template("protocol/walk.html", protocol=_found(walk))


@blueprint.get("/walk/<uuid:walk>/walk.pdf")
@allow(Role.REPORTER, Role.SUPERVISOR)
def walk_pdf(walk: UUID) -> Response:
    """The same as a file."""
    found = _found(walk)
    name = f"trygghetsvandring-{local_day(found.happened_at)}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    body = on_paper(found, language(), settings().accent, now())
    return Response(body, mimetype="application/pdf", headers=headers)


def _found(walk: UUID) -> Protocol:
    return protocol(reading(), walk, reader(), now()) or abort(404)
