"""The public side: which answers belong to it, and a host of its own where nothing else is answered."""

from flask import Flask, abort, g, request
from werkzeug.exceptions import SecurityError

from fieldlog.web.guard import allowed_roles, everyone

PUBLIC = frozenset({"public", "feed", "cards"})
"""The rooms whose views are the public side, if everybody may call them."""
SHARED = frozenset({"static", "web.healthz"})


def install(app: Flask, public_host: str) -> None:
    @app.before_request
    def _choose_side() -> None:
        g.is_public = request.blueprint in PUBLIC and everyone in allowed_roles(app, request.endpoint or "")
        if public_host and _host() == public_host:
            is_own = g.is_public or request.endpoint in SHARED
            g.is_public = True
            if not is_own:
                abort(404)


def _host() -> str:
    """The host that was asked, without its port; empty for what is no host's name."""
    try:
        return request.host.partition(":")[0].rstrip(".").lower()
    except SecurityError:
        return ""
