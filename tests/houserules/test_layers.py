"""Who may import whom: the contracts in pyproject.toml, and the house as docs/architecture.md draws it."""

import re
import tomllib

from click.testing import CliRunner
from importlinter.cli import lint_imports_command

from tests.houserules.tree import PACKAGE, ROOT


def _layers() -> list[set[str]]:
    """The layers of the contract, top first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    house = next(contract for contract in contracts if contract["id"] == "layers")
    return [set(re.findall(r"[a-z]+", layer)) for layer in house["layers"]]


def test_imports_keep_to_the_layers() -> None:
    result = CliRunner().invoke(lint_imports_command, ["--config", str(ROOT / "pyproject.toml"), "--no-cache"])
    assert result.exit_code == 0, result.output


def test_the_drawing_shows_the_layers_that_are_checked() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    drawing = re.search(r"```layers\n(.*?)```", text, re.DOTALL)
    assert drawing, "docs/architecture.md has no ```layers block"
    drawn = [set(re.findall(r"[a-z]+", line.partition("#")[0])) for line in drawing[1].splitlines()]
    built = {path.stem for path in PACKAGE.iterdir()}
    checked = [layer & built for layer in _layers() if layer & built]
    assert [layer & built for layer in drawn if layer & built] == checked
