"""The list of responsibles for the municipality's supervisors, and the pages that a link leads to."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_limiter.util import get_remote_address
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fieldlog.accounts.views import limiter, wide_limit
from fieldlog.actors import Actor, Organisation, Role
from fieldlog.findings import actions as following
from fieldlog.findings.models import Followed, Responsible, ResponsibleLink
from fieldlog.findings.queries import of_responsible
from fieldlog.findings.queries import responsibles as listed
from fieldlog.intake.forms import EmptyForm
from fieldlog.mending.forms import new_state, stored
from fieldlog.mending.models import place, row
from fieldlog.mending.queries import area_names
from fieldlog.responsibles import actions, forms, queries
from fieldlog.web import actor, allow, everyone, now, reading, settings, write
from fieldlog.web.words import LANGUAGES

blueprint = Blueprint("responsibles", __name__)

NOT_FOUND, UNPROCESSABLE = 404, 422
Page = str | Response | tuple[str, int]


@blueprint.route("/manage/responsibles", methods=["GET", "POST"])
@allow(Role.SUPERVISOR)
def responsibles() -> Page:
    """The list, and adding to it."""
    by, moment, form = _keeper(), now(), forms.add_form()
    if form.done(lambda _: {}, lambda s, said: actions.add(s, said["name"], by, moment), blamed="name"):
        flash(gettext("Sparat"))
        return redirect(url_for("responsibles.responsibles"), 303)
    page = render_template("responsibles/responsibles.html", form=form, rows=listed(reading(), by.municipality))
    return page if request.method == "GET" else (page, UNPROCESSABLE)


@blueprint.route("/manage/responsibles/<responsible>", methods=["GET", "POST"])
@allow(Role.SUPERVISOR)
def responsible(responsible: str) -> Page:
    """One of them: the name, whether it is offered, and its link."""
    by, moment, form = _keeper(), now(), forms.responsible_form()
    known = _known(reading(), responsible)

    def shown(session: Session) -> Mapping[str, Any]:
        fresh = _known(session, responsible)
        return {"name": fresh.name, "retired": fresh.retired_at is not None}

    def work(session: Session, said: Mapping[str, Any]) -> None:
        actions.edit(session, _known(session, responsible), by, moment, **said)

    if form.done(shown, work, blamed="name"):
        flash(gettext("Sparat"))
        return redirect(url_for("responsibles.responsibles"), 303)
    link = queries.link_of(reading(), known, moment)
    page = render_template(
        "responsibles/responsible.html",
        form=form,
        known=known,
        link=link,
        address=_address(link) if link else "",
        button=EmptyForm(),
    )
    return page if request.method == "GET" else (page, UNPROCESSABLE)


@blueprint.post("/manage/responsibles/<responsible>/link")
@allow(Role.SUPERVISOR)
def link(responsible: str) -> Response:
    """Make a link; one made before no longer works."""
    by, moment = _keeper(), now()
    write(lambda session: actions.make_link(session, _known(session, responsible), by, moment))
    return redirect(url_for("responsibles.responsible", responsible=responsible), 303)


@blueprint.post("/manage/responsibles/<responsible>/revoke")
@allow(Role.SUPERVISOR)
def revoke(responsible: str) -> Response:
    """Make the link useless."""
    by, moment = _keeper(), now()
    write(lambda session: actions.revoke_links(session, _known(session, responsible), by, moment))
    return redirect(url_for("responsibles.responsible", responsible=responsible), 303)


def _missed(response: Response) -> bool:
    return response.status_code == NOT_FOUND


@blueprint.get("/mend/<signed>")
@allow(everyone)
@limiter.limit(wide_limit, key_func=get_remote_address, deduct_when=_missed)
def mend(signed: str) -> tuple[str, int]:
    """What waits for whoever holds a link. Whether a link ended, was revoked or never was is not told."""
    found = _link(reading(), signed)
    rows, name = [], ""
    if found:
        areas = area_names(reading(), found.municipality)
        rows = [row(one, areas, {}, now()) for one in of_responsible(reading(), found.municipality, found.responsible)]
        name = _name(found)
    page = render_template(
        "responsibles/mend.html", signed=signed, name=name, rows=rows, languages=LANGUAGES, current_user=_visitor()
    )
    return page, 200 if found else NOT_FOUND


@blueprint.route("/mend/<signed>/<uuid:key>", methods=["GET", "POST"])
@allow(everyone)
@limiter.limit(wide_limit, key_func=get_remote_address, deduct_when=_missed)
@limiter.limit(wide_limit, key_func=get_remote_address, methods=["POST"])
def answer(signed: str, key: UUID) -> Page:
    """Answer about one finding through a link."""
    moment = now()
    found = _theirs(reading(), signed, key)
    form = forms.answer_form(found.state)

    def known(session: Session) -> Mapping[str, Any]:
        fresh = stored(_theirs(session, signed, key).state)
        return {field.name: fresh[field.name] for field in form.declared}

    def work(session: Session, said: Mapping[str, Any]) -> None:
        through, standing = _link(session, signed) or abort(NOT_FOUND), _theirs(session, signed, key)
        state = new_state(standing.state, said)
        following.answer(session, standing, state, queries.nobody(through), moment, link=through.id)

    if form.done(known, work, blamed="status"):
        flash(gettext("Sparat"))
        return redirect(url_for("responsibles.mend", signed=signed), 303)
    areas = area_names(reading(), found.walk.municipality)
    page = render_template(
        "responsibles/answer.html",
        form=form,
        found=found,
        where=place(found, areas),
        signed=signed,
        current_user=_visitor(),
    )
    return page if request.method == "GET" else (page, UNPROCESSABLE)


def _keeper() -> Actor:
    """Whoever asks, if they keep the municipality's list. Others are answered 403."""
    by = actor()
    if by.organisation != Organisation.MUNICIPALITY:
        abort(403)
    return by


def _visitor() -> object:
    """Who looks at a page for everybody: looked up now, and not while the page is rendered."""
    return current_user._get_current_object()


def _known(session: Session, slug: str) -> Responsible:
    return session.get(Responsible, (actor().municipality, slug)) or abort(NOT_FOUND)


def _link(session: Session, signed: str) -> ResponsibleLink | None:
    id = forms.read_signed(signed)
    return queries.valid_link(session, id, now()) if id else None


def _theirs(session: Session, signed: str, key: UUID) -> Followed:
    through = _link(session, signed) or abort(NOT_FOUND)
    return queries.finding_of(session, through, key) or abort(NOT_FOUND)


def _name(link: ResponsibleLink) -> str:
    found = reading().get(Responsible, (link.municipality, link.responsible))
    return found.name if found else ""


def _address(link: ResponsibleLink) -> str:
    here = settings().url or request.host_url.rstrip("/")
    return here + url_for("responsibles.mend", signed=forms.signed(link.id))
