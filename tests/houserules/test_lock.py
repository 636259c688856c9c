"""The locks pin every package to its content, and tell nothing of the machine on which they were made."""

import re
import tomllib

import pytest

from tests.houserules.tree import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def plain(requirement: str) -> str:
    """The package's name, as package indexes write it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[>=<~! ;]", requirement)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_its_content(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", "")
    for line in text.splitlines():
        if line and not line.lstrip().startswith("#"):
            assert re.match(r"[\w.-]+==[\w.+!-]+\s.*--hash=sha256:[0-9a-f]{64}", line), (
                f"{lock}: {line[:80]} is not pinned"
            )


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_or_path_is_kept(lock: str) -> None:
    found = re.search(
        r"\S*(://|file:/|/(?:home|root|opt|tmp|usr|work)/| --(?!hash)[a-z])\S*",
        (ROOT / lock).read_text(encoding="utf-8"),
    )
    assert not found, f"{lock} tells {found[0] if found else ''}; make it with `make lock`"


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_what_the_project_needs_is_locked(lock: str, wanted: list[str]) -> None:
    locked = {plain(line) for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if line[:1].isalnum()}
    missing = {plain(requirement) for requirement in wanted} - locked
    assert not missing, f"{lock} lacks {sorted(missing)}; `make lock` renews it"
