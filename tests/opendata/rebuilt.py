"""What the script in docs/ makes of the open data, and the same figures as the public page tells them."""

import csv
import json
import runpy
from typing import Any

from sqlalchemy.orm import Session

from fieldlog.areas.queries import areas
from fieldlog.opendata.actions import written
from fieldlog.opendata.models import DAILY, PERIOD
from fieldlog.opendata.queries import promises
from fieldlog.periods import Span
from fieldlog.public.models import ProgrammeTold, Told
from fieldlog.targets.models import Progress
from tests.fixtures.people import PLACE
from tests.houserules.tree import ROOT

SCRIPT = ROOT / "docs" / "rebuild.py"
_rebuild = runpy.run_path(str(SCRIPT))["rebuild"]

Figures = dict[str, dict[str, Any]]


def files(session: Session, told: ProgrammeTold) -> dict[str, str]:
    """A programme's files, by their names."""
    held = [one.slug for pledge in told.pledges for one in pledge.commitments if one.held]
    found = promises(session, PLACE, told.slug, told.through, held)
    assert found
    daily = written("csv", DAILY, found.daily(session, Span(told.first_day, told.last_day)))
    return {
        "daily.csv": b"".join(daily).decode(),
        "period.csv": b"".join(written("csv", PERIOD, found.period(told))).decode(),
        "commitments.json": json.dumps(found.commitments(told, areas(session, PLACE))),
    }


def rebuilt(found: dict[str, str]) -> Figures:
    """The figures that the script makes of them."""
    tables = [list(csv.DictReader(found[name].splitlines())) for name in ("daily.csv", "period.csv")]
    made: Figures = _rebuild(json.loads(found["commitments.json"]), *tables)
    return {slug: _said(figures) for slug, figures in made.items()}


def as_on_the_page(told: ProgrammeTold) -> Figures:
    """The same figures as the page tells them."""
    return {one.slug: _said(_figures(one)) for pledge in told.pledges for one in pledge.commitments}


def _said(figures: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing."""
    parts = [_said(part) for part in figures.get("parts", [])]
    return {name: value for name, value in (figures | {"parts": parts}).items() if value not in (None, [], {}, 0)}


def _figures(one: Told) -> dict[str, Any]:
    if one.held:
        return {"told": "held"}
    found = {
        "told": "period" if one.is_total else "daily" if one.progress else "never",
        "beside": [[fact.label.sv, fact.amount, fact.whole] for fact in one.facts],
        "few": [label.sv.removeprefix("färre än fem ") for label in one.few],
        "areas": dict(one.by_area),
        "areas_reached": list(one.areas_reached) if one.areas_reached else None,
        "months": {str(month): amount for month, amount in one.by_month},
        "revisions": [[str(each.month), each.before, each.after, str(each.on)] for each in one.revisions],
        "parts": [{"label": label.sv, **_progress(part)} for label, part in one.parts],
    }
    return found | (_progress(one.progress) if one.progress else {})


def _progress(progress: Progress) -> dict[str, Any]:
    share = progress.words.sv.endswith(" %)")
    percent = int(progress.words.sv.rpartition("(")[2].removesuffix(" %)")) if share else None
    told = {
        "done": progress.done,
        "target": progress.target,
        "upto": progress.upto,
        "whole": progress.whole,
        "expected": progress.expected,
        "state": progress.state.value,
    }
    if progress.whole is not None and progress.expected is None:  # a share
        del told["target"], told["upto"]
        told |= {"percent": percent, "lacking": progress.lacking}
    return told
