"""Small files, and a page that loads fast: sizes of source, style and script."""

import gzip
from statistics import quantiles

from fieldlog.web import scripts
from tests.houserules.tree import PACKAGE, STATIC, TEMPLATES, TESTS, files, name

MOST = 250
SMALL = {"half": 70, "nine in ten": 160}


def _lengths() -> dict[str, int]:
    """Lines of each file that a person writes; migrations are made from the models."""
    sources = [
        *(path for path in files(PACKAGE, ".py") if "migrations" not in path.parts),
        *files(TEMPLATES, ".html"),
        *files(STATIC, ".css", ".js"),
        *files(TESTS, ".py"),
    ]
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources}
    return {path: lines for path, lines in lengths.items() if lines}


def test_no_file_is_long() -> None:
    long = {path: lines for path, lines in _lengths().items() if lines > MOST}
    assert not long, f"over {MOST} lines, split by meaning: {long}"


def test_most_files_are_short() -> None:
    lengths = _lengths()
    deciles = quantiles(lengths.values(), n=10)
    longest = sorted(lengths.items(), key=lambda item: -item[1])[:15]
    assert deciles[4] < SMALL["half"], f"half of the files must be under 70 lines, the middle one has {deciles[4]}"
    assert deciles[8] < SMALL["nine in ten"], f"nine in ten files must be under 160 lines; the longest: {longest}"


def test_styles_and_scripts_stay_light() -> None:
    """As they travel: the styles in one sheet, the scripts in one file, and one that comes before the first paint."""
    styles = len(gzip.compress(b"".join(path.read_bytes() for path in files(STATIC, ".css"))))
    assert styles <= 10_000, f"the styles are {styles} bytes gzipped"
    theme = scripts.plain((STATIC / "js" / "theme.js").read_text(encoding="utf-8")).encode()
    together = sum(len(gzip.compress(body)) for body in (scripts.bundle(STATIC / "js"), theme))
    assert together <= 25_000, f"the scripts are {together} bytes gzipped"
