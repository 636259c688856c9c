"""The pages of planned occasions: what is coming, planning one, and one with its history."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fieldlog.actors import Organisation, Role
from fieldlog.areas.queries import areas
from fieldlog.clock import local_day
from fieldlog.intake.forms import EmptyForm
from fieldlog.occasions import actions, queries
from fieldlog.occasions.queries import Coming
from fieldlog.outings import forms
from fieldlog.web import actor, allow, now, reading, write

blueprint = Blueprint("outings", __name__)

LOGS = (Role.REPORTER, Role.SUPERVISOR)
LOOK_BACK = timedelta(days=60)
Page = str | Response | tuple[str, int]


@blueprint.get("/occasions")
@allow(*LOGS)
def occasions() -> str:
    """What my organisation takes part in: what is coming, and what became of the last two months'."""
    rows = queries.coming(reading(), actor(), now() - LOOK_BACK)
    ahead, past = ([one for one in rows if (one.state == "planned") is is_ahead] for is_ahead in (True, False))
    return render_template("outings/occasions.html", ahead=ahead, past=past[::-1], **_words())


@blueprint.route("/occasions/plan", methods=["GET", "POST"])
@allow(*LOGS)
def plan() -> Page:
    """Plan an occasion."""
    by, moment = actor(), now()
    form = forms.occasion_form(by.organisation, areas(reading(), by.municipality, since=local_day(moment)), is_new=True)
    if not form["kind"].declared.options:
        abort(404)

    def change(session: Session, answers: Mapping[str, Any]) -> None:
        actions.plan(session, answers["kind"], forms.planned(answers), by, moment)

    if form.done(lambda _: {"organisations": [by.organisation.value]}, change, blamed="day"):
        flash(gettext("Sparat"))
        return redirect(url_for("outings.occasions"), 303)
    return _page("outings/plan.html", form=form)


@blueprint.route("/occasions/<uuid:occasion_id>", methods=["GET", "POST"])
@allow(*LOGS)
def occasion(occasion_id: UUID) -> Page:
    """One occasion: moved or changed by those who may, and its history."""
    by, moment, found = actor(), now(), _found(reading(), occasion_id)
    form = forms.occasion_form(by.organisation, areas(reading(), by.municipality), is_new=False)

    def change(session: Session, answers: Mapping[str, Any]) -> None:
        known = _found(session, occasion_id)
        if not known.may_change or known.state != "planned":
            abort(404)
        actions.change(session, known.row, forms.planned(answers), by, moment)

    if form.done(lambda s: forms.stored(_found(s, occasion_id).plan), change, blamed="day"):
        flash(gettext("Sparat"))
        return redirect(url_for("outings.occasions"), 303)
    said = queries.history(reading(), occasion_id)
    return _page("outings/occasion.html", form=form, found=found, said=said, cancel=EmptyForm(), **_words())


@blueprint.post("/occasions/<uuid:occasion_id>/cancel")
@allow(*LOGS)
def cancel(occasion_id: UUID) -> Response:
    """Cancel it: it is expected no more."""
    by, moment = actor(), now()

    def work(session: Session) -> None:
        known = _found(session, occasion_id)
        if not known.may_change or known.state != "planned":
            abort(404)
        part = frozenset(Organisation(one) for one in known.organisations)
        told = actions.Planned(known.plan.starts_at, known.plan.area, known.plan.venues, part)
        actions.change(session, known.row, replace(told, is_cancelled=True), by, moment)

    write(work)
    return redirect(url_for("outings.occasions"), 303)


def _found(session: Session, id: UUID) -> Coming:
    return queries.occasion(session, id, actor()) or abort(404)


def _words() -> dict[str, Any]:
    names = {area.slug: area.name for area in areas(reading(), actor().municipality)}
    return {"names": names, "parts": {one.value: one.label for one in Organisation}, "rendered_at": now()}


def _page(template: str, **shown: Any) -> Page:
    page = render_template(template, **shown)
    return page if request.method == "GET" else (page, 422)
