"""Running the server."""

import gc
import logging
import os
import signal
import sys

import click

from fieldlog import create_app, web
from fieldlog.cli.export import keep_tidy
from fieldlog.cli.publishing import keep_publishing
from fieldlog.cli.reminders import keep_reminding
from fieldlog.cli.reviewing import keep_counting
from fieldlog.cli.sealing import keep_sealing
from fieldlog.cli.tools import Refusal, Tools, pass_tools
from fieldlog.config import WrongSettingError
from fieldlog.photos.actions import tidy
from fieldlog.pictures import MOST_BYTES
from fieldlog.push import make_key
from fieldlog.web.listening import listen

DEFAULT_PORT = 8000
COLLECT_AFTER = 20_000
SWITCH_SECONDS = 0.02


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), help=f"The port; otherwise PORT, otherwise {DEFAULT_PORT}.")
@pass_tools
def serve(tools: Tools, host: str, port: int | None) -> None:
    """Serve fieldlog until stopped."""
    settings = tools.settings
    port = port or _port_from_environment()
    tools.write(lambda session: tidy(session, settings.instance))  # says so when it is not set up
    make_key(settings.push_key_file)
    app = create_app(settings)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server = listen(
            app,
            max(settings.max_body_bytes, MOST_BYTES),
            host=host,
            port=port,
            threads=settings.threads,
            # Who called is believed from as many proxies as are set, and read by the application.
            clear_untrusted_proxy_headers=settings.proxies == 0,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Refusal(f"cannot listen on {host}:{port}: {reason}") from None
    # Requests that wait for a thread are no news: phones come back in crowds.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with app.app_context():
        ends = [
            keep_sealing(web.database(), tools.clock),
            keep_publishing(web.database(), tools.clock, settings),
            keep_reminding(web.database(), settings, tools.clock),
            keep_counting(web.database(), tools.clock),
            keep_tidy(web.database(), tools.clock, settings.instance),
        ]
    # What was loaded stays: the collector need not look through it again and again, nor come with every other request.
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    # A thread that is at work is let go on with it: handing over costs more than what most requests still have to do.
    sys.setswitchinterval(SWITCH_SECONDS)
    click.echo(f"{settings.name} is at http://{host}:{port}")
    try:
        server.run()
    finally:
        for end in ends:
            end()


def _port_from_environment() -> int:
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isascii() or not text.isdigit() or len(text) > 5 or not 1 <= int(text) <= 65_535:
        raise WrongSettingError(f"PORT={text}: must be a port from 1 to 65535")
    return int(text)
