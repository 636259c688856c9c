"""The supervisor's pages: a day, a week, a month or a whole period."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fieldlog.actors import Organisation, Role
from fieldlog.areas.queries import areas
from fieldlog.clock import day_bounds, local_day
from fieldlog.occasions.queries import coming
from fieldlog.programmes.queries import periods
from fieldlog.supervision.forms import stretch_named
from fieldlog.supervision.models import Grain, Stretch
from fieldlog.supervision.queries import overview
from fieldlog.web import actor, allow, now, reading

blueprint = Blueprint("supervision", __name__)


@blueprint.get("/day")
@allow(Role.SUPERVISOR)
def today() -> Response:
    return redirect(_address(Stretch.around(local_day(now()), Grain.DAY)))


@blueprint.get("/day/<day>")
@allow(Role.SUPERVISOR)
def day(day: str) -> str:
    return render_template("supervision/day.html", **_shown(stretch_named(Grain.DAY, day)))


@blueprint.get("/week/<week>")
@allow(Role.SUPERVISOR)
def week(week: str) -> str:
    return render_template("supervision/week.html", **_shown(stretch_named(Grain.WEEK, week)))


@blueprint.get("/month/<month>")
@allow(Role.SUPERVISOR)
def month(month: str) -> str:
    return render_template("supervision/month.html", **_shown(stretch_named(Grain.MONTH, month)))


@blueprint.get("/period/<programme>")
@allow(Role.SUPERVISOR)
def period(programme: str) -> str:
    """The programme of that slug; its neighbours are the ones before and after it."""
    known = [Stretch.of_period(period) for period in reversed(periods(reading(), actor().municipality))]
    at = next((index for index, stretch in enumerate(known) if stretch.address == programme), None)
    if at is None:
        abort(404)
    around = (known[at - 1] if at else None, known[at + 1] if at + 1 < len(known) else None)
    return render_template("supervision/period.html", **_shown(known[at], around))


def _shown(stretch: Stretch | None, around: tuple[Stretch | None, Stretch | None] | None = None) -> dict[str, Any]:
    """What the page of the stretch is rendered from; nothing is counted of days that have not come."""
    if stretch is None:
        abort(404)
    moment, chosen = now(), request.args.get("kind", "")
    before, after = around or (stretch.before, stretch.after)
    has_begun = stretch.span.first <= local_day(moment)
    shown = overview(reading(), actor(), stretch, moment, chosen=chosen) if has_begun else None
    places = shown.spread.places if shown else areas(reading(), actor().municipality)
    day = shown.day if shown else stretch.span.first
    views = [Stretch.around(day, grain) for grain in (Grain.DAY, Grain.WEEK, Grain.MONTH)]
    if shown and shown.programme:
        views.append(Stretch.of_period(shown.programme))
    week = stretch.parts if stretch.grain is Grain.DAY else [stretch]
    holidays = [holiday for part in week for holiday in part.holidays]
    return {
        "stretch": stretch,
        "shown": shown,
        "today": local_day(moment),
        "planned": coming(reading(), actor(), day_bounds(stretch.span.first)[0], day_bounds(stretch.span.last)[1]),
        "names": {place.slug: place.name for place in places},
        "organisations": {one.value: one.label for one in Organisation},
        "rendered_at": moment,
        "before": _address(before) if before and before.is_shown else None,
        "after": _address(after) if after and after.is_shown else None,
        "parts": [(part, _address(part)) for part in stretch.parts if part.is_shown],
        "views": [(view.grain, _address(view)) for view in views],
        "holidays": dict(holidays),
    }


def _address(stretch: Stretch) -> str:
    """Where the stretch is shown; what was chosen to look at stays chosen."""
    values: dict[str, Any] = {"programme" if stretch.grain is Grain.PERIOD else stretch.grain.value: stretch.address}
    return url_for(f"supervision.{stretch.grain}", **values, kind=request.args.get("kind") or None)
