"""What people read when something goes wrong: what happened, and what to do next."""

from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, g, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask.wrappers import Response
from flask_babel import lazy_gettext as _l
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, Unauthorized

from fieldlog.database import BusyError
from fieldlog.web.guard import most_bytes

BUSY_WAIT_SECONDS = 5
MOST_SENT_BACK = 1000
PROGRAMS = frozenset({"/sync", "/photos", "/whoami", "/openapi.json"})
"""Addresses that only programs call: they are answered as programs, however they ask."""

NEVER_SENT_BACK = frozenset({"csrf_token", "password", "action_token"})

WORDS = {
    400: (_l("Det gick inte att läsa det som skickades"), _l("Gå tillbaka och försök igen.")),
    403: (_l("Du har inte tillgång hit"), _l("Sidan hör till en annan roll eller organisation.")),
    404: (_l("Sidan finns inte"), _l("Adressen kan vara fel, eller så har sidan tagits bort.")),
    405: (_l("Så går det inte att göra här"), _l("Gå tillbaka och använd knapparna på sidan.")),
    413: (_l("Det som skickades är för stort"), _l("Gå tillbaka och korta texten. Inget har sparats.")),
    429: (_l("För många försök"), _l("Vänta en stund och försök sedan igen.")),
    500: (_l("Något gick fel hos oss"), _l("Inget har sparats. Försök igen om en stund.")),
    503: (_l("Just nu är det hög belastning"), _l("Inget har sparats. Försök igen om några sekunder.")),
}
LARGE_FILE = (_l("Bilden är för stor"), _l("Gå tillbaka och välj en bild på högst 12 MB. Inget har sparats."))
STALE = (_l("Sidan hade blivit för gammal"), _l("Inget har gått förlorat. Tryck på Skicka igen."))
SIGNED_OUT = (
    _l("Du har blivit utloggad"),
    _l("Inget har gått förlorat. Logga in i en ny flik, kom tillbaka hit och tryck på Skicka igen."),
)


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, lambda _error: _send_again(400, STALE))
    app.register_error_handler(Unauthorized, lambda _error: _send_again(401, SIGNED_OUT))
    app.register_error_handler(BusyError, _busy)
    app.register_error_handler(OperationalError, _busy)


def _http(error: HTTPException) -> Response:
    response = error.get_response()
    # Without a map of addresses, because the host's name can be no name, a page cannot link to anything.
    if response.status_code < 400 or (request_ctx.url_adapter is None and not _wants_json()):
        return Response(response.get_data(), response.status_code, response.headers)
    answer = _page(error.code or 500)
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer


def _busy(error: BusyError | OperationalError) -> Response:
    current_app.logger.warning("database is busy or away: %s", error)
    answer = _page(503)
    answer.headers["Retry-After"] = str(BUSY_WAIT_SECONDS)
    return answer


def _page(status: int) -> Response:
    if _wants_json():
        return make_response(jsonify(error=HTTPStatus(status).phrase), status)
    title, advice = WORDS.get(status, WORDS[500] if status >= 500 else WORDS[400])
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and most_bytes():
        title, advice = LARGE_FILE
    # After a failure of our own the page asks the database nothing, not even who is reading.
    reader = AnonymousUserMixin() if status >= 500 or g.get("is_public") else _reader()
    page = render_template("web/error.html", status=status, title=title, advice=advice, current_user=reader)
    return make_response(page, status)


def _send_again(status: int, words: tuple[object, object]) -> Response:
    """A page that holds everything that was posted, with a fresh token and one button that posts it again."""
    if _wants_json():
        return make_response(jsonify(error=HTTPStatus(status).phrase), status)
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_SENT_BACK]
    if len(typed) > MOST_SENT_BACK:
        return _page(413)  # no form of ours: the page would be twenty times as long as what was sent
    page = render_template(
        "web/send_again.html",
        title=words[0],
        advice=words[1],
        typed=typed,
        path=request.full_path.removesuffix("?"),
        signed_out=status == HTTPStatus.UNAUTHORIZED,
        current_user=_reader(),
    )
    return make_response(page, status)


def _reader() -> Any:
    """Whoever is reading, looked up now and not while the page is rendered; nobody when the database is away."""
    try:
        return current_user._get_current_object()
    except (BusyError, OperationalError):
        return AnonymousUserMixin()


def _wants_json() -> bool:
    return request.path in PROGRAMS or request.is_json or request.accept_mimetypes.best == "application/json"
