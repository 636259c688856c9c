"""The open data: a page about it, and its files for each programme. Programs on other sites may read them."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from hashlib import sha256
from threading import Semaphore

from flask import Blueprint, Response, abort, current_app, render_template, request

from fieldlog.areas.queries import areas
from fieldlog.clock import local_day
from fieldlog.exports import forms
from fieldlog.opendata.actions import written
from fieldlog.opendata.models import COMMITMENTS, CSV, DAILY, JSON, PERIOD, SHAPE, TABLES, package
from fieldlog.opendata.queries import Promises, promises
from fieldlog.periods import Span
from fieldlog.programmes.queries import Period, periods
from fieldlog.public.models import ProgrammeTold
from fieldlog.public.views import kept, newest, told_of
from fieldlog.publication.queries import changed_at, held_back
from fieldlog.web import allow, database, everyone, language, now, reading, settings
from fieldlog.web.headers import for_all_sites, revalidated
from fieldlog.web.hosts import frame

blueprint = Blueprint("opendata", __name__)
blueprint.after_request(for_all_sites)

OK, WRONG, LATER = 200, 400, 503
AT_ONCE, AGAIN_SECONDS = 2, 5
"""So many are sent rows at once: whoever reads slowly holds a thread, and the staff need the others."""

DIGITS = 12
TYPES = {"csv": CSV, "json": JSON}

Make = Callable[[Promises, ProgrammeTold], str | bytes]
"""Makes a file that is kept."""


@blueprint.get("/open-data/", strict_slashes=False)
@allow(everyone)
def index() -> Response:
    """What there is, under which licence, what the columns mean, and what will not change."""
    return kept(
        lambda _through: render_template(
            "opendata/index.html",
            periods=periods(reading(), settings().municipality),
            tables=TABLES,
            commitments=COMMITMENTS,
            **frame(),
        )
    )


@blueprint.get("/open-data/<programme>/<file>")
@allow(everyone)
def file(programme: str, file: str) -> Response:
    """A file of a programme's: a table, what was promised, or the dictionary."""
    name, _, suffix = file.partition(".")
    if name == "daily" and suffix in TYPES:
        return _daily(_known(programme), suffix)
    make = FILES.get(file) or abort(404)

    def content(through: date) -> str | bytes:
        return make(_promises(programme, through), told_of(programme, through) or abort(404))

    return kept(content, TYPES[suffix])


def _known(programme: str) -> Period:
    found = periods(reading(), settings().municipality)
    return next((period for period in found if period.slug == programme), None) or abort(404)


def _daily(known: Period, suffix: str) -> Response:
    """The rows while they are read: there may be a million."""
    first, last = request.args.get("first", str(known.first_day)), request.args.get("last", str(known.last_day))
    try:
        span = forms.period(first, last).cut(Span(known.first_day, known.last_day))
    except forms.WrongOrderError as error:
        return Response(error.reason.text(language()), WRONG, mimetype="text/plain")
    stamp, today = newest(), local_day(now())
    answer = revalidated(_tagged(Response(mimetype=TYPES[suffix]), stamp, today, span))
    if answer.status_code != OK:
        return answer
    found = _promises(known.slug, stamp[0] or today)
    turns: Semaphore = current_app.extensions.setdefault("opendata-turns", Semaphore(AT_ONCE))
    if not turns.acquire(blocking=False):
        return Response(status=LATER, headers={"Retry-After": str(AGAIN_SECONDS)}, mimetype="text/plain")
    with ExitStack() as reads:
        reads.callback(turns.release)
        rows = found.daily(reads.enter_context(database().snapshot()), span)
        done = reads.pop_all().close  # the rows are read while they are sent
        answer = Response(_until(written(suffix, DAILY, rows), done), mimetype=TYPES[suffix])
        answer.call_on_close(done)
        answer.headers["Cache-Control"] = "no-cache"
        return _tagged(answer, stamp, today, span)


def _until(parts: Iterator[bytes], done: Callable[[], None]) -> Iterator[bytes]:
    """The parts; what they are read from is let go after the last, before a slow reader has them all."""
    try:
        yield from parts
    finally:
        done()


def _tagged(response: Response, *parts: object) -> Response:
    """With an ``ETag`` that is another one whenever the rows may be, so that none has to be read for it."""
    response.set_etag(sha256(repr((SHAPE, *parts)).encode()).hexdigest()[:DIGITS])
    response.last_modified = changed_at(reading(), settings().municipality)
    return response


def _promises(programme: str, through: date) -> Promises:
    place = settings().municipality
    held = held_back(reading(), place, programme, now())
    return promises(reading(), place, programme, through, held) or abort(404)


def _period(suffix: str) -> Make:
    return lambda found, told: b"".join(written(suffix, PERIOD, found.period(told)))


def _commitments(found: Promises, told: ProgrammeTold) -> str:
    places = areas(reading(), settings().municipality)
    return json.dumps(found.commitments(told, places), ensure_ascii=False, indent=1)


def _package(_found: Promises, told: ProgrammeTold) -> str:
    return json.dumps(package(told.slug, told.name), ensure_ascii=False, indent=1)


FILES: dict[str, Make] = {
    "period.csv": _period("csv"),
    "period.json": _period("json"),
    "commitments.json": _commitments,
    "datapackage.json": _package,
}
