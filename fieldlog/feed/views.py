"""The Atom feed of the public side."""

from datetime import date

from flask import Blueprint, render_template
from flask.wrappers import Response

from fieldlog.clock import local_day
from fieldlog.feed import queries
from fieldlog.feed.models import lasting_id
from fieldlog.public.queries import slug_shown
from fieldlog.public.views import kept, told_of
from fieldlog.publication.queries import changed_at
from fieldlog.texts import fit_for_xml
from fieldlog.web import allow, everyone, now, reading, settings

blueprint = Blueprint("feed", __name__)


@blueprint.get("/feed.atom")
@allow(everyone)
def atom() -> Response:
    """The posts and the milestones, the latest first."""

    def page(through: date) -> str:
        place = settings().municipality
        slug = slug_shown(reading(), place, local_day(now()))
        told = told_of(slug, through) if slug else None
        made = render_template(
            "feed/atom.xml",
            id=lasting_id(f"{place}/feed"),
            programme=told,
            news=queries.news(reading(), place, told),
            updated=changed_at(reading(), place) or now(),
            site=settings().public_url,
        )
        return fit_for_xml(made)

    return kept(page, "application/atom+xml")
