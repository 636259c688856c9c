"""docs/sync.md says what the server does: every field, outcome and status, and an example that runs."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import get_args

import pytest
from flask.testing import FlaskClient

from fieldlog.entries.forms import CLOCK_TOLERANCE, REASON
from fieldlog.intake.models import Outcome
from fieldlog.openapi.models import STATUSES
from fieldlog.sync.models import MOST_ENTRIES, Envelope, SentEntry
from tests.fixtures.browser import Live
from tests.fixtures.people import PASSWORD
from tests.houserules.tree import ROOT
from tests.openapi.schema import faults

PAGE = (ROOT / "docs" / "sync.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def listed(title: str) -> dict[str, str]:
    """The rows of the section's table: what stands first, and the last cell."""
    rows = re.findall(r"^\| `?(\w+)`? \|.*?([^|]+) \|$", section(title), re.MULTILINE)
    return {first: last.strip() for first, last in rows[1:]}


def test_every_field_is_explained() -> None:
    assert listed("The envelope").keys() == Envelope.model_fields.keys()
    assert listed("An entry").keys() == SentEntry.model_fields.keys()
    assert set(re.findall(r"`([\w-]+)`", listed("An entry")["reason"])) == dict(REASON.options).keys()
    needed = [name for name, field in SentEntry.model_fields.items() if field.is_required()]
    assert list(SentEntry.model_fields)[: len(needed)] == needed == ["id", "kind", "happened_at", "saved_at"]


def test_every_outcome_and_every_status_is_explained() -> None:
    assert set(listed("What became of each")) == set(get_args(Outcome))
    assert listed("When nothing was taken in") == {str(status): told for status, told in STATUSES.items()}


def test_the_numbers_are_the_ones_in_force() -> None:
    assert f"at most {MOST_ENTRIES}," in PAGE
    assert CLOCK_TOLERANCE.total_seconds() == 120
    assert "Two minutes apart or less" in PAGE


def test_the_answer_is_one_that_could_have_been(client: FlaskClient) -> None:
    described = client.get("/openapi.json").get_json()
    (answer,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert not faults(json.loads(answer), {"$ref": "#/components/schemas/SyncAnswer"}, described)


@pytest.mark.skipif(shutil.which("curl") is None, reason="this machine has no curl")
def test_the_example_runs(live: Live, tmp_path: Path) -> None:
    (script,) = re.findall(r"```sh\n(curl.*?)```", PAGE, re.DOTALL)
    told = subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", script],
        env={"PATH": os.environ["PATH"], "BASE": live.url, "NAME": "officer", "PASSWORD": PASSWORD},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answer = json.loads(told.stdout)
    assert [result["outcome"] for result in answer["results"]] == ["accepted"], told.stdout
    assert answer["tallies"]["kinds"]["traffic-control"] == "1 av 50"
