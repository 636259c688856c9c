"""Templates: each one used, nothing inline that the content policy would stop, links made by name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from tests.houserules.tree import PACKAGE, TEMPLATES, files

ENVIRONMENT = Environment(extensions=["jinja2.ext.do"], autoescape=True)
ALL = {path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8") for path in files(TEMPLATES, ".html")}
INLINE = {
    r"<style\b": "a style element",
    r"\sstyle\s*=": "a style attribute",
    r"<script(?![^>]*\ssrc=)": "a script without src",
    r"\son[a-z]+\s*=\s*[\"']": "an on… attribute",
    r"javascript:": "a javascript: address",
}


def _rendered() -> set[str]:
    """Template names that stand in the code, and the macros the code asks for."""
    texts = (
        node.value
        for path in files(PACKAGE, ".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text for text in texts if text.endswith(".html")}


def _referenced() -> set[str]:
    found = (meta.find_referenced_templates(ENVIRONMENT.parse(text)) for text in ALL.values())
    return {template for templates in found for template in templates if template}


def _macros(text: str) -> Iterator[tuple[str, bool]]:
    """Names of macros, with whether each is defined here (or else used)."""
    tree = ENVIRONMENT.parse(text)
    yield from ((macro.name, True) for macro in tree.find_all(nodes.Macro))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            yield call.node.name, False
        elif isinstance(call.node, nodes.Getattr):
            yield call.node.attr, False


def test_every_template_is_used() -> None:
    unused = set(ALL) - _rendered() - _referenced()
    assert not unused, f"no view renders and no template includes {sorted(unused)}"


def test_every_template_that_is_named_exists() -> None:
    missing = (_rendered() | _referenced()) - set(ALL)
    assert not missing, f"templates/ does not have {sorted(missing)}"


def test_every_macro_is_used() -> None:
    names = [found for text in ALL.values() for found in _macros(text)]
    unused = {name for name, defined in names if defined} - {name for name, defined in names if not defined}
    assert not unused, f"no template calls the macro {sorted(unused)}"


@pytest.mark.parametrize("template", ALL)
def test_nothing_is_inline(template: str) -> None:
    for pattern, what in INLINE.items():
        found = re.search(pattern, ALL[template], re.IGNORECASE)
        assert not found, (
            f"templates/{template} has {what}, which the content policy stops: {found[0] if found else ''}"
        )


@pytest.mark.parametrize("template", ALL)
def test_links_inside_are_made_by_name(template: str) -> None:
    found = re.search(r"(?:href|action|src)=\"/[^\"]*\"", ALL[template])
    assert not found, f"templates/{template} writes {found[0] if found else ''} by hand; use url_for or static_url"


def test_folders_are_features() -> None:
    for template in ALL:
        folder = Path(template).parts[0]
        known = folder.startswith("_") or (PACKAGE / folder).is_dir()
        assert known, f"templates/{template}: there is no fieldlog/{folder}/"
