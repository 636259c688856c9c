"""The front door, and the address that a watchman asks whether fieldlog is well."""

from flask import Blueprint, redirect, url_for
from flask_login import current_user
from sqlalchemy import text
from werkzeug.wrappers import Response

from fieldlog.web.guard import allow, everyone
from fieldlog.web.scope import reading

blueprint = Blueprint("web", __name__)

STAFF_HOME = "/log"


@blueprint.get("/")
@allow(everyone)
def home() -> Response:
    return redirect(STAFF_HOME if current_user.is_authenticated else url_for("accounts.sign_in"))


@blueprint.get("/healthz")
@allow(everyone)
def healthz() -> dict[str, str]:
    """Well means that the database is there and answers; otherwise the answer is 503."""
    reading().execute(text("select 1 from alembic_version"))
    return {"status": "ok"}
