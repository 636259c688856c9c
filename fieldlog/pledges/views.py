"""The page of pledges: what was promised, and how far it has come."""

from flask import Blueprint, render_template, request

from fieldlog.actors import Role
from fieldlog.areas.queries import areas
from fieldlog.clock import local_day
from fieldlog.counting.queries import in_words
from fieldlog.periods import ONE_DAY
from fieldlog.pledges.queries import standing
from fieldlog.programmes.queries import periods, programme_wanted
from fieldlog.web import actor, allow, now, reading

blueprint = Blueprint("pledges", __name__)


@blueprint.get("/pledges")
@allow(*Role)
def index() -> str:
    """The programme in force, or the one that begins on the day ``period``; of one focus area if ``focus`` says so."""
    place, moment = actor().municipality, now()
    known = periods(reading(), place)
    chosen = next((period.slug for period in known if period.first_day.isoformat() == request.args.get("period")), None)
    programme = standing(reading(), place, local_day(moment), moment, slug=chosen, to=actor().organisation)
    themes = {slug for slug, _ in programme.focus_areas} if programme else set()
    focus = request.args.get("focus", "")
    today = local_day(moment)
    wanted = programme_wanted(reading(), place, today) if actor().may_plan else None
    return render_template(
        "pledges/index.html",
        programme=programme,
        periods=known,
        chosen=programme.first_day.isoformat() if programme and chosen else None,
        today=today,
        wanted=wanted,
        ends=in_words(wanted - ONE_DAY) if wanted else None,
        focus=focus if focus in themes else "",
        areas=areas(reading(), place, since=programme.first_day if programme else today),
        rendered_at=moment,
    )
