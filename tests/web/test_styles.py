"""The one sheet that all styles travel in says what the sheets say."""

import re

from flask.testing import FlaskClient

from tests.houserules.tree import STATIC, files


def test_what_is_inside_another_is_not_taken_for_the_other(client: FlaskClient) -> None:
    """ "table :is(th)" without its blank would be a table that is a heading."""
    written = "".join(path.read_text(encoding="utf-8") for path in files(STATIC / "css", ".css"))
    inside = len(re.findall(r"[\w)\]] :is\(", written))
    sent = client.get("/static/styles.css").text
    assert inside
    assert len(re.findall(r"[\w)\]] \*:is\(", sent)) == inside
