"""Who may change what was promised."""

from flask import abort

from fieldlog.actors import Actor, Organisation, Role
from fieldlog.web import actor

PROMISE = frozenset({Organisation.POLICE, Organisation.MUNICIPALITY})


def planner() -> Actor:
    """Whoever asks, if they may plan: an administrator, or a supervisor of those who promise. Others get 403."""
    by = actor()
    if by.role != Role.ADMINISTRATOR and by.organisation not in PROMISE:
        abort(403)
    return by
