"""Somebody keeps every version of everything public and subtracts: no sensitive step of one to four comes out."""

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.clock import local_day
from fieldlog.entries.forms import Item
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.models import Commitment
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.public.models import ProgrammeTold
from fieldlog.public.queries import programme
from fieldlog.publication.actions import publish
from fieldlog.publication.queries import cut
from tests.fixtures.people import PLACE
from tests.fixtures.work import NOW, correction, item, log
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
    one = next(one for pledge in told.pledges for one in pledge.commitments if one.slug == OFFERS)
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
    one = next(one for pledge in told.pledges for one in pledge.commitments if one.slug == OFFERS)
    assert (one.progress, one.sentence, one.few) == (None, None, ())
