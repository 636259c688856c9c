"""The pages on which logged work is looked at, corrected and voided."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Required, TypedDict, Unpack
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fieldlog.accounts.queries import units
from fieldlog.actors import Actor, Role
from fieldlog.areas.queries import areas
from fieldlog.clock import local
from fieldlog.entries import queries as stored
from fieldlog.entries.actions import STALE
from fieldlog.entries.forms import UNDONE, Item
from fieldlog.entries.models import Entry
from fieldlog.ids import new_id
from fieldlog.intake import actions
from fieldlog.intake.forms import CorrectionForm, ReasonForm, form_errors, form_for, sent_id
from fieldlog.intake.models import Result
from fieldlog.intake.queries import shown as shown_row
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.logbook import queries
from fieldlog.web import actor, allow, now, reading, settings, write

blueprint = Blueprint("logbook", __name__)

PAGE = 50
LOGS = (Role.REPORTER, Role.SUPERVISOR)
CONFLICT, UNPROCESSABLE = 409, 422


@blueprint.get("/entries")
@allow(*LOGS)
def entries() -> str:
    """What I have logged, by day, with what was refused on top."""
    session, by = reading(), actor()
    rows = stored.mine(session, by, before=_last_read(request.args.get("before", "")), limit=PAGE + 1)
    places = areas(session, by.municipality)
    names = {area.slug: area.name for area in places}
    shown = [shown_row(row, names) for row in rows[:PAGE]]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return render_template(
        "logbook/entries.html",
        days=[{"day": day, "rows": list(of_day)} for day, of_day in groupby(shown, key=lambda row: row.day)],
        refused=queries.refused(session, by),
        older=url_for("logbook.entries", before=f"{last.happened_at.isoformat()}_{last.id}") if last else None,
        kinds=KINDS.values(),
        areas=places,
        rendered_at=now(),
    )


@blueprint.get("/entries/<uuid:id>")
@allow(*LOGS)
def entry(id: UUID) -> str:
    """One entry: what was logged, and its history."""
    return render_template("logbook/entry.html", entry=_detail(_current(id)))


@blueprint.route("/entries/<uuid:id>/correct", methods=["GET", "POST"])
@allow(*LOGS)
def correct(id: UUID) -> str | Response | tuple[str, int]:
    """The kind's form, filled in, with a reason."""
    by, known = actor(), _changeable(id)
    kind, hidden = KINDS[known.kind], stored.hidden(known, by)
    form = form_for(kind, CorrectionForm)()
    form.offer_reasons()
    if kind.link:
        linked = known.answers.get(kind.link.name) or ""
        form[kind.link.name].choices = [(linked, gettext("Oförändrad"), 0)]
    shown_time, status, newer = local(known.happened_at).strftime("%Y-%m-%dT%H:%M"), 200, None
    questions: dict[str, Label] = {}
    if request.method == "GET":
        form.fill({name: answer for name, answer in known.answers.items() if name not in hidden})
        form.id.data, form.replaces.data = str(new_id(now())), str(known.id)
        form.area.data, form.happened_at.data = known.area, known.happened_at
    else:
        status = UNPROCESSABLE
        questions = form.questions()
        if not questions and not form.happened_at.errors:
            # The page shows minutes: a time that was not touched keeps its seconds, and its summer or winter.
            untouched = form.happened_at.typed in {"", shown_time}
            form.happened_at.data = known.happened_at if untouched else form.happened_at.data
            result = _send(form.item(sent_id(form), now(), **_correction(form)), by)
            if result.outcome in {"accepted", "already"}:
                return redirect(url_for("logbook.entry", id=id), 303)
            form.blame(result.reasons)
            if result.reasons.get("replaces") == STALE:
                status, newer = CONFLICT, _detail(_current(id))
    page = render_template(
        "logbook/correct.html",
        kind=replace(kind, without=kind.without | hidden),
        counts_as=kind.counts_as_under(stored.RulesByDay(reading(), by.municipality).on(known.day)),
        form=form,
        entry_id=id,
        newer=newer,
        questions=list(questions.items()),
        rendered_at=now(),
        areas=areas(reading(), by.municipality, since=known.day),
        errors=form_errors(form),
        youth_report_url=settings().youth_report_url,
    )
    return page, status


@blueprint.route("/entries/<uuid:id>/void", methods=["GET", "POST"])
@allow(*LOGS)
def void(id: UUID) -> str | Response | tuple[str, int]:
    """Take an entry out of the count, with a reason."""
    known = _changeable(id)
    form = ReasonForm()
    form.offer_reasons()
    status = 200
    if request.method == "GET":
        form.id.data, form.replaces.data = str(new_id(now())), str(known.id)
    else:
        result = _send(_void(known, sent_id(form), now(), **_correction(form)), actor())
        if result.outcome in {"accepted", "already"}:
            return redirect(url_for("logbook.entry", id=id), 303)
        form.blame(result.reasons)
        status = CONFLICT if result.reasons.get("replaces") == STALE else UNPROCESSABLE
    return render_template("logbook/void.html", entry=_detail(known), form=form, errors=form_errors(form)), status


@blueprint.post("/entries/<uuid:id>/undo")
@allow(*LOGS)
def undo(id: UUID) -> Response:
    """Ångra: void what was just saved."""
    known, moment = _changeable(id), now()
    if not known.is_void:  # a second tap has nothing left to undo
        _send(_void(known, new_id(moment), moment, replaces=known.id, reason=UNDONE[0]), actor())
    return redirect(url_for("intake.log", undone=id), 303)


@blueprint.post("/refusals/<int(max=2147483647):id>/discard")
@allow(*LOGS)
def discard(id: int) -> Response:
    """Put a refused attempt away."""
    by, moment = actor(), now()
    if not write(lambda session: actions.discard(session, id, by, moment)):
        abort(404)
    return redirect(url_for("logbook.entries"), 303)


def _send(item: Item, by: Actor) -> Result:
    """The door's answer. A version that does not exist is as good as one that was corrected: open the entry again."""
    moment = now()
    (result,) = write(lambda session: actions.accept(session, [item], by, moment))
    return Result(item.id, "refused", {"replaces": STALE}) if result.outcome == "waiting" else result


class _Correction(TypedDict, total=False):
    """The part of an item that says which version it replaces, and why."""

    replaces: Required[UUID]
    reason: Required[str | None]
    explanation: str | None


def _correction(form: ReasonForm) -> _Correction:
    try:
        replaces = UUID(form.replaces.data or "")
    except ValueError:
        abort(400)
    return {"replaces": replaces, "reason": form.reason.data, "explanation": form.explanation.data}


def _void(known: Entry, own_id: UUID, moment: datetime, **correction: Unpack[_Correction]) -> Item:
    return Item(id=own_id, kind=known.kind, happened_at=known.happened_at, saved_at=moment, void=True, **correction)


def _current(origin_id: UUID) -> Entry:
    """The current version of an entry that the reader may read; whatever else the address names is not here."""
    return stored.current(reading(), origin_id, actor()) or abort(404)


def _changeable(origin_id: UUID) -> Entry:
    known = _current(origin_id)
    if not stored.may_change(known, actor()):
        abort(403)
    return known


def _detail(known: Entry) -> queries.Detail:
    session, by = reading(), actor()
    names = {area.slug: area.name for area in areas(session, by.municipality)}
    teams = {unit.slug: unit.name for unit in units(session, by.municipality)}
    return queries.detail(session, known, by, names, teams)


def _last_read(typed: str) -> tuple[datetime, UUID] | None:
    """The entry after which the list goes on, as the list's own link names it; None for anything else."""
    moment, _, version_id = typed.partition("_")
    try:
        return datetime.fromisoformat(moment).astimezone(UTC), UUID(version_id)
    except (ValueError, OverflowError):
        return None
