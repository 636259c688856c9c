"""What a rule would make of what has been logged, and what is stored about a commitment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from fieldlog.clock import local_day
from fieldlog.counting.models import Rule
from fieldlog.counting.queries import explain, kinds_counted, pace_in_words
from fieldlog.entries.queries import RulesByDay
from fieldlog.holding import Audience
from fieldlog.labels import Label, spelt
from fieldlog.occasions.queries import planned as planned_on
from fieldlog.pace import LINEAR_FROM, planned_days
from fieldlog.periods import Span
from fieldlog.programmes.models import Commitment, Programme
from fieldlog.tallies.queries import figures
from fieldlog.targets.models import Basis, Plan, Progress, Version
from fieldlog.targets.queries import progress, required
from fieldlog.waiting.queries import overdue


@dataclass(frozen=True)
class Forecast:
    """What a rule makes of what has been logged.

    ``now`` is where the commitment stands today, ``then`` where it stands on the rule's first day if nothing more is
    logged: each day by the rule in force on it. ``always`` is what it would be had the rule held all along.
    """

    now: Progress
    then: Progress
    always: Progress
    how: tuple[Label, ...]


def forecast(
    session: Session, programme: Programme, item: Commitment, rule: Rule, valid_from: date, *, now: datetime
) -> Forecast:
    """What the rule would make of what has been logged, if it held from the day on."""
    period, today = Span(programme.first_day, programme.last_day), local_day(now)
    until, place = period.until(today), programme.municipality
    refs = rule.refs.union(*(version.rule.refs for version in item.rules))
    loaded = figures(session, place, until.first, until.last, sorted(refs), daily=True, to=Audience(None, today))
    thresholds = RulesByDay(session, place)
    late = (
        overdue(session, thresholds, place, until.first, until.last, now=now)
        if rule.share and rule.share.overdue
        else ()
    )
    plan, occasions = newest_plan(item), planned_on(session, place, today)
    before = [Version(version.valid_from, version.rule) for version in item.rules if version.valid_from < valid_from]
    held = [version for version in before if version.valid_from <= today] or before[:1]

    dates = planned_days(plan.dates, occasions.of(kinds_counted(rule), period))

    def stands(day: date, versions: list[Version]) -> Progress:
        planned = {month.month: month.amount for month in plan.months}
        basis = Basis(period, day, tuple(versions), loaded, dates, planned, late, thresholds.on(day))
        return progress(basis)

    new = Version(valid_from, rule)
    need = required(rule.target, period) if rule.target else None
    pace = pace_in_words(rule.target, need, bool(plan.months), bool(dates)) if rule.target and need else None
    return Forecast(
        now=stands(today, held or [new]),
        then=stands(valid_from, [*before, new]),
        always=stands(today, [Version(period.first, rule)]),
        how=explain(rule, need, pace, thresholds=thresholds.on(valid_from)),
    )


def newest_rule(item: Commitment) -> Rule:
    """The rule that holds last."""
    return item.rules[-1].rule


def newest_plan(item: Commitment) -> Plan:
    """How the work is planned last; nothing when nothing is."""
    return item.plans[-1].plan if item.plans else Plan()


def is_planned_by_months(rule: Rule, period: Span) -> bool:
    """Whether the rule's target is paced by months; otherwise days are planned."""
    return bool(rule.target and not rule.target.each and required(rule.target, period) >= LINEAR_FROM)


def rule_stored(item: Commitment) -> Mapping[str, Any]:
    """The newest rule, by the fields of its form."""
    rule, target = newest_rule(item), newest_rule(item).target
    stored = spelt("noun", rule.noun) | spelt("one", rule.one) | {"spread": rule.spread}
    stored |= {f"count-{number}": ref for number, ref in enumerate(rule.counts)}
    stored |= {f"part-{place}": part.target.at_least for place, part in enumerate(rule.parts)}
    stored |= {"weekdays": [*map(str, rule.limit.weekdays)], "months": [*map(str, rule.limit.months)]}
    stored |= {"areas": [*rule.limit.areas], "percent": rule.share.at_least_percent if rule.share else None}
    if target is None:
        return stored | {"window": "all"}
    window = f"{'average' if target.average else 'each'}-{target.window}" if target.window else "all"
    numbers = {"number": target.at_least, "upto": target.upto, "by": target.by, "baseline": target.baseline}
    return stored | {"window": window} | numbers


def plan_stored(item: Commitment) -> Mapping[str, Any]:
    """The newest plan, by the fields of its form."""
    plan = newest_plan(item)
    return {"dates": [*plan.dates]} | {f"month-{month.month:%Y-%m}": month.amount for month in plan.months}


def note_stored(item: Commitment) -> Mapping[str, Any]:
    """The note that was written last, by the fields of its form."""
    return spelt("text", item.notes[-1].text) if item.notes else spelt("text", Label("", ""))
