"""Beside the rule: what is planned for when, and what is done about what lags."""

from flask import Flask
from flask.testing import FlaskClient

from tests.planning.desk import change, form_on, said

HERE = "/manage/programme/ostersund-2026/commitments"


def test_months_are_planned_for_a_large_target_and_days_for_others(desk: FlaskClient, app: Flask) -> None:
    controls, walks = (f"{HERE}/{slug}/plan" for slug in ("traffic-controls", "safety-walks"))
    short = change(desk, controls, **{"month-2026-12": "49"})
    assert "Planen räcker till 49, men målet är 50." in said(short)[0]
    assert form_on(short.text)["month-2026-12"] == ["49"]
    assert change(desk, controls, **{"month-2026-12": "50"}).status_code == 303
    outside = change(desk, walks, dates=["2026-12-05", "2027-01-05", ""])
    assert "5 januari 2027 ligger utanför perioden" in said(outside)[0]
    assert "2027-01-05" in form_on(outside.text)["dates"]
    assert "Ange en dag" in said(change(desk, walks, dates=["snart"]))[0]
    assert change(desk, walks, dates=["2026-12-06", "2026-12-05", "2026-12-05"]).status_code == 303
    assert form_on(desk.get(walks).text)["dates"][:2] == ["2026-12-05", "2026-12-06"]
    assert "5 december 2026, 6 december 2026" in desk.get(f"{HERE}/safety-walks").text
    assert "december 2026" not in desk.get("/pledges").text.replace("31 december 2026", "")


def test_a_plan_is_for_the_rule_that_holds_and_not_for_one_that_waits(desk: FlaskClient, app: Flask) -> None:
    assert change(desk, f"{HERE}/traffic-controls/rule", number="5", valid_from="2026-12-10").status_code == 303
    plan = f"{HERE}/traffic-controls/plan"
    assert "dates" not in form_on(desk.get(plan).text)
    assert change(desk, plan, **{"month-2026-12": "50"}).status_code == 303
    late = change(desk, plan, **{"month-2026-12": "50", "valid_from": "2026-12-11"})
    assert "passar mål på 12 eller fler" in said(late)[0]


def test_what_is_done_about_what_lags_is_told_to_everybody(desk: FlaskClient, app: Flask) -> None:
    note = f"{HERE}/traffic-controls/deviation"
    assert "inte var eller när kontroller ska göras" in desk.get(note).text
    assert "ett registreringsnummer" in said(change(desk, note, text="Bilen ABC 123."))[0]
    change(desk, note, text="Vi lägger till två pass i veckan.")
    assert "Vi lägger till två pass i veckan." in desk.get("/pledges").text
    change(desk, note, text="")
    assert "två pass" not in desk.get("/pledges").text
