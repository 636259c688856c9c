"""The pages of the areas and of the thresholds."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fieldlog.actors import Role
from fieldlog.areas import queries
from fieldlog.areas.models import Area
from fieldlog.clock import local_day
from fieldlog.districts import actions, forms
from fieldlog.editing.views import planner
from fieldlog.entries.actions import change_rules
from fieldlog.entries.queries import RulesByDay
from fieldlog.intake.forms import EmptyForm
from fieldlog.periods import ONE_DAY
from fieldlog.programmes.actions import RefusedError
from fieldlog.web import allow, language, now, reading, write

blueprint = Blueprint("districts", __name__)

PLANS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
UNPROCESSABLE = 422
Page = str | Response | tuple[str, int]


@blueprint.get("/manage/areas")
@allow(*PLANS)
def areas() -> str:
    """The areas, with their former names and what is out of use."""
    place = planner().municipality
    names = queries.former_names(reading(), place)
    return render_template("districts/areas.html", areas=queries.areas(reading(), place), former=names)


@blueprint.route("/manage/areas/<area>", methods=["GET", "POST"])
@allow(*PLANS)
def area(area: str) -> Page:
    """One area: its name, and from when it is used no more."""
    by, moment = planner(), now()

    def known(session: Session) -> Area:
        return session.get(Area, (by.municipality, area)) or abort(404)

    def stored(session: Session) -> Mapping[str, Any]:
        return {"name": known(session).name, "retired_from": known(session).retired_from}

    form, name = forms.area_form(), known(reading()).name
    if form.done(stored, lambda s, answers: actions.edit_area(s, known(s), answers, by, moment), blamed="name"):
        return _saved(url_for("districts.areas"))
    page = render_template("districts/area.html", form=form, name=name, area=area, delete=EmptyForm())
    return page if request.method == "GET" else (page, UNPROCESSABLE)


@blueprint.post("/manage/areas/<area>/delete")
@allow(*PLANS)
def delete(area: str) -> Response:
    """Delete an area in which nothing was logged."""
    by, moment = planner(), now()
    try:
        write(lambda s: actions.remove_area(s, s.get(Area, (by.municipality, area)) or abort(404), by, moment))
    except RefusedError as error:
        flash(error.reason.text(language()), "refused")
        return redirect(url_for("districts.area", area=area), 303)
    return _saved(url_for("districts.areas"))


@blueprint.route("/manage/thresholds", methods=["GET", "POST"])
@allow(*PLANS)
def thresholds() -> Page:
    """The busy hours and the other thresholds, from a day on."""
    by, moment = planner(), now()
    tomorrow = local_day(moment) + ONE_DAY

    def change(session: Session, answers: Mapping[str, Any]) -> None:
        if answers["valid_from"] < tomorrow:
            raise RefusedError(actions.TOO_SOON, "valid_from")
        change_rules(session, forms.thresholds(answers), answers["valid_from"], by, moment)

    form = forms.thresholds_form()
    if form.done(lambda s: forms.thresholds_stored(RulesByDay(s, by.municipality).newest), change, blamed="valid_from"):
        return _saved(url_for("districts.thresholds"))
    if request.method == "GET":
        form["valid_from"].data = tomorrow
    known = RulesByDay(reading(), by.municipality).versions
    page = render_template("districts/thresholds.html", form=form, versions=known)
    return page if request.method == "GET" else (page, UNPROCESSABLE)


def _saved(address: str) -> Response:
    flash(gettext("Sparat"))
    return redirect(address, 303)
