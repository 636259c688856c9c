"""The description, for a program to fetch."""

from typing import Any

from flask import Blueprint, current_app

from fieldlog.openapi.queries import description
from fieldlog.web import allow, everyone

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/openapi.json")
@allow(everyone)
def openapi() -> dict[str, Any]:
    """The contract of /sync and /whoami."""
    return description(current_app.config["SESSION_COOKIE_NAME"])
