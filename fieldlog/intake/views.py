"""The pages on which work is logged."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fieldlog.actors import Actor, Organisation, Role
from fieldlog.areas.queries import AreaPlace, areas
from fieldlog.clock import local, local_day
from fieldlog.entries import actions
from fieldlog.entries import queries as entries
from fieldlog.entries.models import NO_AREA, Entry
from fieldlog.handovers.models import OFFER
from fieldlog.handovers.queries import missing_forms
from fieldlog.ids import new_id
from fieldlog.intake import queries
from fieldlog.intake.actions import accept
from fieldlog.intake.forms import EmptyForm, WorkForm, form_errors, form_for, sent_id
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS, linking_to
from fieldlog.labels import Label
from fieldlog.occasions import queries as occasions
from fieldlog.pledges.models import ProgrammeStanding
from fieldlog.pledges.queries import by_kind, standing
from fieldlog.targets.models import Progress
from fieldlog.web import actor, allow, now, reading, settings, write

blueprint = Blueprint("intake", __name__)

PLANNED_BACK, PLANNED_AHEAD = timedelta(days=3), timedelta(days=2)


@dataclass(frozen=True)
class Tile:
    """A kind to log, with the tally that it moves."""

    kind: Kind
    progress: Progress | None


@blueprint.get("/log")
@allow(Role.REPORTER, Role.SUPERVISOR)
def log() -> str:
    """The staff's home: a tile for each kind, and what waits for its person."""
    session, by, moment = reading(), actor(), now()
    names = {area.slug: area.name for area in areas(session, by.municipality)}
    programme = _programme(by)
    tallies = _tallies(programme)
    latest = entries.mine(session, by, before=None, limit=1)
    near = occasions.coming(session, by, moment - PLANNED_BACK, moment + PLANNED_AHEAD)
    repeatable = [entry for entry in latest if not entry.is_void and KINDS[entry.kind].is_repeatable]
    return render_template(
        "intake/log.html",
        tiles=[Tile(kind, tallies.get(kind.slug)) for kind in queries.kinds_most_used_first(session, by, moment)],
        last=next((queries.shown(entry, names) for entry in repeatable), None),
        unasked=queries.linkable(session, by, moment, names),
        refused=queries.open_refusals(session, by),
        missing_forms=missing_forms(session, by, moment) if by.organisation in KINDS[OFFER].readers else [],
        saved=_saved(by, programme),
        undo=EmptyForm(),
        planned=[one for one in near if one.state == "planned"],
        names=names,
        parts={one.value: one.label for one in Organisation},
        rendered_at=moment,
        youth_report_url=settings().youth_report_url,
    )


@blueprint.route("/log/<kind>", methods=["GET", "POST"])
@allow(Role.REPORTER, Role.SUPERVISOR)
def form(kind: str) -> str | Response | tuple[str, int]:
    """The form on which one kind is logged."""
    by, chosen = actor(), KINDS.get(kind)
    if chosen is None or not chosen.has_form or chosen.is_retired:
        abort(404)
    if by.organisation not in chosen.logged_by:
        abort(403)
    places = areas(reading(), by.municipality, since=local_day(now()))
    links = _links(chosen, by, places)
    filled: WorkForm = form_for(chosen)()
    if chosen.link:
        filled[chosen.link.name].choices = [
            ("", gettext("Inte vid en kontroll"), 0),
            *((str(one.id), _words(one), one.missing) for one in links),
        ]
    unit = _recent(chosen, by, places)
    questions: dict[str, Label] = {}
    if request.method == "GET":
        _prefill(filled, chosen, by, links)
    else:
        if request.form.get("action") == "clean":
            filled.without_remarks()
        questions = filled.questions()
        if not filled.errors and not filled.confirmed.data:
            questions |= queries.doubles(unit, filled.area.data or NO_AREA, filled.happened_at.data or now())
        if not questions and not filled.happened_at.errors and (saved := _save(filled, by)):
            return redirect(_next_page(saved, by), 303)
    linked = filled[chosen.link.name].data if chosen.link else None
    page = render_template(
        "intake/form.html",
        kind=chosen,
        counts_as=chosen.counts_as_under(entries.RulesByDay(reading(), by.municipality).on(local_day(now()))),
        form=filled,
        is_fresh=request.method == "GET" and not request.args,
        rendered_at=now(),
        areas=places,
        questions=list(questions.items()),
        errors=form_errors(filled),
        unit=unit,
        linked=next((one for one in links if str(one.id) == linked), None),
        saved=_saved(by, _programme(by)),
        undo=EmptyForm(),
        youth_report_url=settings().youth_report_url,
    )
    return page if request.method == "GET" else (page, 422)


def _save(filled: WorkForm, by: Actor) -> UUID | None:
    """Hand the form to the door: the entry's id, or None with the reasons on the form."""
    moment = now()
    item = filled.item(sent_id(filled), moment)
    result = write(lambda session: accept(session, [item], by, moment))[0]
    if result.outcome in {"accepted", "already"}:
        return item.id
    link = filled.kind.link
    filled.blame({link.name: actions.NOT_LINKABLE} if link and result.outcome == "waiting" else result.reasons)
    return None


def _next_page(saved: UUID, by: Actor) -> str:
    """Where to go after saving: to the questions that the entry opens, to the same form again, or home."""
    session = reading()
    entry = entries.current(session, saved, by)
    if entry is None:
        abort(404)
    kind = KINDS[entry.kind]
    for asking in (kind, *linking_to(kind)):
        opened = entry.linked_id if asking is kind else entry.origin_id
        if asking.link and opened and asking.has_form and by.organisation in asking.logged_by:
            target = entries.current(session, opened, by)
            if target and queries.amounts(session, target).get(asking.link.leaves):
                target_name: dict[str, Any] = {asking.link.name: opened}
                return url_for("intake.form", kind=asking.slug, saved=saved, **target_name)
    if request.form.get("action") == "again":
        return url_for("intake.form", kind=kind.slug, like=saved, saved=saved)
    return url_for("intake.log", saved=saved)


def _prefill(filled: WorkForm, kind: Kind, by: Actor, links: list[queries.Linkable]) -> None:
    filled.id.data = str(new_id(now()))
    filled.area.data = NO_AREA
    if refusal := queries.refusal(reading(), request.args.get("mend", type=int), by):
        filled.mend(refusal)
        return
    if (asked := _uuid(request.args.get("occasion", ""))) and (planned := occasions.occasion(reading(), asked, by)):
        filled.log_planned(planned, now())
        return
    if any(part.name == "organisations" for part in kind.asked_first):
        filled["organisations"].data = [by.organisation.value]
    if (like := _asked_for("like", by)) and like.kind == kind.slug:
        filled.fill({name: like.answers.get(name) for name in kind.repeated})
        filled.area.data = like.area
    if kind.link and (target := next((one for one in links if str(one.id) == request.args.get(kind.link.name)), None)):
        filled[kind.link.name].data = str(target.id)
        filled.area.data = target.area


def _asked_for(name: str, by: Actor) -> Entry | None:
    """The current version of the entry that the address names, if ``by`` may read it."""
    asked = _uuid(request.args.get(name, ""))
    return entries.current(reading(), asked, by) if asked else None


def _saved(by: Actor, programme: ProgrammeStanding | None) -> queries.Saved | None:
    entry = _asked_for("saved", by)
    return queries.saved(reading(), entry, programme, by, now()) if entry and not entry.is_void else None


def _programme(by: Actor) -> ProgrammeStanding | None:
    moment = now()
    return standing(reading(), by.municipality, local_day(moment), moment, to=by.organisation)


def _tallies(programme: ProgrammeStanding | None) -> dict[str, Progress]:
    """The tally that each kind moves, in the programme of today."""
    return {kind: commitment.progress for kind, commitment in by_kind(programme).items()} if programme else {}


def _links(kind: Kind, by: Actor, places: list[AreaPlace]) -> list[queries.Linkable]:
    """What an entry of the kind can be linked to, what the address or the form names among it."""
    if kind.link is None:
        return []
    names = {area.slug: area.name for area in places}
    named = _uuid(request.values.get(kind.link.name, ""))
    return queries.linkable(reading(), by, now(), names, kind=kind, include=named)


def _recent(kind: Kind, by: Actor, places: list[AreaPlace]) -> list[queries.Recent]:
    return queries.recent(reading(), kind, by, now(), {area.slug: area.name for area in places})


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _words(target: queries.Linkable) -> str:
    when = local(target.happened_at).strftime("%d/%m %H:%M")
    return ", ".join(part for part in (target.place, target.area_name, when) if part)
