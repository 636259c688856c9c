"""Handovers, for social services. Everybody else is led to the totals, which are all that they see."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fieldlog import codes
from fieldlog.accounts.views import limiter
from fieldlog.actors import Role
from fieldlog.answering.forms import KIND, LookUpForm, PushForm, ReminderForm, answer, answer_form, questions
from fieldlog.answering.models import Told
from fieldlog.handovers import queries
from fieldlog.handovers.actions import note_look_up
from fieldlog.intake.actions import accept
from fieldlog.intake.forms import form_errors
from fieldlog.reminders import actions as chosen
from fieldlog.reminders import queries as told_by
from fieldlog.web import actor, allow, language, now, reading, settings, write

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
            return _saved()
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


@blueprint.post("/handovers/reminders")
@allow(*LOGS)
def reminders() -> str | Response | tuple[str, int]:
    """Where reminders go by mail."""
    by, moment, form = actor(), now(), ReminderForm()
    if not queries.may_answer(by):
        return _totals()
    if not form.validate():
        return _list(LookUpForm(formdata=None), form), 422
    write(lambda session: chosen.choose(session, by, moment, form.email.data or "", language()))
    return _saved()


@blueprint.post("/handovers/push")
@allow(*LOGS)
def push() -> Response:
    """Take push messages in this browser, or in none any more."""
    by, moment, form = actor(), now(), PushForm()
    if not queries.may_answer(by):
        return _totals()
    if not form.endpoint.data:
        write(lambda session: chosen.unsubscribe(session, by, moment))
    elif form.validate() and form.address.is_sound(settings().push_hosts):
        write(lambda session: chosen.subscribe(session, by, moment, form.address, language()))
    else:
        abort(422)
    return _saved()


def _saved() -> Response:
    flash(gettext("Sparat."))
    return redirect(url_for("answering.handovers"), 303)


def _list(form: LookUpForm, mail: ReminderForm | None = None) -> str:
    session, place, moment = reading(), actor().municipality, now()
    return render_template(
        "answering/handovers.html",
        waiting=[Told(one, moment) for one in queries.waiting(session, place)],
        closed=[Told(one, moment) for one in queries.closed(session, place)],
        form=form,
        reminder_form=mail or ReminderForm(formdata=None, obj=told_by.chosen(session, actor().account)),
        push_form=PushForm(formdata=None),
        push_key=pusher.public_key if (pusher := settings().pusher) else "",
        browsers=told_by.number_of_browsers(session, actor().account),
        can_mail=settings().mail is not None,
        errors=form_errors(form) + (form_errors(mail) if mail else []),
    )
