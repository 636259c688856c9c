"""How far a commitment has come: towards its main target and its further targets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from fieldlog.counting.models import ANY, Limit, Part, Rule, Share, Target
from fieldlog.counting.queries import explain, in_words, pace_in_words
from fieldlog.labels import Label
from fieldlog.pace import Pace, dates_passed, elapsed, pace, planned_by
from fieldlog.periods import Span, Window, number_of, windows
from fieldlog.targets.models import Basis, Progress, State, written

OF = Label("{done} av {target}", "{done} of {target}")
OF_WHOLE = Label("{done} av {target} {noun}", "{done} of {target} {noun}")
COUNTED = Label("{done} {noun}", "{done} {noun}")
PERCENT = Label("{words} ({percent} %)", "{words} ({percent}%)")
NO_PERCENT_BELOW = 10
TERTIAL = Label("Tertial {n} {year}", "Tertial {n} {year}")
NONE_YET = Label("ingen {window} är slut än", "no {window} is over yet")
JOINED = Label(
    "Åtagandet kom till under perioden och räknas från {day}.",
    "The commitment joined during the period and counts from {day}.",
)
LEFT = Label("Åtagandet gäller till och med {day}.", "The commitment holds to the end of {day}.")
WINDOWS = {
    Window.WEEK: (Label("vecka", "week"), Label("veckor", "weeks")),
    Window.MONTH: (Label("månad", "month"), Label("månader", "months")),
    Window.TERM: (Label("termin", "term"), Label("terminer", "terms")),
}


def progress(basis: Basis) -> Progress:
    """The main target's progress. Its state is the whole commitment's: a further target that lags, lags for all."""
    rule = basis.rule
    if rule.share:
        return _share(basis, rule.share)
    if not rule.target:
        done = basis.count(basis.period).amount
        noun = rule.one if done == 1 else rule.noun
        return Progress(done, State.ONGOING, rule.noun, COUNTED.fill(done=written(done), noun=noun))
    if rule.target.each:
        main = _windows(basis, rule.target.each, ANY, lambda then: then.target)
    else:
        done = basis.count(_span(basis, rule.target)).amount - _set_apart(basis)
        main = _amount(basis, rule.target, rule.limit, done)
    return replace(main, state=_together(main, [part for _, part in parts(basis)]))


def parts(basis: Basis) -> tuple[tuple[Label, Progress], ...]:
    """The further targets, each with its label."""
    return tuple((part.label, _part(basis, part)) for part in basis.rule.parts)


def required(target: Target, period: Span) -> int:
    """How many are needed in all: for an average, one window's number times the windows in the period, rounded."""
    if not (target.average and target.window):
        return target.at_least
    return max(1, int(target.at_least * number_of(period, target.window) + Fraction(1, 2)))


def how(basis: Basis) -> tuple[Label, ...]:
    """How the commitment is counted, in sentences."""
    rule, target = basis.rule, basis.rule.target
    need = required(target, basis.period) if target else None
    words = pace_in_words(target, need, bool(basis.plan), bool(basis.dates)) if target and need else None
    in_force = [version.valid_from for version in basis.versions if version.valid_from <= basis.day]
    lasting = [JOINED.fill(day=in_words(basis.since))] if basis.since else []
    lasting += [LEFT.fill(day=in_words(basis.until))] if basis.until else []
    changed = in_force[-1] if len(in_force) > 1 else None
    return (*lasting, *explain(rule, need, words, changed, thresholds=basis.thresholds))


def _part(basis: Basis, part: Part) -> Progress:
    limit = basis.rule.limit.narrow(part.limit)
    if part.target.each:
        return _windows(basis, part.target.each, part.limit, lambda then: _same_part(then, part))
    return _amount(replace(basis, dates=(), plan={}), part.target, limit, _part_done(basis, part))


def _part_done(basis: Basis, part: Part) -> int:
    """What counts for the part. In addition to the main target it takes what it needs, and leaves the rest to it."""
    span = _span(basis, part.target)
    done = basis.count(span, part.limit).amount
    return done if part.setting == "within" else min(done, required(part.target, span))


def _set_apart(basis: Basis) -> int:
    return sum(_part_done(basis, part) for part in basis.rule.parts if part.setting == "in-addition")


def _span(basis: Basis, target: Target) -> Span:
    return basis.period.until(target.by) if target.by else basis.period


def _amount(basis: Basis, target: Target, limit: Limit, done: int) -> Progress:
    """A number to reach in the whole period."""
    span = _span(basis, target)
    need = required(target, span)
    over = elapsed(limit.days(span), basis.day)
    expected = pace(need, over, dates_passed(basis.dates, basis.day), planned_by(basis.plan, span, basis.day))
    return Progress(
        done=done,
        state=_state(basis, done, need, over, expected),
        noun=basis.rule.noun,
        words=OF.fill(done=written(done), target=f"{need}–{target.upto}" if target.upto else written(need)),
        target=need,
        upto=target.upto,
        expected=None if expected.expected is None else int(expected.expected),
        share_done=min(1.0, done / need),
        share_expected=None if expected.expected is None else float(expected.expected / need),
    )


def _state(basis: Basis, done: int, need: int, over: Fraction, expected: Pace) -> State:
    if done >= need:
        return State.FULFILLED
    if basis.is_over:
        return State.NOT_FULFILLED
    too_late = over == 1
    if done == 0 and (too_late or (expected.expected or 0) >= 1):
        return State.NOT_STARTED
    return State.BEHIND if too_late or done < expected.enough else State.ON_TRACK


def _windows(basis: Basis, each: Window, within: Limit, target: Callable[[Rule], Target | None]) -> Progress:
    """A number to reach in each window. A window that is not over is not judged; one that was missed stays missed.

    Each window is asked for what the rule in force on its first day promised.
    """

    def need(span: Span) -> int:
        then = basis.rule_on(span.first)
        promised = target(then)
        may_count = then.limit.overlaps(within) and then.limit.narrow(within).days(span)
        return promised.at_least if promised and promised.each is each and may_count else 0

    judged = [span for span in windows(basis.period, each) if need(span)]
    finished = [span for span in judged if span.last < basis.day]
    reached = sum(basis.count(span, within).amount >= need(span) for span in finished)
    one, many = WINDOWS[each]
    noun = one if len(finished) == 1 else many
    return Progress(
        done=reached,
        state=_window_state(basis, reached, len(finished), within),
        noun=many,
        words=OF_WHOLE.fill(done=reached, target=len(finished), noun=noun) if finished else NONE_YET.fill(window=one),
        target=len(judged),
        whole=len(finished),
        expected=len(finished),
        share_done=reached / len(judged) if judged else 0.0,
        share_expected=len(finished) / len(judged) if judged else None,
    )


def _same_part(rule: Rule, part: Part) -> Target | None:
    return next((other.target for other in rule.parts if other.label == part.label), None)


def _window_state(basis: Basis, reached: int, finished: int, within: Limit) -> State:
    if basis.is_over:
        return State.FULFILLED if reached == finished else State.NOT_FULFILLED
    if reached == finished:
        return State.ON_TRACK
    return State.BEHIND if basis.count(basis.period, within).amount else State.NOT_STARTED


def _share(basis: Basis, share: Share) -> Progress:
    """A part of a whole, both shown. "All" is kept while complete, and fulfilled only when the period is over."""
    done = basis.count(basis.period).amount
    whole = _whole(basis, basis.period)
    need = -(-share.at_least_percent * whole // 100)
    kept, missed = (State.FULFILLED, State.NOT_FULFILLED) if basis.is_over else (State.ON_TRACK, State.BEHIND)
    words = _of_whole(basis, done, whole) if whole else share.none
    if whole >= NO_PERCENT_BELOW and share.at_least_percent < 100:
        words = PERCENT.fill(words=words, percent=100 * done // whole)
    lacking = _lacking(basis)
    return Progress(
        done=done,
        state=kept if done >= need else missed,
        noun=basis.rule.noun,
        words=words,
        target=need,
        whole=whole,
        is_small=0 < whole < NO_PERCENT_BELOW,
        lacking=lacking,
        lacking_words=share.lacking_is.fill(n=written(lacking)) if lacking and share.lacking_is else None,
        share_done=min(1.0, done / whole) if whole else 0.0,
    )


def _whole(basis: Basis, span: Span) -> int:
    """What a share is of, on the days of the span: those that wait too long among it."""
    counted = basis.count(span, refs=lambda rule: rule.share.whole if rule.share else ()).amount
    return counted + sum(day in span for day in basis.overdue)


def _of_whole(basis: Basis, done: int, whole: int) -> Label:
    return OF_WHOLE.fill(done=written(done), target=written(whole), noun=basis.rule.noun)


def by_tertial(basis: Basis) -> tuple[tuple[Label, Label], ...]:
    """A share's parts in each third of a year that has begun: "Tertial 2", "3 av 3 kontaktade i tid"."""
    if not basis.rule.share or not basis.period.has_whole_months:
        return ()
    found = []
    for year in range(basis.period.first.year, basis.period.last.year + 1):
        for number, first in enumerate((1, 5, 9), 1):
            whole_span = Span(date(year, first, 1), date(year + first // 9, (first + 4) % 12, 1) - timedelta(days=1))
            span = whole_span.cut(basis.period)
            if span and span.first <= basis.day and (whole := _whole(basis, span)):
                words = _of_whole(basis, basis.count(span).amount, whole)
                found.append((TERTIAL.fill(n=number, year=year), words))
    return tuple(found)


def _lacking(basis: Basis) -> int:
    """The entries that lack what the share needs."""
    all_of_them = basis.count(basis.period, refs=lambda rule: _lacks(rule)[:1]).entries
    return max(0, all_of_them - basis.count(basis.period, refs=lambda rule: _lacks(rule)[1:]).entries)


def _lacks(rule: Rule) -> tuple[str, ...]:
    return rule.share.lacking or () if rule.share else ()


def _together(main: Progress, others: list[Progress]) -> State:
    """One state for a target and its further targets: the worst of them."""
    states = {main.state, *(other.state for other in others)}
    if State.NOT_STARTED in states and main.done:
        states.add(State.BEHIND)
    worst_first = (State.NOT_FULFILLED, State.BEHIND, State.NOT_STARTED, State.ON_TRACK, State.FULFILLED)
    return next(state for state in worst_first if state in states)
