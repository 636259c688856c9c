"""What is said after saving, and which questions stay open, at the edges of a year and of a list."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.fields import Count
from fieldlog.intake.queries import linkable
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.pledges.queries import standing
from fieldlog.programmes.actions import load_example
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in, submit
from tests.fixtures.work import NOW, correction, item, log, log_one, void


def saved_page(client: FlaskClient, kind: str, **answers: str) -> str:
    page = client.get(f"/log/{kind}").text
    own_id = page.split('name="id" type="hidden" value="')[1].split('"')[0]
    return submit(client, f"/log/{kind}", {"id": own_id, "action": "save", **answers}, follow_redirects=True).text


def test_a_night_shift_logged_on_new_years_day_counts_in_the_old_year(client: FlaskClient, clock: StoppedClock) -> None:
    house = house_of(client.application)
    officer = person(house.database, "officer")
    house.database.write(lambda session: load_example(session, 2027, by=officer, now=NOW))
    clock.moment = datetime(2027, 1, 1, 2, tzinfo=UTC)
    sign_in(client, "officer")
    page = saved_page(client, "traffic-control", happened_at="2026-12-31T23:30")
    assert "Räknad: 1 av 50" in page
    assert "Inget medborgarlöfte" not in page


def test_work_on_a_day_without_a_pledge_is_saved_and_says_so(client: FlaskClient, clock: StoppedClock) -> None:
    clock.moment = datetime(2027, 1, 1, 2, tzinfo=UTC)
    sign_in(client, "officer")
    page = saved_page(client, "traffic-control")
    assert "Sparad, men räknas inte" in page
    assert "Inget medborgarlöfte gäller den dagen." in page


def test_a_pass_that_moves_no_tally_is_saved_and_not_called_counted(client: FlaskClient) -> None:
    sign_in(client, "outreach")
    page = saved_page(client, "outreach", contacts="4")
    assert "<strong>Sparad</strong>" in page
    assert "Räknad:" not in page
    assert "Räknad: 1" in saved_page(client, "outreach", with_police="yes")


def test_a_driver_who_was_not_asked_stays_open_behind_many_later_controls(session: Session, officer: Actor) -> None:
    old = log_one(session, officer, answers={"suspected": 1}, happened_at=NOW - timedelta(days=200))
    for hours in range(1, 25):
        log_one(session, officer, happened_at=NOW - timedelta(hours=hours), answers={"suspected": 0})
    assert [one.id for one in linkable(session, officer, NOW, {})] == [old]
    offered = linkable(session, officer, NOW, {}, kind=KINDS["help-offer"])
    assert offered[0].id == old


def test_a_control_that_is_named_can_be_linked_to_however_old_it_is(session: Session, officer: Actor) -> None:
    ancient = log_one(session, officer, happened_at=NOW - timedelta(days=300), answers={"suspected": 0})
    offered = linkable(session, officer, NOW, {}, kind=KINDS["help-offer"], include=ancient)
    assert [one.id for one in offered] == [ancient]


def test_a_yes_has_one_answer_and_a_no_has_none(session: Session, officer: Actor, outreach: Actor) -> None:
    yes, no = item("help-offer", {"wants_help": "yes"}), item("help-offer")
    log(session, officer, yes, no)
    first = item("handover-outcome", {"offer": str(yes.id), "outcome": "not-reached", "attempts": 2})
    second = item("handover-outcome", {"offer": str(yes.id), "outcome": "contacted"})
    to_a_no = item("handover-outcome", {"offer": str(no.id), "outcome": "contacted"})
    outcomes = [result.outcome for result in log(session, outreach, first, second, to_a_no)]
    assert outcomes == ["accepted", "refused", "refused"]
    assert (
        log(session, outreach, correction(first, {"outcome": "contacted", "attempts": None}))[0].outcome == "accepted"
    )


def test_an_answer_can_be_given_anew_when_the_first_was_voided(
    session: Session, officer: Actor, outreach: Actor
) -> None:
    yes = item("help-offer", {"wants_help": "yes"})
    log(session, officer, yes)
    answer = item("handover-outcome", {"offer": str(yes.id), "outcome": "contacted"})
    again = item("handover-outcome", {"offer": str(yes.id), "outcome": "contacted"})
    results = log(session, outreach, answer) + log(session, outreach, void(answer)) + log(session, outreach, again)
    assert [result.outcome for result in results] == ["accepted"] * 3


@pytest.mark.parametrize("slug", KINDS)
def test_a_wild_count_is_asked_about_on_every_kind(slug: str) -> None:
    for part in KINDS[slug].fields.values():
        if isinstance(part, Count) and part.most > 200:
            assert part.question(part.most) is not None, f"{slug}.{part.name}"
            assert part.question(0) is None


def test_a_wild_count_is_asked_about_when_an_entry_is_corrected_too(client: FlaskClient) -> None:
    database = house_of(client.application).database
    entry = database.write(lambda session: log_one(session, person(database, "officer"), answers={"vehicles": 9}))
    sign_in(client, "officer")
    path = f"/entries/{entry}/correct"
    page = client.get(path).text
    ids = {name: page.split(f'name="{name}" type="hidden" value="')[1].split('"')[0] for name in ("id", "replaces")}
    sent = {**ids, "vehicles": "9000", "reason": "wrong-count", "area": "brunflo"}
    assert "9000 är ovanligt mycket" in submit(client, path, sent).text
    assert submit(client, path, {**sent, "confirmed": "yes"}).status_code == 303


def test_another_try_at_a_saved_entry_leads_to_its_correction(client: FlaskClient) -> None:
    database = house_of(client.application).database
    officer, sent = person(database, "officer"), item(answers={"vehicles": 3})
    changed = item(id=sent.id, answers={"vehicles": 4})
    database.write(lambda session: log(session, officer, sent, changed))
    sign_in(client, "officer")
    page = client.get("/entries").text
    assert f"/entries/{sent.id}/correct" in page
    assert "mend=" not in page


def test_the_tallies_words_are_the_pledges(client: FlaskClient) -> None:
    sign_in(client, "officer")
    page = saved_page(client, "patrol", way="foot")
    with house_of(client.application).database.read() as reading:
        programme = standing(reading, "2380", date(2026, 11, 21), NOW)
    assert programme is not None
    words = [one.progress.words for pledge in programme.pledges for one in pledge.commitments if "patrol" in one.kinds]
    assert words == [Label("1 pass", "1 patrol")]
    assert "Räknad: 1 pass" in page
