"""What is changed in the programme, an area or the thresholds is told with what it was and what it became."""

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.planning.desk import change
from tests.trail.looking import Browser, found

HERE = "/manage/programme/ostersund-2026"


def pairs(client: FlaskClient, action: str) -> dict[str, tuple[str, str]]:
    rows = re.findall(
        r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>', found(client, action=action), re.DOTALL
    )
    return {name.strip(): (before, after) for name, before, after in rows}


def test_a_change_is_told_with_both_sides(browser: Browser) -> None:
    desk = browser("coordinator")
    change(desk, f"{HERE}/texts", decided_on="2026-01-15", answers_for="Eva Ek")
    change(desk, f"{HERE}/pledges/traffic-safety", title="Lugn trafik")
    change(desk, "/manage/areas/lit", name="Lits socken")
    change(desk, "/manage/thresholds", venues="6")
    change(desk, f"{HERE}/commitments/traffic-controls/rule", number="10")
    look = browser("supervisor")
    assert pairs(look, "programme-edited") == {"Beslutsdag": ("ej ifyllt", "15 januari 2026")}
    assert pairs(look, "pledge-edited")["Rubrik"][1] == "Lugn trafik"
    assert pairs(look, "area-renamed") == {"Namn": ("Lit", "Lits socken")}
    assert pairs(look, "rules-changed") == {"Minst så många ställen vid en tillsyn": ("5", "6")}
    before, after = pairs(look, "rule-changed")["Räkneregel"]
    assert "50" in before
    assert "10" in after
    assert "Eva Ek" not in found(look)


def test_each_rule_is_spelt_out_on_the_commitment_s_page(app: Flask, browser: Browser) -> None:
    desk = browser("coordinator")
    change(desk, f"{HERE}/commitments/traffic-controls/rule", number="10")
    page = desk.get(f"{HERE}/commitments/traffic-controls").text.replace("\xad", "")
    for day, number in (("1 januari 2026", "50"), ("22 november 2026", "10")):
        assert re.search(rf"Från {day}</h3>\s*<ul.*?{number}.*?</ul>", page, re.DOTALL)
