"""Looking in the audit log, each in a browser of their own, after something was corrected."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from tests.intake.posting import changed, controls

Browser = Callable[[str], FlaskClient]


def found(client: FlaskClient, **asked: str) -> str:
    """The list that a search shows: its events alone, without what is offered to search for."""
    page = client.get("/manage/audit", query_string=asked)
    assert page.status_code == 200
    return "".join(re.findall(r'<ol class="history card">.*?</ol>', page.text, re.DOTALL)).replace("\xad", "")


def correct(client: FlaskClient, entry: str, **typed: str) -> None:
    page = controls(client.get(f"/entries/{entry}/correct"))
    sent = changed(page, **{"reason": "wrong-count", **typed})
    assert client.post(f"/entries/{entry}/correct", data=sent).status_code == 303
