"""What the README and the other pages tell people to type, set and open exists."""

import re

import click

from fieldlog.cli import main
from fieldlog.config import PREFIX, Settings
from tests.houserules.tree import ROOT, files, name

PAGES = {name(page): page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *files(ROOT / "docs", ".md")]}
README = PAGES["README.md"]


def typed(pattern: str) -> set[tuple[str, str]]:
    """Every (page, words) where a page's code, in a line or a block, matches."""
    code = re.compile(r"```sh\n(.*?)```|`([^`\n]+)`", re.DOTALL)
    return {
        (page, found)
        for page, text in PAGES.items()
        for piece in code.finditer(text)
        for found in re.findall(pattern, piece[1] or piece[2], re.MULTILINE)
    }


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for page, target in typed(r"^(?:[A-Z]+=\S+ )?make ([a-z]+)"):
        assert target in targets, f"{page} says make {target}, which the Makefile does not have"


def test_commands_exist_with_their_options() -> None:
    for page, words in typed(r"^(?:\.venv/bin/)?fieldlog ([a-z-].*)$"):
        command: click.Command = main
        for word in words.split():
            if word.startswith("--"):
                options = {option for parameter in command.params for option in parameter.opts} | {"--help"}
                assert word.partition("=")[0] in options, f"{page} says fieldlog {words}: there is no {word}"
            elif isinstance(command, click.Group):
                assert word in command.commands, f"{page} says fieldlog {words}: there is no command {word}"
                command = command.commands[word]


def test_settings_are_the_ones_there_are() -> None:
    listed = set(re.findall(rf"^\| `({PREFIX}[A-Z_]+)`", README, re.MULTILINE))
    assert listed == {PREFIX + setting.upper() for setting in Settings.model_fields}


def test_links_lead_somewhere() -> None:
    for page, text in PAGES.items():
        targets = re.findall(r"\]\(([^)#]+)[^)]*\)|<img src=\"([^\"]+)\"", text)
        for target in (link or image for link, image in targets):
            if not target.startswith("http"):
                path = (ROOT / page).parent / target
                assert path.exists(), f"{page} points to {target}, which does not exist"
