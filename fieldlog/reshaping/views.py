"""The pages on which a programme gains parts, loses them, and gets other days."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fieldlog.actors import Role
from fieldlog.areas.queries import areas
from fieldlog.editing.forms import EditForm
from fieldlog.editing.views import planner
from fieldlog.programmes.models import Programme
from fieldlog.programmes.queries import whole
from fieldlog.reshaping import actions, forms, queries
from fieldlog.reshaping.models import Part
from fieldlog.rulemaking.views import forecast_of, is_previewed
from fieldlog.web import allow, now, reading

blueprint = Blueprint("reshaping", __name__)

PLANS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
UNPROCESSABLE = 422
Page = str | Response | tuple[str, int]
Answers = Mapping[str, Any]


@blueprint.route("/manage/programme/<slug>/add-pledge", methods=["GET", "POST"])
@allow(*PLANS)
def add_pledge(slug: str) -> Page:
    """A new pledge with its first commitment."""
    by, moment, row = planner(), now(), _programme(reading(), slug)

    def change(session: Session, answers: Answers) -> None:
        rule = forms.rule_chosen(answers)
        actions.add_pledge(session, _programme(session, slug), answers, rule, by=by, now=moment)

    form = forms.add_pledge_form(row, areas(reading(), by.municipality, since=row.first_day))
    own = [field.name for field in form.declared if field.name.startswith("pledge_")]
    if is_previewed():
        return _forecast("reshaping/add_pledge.html", form, row, own=own)
    return _added("reshaping/add_pledge.html", form, row, change, own=own)


@blueprint.route("/manage/programme/<slug>/pledges/<pledge>/add-commitment", methods=["GET", "POST"])
@allow(*PLANS)
def add_commitment(slug: str, pledge: str) -> Page:
    """A new commitment under a pledge."""
    by, moment, row = planner(), now(), _programme(reading(), slug)
    under = Part.PLEDGE.of(row, pledge) or abort(404)

    def change(session: Session, answers: Answers) -> None:
        rule = forms.rule_chosen(answers)
        actions.add_commitment(session, _programme(session, slug), pledge, answers, rule, by=by, now=moment)

    form = forms.add_commitment_form(row, areas(reading(), by.municipality, since=row.first_day))
    if is_previewed():
        return _forecast("reshaping/add_commitment.html", form, row, pledge=under)
    return _added("reshaping/add_commitment.html", form, row, change, pledge=under)


@blueprint.route("/manage/programme/<slug>/add-focus-area", methods=["GET", "POST"])
@allow(*PLANS)
def add_focus_area(slug: str) -> Page:
    """A new focus area."""
    by, moment, row = planner(), now(), _programme(reading(), slug)

    def change(session: Session, answers: Answers) -> None:
        actions.add_focus_area(session, _programme(session, slug), answers, by=by, now=moment)

    return _added("reshaping/add_focus_area.html", forms.add_focus_area_form(), row, change)


@blueprint.route("/manage/programme/<slug>/take-out/<part>/<named>", methods=["GET", "POST"])
@allow(*PLANS)
def take_out(slug: str, part: str, named: str) -> Page:
    """From when a pledge, a commitment or a focus area holds no longer."""
    by, moment, form = planner(), now(), forms.take_out_form()
    sort = Part(part) if part in [*Part] else abort(404)
    shown = sort.of(_programme(reading(), slug), named) or abort(404)

    def change(session: Session, answers: Answers) -> None:
        actions.take_out(session, _programme(session, slug), sort, named, answers["gone_from"], by=by, now=moment)

    def stored(session: Session) -> Answers:
        return queries.gone_stored(sort.of(_programme(session, slug), named) or abort(404))

    if form.done(stored, change, blamed="gone_from"):
        return _saved(slug)
    return _page("reshaping/take_out.html", form=form, slug=slug, part=sort, shown=shown)


@blueprint.route("/manage/programme/<slug>/days", methods=["GET", "POST"])
@allow(*PLANS)
def days(slug: str) -> Page:
    """The first and the last day of a period that waits or runs."""
    by, moment, form = planner(), now(), forms.days_form()

    def change(session: Session, answers: Answers) -> None:
        actions.change_days(session, _programme(session, slug), answers, by=by, now=moment)

    if form.done(lambda s: queries.days_stored(_programme(s, slug)), change, blamed="last_day"):
        return _saved(slug)
    return _page("reshaping/days.html", form=form, programme=_programme(reading(), slug))


def _added(
    template: str, form: EditForm, row: Programme, change: Callable[[Session, Answers], None], **shown: Any
) -> Page:
    moment = now()
    if form.done(lambda s: queries.added_stored(_programme(s, row.slug), moment), change, blamed="valid_from"):
        return _saved(row.slug)
    return _page(template, form=form, programme=row, **shown)


def _forecast(template: str, form: EditForm, row: Programme, **shown: Any) -> Page:
    """What the new commitment's rule would make of what has been logged, whatever else is still to be filled in."""
    forecast = forecast_of(form, forms.rule_asked(form), row)
    page = render_template(template, form=form, programme=row, forecast=forecast, **shown)
    return page if forecast else (page, UNPROCESSABLE)


def _programme(session: Session, slug: str) -> Programme:
    return whole(session, planner().municipality, slug) or abort(404)


def _saved(slug: str) -> Response:
    flash(gettext("Sparat"))
    return redirect(url_for("planning.programme", slug=slug), 303)


def _page(template: str, **shown: Any) -> Page:
    page = render_template(template, **shown)
    return page if request.method == "GET" else (page, UNPROCESSABLE)
