"""What the worker is told."""

import json
import re
from typing import Any

from flask.testing import FlaskClient


def told(client: FlaskClient) -> dict[str, Any]:
    """What the worker is told to keep."""
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    found = re.fullmatch(
        r'import \{ need \} from "/static/scripts\.js\?v=\w{12}";\nneed\("worker"\)\.serve\((.*)\);\n', answer.text
    )
    assert found, answer.text
    kept: dict[str, Any] = json.loads(found[1])
    return kept
