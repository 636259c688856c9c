"""The page on which a whole evening is logged."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fieldlog.actors import Actor, Role
from fieldlog.areas.queries import areas
from fieldlog.clock import local_day
from fieldlog.entries.forms import Item
from fieldlog.entries.models import NO_AREA
from fieldlog.entries.queries import RulesByDay
from fieldlog.ids import new_id
from fieldlog.intake.actions import accept
from fieldlog.intake.forms import EmptyForm, WorkForm, form_errors, form_for, sent_id
from fieldlog.kinds.evening import EVENING, PLACES, apart
from fieldlog.kinds.youth import OUTREACH
from fieldlog.labels import Label
from fieldlog.web import actor, allow, now, reading, settings, write

blueprint = Blueprint("evening", __name__)


@blueprint.route("/log/evening", methods=["GET", "POST"])
@allow(Role.REPORTER, Role.SUPERVISOR)
def evening() -> str | Response | tuple[str, int]:
    """When, and whether the police were along; then a row for each place. One save makes an entry of each."""
    by, moment = actor(), now()
    if by.organisation not in EVENING.logged_by:
        abort(404)
    places = areas(reading(), by.municipality, since=local_day(moment))
    filled: WorkForm = form_for(EVENING)()
    filled[PLACES.name].choices = [("", gettext("Ej angiven"), 0), *((area.slug, area.name, 0) for area in places)]
    questions: dict[str, Label] = {}
    if request.method == "GET":
        filled.id.data = str(new_id(moment))
    else:
        questions = filled.questions()
        if not questions and not filled.errors and _save(filled, by, moment):
            return redirect(url_for("logbook.entries"), 303)
    page = render_template(
        "evening/evening.html",
        kind=EVENING,
        counts_as=EVENING.counts_as_under(RulesByDay(reading(), by.municipality).on(local_day(moment))),
        form=filled,
        is_fresh=request.method == "GET",
        rendered_at=moment,
        areas=places,
        questions=list(questions.items()),
        errors=form_errors(filled),
        undo=EmptyForm(),
        youth_report_url=settings().youth_report_url,
    )
    return page if request.method == "GET" else (page, 422)


def _save(filled: WorkForm, by: Actor, moment: datetime) -> bool:
    """Hand every place to the door at once; when one is refused, the reasons stand on the form."""
    items = _items(filled, sent_id(filled), moment)
    results = write(lambda session: accept(session, items, by, moment))
    for result in results:
        filled.blame({name if name == "happened_at" else PLACES.name: why for name, why in result.reasons.items()})
    return all(result.outcome in {"accepted", "already"} for result in results)


def _items(filled: WorkForm, first: UUID, moment: datetime) -> list[Item]:
    """An item for each place. Its id is the page's own, changed by its number: posted twice, each is made once."""
    checked, _ = EVENING.check(filled.answers)
    return [
        Item(
            id=UUID(int=first.int ^ number),
            kind=OUTREACH.slug,
            happened_at=filled.happened_at.data or moment,
            saved_at=moment,
            untouched_now=not filled.happened_at.data,
            area=area or NO_AREA,
            answers=answers,
        )
        for number, (area, answers) in enumerate(apart(checked))
    ]
