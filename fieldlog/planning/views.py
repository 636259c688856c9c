"""The pages on which a programme is looked at and its words are changed.

Supervisors of the police and of the municipality change it, for both promise it, and administrators. Others read
/pledges.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fieldlog.actors import Actor, Role
from fieldlog.clock import local_day
from fieldlog.editing.views import planner
from fieldlog.planning import actions, forms, queries
from fieldlog.programmes.models import Commitment, Pledge, Programme
from fieldlog.programmes.queries import (
    WrongProgrammeError,
    as_text,
    commitment_of,
    programme_wanted,
    read_toml,
    to_toml,
    whole,
)
from fieldlog.web import allow, now, reading

blueprint = Blueprint("planning", __name__)

PLANS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
UNPROCESSABLE = 422
Page = str | Response | tuple[str, int]


@blueprint.get("/manage/programme")
@allow(*PLANS)
def index() -> str:
    """The municipality's programmes."""
    by, today = planner(), local_day(now())
    rows = queries.period_rows(reading(), by.municipality, today)
    wanted = programme_wanted(reading(), by.municipality, today)
    return render_template("planning/index.html", periods=rows, wanted=wanted, today=today)


@blueprint.get("/manage/programme/<slug>")
@allow(*PLANS)
def programme(slug: str) -> str:
    """One programme: its decision, its pledges and what each commitment promises."""
    by, today = planner(), local_day(now())
    row = _programme(reading(), by, slug)
    pledges = [(pledge, queries.commitment_rows(pledge, today)) for pledge in row.pledges]
    wanted = programme_wanted(reading(), by.municipality, today)
    states = queries.states(row, today)
    shown = {"pledges": pledges, "states": states, "wanted": wanted, "today": today}
    return render_template("planning/programme.html", programme=row, **shown)


@blueprint.route("/manage/programme/<slug>/texts", methods=["GET", "POST"])
@allow(*PLANS)
def texts(slug: str) -> Page:
    """The programme's own texts, its decision and who answers for it."""
    by, moment = planner(), now()
    form = forms.programme_form(_programme(reading(), by, slug))

    def change(session: Session, answers: Mapping[str, Any]) -> None:
        actions.edit_programme(session, _programme(session, by, slug), answers, by, moment)

    if form.done(lambda s: queries.programme_stored(_programme(s, by, slug)), change, blamed="decided_on"):
        return _saved(url_for("planning.programme", slug=slug))
    return _page("planning/texts.html", form=form, slug=slug)


@blueprint.route("/manage/programme/<slug>/pledges/<pledge>", methods=["GET", "POST"])
@allow(*PLANS)
def pledge(slug: str, pledge: str) -> Page:
    """What a pledge says."""
    by, moment = planner(), now()

    def known(session: Session) -> Pledge:
        return next((row for row in _programme(session, by, slug).pledges if row.slug == pledge), None) or abort(404)

    form, stored = forms.pledge_form(), lambda s: queries.pledge_stored(known(s))
    if form.done(stored, lambda s, answers: actions.edit_pledge(s, known(s), answers, by, moment), blamed="title"):
        return _saved(url_for("planning.programme", slug=slug))
    return _page("planning/pledge.html", form=form, slug=slug, name=known(reading()).title)


@blueprint.get("/manage/programme/<slug>/commitments/<commitment>")
@allow(*PLANS)
def commitment(slug: str, commitment: str) -> str:
    """One commitment: its words, how it is counted, what is planned and what is told when it lags."""
    moment = now()
    row = _programme(reading(), planner(), slug)
    item = commitment_of(row, commitment) or abort(404)
    return render_template(
        "planning/commitment.html",
        programme=row,
        commitment=item,
        rules=queries.rules(reading(), row, item, moment),
        plan=item.plans[-1] if item.plans else None,
        note=item.notes[-1] if item.notes and item.notes[-1].text.sv else None,
        today=local_day(moment),
    )


@blueprint.route("/manage/programme/<slug>/commitments/<commitment>/wording", methods=["GET", "POST"])
@allow(*PLANS)
def wording(slug: str, commitment: str) -> Page:
    """What a commitment says, who promised it and which focus areas it serves."""
    by, moment = planner(), now()

    def known(session: Session) -> Commitment:
        return commitment_of(_programme(session, by, slug), commitment) or abort(404)

    form = forms.commitment_form(_programme(reading(), by, slug))
    if form.done(
        lambda s: queries.commitment_stored(known(s)),
        lambda s, answers: actions.edit_commitment(s, known(s), answers, by, moment),
        blamed="title",
    ):
        return _saved(url_for("planning.commitment", slug=slug, commitment=commitment))
    return _page("planning/wording.html", form=form, slug=slug, commitment=known(reading()))


@blueprint.route("/manage/programme/<slug>/next-period", methods=["GET", "POST"])
@allow(*PLANS)
def next_period(slug: str) -> Page:
    """Make the next period from this one."""
    by, moment = planner(), now()
    form = forms.next_form()
    made: list[str] = []

    def change(session: Session, answers: Mapping[str, Any]) -> None:
        made[:] = [actions.make_next(session, _programme(session, by, slug), answers, by, moment).slug]

    if form.done(lambda s: queries.next_stored(s, by, _programme(s, by, slug)), change, blamed="first_day"):
        return _saved(url_for("planning.programme", slug=made[0]))
    return _page("planning/next_period.html", form=form, programme=_programme(reading(), by, slug))


@blueprint.get("/manage/programme/<slug>/download")
@allow(*PLANS)
def download(slug: str) -> Response:
    """The whole programme as a TOML file."""
    words = to_toml(as_text(_programme(reading(), planner(), slug)))
    headers = {"Content-Disposition": f'attachment; filename="{slug}.toml"'}
    return Response(words, mimetype="application/toml", headers=headers)


@blueprint.route("/manage/upload-programme", methods=["GET", "POST"])
@allow(*PLANS)
def upload_programme() -> Page:
    """Take a programme in from its file, or from the file's text, which stays on the page as long as it is wrong."""
    by, moment = planner(), now()
    form = forms.upload_form()
    if (file := request.files.get("file")) and file.filename:
        form["words"].data = file.read().decode("utf-8", "replace")

    def change(session: Session, answers: Mapping[str, Any]) -> None:
        text = read_toml(answers["words"])
        actions.take_in(session, text.for_year(text.first_day.year), by, moment)

    try:
        if form.done(lambda _: {}, change, blamed="words"):
            return _saved(url_for("planning.index"))
    except WrongProgrammeError as error:
        form.blame("words", error.reason)
    return _page("planning/upload_programme.html", form=form)


def _programme(session: Session, by: Actor, slug: str) -> Programme:
    return whole(session, by.municipality, slug) or abort(404)


def _saved(address: str) -> Response:
    flash(gettext("Sparat"))
    return redirect(address, 303)


def _page(template: str, **shown: Any) -> Page:
    page = render_template(template, **shown)
    return page if request.method == "GET" else (page, UNPROCESSABLE)
