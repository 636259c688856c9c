"""The app on a phone: how it gets there, what it is called, and what the phone holds."""

import json

from flask import Blueprint, Response, render_template

from fieldlog.shell.views import shell
from fieldlog.web import allow, everyone, settings
from fieldlog.web.headers import revalidated
from fieldlog.web.views import STAFF_HOME
from fieldlog.web.words import language

blueprint = Blueprint("phone", __name__)

MOST_SHORTCUTS = 4


@blueprint.get("/manifest.webmanifest")
@allow(everyone)
def manifest() -> Response:
    """What the app is called and how it opens. Its shortcuts are kinds that move what was promised."""
    chosen = settings()
    told = {
        "id": STAFF_HOME,
        "name": chosen.name,
        "short_name": chosen.name,
        "lang": language(),
        "start_url": STAFF_HOME,
        "scope": "/",
        "display": "standalone",
        "theme_color": "#f3f5f8",
        "background_color": "#f3f5f8",
        "icons": [],
        "shortcuts": [
            {"name": kind.label.text(language()), "url": f"{STAFF_HOME}/{kind.slug}"}
            for kind in shell().leading[:MOST_SHORTCUTS]
        ],
    }
    return revalidated(Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json"))


@blueprint.get("/install")
@allow(everyone)
def install() -> str:
    """How the app gets on a phone, with pictures."""
    return render_template("phone/install.html")


@blueprint.get("/phone")
@allow(everyone)
def phone() -> str:
    """What this phone holds, told by the phone itself: whoever has it in the hand may send and save what waits."""
    return render_template("phone/phone.html", version=shell().version)


@blueprint.get("/offline")
@allow(everyone)
def offline() -> str:
    """What works without coverage, and what does not."""
    return render_template("phone/offline.html")
