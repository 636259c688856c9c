"""The outbox by itself, without a browser: each script of tests under node's own runner."""

import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.houserules.tree import ROOT, files
from tests.outbox.node import MISSING, node

SCRIPTS = [path for path in files(Path(__file__).parent, ".js") if path.name.endswith(".test.js")]


@pytest.mark.skipif(node() is None, reason=MISSING)
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name.removesuffix(".test.js"))
def test_the_outbox(script: Path) -> None:
    command = [str(node()), "--test", "--test-reporter=junit", str(script)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)
    cases = list(ET.fromstring(run.stdout).iter("testcase"))
    failed = [f"{case.get('name')}\n{failure.text}" for case in cases for failure in case.iter("failure")]
    assert not failed, "\n\n".join([f"{len(failed)} of {len(cases)} in {script.name}:", *failed])
    assert run.returncode == 0, run.stdout + run.stderr
    assert cases
