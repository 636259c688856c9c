"""Static files: each one asked for, each icon drawn and used."""

import re

from fieldlog.kinds import KINDS
from tests.houserules.tree import PACKAGE, STATIC, TEMPLATES, files, name

PAGES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [*files(TEMPLATES, ".html"), *files(STATIC, ".js"), *files(PACKAGE, ".py")]
)
SPRITE = (STATIC / "icons" / "sprite.svg").read_text(encoding="utf-8")
DRAWN = set(re.findall(r"<symbol id=\"([^\"]+)\"", SPRITE))


def test_every_file_is_asked_for() -> None:
    """By its path, or by its name alone where a template adds the rest. Sheets come all in one."""
    styles = "\n".join(path.read_text(encoding="utf-8") for path in files(STATIC, ".css"))
    for path in files(STATIC, ".js", ".svg", ".png", ".webmanifest", ".ico", ".woff2"):
        asked = re.search(rf"{re.escape(path.name)}|[\"'/ ]{re.escape(path.stem)}[\"'{{ ]", PAGES + styles)
        assert asked, f"nothing asks for {name(path)}"


def test_every_icon_is_used() -> None:
    unused = {icon for icon in DRAWN if not re.search(rf"[\"']{icon}[\"']", PAGES)}
    assert not unused, f"static/icons/sprite.svg draws {sorted(unused)}, which nothing shows"


def test_every_icon_that_is_shown_is_drawn() -> None:
    shown = set(re.findall(r"\bicon\([\"']([a-z-]+)[\"']", PAGES)) | {kind.icon for kind in KINDS.values()}
    assert shown <= DRAWN, f"static/icons/sprite.svg does not draw {sorted(shown - DRAWN)}"
