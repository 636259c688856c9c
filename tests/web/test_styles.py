"""Styles travel without blanks and mean the same."""

import re

from flask.testing import FlaskClient

from tests.houserules.tree import STATIC, files


def test_what_is_inside_something_is_not_taken_for_the_thing_itself(client: FlaskClient) -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in files(STATIC, ".css"))
    inside = set(re.findall(r"([\w)\]]+) :((?:is|where|not|has)\()", written))
    assert inside, "nothing is inside anything"
    sent = client.get("/static/styles.css").text
    for outer, inner in inside:
        assert f"{outer} *:{inner}" in sent
