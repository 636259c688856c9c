"""What every answer tells the browser: what it may load, keep and send; and its compression."""

from flask import Flask, request
from flask.wrappers import Response
from flask_compress import Compress

NOT_FRAMED = "frame-ancestors 'none'"
POLICY = "; ".join(
    [
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        NOT_FRAMED,
        "object-src 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
OF_PAGES = {
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
}
"""What no browser heeds on anything else; with all that a first visit needs it would weigh a kilobyte."""

YEAR_SECONDS = 31_536_000
DAY_SECONDS = 86_400


def install(app: Flask, *, https: bool) -> None:
    app.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_MIN_SIZE=400, COMPRESS_STREAMS=False)
    Compress(app)

    @app.after_request
    def _tell(response: Response) -> Response:
        told = HEADERS | OF_PAGES if response.mimetype == "text/html" else HEADERS
        if response.headers.get("Content-Security-Policy", POLICY) != POLICY:
            told = {name: value for name, value in told.items() if name != "X-Frame-Options"}
        for name, value in told.items():
            response.headers.setdefault(name, value)
        # A page of the staff's must not be found again in a shared phone's cache.
        response.headers.setdefault("Cache-Control", "no-store")
        if https:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_SECONDS}")
        return response


def kept_for_ever(response: Response) -> Response:
    """The answer of an address that holds its content's hash."""
    response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return _once(response)


def revalidated(response: Response) -> Response:
    """An answer that a browser may keep, but asks about each time."""
    response.headers["Cache-Control"] = "no-cache"
    return _once(response)


def framed(response: Response, hosts: str) -> Response:
    """An answer that pages on these hosts, and on no other, may show within themselves; on none when it is empty."""
    if hosts:
        policy = POLICY.replace(NOT_FRAMED, f"frame-ancestors {hosts}")
        response.headers["Content-Security-Policy"] = policy
    return response


def for_all_sites(response: Response) -> Response:
    """An answer that programs on any site may read; who asks brings no cookie, and is given none."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        response.headers["Access-Control-Max-Age"] = f"{DAY_SECONDS}"
    return response


def _once(response: Response) -> Response:
    """Sent again only when it changed."""
    response.add_etag()
    response.make_conditional(request)
    return response
