"""What a request hands out: each text is looked at, and what was not found fit goes out masked."""

from functools import partial

from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.audit.models import AuditEvent
from fieldlog.entries.models import Entry
from fieldlog.intake.actions import accept
from tests.disclosure.desk import CONTROL, copy, look, opened, went_out
from tests.fixtures.people import person
from tests.fixtures.site import house_of, shown, submit
from tests.fixtures.work import NOW, correction

MASK = "███"


def test_every_text_is_shown_and_none_is_ticked(client: FlaskClient) -> None:
    page = client.get(opened(client)).text
    for text in ("mörk bil sågs", "Torget", "Belysning: vid Ahls port"):
        assert text in page
    assert page.count('name="released"') == 3
    assert "checked" not in shown(page)


def test_what_nobody_looked_at_goes_out_masked_and_counts_and_choices_as_they_are(client: FlaskClient) -> None:
    found = copy(client, opened(client))
    assert list(found) == ["Begäran", "Trafikkontroll", "Trygghetsvandring", "Protokoll"]
    control = found["Trafikkontroll"][1]
    assert control.count(MASK) == 2
    assert 3 in control
    assert f"Belysning: {MASK}" in found["Trygghetsvandring"][1]
    assert ["Diarienummer", "KS 2026/9"] in found["Begäran"]
    assert ["Beslutat av", "Kommunjurist"] in found["Begäran"]
    assert [row[-1] for row in found["Protokoll"][1:]] == ["Maskeras"] * 3


def test_what_was_found_fit_is_shown_and_the_record_says_so(client: FlaskClient) -> None:
    page = opened(client)
    look(client, page, (CONTROL.id, "place"))
    found = copy(client, page)
    assert "Torget" in found["Trafikkontroll"][1]
    assert "mörk bil sågs" not in str(found)
    decided = {(row[-2], row[-1]) for row in found["Protokoll"][1:]}
    assert decided == {("Väg eller plats", "Lämnas ut"), ("Anteckning", "Maskeras"), ("Iakttagelser", "Maskeras")}
    look(client, page)
    assert "Torget" not in str(copy(client, page)), "the tick was taken away"


def test_what_is_written_after_the_review_is_masked(client: FlaskClient) -> None:
    page = opened(client)
    look(client, page, (CONTROL.id, "place"), (CONTROL.id, "note"))
    database = house_of(client.application).database
    later = correction(CONTROL, {"note": "nytt"})
    database.write(partial(accept, items=[later], by=person(database, "officer"), now=NOW))
    assert "nytt" not in str(copy(client, page))
    assert "Torget" not in str(copy(client, page))


def test_what_is_stored_stays_and_every_step_is_recorded(client: FlaskClient) -> None:
    page = opened(client)
    look(client, page, (CONTROL.id, "note"))
    copy(client, page)
    with house_of(client.application).database.read() as session:
        assert session.get_one(Entry, CONTROL.id).answers["note"] == "mörk bil sågs"
        steps = {event.action: event.details for event in session.scalars(select(AuditEvent))}
    assert steps["request-opened"]["number"] == "KS 2026/9"
    assert steps["texts-reviewed"] == {"shown": 3, "released": 1}
    assert steps["documents-disclosed"]["rows"] == 2
    assert "mörk" not in str(steps)
    assert "utlämnad 21 nov" in client.get("/manage/disclosure").text


def test_what_another_masked_meanwhile_does_not_go_out_by_an_old_page(client: FlaskClient) -> None:
    page = opened(client)
    look(client, page, (CONTROL.id, "note"))
    place = f"{CONTROL.id} note"
    old = {"shown": [place], "was": went_out(client, page), "released": [place]}
    look(client, page)
    answer = submit(client, page, old)
    assert (answer.status_code, "mörk" in str(copy(client, page))) == (409, False)
    assert "Någon annan har sparat: maskeras" in shown(answer.text)
    assert f'value="{place}" checked' in answer.text, "what was chosen is still there"
    assert submit(client, page, old | {"was": went_out(client, page)}).status_code == 303
    assert "mörk" in str(copy(client, page))


def test_an_old_page_that_agrees_with_what_another_decided_is_saved(client: FlaskClient) -> None:
    page = opened(client)
    old = {"shown": [f"{CONTROL.id} note"], "was": [], "released": [f"{CONTROL.id} note"]}
    look(client, page, (CONTROL.id, "note"))
    assert submit(client, page, old).status_code == 303


def test_texts_of_others_are_neither_shown_nor_handed_out(client: FlaskClient) -> None:
    page = opened(client, kinds=["alcohol-inspection"])
    assert "Kajen" in client.get(page).text
    assert "kommunens" not in client.get(page).text
    assert "kommunens" not in str(copy(client, page))


def test_made_up_places_release_nothing_and_break_nothing(client: FlaskClient) -> None:
    page = opened(client)
    odd = ["x", f"{CONTROL.id}", "0 note", f"{CONTROL.id} note extra", "\0"]
    assert submit(client, page, {"shown": odd, "released": odd}).status_code == 303
    assert "mörk" not in str(copy(client, page))
