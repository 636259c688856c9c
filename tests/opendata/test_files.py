"""What stands in the files: open measures by day and area, sensitive ones as one sum, and nothing that is held back."""

import csv
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.labels import Label
from fieldlog.opendata.actions import written
from fieldlog.opendata.models import PERIOD, TABLES
from fieldlog.publication.actions import hold
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import correction, item
from tests.public.conftest import Log

FILES = "/open-data/ostersund-2026"
CONTROLS = ("ostersund-2026", "traffic-controls")
Tomorrow = Callable[[], None]


def table(client: FlaskClient, name: str, **wanted: str) -> list[dict[str, str]]:
    """The table's rows in which all that is wanted stands."""
    rows = csv.DictReader(client.get(f"{FILES}/{name}.csv").text.splitlines())
    return [row for row in rows if all(row[column] == value for column, value in wanted.items())]


def controls(client: FlaskClient) -> list[tuple[str, ...]]:
    rows = table(client, "daily", measure="traffic-control.controls")
    return [(row["day"], row["area"], row["amount"], row["counted"], row["revised_on"]) for row in rows]


def test_a_row_tells_a_day_and_an_area_the_day_after_and_a_correction_changes_it(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow
) -> None:
    first = item(area="brunflo")
    log("officer", first, item(area="lit"), item(area="lit"), item(area="-"))
    assert controls(stranger) == []
    tomorrow()
    day = "2026-11-21"
    assert controls(stranger) == [
        (day, area, *rest, "true", "") for area, *rest in (("", "1"), ("brunflo", "1"), ("lit", "2"))
    ]
    log("officer", correction(first, area="lit"))
    assert controls(stranger)[1] == (day, "brunflo", "1", "true", "")
    tomorrow()
    assert controls(stranger) == [(day, "", "1", "true", ""), (day, "lit", "3", "true", "")]


def test_a_finished_month_that_changed_says_when_and_what_it_said_first(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow, clock: Any
) -> None:
    first = item(area="lit")
    log("officer", first)
    clock.move(days=12)
    stranger.get("/")
    log("officer", item(area="lit", happened_at=first.happened_at, saved_at=first.saved_at))
    tomorrow()
    (row,) = table(stranger, "daily", measure="traffic-control.controls")
    assert (row["first_told"], row["amount"], row["revised_on"]) == ("1", "2", "2026-12-04")


def test_what_is_sensitive_is_one_sum_and_fewer_than_five_are_none(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow
) -> None:
    log("officer", *(item("help-offer", area="-") for _ in range(4)), item("youth-visit", {"young": 3}, area="lit"))
    tomorrow()
    assert [row["amount"] for row in table(stranger, "period", commitment="help-asked")] == [""]
    log("officer", item("help-offer", area="-"))
    tomorrow()
    (asked,) = table(stranger, "period", commitment="help-asked")
    assert (asked["number"], asked["amount"], asked["whole"], asked["label_sv"]) == ("tally", "5", "5", "tillfrågade")
    assert [row["amount"] for row in table(stranger, "period", measures="youth-visit.young")] == [""]
    assert {row["measure"] for row in table(stranger, "daily")} == {
        "youth-visit.visits",
        *(f"youth-visit.setting-{setting}" for setting in ("school", "youth-centre", "other")),
    }


def test_what_is_held_back_has_no_row_and_is_said(
    app: Flask, stranger: FlaskClient, log: Log, tomorrow: Tomorrow
) -> None:
    log("officer", item())
    tomorrow()
    house = house_of(app)
    by, reason = person(house.database, "supervisor"), Label("Vi ser över det.", "We look into it.")
    for why, told, rows in ((reason, "held", 0), (None, "daily", 1)):
        house.database.write(partial(hold, where=CONTROLS, reason=why, by=by, now=house.clock()))
        assert len(controls(stranger)) == rows
        pledges = stranger.get(f"{FILES}/commitments.json").get_json()["pledges"]
        one = next(one for pledge in pledges for one in pledge["commitments"] if one["slug"] == "traffic-controls")
        assert one["told"] == told
        assert one["held"] == (why and {"since": "2026-11-22", "reason": reason._asdict()})


@pytest.mark.parametrize("name", TABLES)
def test_csv_and_json_hold_the_same_rows_with_the_columns_of_the_dictionary(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow, name: str
) -> None:
    log("officer", item(area="-"), *(item("help-offer", area="-") for _ in range(6)))
    tomorrow()
    rows = stranger.get(f"{FILES}/{name}.json").get_json()
    assert rows
    as_text = [{key: "" if cell is None else json.dumps(cell).strip('"') for key, cell in row.items()} for row in rows]
    assert [{**row, "label_sv": ""} for row in table(stranger, name)] == [{**row, "label_sv": ""} for row in as_text]
    package = json.loads(stranger.get(f"{FILES}/datapackage.json").text)
    schema = next(one["schema"] for one in package["resources"] if one["path"] == f"{name}.csv")
    assert [field["name"] for field in schema["fields"]] == list(rows[0])
    for field in schema["fields"]:
        required = field.get("constraints", {}).get("required", False)
        types = {"string": str, "date": str, "integer": int, "boolean": bool}
        for row in rows:
            value = row[field["name"]]
            assert isinstance(value, types[field["type"]]) or (value is None and not required), field


def test_no_cell_is_run_as_a_formula() -> None:
    words = ("=1+1", "+1", "-1", "@x", "'x", "fem")
    row = ("2380", *words, "a", "b", 1, None, None)
    text = b"".join(written("csv", PERIOD, [row[: len(PERIOD)]])).decode()
    (cells,) = csv.reader(text.splitlines()[1:])
    assert cells[1:7] == ["'=1+1", "'+1", "'-1", "'@x", "''x", "fem"]
