"""The public side: the page of the programme in force, of earlier ones, and of each pledge."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from threading import Lock
from typing import NamedTuple

from flask import Blueprint, abort, current_app, render_template, request
from flask.wrappers import Response

from fieldlog.actors import Role
from fieldlog.clock import local_day
from fieldlog.database import BusyError
from fieldlog.editing.views import planner
from fieldlog.programmes.queries import is_there, periods
from fieldlog.public import queries
from fieldlog.public.models import ProgrammeTold
from fieldlog.publication.actions import publish
from fieldlog.publication.queries import changed_at, cut, posts, publications, stamp
from fieldlog.web import allow, database, everyone, language, now, read_anew, reading, settings, write
from fieldlog.web.assets import QUICK, Asset, made, sent
from fieldlog.web.headers import revalidated
from fieldlog.web.hosts import frame

blueprint = Blueprint("public", __name__)

MOST_KEPT = 500
LOOKED_AT_AGAIN = timedelta(seconds=0.5)
"""How soon what another process writes is seen: the command line, or a second server."""

NEWS = 3

Stamp = tuple[date | None, int]
Looked = tuple[int, datetime, Stamp]


class Kept(NamedTuple):
    """What was made of what was public then."""

    stamp: Stamp
    day: date
    asset: Asset
    changed_at: datetime | None


class Place:
    """Where one page is kept. Whoever has its turn makes it anew, and the others wait for that."""

    def __init__(self) -> None:
        self.turn = Lock()
        self.kept: Kept | None = None

    def as_of(self, known: Stamp, today: date) -> Kept | None:
        """The page, if it says what is public now."""
        found = self.kept
        return found if found and (found.stamp, found.day) == (known, today) else None


@blueprint.get("/")
@allow(everyone)
def home() -> Response:
    """The programme in force, or the last one."""

    def page(through: date) -> str:
        slug = queries.slug_shown(reading(), settings().municipality, local_day(now()))
        told = told_of(slug, through) if slug else None
        news = posts(reading(), settings().municipality, most=NEWS)
        return render_template("public/home.html", programme=told, posts=news, **_frame())

    return kept(page)


@blueprint.get("/programme/<programme>")
@allow(everyone)
def period(programme: str) -> Response:
    """A programme at its own address, which stays."""
    return kept(
        lambda through: render_template(
            "public/period.html", programme=told_of(programme, through) or abort(404), posts=(), **_frame()
        )
    )


@blueprint.get("/programme/<programme>/<pledge>")
@allow(everyone)
def pledge(programme: str, pledge: str) -> Response:
    """One pledge of a programme, with where and when."""

    def page(through: date) -> str:
        told = told_of(programme, through) or abort(404)
        one = next((one for one in told.pledges if one.slug == pledge), None) or abort(404)
        return render_template("public/pledge.html", programme=told, pledge=one, **_frame())

    return kept(page)


@blueprint.get("/manage/publication/<through>/<programme>")
@allow(Role.SUPERVISOR)
def version(through: str, programme: str) -> str:
    """The page as it was by an earlier publication, with the news and what was held back then."""
    place = planner().municipality
    known = next((row for row in publications(reading(), place) if row.through.isoformat() == through), None) or abort(
        404
    )
    told = queries.programme(reading(), place, programme, known.through, known.published_at) or abort(404)
    news = posts(reading(), place, known.published_at, most=NEWS)
    return render_template("public/version.html", programme=told, posts=news, **_frame())


@blueprint.get("/manage/publication/preview")
@allow(Role.SUPERVISOR)
def preview() -> str:
    """The page as it will be when all that has come in by now is public; nothing becomes public by looking."""
    place, moment = planner().municipality, now()
    today = local_day(moment)
    slug = queries.slug_shown(reading(), place, today)
    told = queries.programme(reading(), place, slug, today, moment, ahead=True) if slug else None
    news = posts(reading(), place, most=NEWS)
    return render_template("public/preview.html", programme=told, posts=news, **_frame())


def told_of(slug: str, through: date) -> ProgrammeTold | None:
    """What everybody may know of the programme."""
    return queries.programme(reading(), settings().municipality, slug, through, now())


def _frame() -> dict[str, object]:
    """What stands around every public page."""
    chosen = settings()
    changed = changed_at(reading(), chosen.municipality)
    return frame() | {
        "periods": periods(reading(), chosen.municipality),
        "delay_days": chosen.public_delay_days,
        "site": chosen.public_url,
        # Whoever keeps a picture by its address asks for another one when it may show something else.
        "edition": f"{changed:%Y%m%d%H%M%S%f}" if changed else "",
    }


def _stamp() -> Stamp:
    """The stamp of what is public: looked up after each write of this server's, and twice a second for the others'."""
    commits, moment = database().commits, now()
    looked: Looked | None = current_app.extensions.get("public-stamp")
    if looked is None or looked[0] != commits or abs(moment - looked[1]) >= LOOKED_AT_AGAIN:
        looked = commits, moment, stamp(reading(), settings().municipality)
        current_app.extensions["public-stamp"] = looked
    return looked[2]


def newest() -> Stamp:
    """The stamp of what is public; what has waited long enough is published first."""
    chosen = settings()
    known = _stamp()
    if known[0] is None or known[0] < cut(now(), chosen.public_delay_days):
        with suppress(BusyError):  # somebody else will publish; until then the page tells what it told
            write(lambda session: publish(session, chosen.municipality, now(), chosen.public_delay_days))
        known = _stamp()
    return known


def kept(page: Callable[[date], str | bytes], mimetype: str = "text/html") -> Response:
    """The page, text or picture, made anew only when it may say something else."""
    places: dict[tuple[str, str], Place] = current_app.extensions.setdefault("public-pages", {})
    key = request.path, language()
    known, place = newest(), places.get(key)
    found = place.as_of(known, local_day(now())) if place else None
    if found is None:
        _refuse_unknown(request.view_args or {})
        if place is None and len(places) >= MOST_KEPT:
            places.clear()
        found = _made_anew(places.setdefault(key, Place()), page, mimetype)
    response = sent(found.asset)
    response.last_modified = found.changed_at
    return revalidated(response)


def _refuse_unknown(named: Mapping[str, str]) -> None:
    """Answer at once that there is no such programme or pledge: everything would be worked out before that is seen."""
    place, programme, pledge = settings().municipality, named.get("programme"), named.get("pledge")
    if pledge and not programme:
        programme = queries.slug_shown(reading(), place, local_day(now()))
    if (programme or pledge) and not is_there(reading(), place, programme, pledge):
        abort(404)


def _made_anew(place: Place, page: Callable[[date], str | bytes], mimetype: str) -> Kept:
    with place.turn:
        read_anew()  # something else may be public since this request began to wait
        known, today = newest(), local_day(now())
        if found := place.as_of(known, today):
            return found
        told = page(known[0] or today)
        asset = made(told.encode() if isinstance(told, str) else told, mimetype, QUICK)
        place.kept = Kept(known, today, asset, changed_at(reading(), settings().municipality))
        return place.kept
