"""Yeses to help and what is answered to them, through the door."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.forms import Item
from tests.fixtures.work import item, log_one

YES = {"asked": "yes", "wants_help": "yes"}
NO = {"asked": "yes", "wants_help": "no"}
MINOR = {"asked": "no", "why_not": "minor", "wants_help": None}


def yes(answers: dict[str, Any] | None = None, **changed: Any) -> Item:
    """A yes to help, or what else is answered."""
    return item("help-offer", answers or YES, **{"area": "-", **changed})


def answer(session: Session, by: Actor, offer: UUID, outcome: str = "contacted", **changed: Any) -> UUID:
    """What social services answer."""
    attempts = {"attempts": 2} if outcome == "not-reached" else {}
    answers = {"offer": str(offer), "outcome": outcome, **attempts}
    return log_one(session, by, "handover-outcome", answers, **{"area": "-", **changed})
