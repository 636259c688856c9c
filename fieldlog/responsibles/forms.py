"""What is asked about a responsible, and what a responsible answers; links and their signatures."""

from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from fieldlog.editing.forms import EditForm, form_of
from fieldlog.fields import Flag, Text
from fieldlog.findings.models import CLOSED, State
from fieldlog.labels import Label
from fieldlog.mending.forms import CASE_NUMBER, DONE_ON, REASON, status_field

LONGEST = 200
NAME = Text(name="name", label=Label("Namn", "Name"), most=60, required=True)
RETIRED = Flag(name="retired", label=Label("Ur bruk: går inte längre att välja", "Out of use: offered no more"))


def add_form() -> EditForm:
    return form_of((NAME,))


def responsible_form() -> EditForm:
    return form_of((NAME, RETIRED))


def answer_form(state: State) -> EditForm:
    """What whoever holds a link may say: the state, why not, the day and their case number."""
    slugs = ["planned", *CLOSED]
    return form_of((status_field([*slugs, *({state.status} - {*slugs})]), REASON, DONE_ON, CASE_NUMBER))


def signed(link: UUID) -> str:
    """What stands in a link's address."""
    text = _signer().dumps(str(link))
    return text if isinstance(text, str) else text.decode()


def read_signed(token: str) -> UUID | None:
    """The id of the link, if we signed it."""
    try:
        return UUID(_signer().loads(token)) if len(token) <= LONGEST else None
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def _signer() -> URLSafeSerializer:
    assert current_app.secret_key is not None, "the application has a key"
    return URLSafeSerializer(current_app.secret_key, salt="responsible-link")
