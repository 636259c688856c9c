"""The pages on which logged work is looked at, corrected and voided."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any
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
from fieldlog.handovers.models import SHOWN_MS
from fieldlog.ids import new_id
from fieldlog.intake import actions
from fieldlog.intake.forms import CorrectionForm, ReasonForm, WorkForm, form_errors, form_for, sent_id
from fieldlog.intake.models import Result
from fieldlog.intake.queries import Shown
from fieldlog.intake.queries import shown as shown_row
from fieldlog.kinds import KINDS
from fieldlog.kinds.evening import EVENING
from fieldlog.labels import Label
from fieldlog.logbook import queries
from fieldlog.logbook.forms import OrganisationForm, correction, last_read, void_of
from fieldlog.logbook.models import Detail
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
    rows = stored.mine(session, by, before=last_read(request.args.get("before", "")), limit=PAGE + 1)
    places = areas(session, by.municipality)
    names = {area.slug: area.name for area in places}
    return render_template(
        "logbook/entries.html",
        days=_by_day(queries.listed(session, rows[:PAGE], names, now())),
        shown_ms=SHOWN_MS,
        refused=queries.refused(session, by),
        older=_older("logbook.entries", rows),
        kinds=[*KINDS.values(), EVENING],
        areas=places,
        rendered_at=now(),
    )


@blueprint.get("/entries/organisation")
@allow(Role.SUPERVISOR)
def organisation() -> str | tuple[str, int]:
    """What my organisation made or took part in, by day: the rows behind a number."""
    session, by = reading(), actor()
    places, teams = areas(session, by.municipality), units(session, by.municipality)
    form = OrganisationForm()
    form.offer([kind for kind in KINDS.values() if by.organisation in kind.readers], places, teams)
    is_right, number = form.validate(), None
    rows: Sequence[Entry] = []
    if is_right:
        before = last_read(request.args.get("before", ""))
        rows = queries.found(session, by, form.search, before=before, limit=PAGE + 1)
        number = queries.number_found(session, by, form.search)
    names = {area.slug: area.name for area in places}, {unit.slug: unit.name for unit in teams}
    page = render_template(
        "logbook/organisation.html",
        form=form,
        errors=form_errors(form),
        organisation=by.organisation.label,
        days=_by_day([shown_row(row, *names) for row in rows[:PAGE]]),
        number=number,
        older=_older("logbook.organisation", rows, **form.asked),
    )
    return page if is_right else (page, UNPROCESSABLE)


@blueprint.get("/entries/<uuid:id>")
@allow(*LOGS)
def entry(id: UUID) -> str:
    """One entry: what was logged, and its history."""
    return render_template("logbook/entry.html", entry=_detail(_current(id)))


@blueprint.route("/entries/<uuid:id>/correct", methods=["GET", "POST"])
@allow(*LOGS)
def correct(id: UUID) -> str | Response | tuple[str, int]:
    """The kind's form, filled in, with a reason. A supervisor sees before and after side by side before saving."""
    by, known = actor(), _changeable(id)
    kind, hidden = KINDS[known.kind], stored.hidden(known, by)
    form = form_for(kind, CorrectionForm)()
    form.offer_reasons()
    if kind.link:
        linked = known.answers.get(kind.link.name) or ""
        form[kind.link.name].choices = [(linked, gettext("Oförändrad"), 0)]
    status, pairs, newer = 200, None, None
    questions: dict[str, Label] = {}
    if request.method == "GET":
        form.fill({name: answer for name, answer in kind.keyed(known.answers, known.id).items() if name not in hidden})
        form.id.data, form.replaces.data = str(new_id(now())), str(known.id)
        form.area.data, form.happened_at.data = known.area, known.happened_at
    else:
        status = UNPROCESSABLE
        questions = form.questions()
        if not questions and not form.happened_at.errors:
            item = _corrected(form, known)
            is_stale = item.replaces != known.id
            if request.form.get("action") != "compare":
                result = _send(item, by)
                if result.outcome in {"accepted", "already"}:
                    return redirect(url_for("logbook.entry", id=id), 303)
                is_stale = result.reasons.get("replaces") == STALE
                form.blame({} if is_stale else result.reasons)
            if is_stale:
                known = _current(id)
                status, newer = CONFLICT, _detail(known)
                form.replaces.data = str(item.replaces if known.is_void else known.id)
            if is_stale or not form.errors:
                status = status if is_stale else 200
                pairs = queries.compared_with(known, item, by, _names()[0])
    page = render_template(
        "logbook/correct.html",
        kind=replace(kind, without=kind.without | hidden),
        counts_as=kind.counts_as_under(stored.RulesByDay(reading(), by.municipality).on(known.day)),
        form=form,
        entry_id=id,
        is_supervisor=by.role == Role.SUPERVISOR,
        pairs=pairs,
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
    by, known = actor(), _changeable(id)
    form = ReasonForm()
    form.offer_reasons()
    status, pairs = 200, None
    if request.method == "GET":
        form.id.data, form.replaces.data = str(new_id(now())), str(known.id)
    else:
        item = void_of(known, sent_id(form), now(), **correction(form))
        result = _send(item, by)
        if result.outcome in {"accepted", "already"}:
            return redirect(url_for("logbook.entry", id=id), 303)
        status = UNPROCESSABLE
        if result.reasons.get("replaces") != STALE:
            form.blame(result.reasons)
        else:
            status, known = CONFLICT, _current(id)
            pairs = queries.compared(_seen(item, known), known, by, _names()[0])
            form.replaces.data = str(item.replaces if known.is_void else known.id)
    page = render_template("logbook/void.html", entry=_detail(known), pairs=pairs, form=form, errors=form_errors(form))
    return page, status


@blueprint.post("/entries/<uuid:id>/undo")
@allow(*LOGS)
def undo(id: UUID) -> Response:
    """Ångra: void what was just saved."""
    known, moment = _changeable(id), now()
    if not known.is_void:  # a second tap has nothing left to undo
        _send(void_of(known, new_id(moment), moment, replaces=known.id, reason=UNDONE[0]), actor())
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


def _current(origin_id: UUID) -> Entry:
    """The current version of an entry that the reader may read; whatever else the address names is not here."""
    return stored.current(reading(), origin_id, actor()) or abort(404)


def _changeable(origin_id: UUID) -> Entry:
    known = _current(origin_id)
    if not stored.may_change(known, actor()):
        abort(403)
    return known


def _corrected(form: WorkForm, known: Entry) -> Item:
    """What the form says. It shows minutes: a time that was not touched keeps its seconds, and its summer or winter."""
    if form.happened_at.typed in {"", local(known.happened_at).strftime("%Y-%m-%dT%H:%M")}:
        form.happened_at.data = known.happened_at
    return form.item(sent_id(form), now(), **correction(form))


def _seen(item: Item, known: Entry) -> Entry:
    """The version that the person saw who would replace it; the current one when it is none of this entry's."""
    return next((one for one in stored.history(reading(), known.origin_id) if one.id == item.replaces), known)


def _detail(known: Entry) -> Detail:
    return queries.detail(reading(), known, actor(), *_names(), now=now())


def _names() -> tuple[dict[str, str], dict[str, str]]:
    """What areas and units are called, by slug."""
    session, place = reading(), actor().municipality
    names = {area.slug: area.name for area in areas(session, place)}
    return names, {unit.slug: unit.name for unit in units(session, place)}


def _by_day(rows: Sequence[Shown]) -> list[tuple[date, list[Shown]]]:
    return [(day, list(of_day)) for day, of_day in groupby(rows, key=lambda row: row.day)]


def _older(endpoint: str, rows: Sequence[Entry], **asked: Any) -> str | None:
    """Where the list goes on, when there was more than fits on a page."""
    if len(rows) <= PAGE:
        return None
    last = rows[PAGE - 1]
    return url_for(endpoint, before=f"{last.happened_at.isoformat()}_{last.id}", **asked)
