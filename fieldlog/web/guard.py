"""The door: who may call a view, and that a request which changes something comes from our own pages."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from fieldlog.actors import Role

Params = ParamSpec("Params")
Answer = TypeVar("Answer")

everyone: Final = "everyone"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


csrf = CSRFProtect()


class UndeclaredViewError(Exception):
    """A view says nothing about who may call it; the application does not start."""


def allow(*roles: str) -> Callable[[Callable[Params, Answer]], Callable[Params, Answer | Response]]:
    """Declare who may call a view: roles, or ``everyone`` for those who have not signed in too.

    Others get the sign-in page (then come back), or 403 when they are signed in with another role.
    """
    allowed = frozenset(roles)
    if not allowed or not allowed <= {everyone, *Role}:
        raise UndeclaredViewError(f"allow() takes roles or everyone, not {sorted(allowed)}")

    def declare(view: Callable[Params, Answer]) -> Callable[Params, Answer | Response]:
        @wraps(view)
        def guarded(*args: Params.args, **kwargs: Params.kwargs) -> Answer | Response:
            if everyone not in allowed:
                if not current_user.is_authenticated:
                    return _ask_to_sign_in()
                if current_user.actor.role not in allowed:
                    abort(403)
            return view(*args, **kwargs)

        vars(guarded)["allowed_roles"] = allowed
        return guarded

    return declare


def allowed_roles(app: Flask, endpoint: str) -> frozenset[str]:
    """Who may call an endpoint. Raises UndeclaredViewError for one that does not say."""
    found = getattr(app.view_functions[endpoint], "allowed_roles", None)
    if found is None:
        raise UndeclaredViewError(f"{endpoint} does not declare who may call it: put @allow(...) on its view")
    return cast(frozenset[str], found)


def check_declared(app: Flask) -> None:
    """Raise UndeclaredViewError unless every view declares who may call it."""
    for endpoint in app.view_functions:
        allowed_roles(app, endpoint)


def install(app: Flask) -> None:
    app.config.update(WTF_CSRF_TIME_LIMIT=None)
    app.before_request(_answer_head_as_get)
    app.before_request(_take_as_much_as_is_said)
    app.before_request(_refuse_other_sites)
    csrf.init_app(app)


def without_token(view: Callable[Params, Answer]) -> Callable[Params, Answer]:
    """Declare that a view asks for no form's token: only for one that takes nothing that a form can send."""
    csrf.exempt(view)
    return view


def takes(most_bytes: int) -> Callable[[Callable[Params, Answer]], Callable[Params, Answer]]:
    """Declare how large a body the view takes, where that is more than others do. Stands below ``allow``."""

    def declare(view: Callable[Params, Answer]) -> Callable[Params, Answer]:
        vars(view)["most_bytes"] = most_bytes
        return view

    return declare


def most_bytes() -> int | None:
    """How large a body the view of this request says it takes."""
    view = current_app.view_functions.get(request.endpoint or "")
    found: int | None = getattr(view, "most_bytes", None)
    return found


def own_path(path: str | None) -> str | None:
    """The path when it leads to a page of this site, otherwise None: ``next`` never leads elsewhere."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return None
    return path


def _ask_to_sign_in() -> Response:
    if request.method in SAFE_METHODS and not request.is_json:
        return redirect(url_for("accounts.sign_in", next=request.full_path.removesuffix("?")))
    # What was typed stands in the answer's page, so that it can be sent again after signing in.
    raise Unauthorized


def _answer_head_as_get() -> None:
    """A view that takes forms tells them by the method; the server leaves the body of a HEAD's answer out."""
    if request.method == "HEAD":
        request.method = "GET"


def _take_as_much_as_is_said() -> None:
    """Before anything of the body is read, the form's token included."""
    if declared := most_bytes():
        request.max_content_length = declared


def _refuse_other_sites() -> None:
    """Browsers say where a request comes from; one that changes something must come from this site."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        if site not in {"same-origin", "none"}:
            abort(403)
    elif origin is not None and _host(origin) != request.host:
        abort(403)


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None
