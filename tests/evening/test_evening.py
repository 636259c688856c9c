"""A whole evening in one go: each place is an entry, each once however often it is sent, the police counted once."""

from flask.testing import FlaskClient

from fieldlog.entries.models import Entry
from fieldlog.kinds.youth import OUTREACH
from tests.browser.saving import stored
from tests.fixtures.site import shown, sign_in, token_in

HERE = "/log/evening"


def posted(client: FlaskClient, **more: str) -> dict[str, str]:
    page = client.get(HERE).text
    first = page.split('name="id"')[1].split('value="')[1].split('"')[0]
    places = {"places-0-area": "lit", "places-0-place": "Badet", "places-0-contacts": "6", "places-0-mood": "calm"}
    places |= {"places-2-area": "brunflo", "places-2-guided": "1"}
    return {"csrf_token": token_in(page), "id": first, "with_police": "yes", **places, **more}


def entries(client: FlaskClient) -> list[Entry]:
    class _Live:
        app = client.application

    return stored(_Live())  # type: ignore[arg-type]


def test_each_place_is_one_entry_and_a_double_post_makes_each_once(client: FlaskClient) -> None:
    sign_in(client, "outreach")
    data = posted(client)
    for _ in range(2):
        answer = client.post(HERE, data=data)
        assert (answer.status_code, answer.location) == (303, "/entries")
    found = entries(client)
    assert {(one.kind, one.area, one.answers["with_police"]) for one in found} == {
        ("outreach", "lit", True),
        ("outreach", "brunflo", True),
    }
    assert {one.answers["place"]: (one.answers["contacts"], one.answers["mood"]) for one in found} == {
        "Badet": (6, "calm"),
        None: (None, None),
    }
    assert len(found) == 2
    assert len({one.happened_at for one in found}) == 1


def test_a_bad_row_keeps_everything_on_the_form_and_saves_nothing(client: FlaskClient) -> None:
    sign_in(client, "outreach")
    for wrong, said in (
        ({"places-0-contacts": "sex"}, "tal"),
        ({"places-0-mood": "angry"}, "Välj ett av alternativen."),
        ({"places-0-place": "19121212-1212 var där"}, "personnummer"),
        ({"happened_at": "snart"}, "Ange en dag"),
    ):
        answer = client.post(HERE, data=posted(client, **wrong))
        assert answer.status_code == 422
        assert said.lower() in answer.text.lower(), wrong
        assert 'value="brunflo" data-missing="0" selected' in answer.text
    assert client.post(HERE, data=posted(client, id="x")).status_code == 400
    assert not entries(client)


def test_an_area_that_is_not_there_is_refused_at_the_door_and_told(client: FlaskClient) -> None:
    sign_in(client, "outreach")
    answer = client.post(HERE, data=posted(client, **{"places-2-area": "paris"}))
    assert answer.status_code == 422
    assert "Välj en kommundel i listan." in answer.text


def test_it_is_social_services_alone_and_says_where_a_report_of_concern_is_made(client: FlaskClient) -> None:
    for name, status in (("officer", 404), ("coordinator", 404), ("administrator", 403), ("outreach", 200)):
        sign_in(client, name)
        assert client.get(HERE).status_code == status
    assert "Orosanmälan görs inte här." in shown(client.get(HERE).text)
    assert "/log/evening" in client.get("/log").text
    sign_in(client, "officer")
    assert "/log/evening" not in client.get("/log").text


def test_a_joint_pass_counts_once_and_the_other_form_says_where(client: FlaskClient) -> None:
    assert "organisations" not in OUTREACH.fields
    sign_in(client, "officer")
    assert "loggas bara av socialtjänsten" in client.get("/log/cooperation").text
