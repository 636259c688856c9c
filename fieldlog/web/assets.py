"""Styles, scripts and icons: addressed by their content, so that a browser may keep them for ever."""

import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, abort, current_app, request, url_for
from flask.wrappers import Response
from werkzeug.security import safe_join

from fieldlog.colours import repaint
from fieldlog.config import ROOT
from fieldlog.web import scripts
from fieldlog.web.guard import allow, everyone
from fieldlog.web.headers import kept_for_ever, revalidated
from fieldlog.web.scope import settings

FOLDER = ROOT / "static"
STYLES = "styles.css"
"""Every sheet of static/css/ in one: one request instead of a dozen, and a quarter less to move."""

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/manifest+json", ".webmanifest")


@dataclass(frozen=True)
class Asset:
    body: bytes
    digest: str
    mimetype: str


def install(app: Flask) -> None:
    # Flask's own static view streams files, which the compression leaves as they are.
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=static)
    app.jinja_env.globals["static_url"] = static_url


def static_url(path: str) -> str:
    """The address of a file under static/, with its content's hash; the plain address when there is no such file."""
    asset = _find(path)
    if asset is None:
        current_app.logger.warning("static file is missing: %s", path)
    return url_for("static", filename=path, v=asset.digest if asset else None)


@allow(everyone)
def static(filename: str) -> Response:
    asset = _find(filename)
    if asset is None:
        abort(404)
    response = Response(asset.body, mimetype=asset.mimetype)
    response.set_etag(asset.digest)
    return kept_for_ever(response) if request.args.get("v") == asset.digest else revalidated(response)


def imported(path: str) -> list[str]:
    """The addresses, hash included, of all scripts that the script at ``path`` leads to."""
    others = scripts.with_imports((FOLDER / path).resolve())[1:]
    return [static_url(script.path.relative_to(FOLDER).as_posix()) for script in others]


def addresses() -> list[str]:
    """The address of every file as it is now."""
    paths = (path.relative_to(FOLDER).as_posix() for path in sorted(FOLDER.rglob("*.*")) if path.suffix != ".css")
    return [static_url(path) for path in (STYLES, *paths)]


def _find(path: str) -> Asset | None:
    accent = settings().accent
    if path == STYLES:
        sheets = _sheets()
        return _join(sheets, max(sheet.stat().st_mtime_ns for sheet in sheets), accent)
    joined = safe_join(str(FOLDER), path)
    if joined is None:
        return None
    try:
        file = Path(joined)
        return _load(scripts.with_imports(file) if file.suffix == ".js" else (scripts.look(file),), accent)
    except (OSError, ValueError):
        return None


def _sheets() -> tuple[Path, ...]:
    """The sheets, the one that puts the layers in order first."""
    return tuple(sorted((FOLDER / "css").glob("*.css"), key=lambda sheet: (sheet.name != "reset.css", sheet.name)))


@lru_cache(maxsize=2)
def _join(sheets: tuple[Path, ...], _changed: int, accent: str) -> Asset:
    body = repaint(b"".join(sheet.read_bytes() for sheet in sheets), ".css", accent)
    return Asset(body, sha256(body).hexdigest()[: scripts.DIGITS], "text/css")


@lru_cache(maxsize=200)
def _load(files: tuple[scripts.File, ...], accent: str) -> Asset:
    path = files[0].path
    mimetype = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if path.suffix == ".js":
        return Asset(scripts.served(files), scripts.digest(files), mimetype)
    body = repaint(path.read_bytes(), path.suffix, accent)
    return Asset(body, sha256(body).hexdigest()[: scripts.DIGITS], mimetype)
