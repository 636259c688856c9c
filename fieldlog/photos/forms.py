"""What is asked on the page of an entry's photos."""

from uuid import UUID

from flask import request
from wtforms import HiddenField

from fieldlog.photos.models import Sent
from fieldlog.web.forms import PageForm


def _uuid(typed: str | None) -> UUID | None:
    try:
        return UUID(typed or "")
    except ValueError:
        return None


class PhotoForm(PageForm):
    """A file, the finding that it shows, and an id, by which a form that is sent twice is one photo."""

    id = HiddenField()
    finding = HiddenField()

    def sent(self, entry: UUID) -> Sent | None:
        """What was posted; None where the form is none of ours."""
        id, finding, file = _uuid(self.id.data), _uuid(self.finding.data), request.files.get("photo")
        if id is None or finding is None or file is None:
            return None
        return Sent(id, entry, finding, file.read())


class RemoveForm(PageForm):
    """A button that changes something: only its token."""


def sent_by_phone() -> tuple[int, Sent] | None:
    """The account that took the photo, and the photo, as a phone sends them; None where something is missing."""
    account = request.args.get("account", type=int)
    id, entry, finding = (_uuid(request.args.get(name)) for name in ("id", "entry", "finding"))
    if account is None or id is None or entry is None or finding is None:
        return None
    return account, Sent(id, entry, finding, request.get_data())
