"""The board of findings, and the pages of one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fieldlog.actors import Actor, Organisation, Role
from fieldlog.entries.queries import current
from fieldlog.findings import actions as following
from fieldlog.findings import queries as stored
from fieldlog.findings.models import MENDED, STATUSES, Followed
from fieldlog.intake.forms import EmptyForm
from fieldlog.mending import actions, forms, queries
from fieldlog.mending.models import place, row
from fieldlog.programmes.actions import RefusedError
from fieldlog.web import actor, allow, language, now, reading, write

blueprint = Blueprint("mending", __name__)

FOLLOWS = (Role.REPORTER, Role.SUPERVISOR)
UNPROCESSABLE = 422
Page = str | Response | tuple[str, int]


@blueprint.get("/findings")
@allow(*FOLLOWS)
def findings() -> str:
    """What somebody has to mend, by status or by responsible; what is overdue on top."""
    session, by = reading(), reader()
    wanted = {name: request.args.get(name, "") for name in ("responsible", "status")}
    areas, names = queries.area_names(session, by.municipality), queries.names(session, by.municipality)
    rows = [row(found, areas, names, now()) for found in stored.board(session, by, **wanted)]
    sorted_by = "responsible" if request.args.get("by") == "responsible" else "status"
    return render_template(
        "mending/findings.html",
        groups=queries.groups(rows, sorted_by),
        by=sorted_by,
        responsibles=names,
        statuses=STATUSES,
        is_narrowed=any(wanted.values()),
        **wanted,
    )


@blueprint.get("/findings/<uuid:key>")
@allow(*FOLLOWS)
def finding(key: UUID) -> str:
    """One finding: how it stands, its text to paste elsewhere, and its history."""
    session, by, found = reading(), reader(), _found(reading(), key)
    areas, names = queries.area_names(session, by.municipality), queries.names(session, by.municipality)
    counted = queries.counted(session, key)
    can_count = by.organisation == Organisation.MUNICIPALITY and found.state.status == MENDED and not found.gone
    return render_template(
        "mending/finding.html",
        found=found,
        row=row(found, areas, names, now()),
        area=areas.get(found.walk.area, ""),
        where=place(found, areas),
        steps=queries.steps(session, by.municipality, found, names),
        may_follow=stored.may_follow(found, by),
        counted=counted,
        reads_counted=bool(counted and current(session, counted.id, by)),
        can_count=can_count and not counted,
        button=EmptyForm(),
    )


@blueprint.route("/findings/<uuid:key>/change", methods=["GET", "POST"])
@allow(*FOLLOWS)
def change(key: UUID) -> Page:
    """Say how it stands with a finding."""
    by, moment = reader(), now()
    found = _followed(reading(), key, by)
    form = forms.finding_form(stored.responsibles(reading(), by.municipality), found.state)

    def known(session: Session) -> Mapping[str, Any]:
        return forms.stored(_followed(session, key, by).state)

    def work(session: Session, answers: Mapping[str, Any]) -> None:
        standing = _followed(session, key, by)
        following.change(session, standing, forms.new_state(standing.state, answers), by, moment)

    if form.done(known, work, blamed="status"):
        flash(gettext("Sparat"))
        return redirect(url_for("mending.finding", key=key), 303)
    areas = queries.area_names(reading(), by.municipality)
    page = render_template("mending/change.html", form=form, found=found, where=place(found, areas), key=key)
    return page if request.method == "GET" else (page, UNPROCESSABLE)


@blueprint.post("/findings/<uuid:key>/count")
@allow(*FOLLOWS)
def count(key: UUID) -> Response:
    """Count a mended finding as a safety measure."""
    by, moment = reader(), now()
    _found(reading(), key)
    if by.organisation != Organisation.MUNICIPALITY:
        abort(403)
    try:
        write(lambda session: actions.count(session, _found(session, key), by, moment))
    except RefusedError as error:
        flash(error.reason.text(language()), "refused")
    return redirect(url_for("mending.finding", key=key), 303)


def reader() -> Actor:
    """Whoever asks, if they may read findings. Others are answered 403."""
    by = actor()
    if not stored.reads(by):
        abort(403)
    return by


def _found(session: Session, key: UUID) -> Followed:
    """The finding, if its walk is read by whoever asks; whatever else the address names is not here."""
    return stored.finding(session, key, actor()) or abort(404)


def _followed(session: Session, key: UUID, by: Actor) -> Followed:
    found = _found(session, key)
    if not stored.may_follow(found, by):
        abort(403)
    return found
