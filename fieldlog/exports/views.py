"""The page on which rows are taken out, and the files that take a while."""

from contextlib import ExitStack
from datetime import date
from functools import partial
from tempfile import TemporaryFile
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from fieldlog.actors import Role
from fieldlog.clock import local_day
from fieldlog.exports import actions, queries
from fieldlog.exports.forms import AgainForm, OrderForm, WrongOrderError
from fieldlog.exports.models import Export, Format, Order
from fieldlog.periods import ONE_DAY, Span, Window, same_day, window_of
from fieldlog.sheets import XLSX
from fieldlog.tables.queries import kinds_read, number_of_rows
from fieldlog.web import actor, allow, database, language, later, now, reading, settings, write

blueprint = Blueprint("exports", __name__)

CONFLICT, UNPROCESSABLE = 409, 422
LOOK_AGAIN_SECONDS = 3
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "xlsx": XLSX,
    "geojson": "application/geo+json",
}


@blueprint.route("/manage/exports", methods=["GET", "POST"])
@allow(Role.SUPERVISOR)
def index() -> str | Answer | tuple[str, int]:
    """Choose what to take out; what takes no longer than a moment comes at once."""
    by, form, problem, status = actor(), OrderForm(), "", 200
    kinds = kinds_read(by)
    offered = [kind.slug for kind in kinds]
    shortcuts = _shortcuts(local_day(now()))
    if request.method == "POST":
        status = UNPROCESSABLE
        try:
            order = form.order(offered, language())
        except WrongOrderError as error:
            form.blame(error, language())
        else:
            answer = _take_out(order)
            if isinstance(answer, Answer):
                return answer
            problem, status = answer
    else:
        span = shortcuts[-1][1]
        form.first.data = request.args.get("first", str(span.first))
        form.last.data = request.args.get("last", str(span.last))
        form.kinds.data, form.format.data = offered, Format.XLSX.value
    mine = queries.exports(reading(), by, now())
    actions.tidy(reading(), settings().instance, now())
    page = render_template(
        "exports/index.html",
        form=form,
        kinds=kinds,
        formats=list(Format),
        shortcuts=shortcuts,
        problem=problem,
        errors=[(field.id, error) for field in form for error in field.errors],
        exports=[(export, export.state(now())) for export in mine],
    )
    return page, status


@blueprint.get("/manage/exports/<uuid:export>")
@allow(Role.SUPERVISOR)
def progress(export: UUID) -> Answer:
    """How far it is. The page looks again by itself, unless told not to."""
    found = _mine(export)
    state = found.state(now())
    watching = state == "running" and "still" not in request.args
    page = render_template("exports/progress.html", export=found, state=state, watching=watching, form=AgainForm())
    return Response(page, headers={"Refresh": str(LOOK_AGAIN_SECONDS)} if watching else None)


@blueprint.get("/manage/exports/<uuid:export>/file")
@allow(Role.SUPERVISOR)
def file(export: UUID) -> Answer:
    """The finished file."""
    found = _mine(export)
    path = settings().instance / actions.FOLDER / str(found.id)
    if found.state(now()) != "ready" or not path.exists():
        return redirect(url_for("exports.progress", export=export))
    return send_file(path, TYPES[found.order.suffix], as_attachment=True, download_name=found.order.file_name)


@blueprint.post("/manage/exports/<uuid:export>/again")
@allow(Role.SUPERVISOR)
def again(export: UUID) -> Answer:
    """Begin anew what was broken off."""
    by, moment = actor(), now()
    found = write(lambda session: actions.begin_again(session, export, by, moment))
    if found:
        _make(found)
    return redirect(url_for("exports.progress", export=export), 303)


def _take_out(order: Order) -> Answer | tuple[str, int]:
    """The file, or the way to the page that shows how far it is; otherwise why there is none, and the status."""
    by, moment = actor(), now()
    with ExitStack() as reads:
        session = reads.enter_context(database().snapshot())
        rows = number_of_rows(session, order, by)
        if not rows and not (order.format is Format.GEOJSON and queries.sums(session, order, by)):
            words = gettext("Det finns inget att exportera: inga aktiviteter som du får läsa i den perioden.")
            return words, UNPROCESSABLE
        if rows > order.format.direct:
            export = write(lambda writing: actions.begin(writing, order, rows, by, moment))
            if export is None:
                return gettext("Du har redan en export på gång. Vänta tills den är klar."), CONFLICT
            _make(export)
            return redirect(url_for("exports.progress", export=export.id), 303)
        write(lambda writing: actions.note_export(writing, order, rows, by, moment))
        if not order.format.is_csv:
            whole = TemporaryFile()  # noqa: SIM115 - it is closed with the answer
            actions.write_file(session, order, by, whole)
            whole.seek(0)
            return send_file(whole, TYPES[order.suffix], as_attachment=True, download_name=order.file_name)
        answer = Response(actions.csv_parts(session, order, by), mimetype=TYPES[order.suffix])
        answer.headers.set("Content-Disposition", "attachment", filename=order.file_name)
        answer.call_on_close(reads.pop_all().close)  # the rows are read while they are sent
        return answer


def _make(export: Export) -> None:
    """Make the export's file while its person does something else."""
    workshop = actions.Workshop(database().snapshot, write, clock=now, instance=settings().instance)
    later(partial(workshop.make, export.id, export.attempt, export.order, actor()))


def _mine(id: UUID) -> Export:
    return queries.export(reading(), id, actor(), now()) or abort(404)


def _shortcuts(today: date) -> list[tuple[str, Span]]:
    """Periods that are often wanted, the last one first chosen."""
    month = window_of(today, Window.MONTH)
    before = window_of(month.first - ONE_DAY, Window.MONTH)
    year = Span(date(today.year, 1, 1), date(today.year, 12, 31))
    return [
        (gettext("Den här månaden"), month),
        (gettext("Förra månaden"), before),
        (gettext("Förra året"), Span(same_day(year.first, today.year - 1), same_day(year.last, today.year - 1))),
        (gettext("I år"), year),
    ]
