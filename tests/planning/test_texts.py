"""A programme's texts, decision and who answers for it; its pledges and commitments in words."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from fieldlog.accounts.models import Account
from fieldlog.actors import Role
from fieldlog.audit.models import AuditEvent
from tests.fixtures.site import house_of, sign_in
from tests.planning.desk import change, form_on, said, send

HERE = "/manage/programme/ostersund-2026"
TEXTS = f"{HERE}/texts"


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    sign_in(client, "coordinator")
    return client


def actions(app: Flask) -> list[str]:
    with house_of(app).database.read() as reading:
        return list(reading.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_the_list_tells_what_each_period_is(desk: FlaskClient) -> None:
    page = desk.get("/manage/programme").text
    assert "Medborgarlöfte Östersund 2026" in page
    assert "1 januari 2026 – 31 december 2026" in page
    assert "Gäller" in page
    assert "Exempel" in page


def test_a_decided_programme_is_no_example_any_more(desk: FlaskClient, app: Flask) -> None:
    assert "Exempel efter 2017" in desk.get("/pledges").text
    answer = change(
        desk, TEXTS, decided_on="2026-01-15", registry_number="KSN 123/2026", answers_for="Säkerhetssamordnaren",
        answers_address="sakerhet@ostersund.se",
    )  # fmt: skip
    assert answer.status_code == 303
    assert answer.location == HERE
    page = desk.get("/pledges").text
    assert "Exempel efter 2017" not in page
    assert "Diarienummer KSN 123/2026" in page
    assert "Ansvarig: Säkerhetssamordnaren, sakerhet@ostersund.se" in page
    assert actions(app)[-1] == "programme-edited"


def test_a_decision_is_not_taken_back(desk: FlaskClient) -> None:
    change(desk, TEXTS, decided_on="2026-01-15")
    answer = change(desk, TEXTS, decided_on="")
    assert (answer.status_code, said(answer)) == (422, ["Beslutsdag: Ett beslut tas inte tillbaka. Ange beslutsdagen."])


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("background", "Hans nummer är 811218-9876.", "ett personnummer"),
        ("background", "Bilen ABC 123 stod där.", "ett registreringsnummer"),
        ("background", "x" * 100_000, "högst 4000 tecken"),
        ("name", "", "Fyll i det här."),
        ("name", " ", "Fyll i det här."),
        ("name", "Löfte\u202egnort", "osynliga tecken"),
        ("decided_on", "igår", "Ange en dag"),
        ("decided_on", "0001-01-01", "Ange en dag"),
        ("registry_number", "<script>", "diarienummer"),
        ("answers_for", "y" * 121, "högst 120 tecken"),
        ("focus-youth", "", "Fyll i det här."),
    ],
)
def test_a_wrong_text_is_told_at_its_field_and_nothing_typed_is_lost(
    desk: FlaskClient, field: str, typed: str, why: str
) -> None:
    answer = change(desk, TEXTS, **{field: typed, "answers_address": "Torget 1"})
    assert answer.status_code == 422
    (told,) = said(answer)
    assert why in told
    kept = form_on(answer.text)
    assert (kept[field], kept["answers_address"]) == ([typed], ["Torget 1"])
    assert "Torget 1" not in desk.get(HERE).text


def test_a_stale_form_is_stopped_with_words_and_sent_again_on_purpose(desk: FlaskClient) -> None:
    old = form_on(desk.get(TEXTS).text)
    change(desk, TEXTS, answers_for="Kommunpolisen")
    answer = send(desk, TEXTS, old, answers_for="Säkerhetschefen")
    assert answer.status_code == 422
    assert "Någon annan ändrade det här medan du skrev." in said(answer)[0]
    assert form_on(answer.text)["answers_for"] == ["Säkerhetschefen"]
    compared = answer.text.partition("Så står det nu")[2].partition("</dl>")[0]
    assert "<dd>Kommunpolisen</dd>" in compared
    assert compared.count("<dd>") == 1
    compared_with = form_on(answer.text)
    change(desk, TEXTS, answers_for="Någon annan", answers_address="Torget 1")
    assert "Någon annan" in send(desk, TEXTS, compared_with).text.partition("Så står det nu")[2]
    answer = send(desk, TEXTS, compared_with)
    assert "Någon annan" in desk.get(HERE).text
    assert send(desk, TEXTS, form_on(answer.text)).status_code == 303
    assert "Säkerhetschefen" in desk.get(HERE).text


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (TEXTS, "background"),
        (f"{HERE}/pledges/traffic-safety", "promise"),
        (f"{HERE}/commitments/traffic-controls/deviation", "text"),
    ],
)
def test_what_may_be_a_plate_or_a_phone_number_is_asked_before_it_is_saved(
    desk: FlaskClient, path: str, field: str
) -> None:
    answer = change(desk, path, **{field: "Ring 070-123 45 67."})
    assert answer.status_code == 422
    assert "Är det ett registreringsnummer eller ett telefonnummer?" in answer.text
    values = form_on(answer.text)
    assert values[field] == ["Ring 070-123 45 67."]
    assert send(desk, path, values, confirmed="yes").status_code == 303


def test_a_pledge_and_a_commitment_are_reworded(desk: FlaskClient, app: Flask) -> None:
    pledge = f"{HERE}/pledges/traffic-safety"
    assert change(desk, pledge, promise="Polisen lovade lugnare trafik.", promised_by=["police"]).status_code == 303
    commitment = f"{HERE}/commitments/traffic-controls/wording"
    assert change(desk, commitment, title="Kontroller", focus=["traffic", "youth"]).status_code == 303
    page = desk.get("/pledges?focus=youth").text
    assert "Kontroller" in page
    assert "Polisen lovade lugnare trafik." in page
    assert actions(app)[-2:] == ["pledge-edited", "commitment-edited"]
    assert said(change(desk, pledge, promised_by=[]))[0] == "Vem lovar: Fyll i det här."


@pytest.mark.parametrize(
    "path",
    ["/manage/programme/atlantis", f"{HERE}/pledges/none", f"{HERE}/commitments/none", f"{HERE}/commitments/none/rule"],
)
def test_what_is_not_there_is_not_found(desk: FlaskClient, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_a_supervisor_of_others_does_not_plan(client: FlaskClient, app: Flask) -> None:
    promote = update(Account).where(Account.name == "outreach").values(role=Role.SUPERVISOR)
    house_of(app).database.write(lambda session: session.execute(promote))
    sign_in(client, "outreach")
    assert client.get("/manage/programme").status_code == 403
