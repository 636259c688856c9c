"""The public side: which answers belong to it, where it is found, and a host where nothing else is answered."""

from flask import Flask, abort, g, request
from werkzeug.exceptions import SecurityError

from fieldlog.web.guard import allowed_roles, everyone
from fieldlog.web.scope import settings
from fieldlog.web.words import language

PUBLIC = frozenset({"public", "statements", "crawling", "feed", "cards", "leaflet", "opendata", "catalogue"})
"""The rooms whose views are the public side, if everybody may call them."""
SHARED = frozenset({"static", "web.healthz"})


def install(app: Flask) -> None:
    @app.before_request
    def _choose_side() -> None:
        is_for_all = request.blueprint in PUBLIC and everyone in allowed_roles(app, request.endpoint or "")
        # Who asks for what is not there, and has never been signed in, is a citizen.
        is_lost = request.endpoint in {None, *SHARED} and app.config["SESSION_COOKIE_NAME"] not in request.cookies
        g.is_public = is_for_all or is_lost
        if is_public_host():
            is_own = g.is_public or request.endpoint in SHARED
            g.is_public = True
            if not is_own:
                abort(404)


def is_public_host() -> bool:
    """Whether the host that was asked is the public side's own."""
    chosen = settings().public_host
    return bool(chosen) and _host() == chosen


def public_root() -> str:
    """What the addresses of the public side begin with, as it is set; the host that was asked only where none is."""
    return settings().public_url or request.host_url.rstrip("/")


def frame() -> dict[str, object]:
    """What stands around every public page: where the other language is, and whether the staff's side is there too."""
    return {
        "other_language": "sv" if language() == "en" else "en",
        # On a host of its own the public side knows no other.
        "is_alone": bool(settings().public_host),
    }


def _host() -> str:
    """The host that was asked, without its port; empty for what is no host's name."""
    try:
        return request.host.partition(":")[0].rstrip(".").lower()
    except SecurityError:
        return ""
