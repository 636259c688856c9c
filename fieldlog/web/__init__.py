"""What every page shares: the door, the request's session, headers, words and error pages."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from fieldlog.web import assets, errors, guard, headers, hosts, scope, words
from fieldlog.web.guard import allow, everyone, own_path, takes, without_token
from fieldlog.web.later import later
from fieldlog.web.scope import House, actor, database, now, read_anew, reading, settings, write, write_together
from fieldlog.web.words import language

__all__ = ["House", "actor", "allow", "database", "everyone", "install", "language", "later", "now", "own_path"]
__all__ += ["read_anew", "reading", "settings", "takes", "without_token", "write", "write_together"]


def install(app: Flask, house: House) -> None:
    """Make a bare Flask application one of ours, before its features are registered."""
    chosen = house.settings
    app.config.update(MAX_CONTENT_LENGTH=chosen.max_body_bytes, MAX_FORM_MEMORY_SIZE=chosen.max_body_bytes)
    if hops := chosen.proxies:
        # Flask documents this assignment; its types see a method.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    scope.install(app, house)
    headers.install(app, https=chosen.https)
    hosts.install(app)
    guard.install(app)
    words.install(app)
    assets.install(app)
    errors.install(app)
    app.jinja_env.globals["settings_name"] = chosen.name
