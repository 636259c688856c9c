"""What every answer tells the browser: what it may load, keep and send; and its compression."""

from flask import Flask
from flask.wrappers import Response
from flask_compress import Compress

POLICY = "; ".join(
    [
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
}
YEAR_SECONDS = 31_536_000


def install(app: Flask, *, https: bool) -> None:
    app.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_MIN_SIZE=400, COMPRESS_STREAMS=False)
    Compress(app)

    @app.after_request
    def _tell(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        # A page of the staff's must not be found again in a shared phone's cache.
        response.headers.setdefault("Cache-Control", "no-store")
        if https:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_SECONDS}")
        return response
