"""What a browser keeps for a person beside the session."""

from werkzeug.wrappers import Response

from fieldlog.web.scope import settings

KEPT_SECONDS = 31_536_000


def keep(response: Response, name: str, value: str, *, from_scripts: bool = False) -> Response:
    """Let the browser keep the value for a year; later pages' scripts can read it unless kept ``from_scripts``."""
    response.set_cookie(
        name, value, max_age=KEPT_SECONDS, samesite="Lax", secure=settings().https, httponly=from_scripts
    )
    return response
