"""Who may change what was promised."""

from flask import abort

from fieldlog.actors import Actor
from fieldlog.web import actor


def planner() -> Actor:
    """Whoever asks, if they may plan. Others are answered 403."""
    by = actor()
    if not by.may_plan:
        abort(403)
    return by
