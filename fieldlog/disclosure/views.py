"""The pages on which a request for documents is answered."""

from collections.abc import Collection
from functools import partial
from itertools import islice

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fieldlog.actors import Role
from fieldlog.clock import local_day
from fieldlog.disclosure import actions, queries
from fieldlog.disclosure.forms import RequestForm, ReviewForm
from fieldlog.disclosure.models import Copy, Disclosure, Place
from fieldlog.exports.actions import Workshop
from fieldlog.exports.forms import WrongOrderError
from fieldlog.exports.models import Format, Order
from fieldlog.tables.models import Selection
from fieldlog.tables.queries import kinds_read, number_of_rows
from fieldlog.web import actor, allow, database, language, later, now, reading, settings, write

blueprint = Blueprint("disclosure", __name__)

PAGE, MOST_PAGES = 50, 100_000
CONFLICT, UNPROCESSABLE = 409, 422


@blueprint.route("/manage/disclosure", methods=["GET", "POST"])
@allow(Role.SUPERVISOR)
def index() -> str | Response | tuple[str, int]:
    """Open a request: which rows are asked for, its number, and who decides."""
    by, form, status = actor(), RequestForm(), 200
    kinds = kinds_read(by)
    if request.method == "POST":
        status = UNPROCESSABLE
        is_whole = form.validate()
        try:
            span, chosen = form.chosen([kind.slug for kind in kinds])
        except WrongOrderError as error:
            form.blame(error, language())
        else:
            if is_whole:
                selection = Selection(span, chosen, bool(form.history.data), language())
                return redirect(url_for("disclosure.review", request_id=_open(selection, form).id), 303)
    else:
        today = local_day(now())
        form.first.data, form.last.data = f"{today:%Y}-01-01", str(today)
        form.kinds.data = []
    page = render_template(
        "disclosure/index.html",
        form=form,
        kinds=kinds,
        errors=[(field.id, error) for field in form for error in field.errors],
        requests=queries.disclosures(reading(), by),
    )
    return page, status


@blueprint.route("/manage/disclosure/<int(max=2147483647):request_id>", methods=["GET", "POST"])
@allow(Role.SUPERVISOR)
def review(request_id: int) -> str | Response | tuple[str, int]:
    """Look at the texts, a page of them at a time, and say which may go out."""
    by, found, moment = actor(), _found(request_id), now()
    ticked: Collection[Place] | None = None
    changed: Collection[Place] = ()
    form, at = ReviewForm(), min(max(0, request.args.get("page", 0, int)), MOST_PAGES)
    if request.method == "POST":
        shown, was, fit = (
            set(filter(None, map(queries.is_place, typed.data or [])))
            for typed in (form.shown, form.was, form.released)
        )
        try:
            write(lambda session: actions.review(session, found, by, moment, shown=shown, was=was, released=fit))
        except actions.ReviewedMeanwhileError as error:
            ticked, changed = fit, error.places
        else:
            return redirect(url_for("disclosure.review", request_id=request_id, page=request.args.get("next", at)), 303)
    session = reading()
    released = queries.released(session, found.id)
    texts = list(islice(queries.free_texts(session, found.selection, by), at * PAGE, (at + 1) * PAGE + 1))
    page = render_template(
        "disclosure/review.html",
        request_found=found,
        rows=number_of_rows(session, found.selection, by),
        texts=texts[:PAGE],
        released=released,
        ticked=released if ticked is None else ticked,
        changed=changed,
        page_number=at,
        has_more=len(texts) > PAGE,
        form=form,
    )
    return (page, CONFLICT) if changed else page


@blueprint.post("/manage/disclosure/<int(max=2147483647):request_id>/hand-out")
@allow(Role.SUPERVISOR)
def hand_out(request_id: int) -> Response:
    """Begin the copy: everything masked that was not found fit, and a record of what was decided. It comes later."""
    by, found, moment = actor(), _found(request_id), now()
    form = Format.EXCEL_CSV if request.form.get("format") == Format.EXCEL_CSV else Format.XLSX
    session = reading()
    wanted = Copy(found.number, found.decided_by, found.selection, queries.released(session, found.id))
    rows = number_of_rows(session, found.selection, by)
    order = Order(**vars(found.selection), format=form, request=request_id)
    export = write(lambda writing: actions.begin_copy(writing, wanted, order, by, moment, rows=rows))
    if export is None:
        flash(gettext("Du har redan en export på gång. Vänta tills den är klar."))
        return redirect(url_for("disclosure.review", request_id=request_id), 303)
    workshop = Workshop(database().snapshot, write, clock=now, instance=settings().instance)
    later(partial(workshop.make, export.id, export.attempt, order, by, actions.writing(wanted, moment)))
    return redirect(url_for("exports.progress", export=export.id), 303)


def _open(selection: Selection, form: RequestForm) -> Disclosure:
    by, moment = actor(), now()
    number, decided_by = (str(field.data).strip() for field in (form.number, form.decided_by))
    return write(
        lambda session: actions.open_request(session, selection, by, moment, number=number, decided_by=decided_by)
    )


def _found(id: int) -> Disclosure:
    return queries.disclosure(reading(), id, actor()) or abort(404)
