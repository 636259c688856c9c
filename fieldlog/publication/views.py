"""The desk's pages about what is public: what is held back, the news, and every publication."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fieldlog.actors import Actor, Role
from fieldlog.clock import local_day
from fieldlog.editing.views import planner
from fieldlog.intake.forms import EmptyForm
from fieldlog.labels import words
from fieldlog.programmes.models import Commitment
from fieldlog.programmes.queries import commitment_of, periods, whole
from fieldlog.publication import actions, forms, queries
from fieldlog.publication.models import Post
from fieldlog.web import allow, now, reading, settings, write

blueprint = Blueprint("publication", __name__)

UNPROCESSABLE = 422
Page = str | Response | tuple[str, int]


@blueprint.get("/manage/publication")
@allow(Role.SUPERVISOR)
def index() -> str:
    """What is public now, what is held back, the news, and the publications so far."""
    by, moment = planner(), now()
    begun = [period for period in periods(reading(), by.municipality) if period.first_day <= local_day(moment)]
    row = whole(reading(), by.municipality, begun[0].slug) if begun else None
    return render_template(
        "publication/index.html",
        programme=row,
        held=queries.held_back(reading(), by.municipality, row.slug, moment) if row else {},
        posts=queries.posts(reading(), by.municipality),
        publications=queries.publications(reading(), by.municipality),
        delay_days=settings().public_delay_days,
        form=EmptyForm(),
    )


@blueprint.route("/manage/publication/<programme>/<commitment>/hold", methods=["GET", "POST"])
@allow(Role.SUPERVISOR)
def hold(programme: str, commitment: str) -> Page:
    """Hold a commitment's figures back, for a reason that everybody may read."""
    by, moment, form = planner(), now(), forms.hold_form()
    item = _commitment(reading(), by, programme, commitment)

    def stored(session: Session) -> Mapping[str, Any]:
        return {"held": commitment in queries.held_back(session, by.municipality, programme, moment)}

    def change(session: Session, answers: Mapping[str, Any]) -> None:
        actions.hold(session, (programme, commitment), words(answers, "reason"), by, moment)

    if form.done(stored, change, blamed="reason"):
        return _saved()
    return _page("publication/hold.html", form=form, commitment=item)


@blueprint.post("/manage/publication/<programme>/<commitment>/show")
@allow(Role.SUPERVISOR)
def show(programme: str, commitment: str) -> Response:
    """Show a commitment's figures again."""
    by, moment = planner(), now()
    _commitment(reading(), by, programme, commitment)
    if commitment in queries.held_back(reading(), by.municipality, programme, moment):
        write(lambda session: actions.hold(session, (programme, commitment), None, by, moment))
    return _saved()


@blueprint.route("/manage/publication/post", methods=["GET", "POST"])
@allow(Role.SUPERVISOR)
def post() -> Page:
    """Write a piece of news."""
    by, moment, form = planner(), now(), forms.post_form()
    if form.done(lambda _: {}, lambda s, answers: actions.write_post(s, answers, by, moment), blamed="title"):
        return _saved()
    return _page("publication/post.html", form=form)


@blueprint.post("/manage/publication/posts/<int(max=2147483647):number>/withdraw")
@allow(Role.SUPERVISOR)
def withdraw(number: int) -> Response:
    """Take a piece of news from the page."""
    by, moment = planner(), now()

    def work(session: Session) -> None:
        found = session.get(Post, number)
        if found is None or found.municipality != by.municipality:
            abort(404)
        actions.withdraw_post(session, found, by, moment)

    write(work)
    return _saved()


def _commitment(session: Session, by: Actor, programme: str, commitment: str) -> Commitment:
    return commitment_of(whole(session, by.municipality, programme), commitment) or abort(404)


def _saved() -> Response:
    flash(gettext("Sparat"))
    return redirect(url_for("publication.index"), 303)


def _page(template: str, **shown: Any) -> Page:
    page = render_template(template, **shown)
    return page if request.method == "GET" else (page, UNPROCESSABLE)
