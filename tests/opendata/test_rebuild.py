"""The script in docs/ runs by itself against a real server, and makes of the open data what the page says."""

import json
import re
import subprocess
import sys
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from babel.dates import format_date

from fieldlog.targets.models import State
from tests.fixtures.browser import Live
from tests.fixtures.databases import StoppedClock
from tests.fixtures.work import correction, item, void
from tests.opendata.rebuilt import SCRIPT
from tests.public.conftest import Log

FACTS = re.compile(r"<li><strong>(\d+)(?: av (\d+))?</strong> ([^<]+?)\s*</li>")


def fetched(address: str) -> str:
    with urlopen(address) as answer:
        return str(answer.read().decode()).replace("\u202f", "")


def run(where: str) -> dict[str, Any]:
    command = [sys.executable, "-I", str(SCRIPT), where, "--json"]
    made = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(made.stdout)
    return found


def as_printed(page: str) -> dict[str, dict[str, Any]]:
    """Every figure that stands on a pledge's page, by commitment."""
    _, *pieces = re.split(r'<h3 id="c-', page.partition('<section class="card stack" aria-labelledby="about"')[0])
    return {piece.partition('"')[0]: _printed(unescape(piece)) for piece in pieces}


def _printed(piece: str) -> dict[str, Any]:
    figure = re.search(r'<p class="figure">(.*?)</p>', piece)
    numbers = [int(number) for number in re.findall(r"\d+", re.sub("<[^>]+>", "", figure[1]))] if figure else []
    tables = re.findall(r"<table.*?</table>", piece, re.DOTALL)
    rows = [dict(re.findall(r'<th scope="row">([^<]*)</th><td[^>]*>(\d+)<', table)) for table in tables]
    facts = FACTS.findall(piece)
    revisions = re.findall(r"</strong> (\w+ \d+): (?:(\d+) blev (\d+)|fördelningen [^.<]+)\.", piece)
    expected = re.search(r"Förväntat i dag: (\d+)", piece)
    lacking = re.search(r'<p class="hint">(\d+) kontroller saknar', piece)
    return {
        "numbers": numbers,
        "state": next((state.value for state in State if re.search(rf"</svg>{state.label.sv}</span>", piece)), None),
        "beside": {(label, int(part), int(whole) if whole else None) for part, whole, label in facts},
        "areas": rows[0] if rows else {},
        "months": rows[1] if rows else {},
        "few": set(re.findall(r"<li>färre än fem ([^<]+)</li>", piece)),
        "expected": int(expected[1]) if expected else None,
        "lacking": int(lacking[1]) if lacking else 0,
        "revisions": {(month, *map(int, filter(None, sums))) for month, *sums in revisions},
    }


def _as_text(amounts: dict[str, int]) -> dict[str, str]:
    return {name: str(amount) for name, amount in amounts.items()}


def _month(day: str) -> str:
    return format_date(date.fromisoformat(day), "LLLL y", "sv")


def as_rebuilt(found: dict[str, Any]) -> dict[str, Any]:
    """The script's figures in the page's words; where and when are printed once there is any."""
    of = found.get("whole") if found.get("whole") is not None else found.get("target")
    is_none = found.get("whole") == 0
    beside = {(label, amount, whole) for label, amount, whole in found["beside"]}
    if found.get("areas_reached"):
        beside.add(("kommundelar", *found["areas_reached"]))
    charted = bool(found.get("done") and found.get("months"))
    months = {_month(day): amount for day, amount in found.get("months", {}).items()}
    return {
        "numbers": [] if "done" not in found or is_none else [found["done"], *([of] if of is not None else [])],
        "state": found["state"],
        "beside": beside,
        "areas": _as_text(found["areas"]) if charted else {},
        "months": _as_text(months) if charted else {},
        "few": set(found["few"]),
        "expected": found.get("expected") if found["state"] != "fulfilled" else None,
        "lacking": found.get("lacking") or 0,
        "revisions": {
            (_month(day).capitalize(), *((before, after) if before != after else ()))
            for day, before, after, _ in found.get("revisions", [])
        },
    }


def test_the_script_makes_every_figure_of_the_page(live: Live, log: Log, clock: StoppedClock, tmp_path: Path) -> None:
    wrong, twice = item(area="brunflo", answers={"near_school": True}), item(area="lit")
    log("officer", wrong, twice, *(item(area=area, answers={"suspected": 0}) for area in ("lit", "-", "froso")))
    patrol = item("patrol", {"minutes": 45}, area="lit")
    log("officer", *(item("help-offer", area="-") for _ in range(7)), patrol)
    log("officer", *(item("youth-visit", {"young": young}, area="nas") for young in (3, 9)), item("cooperation"))
    together = {"organisations": ["police", "municipality"]}
    log("inspector", *(item("alcohol-inspection", {"venues": venues, **together}) for venues in (6, 4)))
    clock.move(days=1)
    fetched(f"{live.url}/")
    clock.move(days=11)
    at: dict[str, Any] = {"happened_at": wrong.happened_at, "saved_at": wrong.happened_at}
    log("officer", correction(wrong, area="lit"), void(twice), item(**at), item(**at), item("help-offer", area="-"))
    log("officer", correction(patrol, area="nas"))
    clock.move(days=2)
    files = f"{live.url}/open-data/ostersund-2026"
    for _ in range(3):  # who asks for the headers alone keeps nobody waiting
        with urlopen(Request(f"{files}/daily.csv", method="HEAD")) as answer:
            assert (answer.status, answer.read()) == (200, b"")
    made = run(files)
    printed: dict[str, Any] = {}
    for pledge in json.loads(fetched(f"{files}/commitments.json"))["pledges"]:
        printed |= as_printed(fetched(f"{live.url}/programme/ostersund-2026/{pledge['slug']}"))
    assert {slug: as_rebuilt(found) for slug, found in made.items()} == printed
    controls, asked = printed["traffic-controls"], printed["help-asked"]
    assert (controls["numbers"], controls["revisions"]) == ([6, 50], {("November 2026", 5, 6)})
    assert ("November 2026",) in {change for one in printed.values() for change in one["revisions"]}
    assert (controls["areas"]["Lit"], controls["months"]["november 2026"]) == ("2", "6")
    assert (asked["numbers"], asked["lacking"]) == ([7, 7], 2)
    for name in ("daily.csv", "period.csv", "commitments.json"):
        (tmp_path / name).write_text(fetched(f"{files}/{name}"), encoding="utf-8")
    assert run(str(tmp_path)) == made
