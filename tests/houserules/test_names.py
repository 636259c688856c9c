"""One place for each thing: files of a feature, and no file named after nothing in particular."""

import ast
from pathlib import Path

import pytest

from tests.houserules.tree import FEATURE_FILES, PACKAGE, STATIC, TEMPLATES, features, files, name

VAGUE = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services", "misc"}


def test_no_file_is_named_after_nothing() -> None:
    for path in [*files(PACKAGE, ".py"), *files(STATIC, ".js", ".css"), *files(TEMPLATES, ".html")]:
        words = {*path.stem.strip("_").replace("-", "_").split("_"), path.parent.name}
        assert not words & VAGUE, f"{name(path)}: name it after what it does"


@pytest.mark.parametrize("feature", features(), ids=lambda path: path.name)
def test_a_feature_holds_the_five_files(feature: Path) -> None:
    others = {path.stem for path in files(feature, ".py")} - FEATURE_FILES
    assert not others, (
        f"fieldlog/{feature.name}/ holds {sorted(others)}; a feature is models, actions, queries, forms, views"
    )


def test_only_the_database_commits() -> None:
    """And only web and cli ask it to."""
    for path in files(PACKAGE, ".py"):
        within = name(path).removeprefix("fieldlog/")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            if call.func.attr == "commit":
                assert within == "database.py", f"{name(path)}:{call.lineno} commits; hand the work to database.write"
            if call.func.attr == "write" and "database" in ast.unparse(call.func.value).lower():
                where = within.split("/")[0].removesuffix(".py")
                assert where in {"web", "cli"}, f"{name(path)}:{call.lineno} opens a transaction; only web and cli do"
