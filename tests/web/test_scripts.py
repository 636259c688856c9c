"""Scripts that import each other are fetched by addresses that change whenever anything behind them does."""

import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fieldlog.web import assets

TREE = {
    "page.js": 'import { one } from "./parts/one.js";\nimport "./alone.js";\nexport const NAME = "./no-script.js";\n',
    "alone.js": "document.title;\n",
    "parts/one.js": 'import {\n  two,\n} from "./two.js";\nexport const one = two;\n',
    "parts/two.js": '/** @type {import("../alone.js")} */\nexport { one } from "./one.js";\nexport const two = 2;\n',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Scripts in a row, the last two in a ring."""
    for path, text in TREE.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    return tmp_path


def address(client: FlaskClient, path: str) -> str:
    with client.application.test_request_context():
        return assets.static_url(path)


def change(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "// more\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))


def test_an_import_leads_to_the_very_address_that_a_page_would_use(client: FlaskClient, folder: Path) -> None:
    served = client.get(address(client, "page.js")).text
    imports = re.findall(r'"\./([^"]+)"', served)
    expected = [address(client, path).removeprefix("/static/") for path in ("parts/one.js", "alone.js")]
    assert imports == [*expected, "no-script.js"]
    for path in expected:
        assert "immutable" in client.get(f"/static/{path}").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("changed", "moved"),
    [
        ("page.js", {"page.js"}),
        ("alone.js", {"page.js", "alone.js"}),
        ("parts/two.js", {"page.js", "parts/one.js", "parts/two.js"}),
        ("parts/one.js", {"page.js", "parts/one.js", "parts/two.js"}),
    ],
)
def test_a_changed_script_moves_all_that_lead_to_it_and_no_other(
    client: FlaskClient, folder: Path, changed: str, moved: set[str]
) -> None:
    before = {path: address(client, path) for path in TREE}
    change(folder / changed)
    assert {path for path in TREE if address(client, path) != before[path]} == moved


def test_a_script_is_served_although_one_that_it_imports_is_missing(client: FlaskClient, folder: Path) -> None:
    (folder / "alone.js").unlink()
    answer = client.get(address(client, "page.js"))
    assert answer.status_code == 200
    assert '"./alone.js"' in answer.text


def test_what_a_script_leads_to_is_known(client: FlaskClient, folder: Path) -> None:
    with client.application.test_request_context():
        found = assets.imported("page.js")
    assert {path.partition("?")[0] for path in found} == {f"/static/{path}" for path in TREE} - {"/static/page.js"}


def test_comments_and_types_are_not_sent(client: FlaskClient, folder: Path) -> None:
    text = '// Why.\nconst a = /** @type {string} */ (b);\n/**\n * @param {string} c\n */\nfetch("https://d");\n  // \n'
    (folder / "alone.js").write_text(text, encoding="utf-8")
    assert client.get(address(client, "alone.js")).text == 'const a = (b);\nfetch("https://d");\n'
