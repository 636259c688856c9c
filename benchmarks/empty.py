"""The same server with one address more, which answers an empty JSON POST: what a request costs before the door."""

import sys
from importlib import import_module

from flask import Flask

from fieldlog import create_app, web
from fieldlog.cli import main
from fieldlog.config import Settings

PATH = "/empty"


def with_empty_answer(settings: Settings) -> Flask:
    app = create_app(settings)

    @app.post(PATH)
    @web.without_token
    @web.allow(web.everyone)
    def empty() -> dict[str, str]:
        return {}

    return app


if __name__ == "__main__":
    # The command's own way of starting it is measured too: only the application is another.
    vars(import_module("fieldlog.cli.serve"))["create_app"] = with_empty_answer
    main(["serve", *sys.argv[1:]])
