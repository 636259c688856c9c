"""Styles, scripts and icons: addressed by their content, so that a browser may keep them for ever."""

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from gzip import compress as gzip
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import brotli
from flask import Flask, abort, current_app, g, request, url_for
from flask.wrappers import Response
from werkzeug.security import safe_join
from zopfli.gzip import compress as gzip_small

from fieldlog.colours import repaint
from fieldlog.config import ROOT
from fieldlog.web import scripts
from fieldlog.web.guard import allow, everyone
from fieldlog.web.headers import kept_for_ever, revalidated
from fieldlog.web.scope import settings

FOLDER = ROOT / "static"
STYLES, SCRIPTS = "styles.css", "scripts.js"
"""The sheets of static/css/ and the modules of static/js/, in one each: a request for a dozen."""

THEME = "js/theme.js"
"""The script that comes by itself, before the first paint."""
ALONE = frozenset({"css/public.css", "css/reports.css"})
"""The sheets that only the pages load which name them."""
DIGITS = 12
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/manifest+json", ".webmanifest")


class File(NamedTuple):
    """A file as it lay on the disk when it was looked at."""

    path: Path
    changed: int
    size: int


Pack = Callable[[bytes], bytes]
SMALLEST: dict[str, Pack] = {"br": brotli.compress, "gzip": gzip_small}
"""As small as it gets, which takes seconds: for files."""
QUICK: dict[str, Pack] = {"br": partial(brotli.compress, quality=5), "gzip": partial(gzip, compresslevel=6, mtime=0)}
"""For what is made while somebody waits."""


@dataclass(frozen=True)
class Asset:
    """What is sent, and how it can be packed."""

    body: bytes
    digest: str
    mimetype: str
    packs: Mapping[str, Pack]
    _packed: dict[str, bytes] = field(default_factory=dict)
    _turn: Lock = field(default_factory=Lock)

    def packed(self, encoding: str) -> bytes:
        """The content in that encoding: packed once, when it is first asked for."""
        with self._turn:
            if encoding not in self._packed:
                self._packed[encoding] = self.packs[encoding](self.body)
        return self._packed[encoding]


def install(app: Flask) -> None:
    # Flask's own static view streams files, which the compression leaves as they are.
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=static)
    app.jinja_env.globals["static_url"] = static_url


def static_url(path: str) -> str:
    """The address of a file under static/, with its content's hash; the plain address when there is no such file.

    Looked up once in a request: a page shows dozens of icons of one sprite.
    """
    known: dict[str, str] = g.setdefault("static_urls", {})
    if path not in known:
        known[path] = _static_url(path)
    return known[path]


def _static_url(path: str) -> str:
    asset = _find(path)
    if asset is None:
        current_app.logger.warning("static file is missing: %s", path)
    return url_for("static", filename=path, v=asset.digest if asset else None)


@allow(everyone)
def static(filename: str) -> Response:
    asset = _find(filename)
    if asset is None:
        abort(404)
    response = sent(asset)
    return kept_for_ever(response) if request.args.get("v") == asset.digest else revalidated(response)


def sent(asset: Asset) -> Response:
    """The asset as the browser takes it, with its content's hash as its ``ETag``."""
    encoding = request.accept_encodings.best_match(asset.packs)
    response = Response(asset.packed(encoding) if encoding else asset.body, mimetype=asset.mimetype)
    if encoding:
        response.content_encoding = encoding
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{asset.digest}:{encoding}")
    return response


def addresses() -> list[str]:
    """The address of every file as it is now."""
    others = [path for path in sorted(FOLDER.rglob("*.*")) if path.suffix not in {".css", ".js"}]
    return [
        static_url(path) for path in (STYLES, SCRIPTS, THEME, *(path.relative_to(FOLDER).as_posix() for path in others))
    ]


def _find(path: str) -> Asset | None:
    accent = settings().accent
    if path == STYLES:
        return _join(_looked_at(_sheets()), accent)
    if path == SCRIPTS:
        return _bundle(_looked_at((FOLDER / "js").rglob("*.js")))
    joined = safe_join(str(FOLDER), path)
    if joined is None:
        return None
    try:
        return _load(*_looked_at([Path(joined)]), accent)
    except (OSError, ValueError):
        return None


def _sheets() -> list[Path]:
    """The sheets, the one that puts the layers in order first."""
    sheets = set((FOLDER / "css").glob("*.css")) - {FOLDER / sheet for sheet in ALONE}
    return sorted(sheets, key=lambda sheet: (sheet.name != "reset.css", sheet.name))


def _looked_at(paths: Iterable[Path]) -> tuple[File, ...]:
    states = ((path, path.stat()) for path in paths)
    return tuple(File(path, state.st_mtime_ns, state.st_size) for path, state in states)


@lru_cache(maxsize=2)
def _join(sheets: tuple[File, ...], accent: str) -> Asset:
    return made(repaint(b"".join(sheet.path.read_bytes() for sheet in sheets), ".css", accent), "text/css")


@lru_cache(maxsize=2)
def _bundle(_files: tuple[File, ...]) -> Asset:
    return made(scripts.bundle(FOLDER / "js"), "text/javascript")


@lru_cache(maxsize=200)
def _load(file: File, accent: str) -> Asset:
    body, suffix = file.path.read_bytes(), file.path.suffix
    mimetype = mimetypes.guess_type(file.path)[0] or "application/octet-stream"
    return made(repaint(body, suffix, accent), mimetype)


def made(body: bytes, mimetype: str, packs: Mapping[str, Pack] = SMALLEST) -> Asset:
    """Content to be sent, packed in one of these ways if it is no picture; a script without what only its readers need.

    Only what cannot change a meaning goes (`scripts.shorten`). A library that also gave shorter names and left out what
    it held to be useless took "void (… && look())" for nothing; one that does the same for styles made "table :is(th)"
    a table that is a heading.
    """
    if mimetype == "text/javascript":
        body = scripts.shorten(body.decode()).encode()
    return Asset(body, sha256(body).hexdigest()[:DIGITS], mimetype, {} if mimetype == "image/png" else packs)
