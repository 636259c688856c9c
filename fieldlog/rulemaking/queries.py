"""What a rule would make of what has been logged, and what is stored about a commitment."""

from collections.abc import Mapping, Sequence
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
from fieldlog.programmes.queries import versions_on
from fieldlog.tallies.queries import figures
from fieldlog.targets.models import Basis, Plan, Progress, Version
from fieldlog.targets.queries import progress, required
from fieldlog.waiting.queries import overdue


@dataclass(frozen=True)
class Forecast:
    """What a rule makes of what has been logged.

    ``now`` is where the commitment stands today, None for one that is new; ``then`` where it stands on the rule's first
    day if nothing more is logged: each day by the rule in force on it. ``always`` is what it would be had the rule held
    all along.
    """

    now: Progress | None
    then: Progress
    always: Progress
    how: tuple[Label, ...]


def forecast(
    session: Session, programme: Programme, new: Version, item: Commitment | None = None, *, now: datetime
) -> Forecast:
    """What the new rule of the commitment, or of one that is to be added, would make of what has been logged."""
    period, today, rule = programme.period, local_day(now), new.rule
    until, place = period.until(today), programme.municipality
    held, plan = (versions_on(item, period.last), newest_plan(item)) if item else ((), Plan())
    joined = item.first_day if item else new.valid_from
    own = Span(max(period.first, joined or period.first), period.last)
    refs = rule.refs.union(*(version.rule.refs for version in held))
    loaded = figures(session, place, until.first, until.last, sorted(refs), daily=True, to=Audience(None, today))
    thresholds = RulesByDay(session, place)
    late = (
        overdue(session, thresholds, place, until.first, until.last, now=now)
        if rule.share and rule.share.overdue
        else ()
    )
    before = [version for version in held if version.valid_from < new.valid_from]
    in_force = [version for version in held if version.valid_from <= today] or held[:1]
    dates = planned_days(plan.dates, planned_on(session, place, today).of(kinds_counted(rule), period))

    def stands(day: date, versions: Sequence[Version], span: Span) -> Progress:
        planned = {month.month: month.amount for month in plan.months}
        since = span.first if span.first > period.first else None
        basis = Basis(span, day, tuple(versions), loaded, dates, planned, late, thresholds.on(day), since)
        return progress(basis)

    need = required(rule.target, own) if rule.target else None
    pace = pace_in_words(rule.target, need, bool(plan.months), bool(dates)) if rule.target and need else None
    span = own if item else period
    return Forecast(
        now=stands(today, in_force, own) if in_force else None,
        then=stands(new.valid_from, [*before, new], own),
        always=stands(today, [Version(span.first, rule)], span),
        how=explain(rule, need, pace, thresholds=thresholds.on(new.valid_from)),
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
