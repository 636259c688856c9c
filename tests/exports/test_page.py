"""The page on which rows are taken out."""

import json
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.audit.models import AuditEvent
from fieldlog.intake.actions import accept
from tests.exports.ordering import ask, table
from tests.fixtures.people import person
from tests.fixtures.site import house_of, shown, sign_in
from tests.fixtures.work import NOW, item
from tests.ground.test_sheets import workbook_of


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The police's supervisor, after some work by the police, the municipality and social services."""
    database = house_of(app).database
    for name, work in {
        "officer": [item(answers={"vehicles": 14, "note": "=1+1", "place": "Torget"}), item("patrol", area="-")],
        "inspector": [item("alcohol-inspection", {"organisations": ["police"], "note": "kommunens anteckning"})],
        "outreach": [item("outreach", {"note": "soc anteckning", "contacts": 5})],
    }.items():
        database.write(partial(accept, items=work, by=person(database, name), now=NOW))
    client = app.test_client()
    sign_in(client, "supervisor")
    return client


def events(client: FlaskClient) -> list[AuditEvent]:
    with house_of(client.application).database.read() as session:
        return list(session.scalars(select(AuditEvent).filter_by(action="rows-exported")))


def test_a_csv_has_the_rows_and_what_is_taken_out_is_recorded(client: FlaskClient) -> None:
    answer = ask(client)
    (row,) = table(answer)
    assert (row["Fordon"], row["Anteckning"], row["Väg eller plats"]) == ("14", "'=1+1", "Torget")
    assert "traffic-control-2026-01-01-2026-12-31.csv" in answer.headers["Content-Disposition"]
    (event,) = events(client)
    assert event.subject == "period:2026-01-01/2026-12-31"
    assert event.details == {
        "kinds": ["traffic-control"], "format": "csv", "history": False, "rows": 1, "organisation": "police",
    }  # fmt: skip


def test_a_workbook_has_a_sheet_for_each_kind_and_one_of_tallies(client: FlaskClient) -> None:
    found = workbook_of(BytesIO(ask(client, kinds=["patrol", "traffic-control"], format="xlsx").data))
    assert list(found) == ["Trafikkontroll", "Synlig patrull", "Ställning"]
    assert "=1+1" in found["Trafikkontroll"][1]
    assert ["Trafikkontroll", "Fordon", 46327.0, 46356.0, "Brunflo", 14.0, 1.0] in found["Ställning"]


def test_several_kinds_as_csv_come_packed(client: FlaskClient) -> None:
    with ZipFile(BytesIO(ask(client, kinds=["patrol", "traffic-control"]).data)) as archive:
        assert archive.namelist() == ["Trafikkontroll.csv", "Synlig patrull.csv", "Ställning.csv"]


def test_a_map_has_the_tallies_of_each_area_at_its_middle(client: FlaskClient) -> None:
    answer = ask(client, kinds=["patrol", "traffic-control"], format="geojson")
    found = json.loads(answer.data)
    areas = {feature["id"]: feature for feature in found["features"]}
    assert found["type"] == "FeatureCollection"
    assert areas["brunflo"]["geometry"] == {"type": "Point", "coordinates": [14.832, 63.0759]}
    assert areas["brunflo"]["properties"]["traffic-control.vehicles"] == 14
    assert (areas["-"]["geometry"], areas["-"]["properties"]["patrol.patrols"]) == (None, 1)
    assert len(areas) == 12


def test_nothing_of_others_is_in_anything_that_a_supervisor_can_have(client: FlaskClient) -> None:
    kinds = ["alcohol-inspection", "traffic-control", "patrol"]
    for form in ("csv", "csv-comma", "xlsx", "geojson"):
        for history in ({}, {"history": "yes"}):
            answer = ask(client, kinds=kinds, format=form, **history)
            assert answer.status_code == 200
            packed = [answer.data]
            if form != "geojson":
                with ZipFile(BytesIO(answer.data)) as archive:
                    packed = [archive.read(name) for name in archive.namelist()]
            text = b"\n".join(packed).decode("utf-8", "replace").lower()
            assert "torget" in text or form == "geojson"
            for secret in ("kommunens anteckning", "soc anteckning", "inspector", "officer", "outreach"):
                assert secret not in text, (form, secret)


def test_the_page_offers_only_kinds_that_are_read(client: FlaskClient) -> None:
    page = client.get("/manage/exports").text
    assert 'value="traffic-control"' in page
    assert 'value="outreach"' not in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"first": "2026-02-01", "last": "2026-01-01"}, "Perioden slutar innan den börjar."),
        ({"first": "2026-02-30"}, "Skriv en dag som finns"),
        ({"first": ""}, "Skriv en dag som finns"),
        ({"last": "20261231"}, "Skriv en dag som finns"),
        ({"last": "9999-12-31"}, "Välj en dag från 2000-01-01 till 2100-12-31."),
        ({"first": "0001-01-01"}, "Välj en dag från 2000-01-01 till 2100-12-31."),
        ({"kinds": []}, "Välj minst en typ av aktivitet."),
        ({"kinds": ["outreach"]}, "Den typen av aktivitet finns inte här: outreach."),
        ({"kinds": ["<b>"]}, "Den typen av aktivitet finns inte här: &lt;b&gt;."),
        ({"format": "exe"}, "Välj ett av formaten."),
        ({"format": ""}, "Välj ett av formaten."),
        ({"first": "2026-01-01", "last": "2026-01-02"}, "Det finns inget att exportera"),
        ({"first": "2026-01-01", "last": "2026-01-02", "format": "geojson"}, "Det finns inget att exportera"),
    ],
)
def test_what_cannot_be_taken_out_is_told_in_clear_words(
    client: FlaskClient, changed: dict[str, Any], words: str
) -> None:
    answer = ask(client, **changed)
    assert answer.status_code == 422
    assert words in shown(answer.text)
    assert not events(client)


def test_what_was_typed_stays(client: FlaskClient) -> None:
    page = ask(client, first="2026-03-01", last="2026-02-01", format="geojson").text
    assert 'value="2026-03-01"' in page
    assert 'value="geojson" checked' in page


def test_odd_addresses_are_no_faults_of_ours(client: FlaskClient) -> None:
    assert client.get("/manage/exports?first=<b>&last=x").status_code == 200
