"""Handovers, for social services. Everybody else is led to the totals, which are all that they see."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fieldlog import codes
from fieldlog.accounts.views import limiter
from fieldlog.actors import Role
from fieldlog.answering.forms import KIND, LookUpForm, answer, answer_form, questions
from fieldlog.answering.models import Told
from fieldlog.handovers import queries
from fieldlog.handovers.actions import note_look_up
from fieldlog.intake.actions import accept
from fieldlog.intake.forms import form_errors
from fieldlog.web import actor, allow, now, reading, settings, write

blueprint = Blueprint("answering", __name__)

LOGS = (Role.REPORTER, Role.SUPERVISOR)


def _limit() -> str:
    return settings().sign_in_limit


def _account() -> str:
    return f"look-up {actor().account}"


def _totals() -> Response:
    return redirect(url_for("pledges.index"))


@blueprint.get("/handovers")
@allow(*LOGS)
def handovers() -> str | Response:
    """What waits, the longest first, and what was answered lately."""
    return _list(LookUpForm()) if queries.may_answer(actor()) else _totals()


@blueprint.post("/handovers/find")
@allow(*LOGS)
@limiter.limit(_limit, key_func=_account)
def find() -> str | Response | tuple[str, int]:
    """Look a code up. Each attempt is counted and audited, the code itself is not."""
    by, moment, form = actor(), now(), LookUpForm()
    if not queries.may_answer(by):
        return _totals()
    code = codes.read(form.code.data or "")
    found = queries.with_code(reading(), by.municipality, code) if code else None
    write(lambda session: note_look_up(session, found, by, moment))
    if found:
        return redirect(url_for("answering.handover", id=found.id), 303)
    is_slip = code is None
    words = (
        gettext("Så skrivs ingen kod. Läs den en gång till.") if is_slip else gettext("Ingen överlämning har koden.")
    )
    form.code.errors = [words]
    return _list(form), 422


@blueprint.route("/handovers/<uuid:id>", methods=["GET", "POST"])
@allow(*LOGS)
def handover(id: UUID) -> str | Response | tuple[str, int]:
    """One handover, and how it went."""
    by, moment = actor(), now()
    if not queries.may_answer(by):
        return _totals()
    found = queries.handover(reading(), by.municipality, id) or abort(404)
    form = answer_form(found, moment)
    if request.method == "POST" and not found.is_withdrawn and form.validate() and not form.happened_at.errors:
        item = answer(form, found, moment)
        (result,) = write(lambda session: accept(session, [item], by, moment))
        if result.outcome in {"accepted", "already"}:
            flash(gettext("Sparat."))
            return redirect(url_for("answering.handovers"), 303)
        form.blame(result.reasons)
    page = render_template(
        "answering/handover.html",
        told=Told(found, moment),
        form=form,
        section=questions(),
        fields=KIND.fields,
        errors=form_errors(form),
        rendered_at=moment,
    )
    return page if request.method == "GET" else (page, 422)


def _list(form: LookUpForm) -> str:
    session, place, moment = reading(), actor().municipality, now()
    return render_template(
        "answering/handovers.html",
        waiting=[Told(one, moment) for one in queries.waiting(session, place)],
        closed=[Told(one, moment) for one in queries.closed(session, place)],
        form=form,
        errors=[(form.code.id, text) for text in form.code.errors],
    )
