"""The app on a phone: how it gets there, what it is called, and what the phone holds."""

import json
from typing import Any

from flask import Blueprint, Response, render_template
from flask_login import current_user

from fieldlog.colours import PAPER
from fieldlog.shell.views import shell
from fieldlog.web import allow, everyone, settings
from fieldlog.web.assets import static_url
from fieldlog.web.headers import revalidated
from fieldlog.web.views import STAFF_HOME
from fieldlog.web.words import language

blueprint = Blueprint("phone", __name__)

MOST_SHORTCUTS = 4
SOFT_HYPHEN = "\u00ad"
ICONS = {
    "any": {192: "app-192.png", 512: "app-512.png"},
    "maskable": {192: "maskable-192.png", 512: "maskable-512.png"},
}
"""By purpose and size. The maskable ones keep clear of the edge, which each phone cuts in its own way."""


@blueprint.get("/manifest.webmanifest")
@allow(everyone)
def manifest() -> Response:
    """What the app is called and how it opens. Its shortcuts are what is logged most; a launcher breaks no words."""
    chosen = settings()
    told = {
        "id": STAFF_HOME,
        "name": chosen.name,
        "short_name": chosen.name,
        "lang": language(),
        "start_url": STAFF_HOME,
        "scope": "/",
        "display": "standalone",
        "theme_color": chosen.accent,
        "background_color": PAPER,
        "icons": [
            {"src": static_url(f"icons/{file}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for purpose, files in ICONS.items()
            for size, file in files.items()
        ],
        "shortcuts": [
            {"name": kind.label.text(language()).replace(SOFT_HYPHEN, ""), "url": f"{STAFF_HOME}/{kind.slug}"}
            for kind in shell().shortcuts[:MOST_SHORTCUTS]
        ],
    }
    return revalidated(Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json"))


@blueprint.get("/install")
@allow(everyone)
def install() -> str:
    """How the app gets on a phone, with pictures."""
    return _page("phone/install.html")


@blueprint.get("/phone")
@allow(everyone)
def phone() -> str:
    """What this phone holds, told by the phone itself: whoever has it in the hand may send and save what waits."""
    return _page("phone/phone.html", version=shell().version)


@blueprint.get("/offline")
@allow(everyone)
def offline() -> str:
    """What works without coverage, and what does not."""
    return _page("phone/offline.html")


def _page(template: str, **context: Any) -> str:
    """The page for whoever reads it, who is looked up now and not while it is rendered."""
    return render_template(template, current_user=current_user._get_current_object(), **context)
