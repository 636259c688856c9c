"""Somebody keeps every version of everything public and subtracts: no sensitive step of one to four comes out."""

import random
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.clock import local_day
from fieldlog.entries.forms import Item
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.models import Commitment
from fieldlog.programmes.queries import OSTERSUND, read_programme, whole
from fieldlog.public.models import ProgrammeTold, Told
from fieldlog.public.queries import programme
from fieldlog.publication.actions import publish
from fieldlog.publication.queries import cut
from fieldlog.reshaping.actions import change_days
from tests.fixtures.people import PLACE
from tests.fixtures.work import NOW, correction, item, log
from tests.handovers.yeses import yes
from tests.opendata.guessing import sensitive_sums

SLUG = "ostersund-2026"
OFFERS, OUTREACH = "help-asked", "police-and-social-services"
SENSITIVE = {"unga", "samtal", "beslag", "anmärkning", "uppsökande pass i allt"}


def load(session: Session, by: Actor) -> None:
    load_programme(session, read_programme(OSTERSUND).for_year(2026), by=by, now=NOW)
    session.flush()


def told_at(session: Session, now: datetime) -> ProgrammeTold:
    publish(session, PLACE, now, 1)
    session.expire_all()
    found = programme(session, PLACE, SLUG, cut(now, 1), now)
    assert found
    return found


def commitment(told: ProgrammeTold, slug: str) -> Told:
    return next(one for pledge in told.pledges for one in pledge.commitments if one.slug == slug)


def sensitive(told: ProgrammeTold) -> dict[str, int]:
    """Every sensitive sum that can be read off or worked out: wholes, single sums, sums less what is open in them."""
    found: dict[str, int] = {}
    for commitment in (one for pledge in told.pledges for one in pledge.commitments):
        if commitment.slug == OFFERS and commitment.progress:
            found["offers"] = commitment.progress.whole or 0
        for fact in commitment.facts:
            if any(word in fact.label.sv for word in SENSITIVE):
                found[fact.label.sv] = fact.amount
            if fact.label.sv == "uppsökande pass med polisen":
                found["passes"], found["with the police"] = fact.whole or 0, fact.amount
        if commitment.slug == OUTREACH and commitment.progress:
            found["with the police, as the rest"] = commitment.progress.done
    return found


def day_of_work(dice: random.Random, now: datetime) -> dict[str, list[Item]]:
    at: dict[str, Any] = {"happened_at": now, "saved_at": now}
    offers = [item("help-offer", **{**at, "area": "-"}) for _ in range(dice.choice([0, 0, 1, 2]))]
    passes = [
        item("outreach", {"with_police": dice.random() < 0.4, "conversations": 1, "contacts": 2}, **at)
        for _ in range(dice.choice([0, 1, 2]))
    ]
    visits = [item("youth-visit", {"young": dice.choice([1, 3])}, **at)]
    return {"officer": [*offers, *visits], "outreach": passes}


def test_no_two_versions_differ_by_one_to_four(
    session: Session, officer: Actor, outreach: Actor, administrator: Actor
) -> None:
    load(session, administrator)
    dice, now, versions = random.Random(7), NOW - timedelta(days=20), list[dict[str, int]]()
    made: list[Item] = []
    for _ in range(36):
        for name, items in day_of_work(dice, now).items():
            log(session, officer if name == "officer" else outreach, *items, now=now)
            made += items if name == "officer" else []
        if made and dice.random() < 0.3:
            chosen = made.pop(dice.randrange(len(made)))
            log(session, officer, correction(chosen, reason="wrong-count"), now=now)
        now += timedelta(days=1)
        told = told_at(session, now)
        versions.append(sensitive(told) | sensitive_sums(session, told))
    assert {"offers", "passes", "träffade unga", "with the police, as the rest"} <= set(versions[-1])
    assert {"youth-visits: youth-visit.young", "police-and-social-services: outreach.passes"} <= set(versions[-1])
    steps = {
        (name, after[name] - before.get(name, 0))
        for before, after in zip([{}, *versions], versions, strict=False)
        for name in after
    }
    assert {name for name, step in steps if 0 < abs(step) < 5} == set(), steps
    assert len(versions) > len({tuple(version.items()) for version in versions}) > 2, "they are renewed, and not daily"


def test_a_yes_that_waits_too_long_is_no_step_of_its_own(
    session: Session, officer: Actor, outreach: Actor, administrator: Actor
) -> None:
    """Time alone adds to the whole of those to be contacted; that grows by five or more at once, or not at all."""
    load(session, administrator)
    dice, now, told, waiting = random.Random(5), NOW - timedelta(days=20), [0], list[UUID]()
    for _ in range(40):
        at: dict[str, Any] = {"happened_at": now, "saved_at": now}
        asked = [yes(**at) for _ in range(dice.choice([0, 1, 1, 2]))]
        log(session, officer, *asked, now=now)
        waiting += [one.id for one in asked]
        for offer in [one for one in waiting if dice.random() < 0.3]:
            waiting.remove(offer)
            contact = item("handover-outcome", {"offer": str(offer), "outcome": "contacted"}, area="-", **at)
            log(session, outreach, contact, now=now)
        now += timedelta(days=1)
        progress = commitment(told_at(session, now), "help-contacted").progress
        told.append((progress and progress.whole) or 0)
    steps = {after - before for before, after in pairwise(told)}
    assert max(told) > 20
    assert not [step for step in steps if 0 < abs(step) < 5], told


def test_days_that_leave_a_period_or_join_it_at_its_beginning_are_no_difference_of_sums(
    session: Session, officer: Actor, administrator: Actor
) -> None:
    load(session, administrator)
    for month, number in ((10, 2), (11, 8)):
        at = NOW.replace(month=month, day=5)
        log(
            session,
            officer,
            *(item("help-offer", area="-", happened_at=at, saved_at=at) for _ in range(number)),
            now=at,
        )
    assert sensitive(told_at(session, NOW)) == {"offers": 10}
    row = whole(session, PLACE, SLUG)
    assert row
    days = {"first_day": date(2026, 11, 1), "last_day": row.last_day, "agreed": True}
    change_days(session, row, days, by=administrator, now=NOW)
    assert sensitive(told_at(session, NOW)) == {}
    assert sensitive_sums(session, told_at(session, NOW)) == {}


def test_sums_come_whole_when_the_period_is_over_and_then_in_steps_again(
    session: Session, officer: Actor, administrator: Actor
) -> None:
    load(session, administrator)
    log(session, officer, *(item("help-offer", area="-") for _ in range(7)))
    assert sensitive(told_at(session, NOW + timedelta(days=1))) == {"offers": 7}
    log(session, officer, item("help-offer", area="-"), now=NOW + timedelta(days=1))
    assert sensitive(told_at(session, NOW + timedelta(days=3)))["offers"] == 7
    over = NOW + timedelta(days=60)
    assert sensitive(told_at(session, over))["offers"] == 8
    log(session, officer, item("help-offer", area="-"), now=over)
    assert sensitive(told_at(session, over + timedelta(days=3)))["offers"] == 8, "one more would be seen"


def test_nothing_sensitive_is_told_by_area_month_or_as_revised(
    session: Session, officer: Actor, administrator: Actor
) -> None:
    load(session, administrator)
    log(session, officer, *(item("help-offer", area="lit") for _ in range(9)))
    told_at(session, NOW + timedelta(days=12))
    log(session, officer, *(item("help-offer", area="lit") for _ in range(9)), now=NOW + timedelta(days=12))
    told = told_at(session, NOW + timedelta(days=14))
    one = commitment(told, OFFERS)
    assert one.progress
    assert one.progress.done == 18
    assert (one.by_area, one.by_month, one.areas_reached, one.revisions) == ((), (), None, ())


def test_what_counts_only_some_of_the_days_tells_nothing_sensitive(
    session: Session, officer: Actor, administrator: Actor
) -> None:
    load(session, administrator)
    log(session, officer, *(item("help-offer", area="-") for _ in range(9)))
    row = session.get(Commitment, {"municipality": PLACE, "programme": SLUG, "slug": OFFERS})
    assert row
    row.last_day = local_day(NOW)
    session.flush()
    told = told_at(session, NOW + timedelta(days=1))
    one = commitment(told, OFFERS)
    assert (one.progress, one.sentence, one.few) == (None, None, ())
