"""Small files, and a page that loads fast: sizes of source, style and script."""

from statistics import quantiles

import pytest
from flask.testing import FlaskClient

from fieldlog.web import assets
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


@pytest.mark.parametrize(
    ("paths", "most"),
    [([assets.STYLES], 10_000), ([assets.SCRIPTS, assets.THEME], 25_000)],
    ids=["styles", "scripts"],
)
def test_styles_and_scripts_stay_light(client: FlaskClient, paths: list[str], most: int) -> None:
    """As they travel: the styles in one sheet, the scripts in one file, and one that comes before the first paint."""
    answers = [client.get(f"/static/{path}", headers={"Accept-Encoding": "gzip"}) for path in paths]
    assert {answer.content_encoding for answer in answers} == {"gzip"}
    together = sum(len(answer.data) for answer in answers)
    assert together <= most, f"{paths} are {together} bytes gzipped"
