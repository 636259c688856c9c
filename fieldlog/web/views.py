"""The address that a watchman asks whether fieldlog is well."""

from flask import Blueprint
from sqlalchemy import text

from fieldlog.web.guard import allow, everyone
from fieldlog.web.scope import reading

blueprint = Blueprint("web", __name__)

STAFF_HOME = "/log"


@blueprint.get("/healthz")
@allow(everyone)
def healthz() -> dict[str, str]:
    """Well means that the database is there and answers; otherwise the answer is 503."""
    reading().execute(text("select 1 from alembic_version"))
    return {"status": "ok"}
