"""The pages that a phone keeps, and the worker that keeps them there."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from fieldlog.entries.models import NO_AREA
from fieldlog.handovers.models import SHOWN_MS
from fieldlog.intake.forms import form_for
from fieldlog.intake.views import Tile
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.kinds.evening import EVENING, PLACES
from fieldlog.shell import queries
from fieldlog.shell.models import Material, Page, Shelf, Shell, digest
from fieldlog.web import allow, everyone, now, reading, settings
from fieldlog.web.assets import SCRIPTS, addresses, static_url
from fieldlog.web.headers import kept_for_ever, revalidated
from fieldlog.web.words import LANGUAGES

blueprint = Blueprint("shell", __name__)

SHELF = "fieldlog.shelf"
FILES = re.compile(r'(?:href|src)="/static/([^"#?]+)\?v=')
VERSION = "{shell-version}"
"""Stands in a page for the version, which is known when all pages are."""


@blueprint.record_once
def _install(state: BlueprintSetupState) -> None:
    state.app.extensions[SHELF] = Shelf()


@blueprint.get("/sw.js")
@allow(everyone)
def worker() -> Response:
    """The worker: browsers ask for it with every page that they open, so it lies ready made."""
    return revalidated(Response(shell().worker, mimetype="text/javascript"))


@blueprint.get("/shell/<path:name>")
@allow(everyone)
def page(name: str) -> Response:
    """A page of the shell in the language that the address names. One with another hash than asked for is not here."""
    language = request.args.get("language", "")
    pages = shell().pages
    kept = pages.get(language, pages["sv"]).get(f"/{name}")
    asked = request.args.get("v")
    if kept is None or asked not in {None, kept.digest}:
        abort(404)
    response = Response(kept.body, mimetype="text/html")
    return kept_for_ever(response) if asked else revalidated(response)


def shell() -> Shell:
    """The shell as it is now."""
    shelf: Shelf = current_app.extensions[SHELF]
    return shelf.shell(now(), _look, _make)


def _look() -> Material:
    chosen = settings()
    return queries.material(reading(), chosen.municipality, now(), addresses(), chosen.public_delay_days)


def _make(material: Material) -> Shell:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    bodies: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        # A request that nobody sent: nothing of the person who asks is at hand while the pages are made.
        with app.app_context(), app.test_request_context("/", query_string={"language": language}):
            bodies[language] = dict(_pages(material))
    files = _files(body for pages in bodies.values() for body in pages.values())
    version = digest(json.dumps([bodies, files]))
    pages = {
        language: {path: Page(body.replace(VERSION, version)) for path, body in kept.items()}
        for language, kept in bodies.items()
    }
    return Shell(pages, version, _worker(pages, files, version), material.shortcuts)


def _pages(material: Material) -> Iterator[tuple[str, str]]:
    """Every page by its path: those of a person as they are for nobody, empty and without figures."""

    def kept(template: str, endpoint: str, **context: Any) -> str:
        return render_template(template, shell=endpoint, **context)

    tiles = [Tile(kind, None) for kind in material.kinds]
    yield "/log", kept("intake/log.html", "intake.log", tiles=tiles)
    for kind in material.kinds:
        yield f"/log/{kind.slug}", kept("intake/form.html", "intake.form", **_form(kind, material))
    evening = _form(EVENING, material)
    evening["form"][PLACES.name].choices = [
        ("", gettext("Ej angiven"), 0),
        *((a.slug, a.name, 0) for a in material.areas),
    ]
    yield "/log/evening", kept("evening/evening.html", "evening.evening", **evening)
    listed = {"kinds": [*KINDS.values(), EVENING], "areas": material.areas, "shown_ms": SHOWN_MS}
    yield "/entries", kept("logbook/entries.html", "logbook.entries", **listed)
    yield "/pledges", kept("pledges/index.html", "pledges.index", programme=material.programme, periods=[], focus="")
    yield "/phone", kept("phone/phone.html", "phone.phone", version=VERSION)
    yield "/offline", kept("phone/offline.html", "phone.offline")


def _form(kind: Kind, material: Material) -> dict[str, Any]:
    """What the form of a kind shows before anybody has filled anything in. Its moment and its id are the phone's."""
    empty = form_for(kind)(meta={"csrf": False})
    empty.area.data = NO_AREA
    if kind.link:
        empty[kind.link.name].choices = [("", gettext("Inte vid en kontroll"), 0)]
    return {
        "kind": kind,
        "counts_as": kind.counts_as_under(material.rules),
        "form": empty,
        "is_fresh": True,
        "areas": material.areas,
        "youth_report_url": settings().youth_report_url,
    }


def _files(bodies: Iterable[str]) -> list[str]:
    """The addresses of every style, script and icon that the pages use."""
    return sorted(static_url(path) for path in {path for body in bodies for path in FILES.findall(body)})


def _worker(pages: dict[str, dict[str, Page]], files: list[str], version: str) -> str:
    told = {
        "version": version,
        "files": files,
        "pages": {
            language: {path: f"/shell{path}?language={language}&v={page.digest}" for path, page in kept.items()}
            for language, kept in pages.items()
        },
    }
    return f'import {{ need }} from "{static_url(SCRIPTS)}";\nneed("worker").serve({json.dumps(told)});\n'
