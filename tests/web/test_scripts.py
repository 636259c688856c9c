"""The scripts travel in one file, as what they are: modules that run when they are asked for, and once."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from rjsmin import jsmin

from fieldlog.config import ROOT
from fieldlog.web import scripts
from tests.fixtures.browser import Live

FOLDER = ROOT / "static" / "js"
TREE = {
    "page.js": '// Why.\nimport { one as first } from "./parts/one.js";\nimport "./alone.js";\nlog.push(first(), 1);\n',
    "alone.js": 'log.push("alone");\n',
    "parts/one.js": 'import {\n  TWO,\n} from "./two.js";\n/** @type {X} */\nexport function one() { return TWO; }\n',
    "parts/two.js": 'const far = "//two";\nlog.push("two");\nexport const TWO = far;\nexport class Three {}\n',
    "broken.js": 'throw new Error("broken");\n',
    "unasked.js": 'log.push("unasked");\n',
    "theme.js": 'log.push("theme");\n',
    "loader.js": (FOLDER / "loader.js").read_text(encoding="utf-8"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in TREE.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def run(page: Page, live: Live, folder: Path, asked: str) -> tuple[list[str], list[str]]:
    """What a page that asks for these scripts logs, and the errors it meets."""
    body = scripts.bundle(folder).decode()
    page.route("**/together.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    page.goto(f"{live.url}/healthz")
    found = page.evaluate(
        """async (asked) => {
            globalThis.log = [];
            const errors = [];
            globalThis.reportError = (error) => errors.push(error.message);
            document.documentElement.dataset.scripts = asked;
            await import("/together.js");
            return [log, errors];
        }""",
        asked,
    )
    return found[0], found[1]


def test_a_page_runs_what_it_asks_for_with_what_that_needs_and_each_once(page: Page, live: Live, folder: Path) -> None:
    logged, errors = run(page, live, folder, "page parts/two alone")
    assert (logged, errors) == (["two", "alone", "//two", 1], [])


def test_a_script_that_fails_takes_no_other_along(page: Page, live: Live, folder: Path) -> None:
    assert run(page, live, folder, "broken alone") == (["alone"], ["broken"])


@pytest.mark.parametrize(
    "line", ['export { one } from "./one.js";', 'import one from "./one.js";', "export let a = 1;"]
)
def test_what_cannot_be_put_together_is_told(folder: Path, line: str) -> None:
    (folder / "alone.js").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(scripts.UnreadableScriptError, match=re.escape(line)):
        scripts.bundle(folder)


def test_modules_of_the_outbox_are_one_function_that_gives_what_others_need(
    page: Page, live: Live, folder: Path
) -> None:
    (folder / "outbox").mkdir()
    (folder / "outbox/in.js").write_text('import { out } from "./out.js";\nexport const into = () => out() + 1;\n')
    (folder / "outbox/out.js").write_text('log.push("out");\nexport function out() {\n  return 1;\n}\n')
    (folder / "alone.js").write_text('import { into as far } from "./outbox/in.js";\nlog.push(far());\n')
    assert run(page, live, folder, "alone") == (["out", 2], [])


def test_modules_of_the_outbox_never_mean_two_things_by_one_name(folder: Path) -> None:
    (folder / "outbox").mkdir()
    for name in ("in", "out"):
        (folder / f"outbox/{name}.js").write_text("const SAME = 1;\n")
    with pytest.raises(scripts.UnreadableScriptError, match="SAME"):
        scripts.bundle(folder)


def test_modules_of_the_outbox_hide_nothing_of_the_browser(page: Page, live: Live) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "outbox").glob("*.js"))
    declared = [found[1] for found in scripts.DECLARED.finditer(text)]
    page.goto(f"{live.url}/healthz")
    assert page.evaluate("(names) => names.filter((name) => name in globalThis)", declared) == []


def test_a_number_stands_where_its_name_did(page: Page, live: Live, folder: Path) -> None:
    (folder / "alone.js").write_text(
        'import { GIVEN } from "./given.js";\nconst DAY_S = 24 * 3_600;\nlog.push(DAY_S / 2, "DAYS", GIVEN);\n'
    )
    (folder / "given.js").write_text("export const GIVEN = 7;\n")
    assert "DAY_S" not in scripts.bundle(folder).decode()
    assert run(page, live, folder, "alone") == ([43_200, "DAYS", 7], [])


def test_only_declarations_are_shortened() -> None:
    """What goes stands in no text, name or pattern of ours, so that nothing else can be meant."""
    for path in FOLDER.rglob("*.js"):
        code = re.sub(r"/\*.*?\*/|(?m:^ *//.*$)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        words = len(re.findall(r"\bconst\b", code))
        declarations = re.findall(r"^ *(?:export )?const [\w{\[]|\(const [\w{\[]", code, re.MULTILINE)
        assert words == len(declarations), path
        assert all(line.count("`") % 2 == 0 for line in code.splitlines()), path
        assert not re.search(r"[;,][})\]]", code), path
        typed = "".join(found[1] for found in scripts.TYPED.finditer(str(jsmin(code))))
        assert not re.search(r'"[^"()]*[()]', re.sub(r'"[^"()]*"', "", typed)), path
    assert scripts.shorten("a = /** @type {B} */ (c(d()));\ne = (f === (g)) ? 1 : 2;\n") == "a=c(d());e=(f===(g))?1:2;"
    written = "const {a} = b;\nfor (const c of a) {\n  for (;;) {\n    d(\n      [c],\n    );\n  }\n}\ne();\n"
    assert scripts.shorten(written) == "let{a}=b;for(let c of a){for(;;){d([c])}}e();"


@pytest.mark.parametrize("path", ["scripts.js", "js/theme.js", "js/outbox/queue.js"])
def test_nothing_is_sent_that_only_its_readers_need(client: FlaskClient, path: str) -> None:
    sent = client.get(f"/static/{path}").text
    assert not re.search(r"/\*|^ *//", sent, re.MULTILINE)
    assert "\n " not in sent


def test_all_scripts_have_one_address_that_holds_their_content(client: FlaskClient) -> None:
    (address,) = set(re.findall(r'<script type="module" src="([^"]+)"', client.get("/sign-in").text))
    answer = client.get(address)
    assert "immutable" in answer.headers["Cache-Control"]
    apart = [path.stem for path in scripts.modules(FOLDER) if path.parent.name != scripts.SHARED]
    assert not [name for name in [*apart, scripts.SHARED] if not re.search(rf'\b{name}"?\(', answer.text)]


def test_every_script_that_a_page_asks_for_is_there(client: FlaskClient) -> None:
    there = {path.relative_to(FOLDER).as_posix() for path in scripts.modules(FOLDER)}
    told = json.loads(re.findall(r"serve\((.*)\);", client.get("/sw.js").text)[0])
    pages = [client.get(address).text for address in told["pages"]["sv"].values()]
    asked = {name for page in pages for name in re.findall(r'data-scripts="([^"]+)"', page)[0].split()}
    assert asked <= {name.removesuffix(".js") for name in there}
