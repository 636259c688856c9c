"""The page of what needs a supervisor's eye, and its outcomes."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from fieldlog.accounts.queries import units
from fieldlog.actors import Role
from fieldlog.areas.queries import areas
from fieldlog.backlog.actions import keep
from fieldlog.backlog.queries import backlog
from fieldlog.clock import local_day
from fieldlog.database import BusyError
from fieldlog.entries import queries as entries
from fieldlog.entries.actions import STALE
from fieldlog.entries.models import Entry
from fieldlog.ids import new_id
from fieldlog.labels import Label
from fieldlog.logbook.queries import detail
from fieldlog.periods import ONE_DAY, Span, Window, window_of
from fieldlog.review import actions, forms, queries
from fieldlog.review.models import GROUPS, Touched
from fieldlog.web import actor, allow, language, now, reading, write

blueprint = Blueprint("review", __name__)

FIRST_SHOWN, PAGE = 5, 50
SEE_OTHER, CONFLICT, UNPROCESSABLE = 303, 409, 422
CHANGED = Label(
    "Någon har ändrat en av dem under tiden. Så här ser de ut nu. Inget är sammanslaget.",
    "Somebody changed one of them meanwhile. This is how they are now. Nothing was merged.",
)
CHOOSE = Label("Välj ett av de två svaren på varje fråga.", "Choose one of the two answers to each question.")


@blueprint.get("/review")
@allow(Role.SUPERVISOR)
def index() -> str:
    """What needs an eye of what came in during four weeks, and which weeks are reviewed."""
    session, by, moment = reading(), actor(), now()
    this_week = window_of(local_day(moment), Window.WEEK).last
    span, before = _stretch(this_week), backlog(session, by, moment)
    found, is_all = queries.look_through(session, by, span, moment)
    of = {group: [one for one in found if one.group == group] for group in GROUPS}
    counts = {group: len(all) for group, all in of.items() if all}
    if is_all and span.last == this_week and not (before.is_current and before.number == len(found)):
        with suppress(BusyError, OperationalError):  # the page tells all the same
            write(lambda writing: keep(writing, counts, before, by, moment))
        session = reading()
    only, start = request.args.get("only", ""), max(request.args.get("start", 0, type=int), 0)
    picked = of[only][start : start + PAGE] if only in of else [one for all in of.values() for one in all[:FIRST_SHOWN]]
    return render_template(
        "review/index.html",
        span=span,
        older=span.first - ONE_DAY,
        newer=min(span.last + forms.STRETCH, this_week) if span.last < this_week else None,
        weeks=queries.weeks(session, by, span, moment),
        groups=GROUPS,
        is_all=is_all,
        most=queries.MOST,
        counts=counts,
        cases=queries.cases(session, by, picked),
        only=only if only in of else "",
        more=start + PAGE if only in of and start + PAGE < len(of[only]) else None,
    )


def _stretch(this_week: date) -> Span:
    """Four weeks: the last holds the day that the address names, or today."""
    try:
        return forms.stretch(min(date.fromisoformat(request.args.get("until", "")), this_week))
    except (ValueError, OverflowError):
        return forms.stretch(this_week)


@blueprint.post("/review/seen")
@allow(Role.SUPERVISOR)
def seen() -> Response:
    """Granskad: looked at, and as it should be."""
    by, moment, subject = actor(), now(), request.form.get("subject", "")
    try:
        write(lambda session: actions.see(session, subject, by, moment))
    except LookupError:
        abort(404)
    except ValueError:
        abort(400)
    return _back()


@blueprint.post("/review/different")
@allow(Role.SUPERVISOR)
def different() -> Response:
    """Två olika: the pair never comes back."""
    by, moment = actor(), now()
    try:
        one, other = (_current(UUID(request.form.get(name, ""))) for name in (forms.FIRST, forms.SECOND))
    except ValueError:
        abort(400)
    if why := forms.unmergeable(one, other):
        flash(why.text(language()))
    else:
        write(lambda session: actions.tell_apart(session, one, other, by, moment))
    return _back()


@blueprint.post("/review/mark")
@allow(Role.SUPERVISOR)
def mark() -> Response:
    """Mark days as reviewed, as the page showed them."""
    by, moment = actor(), now()
    try:
        days = dict(_seen_day(typed) for typed in request.form.getlist("day"))
    except ValueError:
        abort(400)
    try:
        write(lambda session: actions.mark(session, days, by, moment))
        flash(gettext("Markerat som granskat."))
    except actions.ChangedError:
        flash(gettext("Något har ändrats sedan sidan visades. Titta igen innan du markerar."))
    return _back()


def _seen_day(typed: str) -> tuple[date, Touched]:
    """A day with what had touched it, as the page has them: "2026-11-16 12 0 1 0"."""
    day, *numbers = typed.split()
    if len(numbers) != len(Touched._fields) or not all(number.isdecimal() and len(number) < 10 for number in numbers):
        raise ValueError("not what the page has")
    return date.fromisoformat(day), Touched(*map(int, numbers))


@blueprint.route("/review/merge/<uuid:this>/<uuid:other>", methods=["GET", "POST"])
@allow(Role.SUPERVISOR)
def merge(this: UUID, other: UUID) -> str | Response | tuple[str, int]:
    """Two entries that tell of the same work, side by side, to be made one."""
    status, problem = (200, None) if request.method == "GET" else _merge(this, other)
    if status == SEE_OTHER:
        return redirect(url_for("logbook.entry", id=this), SEE_OTHER)
    session, by, moment = reading(), actor(), now()
    pair = (_current(this), _current(other))
    names = {area.slug: area.name for area in areas(session, by.municipality)}
    teams = {unit.slug: unit.name for unit in units(session, by.municipality)}
    why_not = forms.unmergeable(*pair)
    asked = [] if why_not else forms.differences(*pair, by, names)
    page = render_template(
        "review/merge.html",
        pair=[detail(session, entry, by, names, teams, now=now()) for entry in pair],
        why_not=why_not,
        problem=problem,
        differences=asked,
        chosen={one.name: _taken(one.name) if status == UNPROCESSABLE else one.chosen for one in asked},
        id=new_id(moment),
        void_id=new_id(moment),
    )
    return page, status


def _merge(this: UUID, other: UUID) -> tuple[int, Label | None]:
    """Carry out what the page asks for: the answer's status, and what stands in the way."""
    by, moment, posted = actor(), now(), request.form
    try:
        kept_id, void_id, *seen = [UUID(posted.get(name, "")) for name in ("id", "void_id", "first", "second")]
    except ValueError:
        abort(400)
    pair = (_current(this), _current(other))
    if [entry.id for entry in pair] == [kept_id, void_id]:
        return SEE_OTHER, None  # sent twice
    if why_not := forms.unmergeable(*pair):
        return (CONFLICT, None) if pair[1].is_void else (UNPROCESSABLE, why_not)
    if [entry.id for entry in pair] != seen:
        return CONFLICT, CHANGED
    chosen = {one.name: _taken(one.name) for one in forms.differences(*pair, by, {})}
    if not {*chosen.values()} <= {forms.FIRST, forms.SECOND}:
        return UNPROCESSABLE, CHOOSE
    kept, gone = forms.merged(*pair, chosen, kept_id, moment), forms.voided(pair[1], pair[0], void_id, moment)
    try:
        write(lambda session: actions.merge(session, kept, gone, by, moment))
    except actions.NotMergedError as refused:
        return (CONFLICT, CHANGED) if STALE in refused.reasons.values() else (UNPROCESSABLE, refused.words)
    return SEE_OTHER, None


def _taken(name: str) -> str:
    """Whose answer to a question was chosen, as it came."""
    return request.form.get(f"take-{name}", "")


def _current(origin_id: UUID) -> Entry:
    """The current version of an entry that the supervisor may read; whatever else is named is not here."""
    return entries.current(reading(), origin_id, actor()) or abort(404)


def _back() -> Response:
    """To the page, where it was."""
    until, only, anchor = (request.form.get(name) or None for name in ("until", "only", "anchor"))
    return redirect(url_for("review.index", until=until, only=only, _anchor=anchor), SEE_OTHER)
