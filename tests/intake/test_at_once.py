"""Several requests at one instant: one entry stays one entry, and what depends on several entries still adds up."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.entries.forms import Item
from fieldlog.entries.models import Entry
from fieldlog.intake.actions import accept
from fieldlog.intake.models import Result
from fieldlog.tallies.actions import recount
from fieldlog.tallies.queries import figures
from tests.fixtures.work import NOW, correction, item, void

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
Sent = tuple[Actor, Item]
YES = {"asked": "yes", "wants_help": "yes"}


def send(database: Database, by: Actor, *items: Item) -> list[Result]:
    return database.write(lambda session: accept(session, items, by, NOW))


def at_once(database: Database, sent: Sequence[Sent]) -> list[Result]:
    """The answers to items that are all sent at the same instant, each by a thread of its own."""
    start = Barrier(len(sent))

    def go(by: Actor, one: Item) -> Result:
        start.wait()
        return send(database, by, one)[0]

    with ThreadPoolExecutor(len(sent)) as threads:
        return list(threads.map(go, *zip(*sent, strict=True)))


def outcomes(results: Sequence[Result]) -> Counter[str]:
    return Counter(result.outcome for result in results)


def total(database: Database, ref: str) -> int:
    with database.read() as session:
        assert recount(session) == []
        return figures(session, "2380", *YEAR, [ref]).total(ref, *YEAR).amount


def test_one_form_sent_many_times_at_once_is_one_entry(database: Database, officer: Actor) -> None:
    sent = item(answers={"vehicles": 3})
    assert outcomes(at_once(database, [(officer, sent)] * 8)) == {"accepted": 1, "already": 7}
    with database.read() as session:
        assert session.scalar(select(func.count(Entry.id))) == 1
    assert total(database, "traffic-control.controls") == 1
    assert total(database, "traffic-control.vehicles") == 3


def test_many_entries_at_once_are_all_counted(
    database: Database, officer: Actor, colleague: Actor, other_officer: Actor
) -> None:
    people = (officer, colleague, other_officer)
    sent = [(people[number % 3], item(answers={"vehicles": 1, "focus": ["speed"]})) for number in range(12)]
    assert outcomes(at_once(database, sent)) == {"accepted": 12}
    assert total(database, "traffic-control.vehicles") == 12


def test_of_two_corrections_at_once_one_is_taken_and_the_other_told_that_it_is_stale(
    database: Database, officer: Actor, supervisor: Actor
) -> None:
    original = item(answers={"vehicles": 1})
    send(database, officer, original)
    results = at_once(
        database,
        [(officer, correction(original, {"vehicles": 2})), (supervisor, correction(original, {"vehicles": 3}))],
    )
    assert outcomes(results) == {"accepted": 1, "refused": 1}
    (stale,) = [result for result in results if result.outcome == "refused"]
    assert stale.reasons.keys() == {"replaces"}
    assert total(database, "traffic-control.vehicles") in {2, 3}


def test_a_correction_and_a_void_at_once_leave_one_of_them(database: Database, officer: Actor) -> None:
    original = item(answers={"vehicles": 1})
    send(database, officer, original)
    results = at_once(database, [(officer, correction(original, {"vehicles": 2})), (officer, void(original))])
    assert outcomes(results) == {"accepted": 1, "refused": 1}
    assert total(database, "traffic-control.vehicles") in {0, 2}


def test_questions_linked_to_one_control_at_once_are_all_known_to_it(
    database: Database, officer: Actor, colleague: Actor
) -> None:
    control = item(answers={"suspected": 5})
    send(database, officer, control)
    offers = [(by, item("help-offer", {"control": str(control.id)})) for by in (officer, colleague) * 2]
    assert outcomes(at_once(database, offers)) == {"accepted": 4}
    assert total(database, "traffic-control.unasked") == 1


Prepare = Callable[[Item, list[Item]], list[Item]]


def corrected_control(control: Item) -> Item:
    return correction(control, {"suspected": 6})


@pytest.mark.parametrize(
    ("change", "unasked"),
    [
        (lambda control, offers: [void(offer) for offer in offers], 4),
        (lambda control, offers: [correction(offer, {"control": None}) for offer in offers], 4),
        (lambda control, offers: [void(offers[0]), item("help-offer", {"control": str(control.id)})], 2),
        (lambda control, offers: [void(offers[0]), corrected_control(control)], 5),
        (lambda control, offers: [item("help-offer", {"control": str(control.id)}), corrected_control(control)], 3),
        (lambda control, offers: [correction(offer, happened_at=NOW - timedelta(days=40)) for offer in offers], 2),
    ],
    ids=["voids", "moved away", "void and new", "void and corrected", "new and corrected", "moved in time"],
)
def test_whatever_changes_around_one_control_at_once_adds_up(
    database: Database, officer: Actor, change: Prepare, unasked: int
) -> None:
    for _ in range(4):
        control = item(answers={"suspected": 4})
        offers = [item("help-offer", {"control": str(control.id)}) for _ in range(2)]
        send(database, officer, control, *offers)
        before = total(database, "traffic-control.unasked")
        results = at_once(database, [(officer, one) for one in change(control, offers)])
        assert outcomes(results) == {"accepted": 2}
        assert total(database, "traffic-control.unasked") == before - 2 + unasked


def test_an_answered_yes_and_a_corrected_control_at_once_add_up(
    database: Database, officer: Actor, outreach: Actor
) -> None:
    for _ in range(4):
        control = item(answers={"suspected": 2})
        offers = [item("help-offer", {**YES, "control": str(control.id)}) for _ in range(2)]
        send(database, officer, control, *offers)
        before = total(database, "help-offer.unanswered")
        answers: list[Sent] = [
            (outreach, item("handover-outcome", {"offer": str(offer.id), "outcome": "contacted"})) for offer in offers
        ]
        moved = correction(offers[0], {"control": None}, happened_at=NOW - timedelta(days=40))
        results = at_once(database, [*answers, (officer, corrected_control(control)), (officer, moved)])
        assert outcomes(results) == {"accepted": 4}
        assert total(database, "help-offer.unanswered") == before - 2


def test_one_yes_answered_twice_at_once_is_answered_once(database: Database, officer: Actor, outreach: Actor) -> None:
    offer = item("help-offer", YES)
    send(database, officer, offer)
    answers = [item("handover-outcome", {"offer": str(offer.id), "outcome": "contacted"}) for _ in range(2)]
    assert outcomes(at_once(database, [(outreach, one) for one in answers])) == {"accepted": 1, "refused": 1}
    assert total(database, "handover-outcome.answered") == 1
