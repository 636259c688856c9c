"""Pictures of the figures, a card for other sites' pages, and what an editor pastes."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, abort, render_template
from flask.wrappers import Response
from flask_babel import gettext

from fieldlog.actors import Role
from fieldlog.clock import local_day
from fieldlog.editing.views import planner
from fieldlog.posters import Row, poster
from fieldlog.public.models import PledgeTold, ProgrammeTold, Told
from fieldlog.public.queries import slug_shown
from fieldlog.public.views import kept, newest, told_of
from fieldlog.web import allow, everyone, now, reading, settings
from fieldlog.web.headers import framed
from fieldlog.web.hosts import public_root
from fieldlog.web.words import day, say

blueprint = Blueprint("cards", __name__)

PNG = "image/png"


@blueprint.get("/image/<programme>.png")
@allow(everyone)
def overview(programme: str) -> Response:
    """A picture of the first figure of each pledge."""

    def picture(through: date) -> bytes:
        told = told_of(programme, through) or abort(404)
        first = [shown[0] for one in told.pledges if (shown := _shown(one))]
        return _drawn(gettext("Så går det med det vi lovade"), first, told)

    return kept(picture, PNG)


@blueprint.get("/image/<programme>/<pledge>.png")
@allow(everyone)
def image(programme: str, pledge: str) -> Response:
    """A picture of a pledge's figures."""

    def picture(through: date) -> bytes:
        told = told_of(programme, through) or abort(404)
        one = _pledge(told, pledge)
        return _drawn(say(one.title), _shown(one), told)

    return kept(picture, PNG)


@blueprint.get("/embed/<pledge>")
@allow(everyone)
def embed(pledge: str) -> Response:
    """A pledge of the programme that `/` tells of, as a card for other sites' pages."""

    def page(through: date) -> str:
        told = _current(through) or abort(404)
        return render_template("cards/embed.html", programme=told, pledge=_pledge(told, pledge))

    return framed(kept(page), settings().embed_hosts)


@blueprint.get("/manage/publication/share")
@allow(Role.SUPERVISOR)
def share() -> str:
    """What an editor pastes: words and a picture for social media, and the card for a page of one's own."""
    planner()
    through, _ = newest()
    return render_template(
        "cards/share.html",
        programme=_current(through) if through else None,
        site=public_root(),
        may_embed=bool(settings().embed_hosts),
    )


def _current(through: date) -> ProgrammeTold | None:
    slug = slug_shown(reading(), settings().municipality, local_day(now()))
    return told_of(slug, through) if slug else None


def _pledge(told: ProgrammeTold, slug: str) -> PledgeTold:
    return next((one for one in told.pledges if one.slug == slug), None) or abort(404)


def _shown(pledge: PledgeTold) -> list[Told]:
    """What has a figure to tell, first what has a number to reach."""
    told = [one for one in pledge.commitments if one.progress]
    return sorted(told, key=lambda one: one.has_no_number)


def _drawn(heading: str, shown: Iterable[Told], told: ProgrammeTold) -> bytes:
    rows = [
        Row(
            say(one.title),
            say(one.progress.words),
            say(one.progress.state.label),
            one.progress.share_done if one.progress.whole or one.progress.target else None,
        )
        for one in shown
        if one.progress
    ]
    foot = gettext("Till och med %(day)s", day=day(told.through, "date"))
    return poster(heading, rows, f"{say(told.example or told.name)} · {foot}", settings().accent)
