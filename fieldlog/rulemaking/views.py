"""The pages on which a commitment's rule, plan and note are changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fieldlog.actors import Role
from fieldlog.areas.queries import areas
from fieldlog.editing.forms import EditForm
from fieldlog.editing.views import planner
from fieldlog.fields import Field
from fieldlog.labels import words
from fieldlog.pledges.actions import Where, change_plan, change_rule, earliest, refuse_rule, write_note
from fieldlog.programmes.actions import RefusedError
from fieldlog.programmes.models import Commitment, Programme
from fieldlog.programmes.queries import commitment_of, versions_on, whole
from fieldlog.rulemaking import forms, queries
from fieldlog.targets.models import Version
from fieldlog.targets.queries import required
from fieldlog.web import allow, now, reading

blueprint = Blueprint("rulemaking", __name__)

PLANS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
UNPROCESSABLE = 422
Page = str | Response | tuple[str, int]


@blueprint.route("/manage/programme/<slug>/commitments/<commitment>/rule", methods=["GET", "POST"])
@allow(*PLANS)
def rule(slug: str, commitment: str) -> Page:
    """How a commitment is counted, and what that makes of what has been logged, before it is saved."""
    by, moment, where = planner(), now(), Where(slug, commitment)
    programme, item = _found(reading(), slug, commitment)
    form = forms.rule_form(queries.newest_rule(item), areas(reading(), by.municipality, since=programme.first_day))
    if is_previewed():
        forecast = forecast_of(form, form.declared, programme, item)
        return _page("rulemaking/rule.html", form, programme, commitment=item, forecast=forecast)

    def change(session: Session, answers: Mapping[str, Any]) -> None:
        chosen = forms.built(queries.newest_rule(_found(session, slug, commitment)[1]), answers)
        change_rule(session, where, chosen, answers["valid_from"], by=by, now=moment)

    if form.done(lambda s: queries.rule_stored(_found(s, slug, commitment)[1]), change, blamed="valid_from"):
        return _saved(slug, commitment)
    return _page("rulemaking/rule.html", form, programme, commitment=item)


@blueprint.route("/manage/programme/<slug>/commitments/<commitment>/plan", methods=["GET", "POST"])
@allow(*PLANS)
def plan(slug: str, commitment: str) -> Page:
    """On which days, or how many in each month, the work is planned."""
    by, moment, where = planner(), now(), Where(slug, commitment)
    programme, item = _found(reading(), slug, commitment)
    period = programme.period
    in_force = versions_on(item, earliest(programme, moment))[-1].rule
    by_months = queries.is_planned_by_months(in_force, period)
    form = forms.plan_form(period, by_months=by_months)

    def change(session: Session, answers: Mapping[str, Any]) -> None:
        change_plan(session, where, forms.planned(answers), answers["valid_from"], by=by, now=moment)

    blamed = form.declared[0].name
    if form.done(lambda s: queries.plan_stored(_found(s, slug, commitment)[1]), change, blamed=blamed):
        return _saved(slug, commitment)
    target = in_force.target
    return _page("rulemaking/plan.html", form, programme, commitment=item, need=target and required(target, period))


@blueprint.route("/manage/programme/<slug>/commitments/<commitment>/deviation", methods=["GET", "POST"])
@allow(*PLANS)
def deviation(slug: str, commitment: str) -> Page:
    """What is done about a commitment that lags, as everybody may read it."""
    by, moment, where = planner(), now(), Where(slug, commitment)
    programme, item = _found(reading(), slug, commitment)
    form = forms.note_form()

    def change(session: Session, answers: Mapping[str, Any]) -> None:
        write_note(session, where, words(answers, "text"), by=by, now=moment)

    if form.done(lambda s: queries.note_stored(_found(s, slug, commitment)[1]), change, blamed="text"):
        return _saved(slug, commitment)
    return _page("rulemaking/deviation.html", form, programme, commitment=item)


def is_previewed() -> bool:
    """Whether the form was sent to be told what the rule on it would make of what has been logged."""
    return request.form.get("action") == "preview"


def forecast_of(
    form: EditForm, asked: Iterable[Field], programme: Programme, item: Commitment | None = None
) -> queries.Forecast | None:
    """What the rule in these fields would make of what has been logged; None when the form says what is wrong.

    ``item`` is the commitment whose rule it is, unless that is a new one.
    """
    if (answers := form.answers(asked)) is None:
        return None
    latest = item.rules[-1] if item else None
    try:
        chosen = forms.built(latest.rule if latest else forms.FIRST_RULE, answers)
        refuse_rule(programme, latest.valid_from if latest else None, chosen, answers["valid_from"], now())
    except RefusedError as error:
        form.blame(error.field or "valid_from", error.reason)
        return None
    return queries.forecast(reading(), programme, Version(answers["valid_from"], chosen), item, now=now())


def _found(session: Session, slug: str, commitment: str) -> tuple[Programme, Commitment]:
    programme = whole(session, planner().municipality, slug) or abort(404)
    return programme, commitment_of(programme, commitment) or abort(404)


def _saved(slug: str, commitment: str) -> Response:
    flash(gettext("Sparat"))
    return redirect(url_for("planning.commitment", slug=slug, commitment=commitment), 303)


def _page(template: str, form: EditForm, programme: Programme, **shown: Any) -> Page:
    if request.method == "GET" and "valid_from" in form:
        form["valid_from"].data = min(earliest(programme, now()), programme.last_day)
    page = render_template(template, form=form, programme=programme, **shown)
    return page if request.method == "GET" or shown.get("forecast") else (page, UNPROCESSABLE)
