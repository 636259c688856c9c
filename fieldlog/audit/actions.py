"""Writing the audit log."""

from datetime import datetime

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.models import AuditEvent

Detail = str | int | bool | None | list[str]


def note(session: Session, by: Actor, now: datetime, action: str, subject: str, **details: Detail) -> None:
    """Record that ``by`` did ``action`` to ``subject``, such as "entry-voided" to "entry:0192…".

    Details hold slugs, numbers and names of fields. Never a free text or a password: what is written stays.
    """
    event = AuditEvent(at=now, action=action, subject=subject, details=dict(details))
    event.municipality, event.account, event.device = by.municipality, by.account, by.device
    session.add(event)
