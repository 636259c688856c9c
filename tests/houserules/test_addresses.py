"""An address, a function and a template share one name: /sign-in, accounts.sign_in, accounts/sign_in.html."""

import ast
import inspect
import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.houserules.tree import TEMPLATES, features, files

KEBAB = re.compile(r"\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
SHARED = {"web"}


@pytest.fixture
def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_addresses_are_kebab_case(rules: list[Rule]) -> None:
    for rule in rules:
        for part in rule.rule.strip("/").split("/"):
            fits = not part or part.startswith("<") or KEBAB.fullmatch(part)
            assert fits, f"{rule.rule}: write {part} in small letters with hyphens"


def test_an_endpoint_is_the_function_of_that_name(app: Flask, rules: list[Rule]) -> None:
    for rule in rules:
        view = inspect.unwrap(app.view_functions[rule.endpoint])
        where = f"{view.__module__.removeprefix('fieldlog.')}.{view.__name__}"
        assert where == rule.endpoint.replace(".", ".views."), f"{rule.rule} is {rule.endpoint} but its view is {where}"


def test_a_template_is_the_view_of_that_name(app: Flask) -> None:
    for template in files(TEMPLATES, ".html"):
        folder = template.parent.relative_to(TEMPLATES).as_posix()
        if folder in SHARED or f"{folder}/{template.stem}".startswith(("_", "./_")) or template.stem.startswith("_"):
            continue
        endpoint = f"{folder}.{template.stem}"
        assert endpoint in app.view_functions, f"templates/{folder}/{template.name}: there is no view {endpoint}"


@pytest.mark.parametrize("feature", [package for package in features() if (package / "views.py").exists()])
def test_a_view_renders_its_own_template(feature: Path) -> None:
    for function in ast.parse((feature / "views.py").read_text(encoding="utf-8")).body:
        if not isinstance(function, ast.FunctionDef) or not _is_view(function):
            continue
        for template in _rendered(function):
            assert template.rpartition(".")[0] == f"{feature.name}/{function.name}", (
                f"fieldlog/{feature.name}/views.py: {function.name} renders {template}"
            )


def _is_view(function: ast.FunctionDef) -> bool:
    return any("blueprint." in ast.unparse(decorator) for decorator in function.decorator_list)


def _rendered(function: ast.FunctionDef) -> list[str]:
    return [
        node.args[0].value
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("render_template")
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]
