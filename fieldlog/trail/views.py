"""The page on which the audit log is searched."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request, url_for

from fieldlog.actors import Role
from fieldlog.audit.queries import last_check, sealed
from fieldlog.intake.forms import form_errors
from fieldlog.trail import queries
from fieldlog.trail.forms import TrailForm
from fieldlog.web import actor, allow, now, reading

blueprint = Blueprint("trail", __name__)

PAGE = 50
UNPROCESSABLE = 422


@blueprint.get("/manage/audit")
@allow(Role.SUPERVISOR, Role.ADMINISTRATOR)
def index() -> str | tuple[str, int]:
    """Who did what, when, from which device; and whether the log can be trusted."""
    session, by = reading(), actor()
    form = TrailForm()
    form.offer(by.role, queries.colleagues(session, by))
    is_right, older = form.validate(), None
    found = []
    if is_right:
        before = _last_read(request.args.get("before", ""))
        found = list(queries.search(session, by, form.search(now()), before=before, limit=PAGE + 1))
    if len(found) > PAGE:
        last = found[PAGE - 1]
        older = url_for("trail.index", before=f"{last.at.isoformat()}_{last.id}", **form.asked)
    page = render_template(
        "trail/index.html",
        form=form,
        errors=form_errors(form),
        happenings=queries.shown(session, by, found[:PAGE]),
        older=older,
        sealed=sealed(session),
        checked=last_check(session, by.municipality),
    )
    return page if is_right else (page, UNPROCESSABLE)


def _last_read(typed: str) -> tuple[datetime, int] | None:
    """The event after which the list goes on, as the list's own link names it; None for anything else."""
    moment, _, number = typed[:100].partition("_")
    try:
        read = datetime.fromisoformat(moment).astimezone(UTC), int(number)
    except (ValueError, OverflowError):
        return None
    return read if 0 <= read[1] < 2**31 else None
