"""A rule, built from choices, with what it makes of what was logged."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.clock import local_day
from fieldlog.counting.models import Rule
from fieldlog.programmes.queries import commitment_of, whole
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import house_of, shown
from tests.planning.desk import change, form_on, said, send

HERE = "/manage/programme/ostersund-2026/commitments"
CONTROLS, ASKED = (f"{HERE}/{slug}/rule" for slug in ("traffic-controls", "help-asked"))
TOMORROW = "2026-11-22"


def rules(app: Flask, slug: str) -> list[tuple[str, Rule]]:
    with house_of(app).database.read() as reading:
        item = commitment_of(whole(reading, "2380", "ostersund-2026"), slug)
        assert item is not None
        return [(version.valid_from.isoformat(), version.rule) for version in item.rules]


def test_the_form_shows_the_rule_and_begins_tomorrow(desk: FlaskClient) -> None:
    values = form_on(desk.get(CONTROLS).text)
    assert (values["count-0"], values["number"], values["window"]) == (["traffic-control.controls"], ["50"], ["all"])
    assert values["valid_from"] == [TOMORROW]


def test_the_figure_is_shown_before_anything_is_saved(desk: FlaskClient, app: Flask) -> None:
    page = change(desk, CONTROLS, action="preview", count__0="traffic-control.near-school", number="20")
    assert page.status_code == 200
    told = " ".join(shown(page.text).split())
    for words in ("3</strong> <span>av 50", "3</strong> <span>av 20", "1</strong> <span>av 20", "Inget är sparat än."):
        assert words in told, words
    assert "Målet är minst 20 under hela perioden." in told
    assert form_on(page.text)["number"] == ["20"]
    assert len(rules(app, "traffic-controls")) == 1
    assert send(desk, CONTROLS, form_on(page.text)).status_code == 303
    assert [day for day, _ in rules(app, "traffic-controls")] == ["2026-01-01", TOMORROW]


def test_a_saved_rule_holds_from_its_day_on(desk: FlaskClient, app: Flask, clock: StoppedClock) -> None:
    change(desk, CONTROLS, number="60")
    assert "av 50" in desk.get("/pledges").text
    clock.move(days=1)
    page = desk.get("/pledges").text
    assert "av 60" in page
    assert "Regeln ändrades senast 22 november 2026." in page


def test_every_choice_is_kept(desk: FlaskClient, app: Flask) -> None:
    chosen = {"count-1": "patrol.patrols", "number": "2", "upto": "4", "window": "each-week", "baseline": "8"}
    limits = {"weekdays": ["3", "4"], "months": ["11", "12"], "areas": ["lit"]}
    answer = change(desk, CONTROLS, **chosen, **limits, noun="insatser", one="insats", spread="yes")
    assert answer.status_code == 303
    _, (_, rule) = rules(app, "traffic-controls")
    assert rule.counts == ("traffic-control.controls", "patrol.patrols")
    values = form_on(desk.get(CONTROLS).text)
    assert {name: values[name] for name in limits} == limits
    assert {name: values[name][0] for name in chosen} == chosen
    assert (values["noun"], values["noun_en"]) == (["insatser"], ["controls"])


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"number": "0"}, "Mål: minst: Skriv ett tal från 1 till 99999."),
        ({"number": "många"}, "Mål: minst: Skriv ett helt tal"),
        ({"number": "", "upto": "9"}, "Mål: minst: Ange målet först."),
        ({"upto": "50"}, "och upp till: Den övre gränsen ska vara högre än den undre."),
        ({"window": "average-week", "upto": "60"}, "Ett snitt har ingen övre gräns."),
        ({"window": "each-week", "by": "2026-12-01"}, "Ett mål har en sista dag eller återkommer, inte båda."),
        ({"window": "never"}, "Målet gäller: Välj ett av alternativen."),
        ({"count-0": ""}, "Räkna: Regeln räknar ingenting. Välj minst en sak."),
        ({"count-0": "os.system"}, "Räkna: Välj ett av alternativen."),
        ({"months": ["1"]}, "Regeln räknar ingenting: ingen av dagarna finns i perioden."),
        ({"number": "-5"}, "Mål: minst: Skriv ett tal från 1 till 99999."),
        ({"by": "2027-05-01"}, "Målet ska nås senast (frivilligt): Målets sista dag ligger utanför perioden."),
        ({"valid_from": "2026-11-21"}, "Gäller från: 21 november 2026 är redan räknad."),
        ({"valid_from": "2027-01-01"}, "Gäller från: 1 januari 2027 ligger utanför perioden"),
        ({"valid_from": ""}, "Gäller från: Fyll i det här."),
        ({"noun": "kontroll av ABC 123"}, "ett registreringsnummer"),
    ],
)
@pytest.mark.parametrize("action", ["preview", "save"])
def test_a_rule_that_cannot_be_is_told_at_its_field(
    desk: FlaskClient, app: Flask, changed: dict[str, str], why: str, action: str
) -> None:
    answer = change(desk, CONTROLS, action=action, **changed)
    assert answer.status_code == 422
    assert why in said(answer)[0]
    kept = form_on(answer.text)
    for name, typed in changed.items():
        if name not in {"window", "count-0"}:
            assert kept[name] == ([typed] if isinstance(typed, str) else typed)
    assert len(rules(app, "traffic-controls")) == 1


def test_a_share_gets_another_percentage_and_keeps_its_parts(desk: FlaskClient, app: Flask) -> None:
    assert change(desk, ASKED, percent="101").status_code == 422
    assert change(desk, ASKED, percent="80").status_code == 303
    (_, before), (_, after) = rules(app, "help-asked")
    assert before.share is not None
    assert after.share == before.share.model_copy(update={"at_least_percent": 80})


def test_no_rule_begins_before_one_that_waits(desk: FlaskClient) -> None:
    change(desk, CONTROLS, number="60", valid_from="2026-12-01")
    assert "En ändring gäller eller väntar från 1 december 2026." in said(change(desk, CONTROLS, number="70"))[0]
    assert "ändras 1 dec" in desk.get("/manage/programme/ostersund-2026").text


def test_a_stale_rule_is_stopped(desk: FlaskClient) -> None:
    old = form_on(desk.get(CONTROLS).text)
    change(desk, CONTROLS, number="60")
    assert "Någon annan ändrade det här" in said(send(desk, CONTROLS, old, number="70"))[0]


def test_what_was_typed_survives_midnight(desk: FlaskClient, app: Flask, clock: StoppedClock) -> None:
    old = form_on(desk.get(CONTROLS).text)
    clock.move(days=1)
    assert local_day(house_of(app).clock()).isoformat() == TOMORROW
    assert "22 november 2026 är redan räknad" in said(send(desk, CONTROLS, old, number="60"))[0]
    later = (local_day(house_of(app).clock()) + timedelta(days=1)).isoformat()
    assert send(desk, CONTROLS, old, number="60", valid_from=later).status_code == 303
