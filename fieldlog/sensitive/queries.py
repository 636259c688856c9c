"""Whether a number may be told, and as of which publication the sensitive ones are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from fieldlog.clock import day_bounds
from fieldlog.counting.models import Aside, Rule
from fieldlog.entries.queries import RulesByDay
from fieldlog.kinds import measure
from fieldlog.measures import Publicity
from fieldlog.periods import Span
from fieldlog.programmes.models import Commitment, Programme
from fieldlog.publication.queries import Ledger, Line
from fieldlog.spread.queries import publicity
from fieldlog.targets.models import Version

Refs = frozenset[str]
UNANSWERED = "help-offer.unanswered"
RENEWED_AFTER = 5


class Whole(NamedTuple):
    """A sum that is renewed in steps: of these measures, and of yeses that have waited too long where it adds those."""

    refs: Refs
    adds_overdue: bool = False


def lasts(row: Commitment, programme: Programme) -> bool:
    """Whether the commitment counts all days of its programme, and always did.

    Days that left a programme, or came into it at its beginning, would be the difference between two sums.
    """
    moved = any(known.first_day != programme.first_day for known in programme.earlier or ())
    return not (row.first_day or row.last_day or moved)


class Waits:
    """The yeses to help in a ledger that wait for an answer."""

    def __init__(self, book: Ledger, rules: RulesByDay) -> None:
        self._lines = [line for line in book.lines if line.ref == UNANSWERED]
        self._answer_by = {day: rules.on(day).answer_by(day_bounds(day)[1]) for day in {one.day for one in self._lines}}

    def overdue(self, moment: date) -> tuple[date, ...]:
        """The days of those that surely had waited too long when the moment's day was over: all the time had passed."""
        found, (_, now) = Counter[date](), day_bounds(moment)
        for line in self._lines:
            if line.through <= moment and self._answer_by[line.day] <= now:
                found[line.day] += line.value.amount
        return tuple(found.elements())


def openness(versions: Sequence[Version], aside: Aside | None = None, *, is_whole: bool = True) -> Publicity:
    """How far a commitment's tally may be told, or a number beside it: as far as the strictest measure in it.

    A sensitive sum of some areas, days or months only, or of a stretch in which another rule held, is never told, nor
    is that of a commitment that joined its programme later or left it: beside the whole sum it would tell the rest.
    """
    rules = [version.rule for version in versions]
    made_of = {tuple(_refs(rule, aside)) for rule in rules}
    public = publicity(frozenset().union(*made_of))
    if public != "period":
        return public
    is_whole = is_whole and all(
        rule.limit.is_open and not rule.parts and not (rule.target and (rule.target.each or rule.target.by))
        for rule in rules
    )
    known = all(aside is None or any(_same(aside, other) for other in rule.beside) for rule in rules)
    return "period" if is_whole and known and len(made_of) == 1 else "never"


def told_through(book: Ledger, wholes: Collection[Whole], last_day: date, waits: Waits) -> date | None:
    """The publication as of which these sums, which are only told together, are told; None when too few have come.

    Each is renewed by at least ``RENEWED_AFTER`` or not at all, and all of them when the period's last day is public.
    So nobody learns from one number what changed in another.
    """
    refs: Refs = frozenset().union(*(whole.refs for whole in wholes))
    moments: dict[date, list[Line]] = defaultdict(list)
    for line in book.lines:
        if line.ref in refs:
            moments[line.through].append(line)
    end = max(last_day, book.began)
    # Time alone makes a yes one that has waited too long: each publication may tell another number then.
    daily = Span(book.began, book.through) if any(whole.adds_overdue for whole in wholes) else ()
    counted, told, as_of = Counter[Whole](), dict.fromkeys(wholes, 0), None
    for moment in sorted({*moments, *daily, *([end] if end <= book.through else [])}):
        for whole in wholes:
            counted[whole] += sum(line.value.amount for line in moments[moment] if line.ref in whole.refs)
        late = len(waits.overdue(moment)) if daily else 0
        so_far = {whole: counted[whole] + (late if whole.adds_overdue else 0) for whole in wholes}
        grown = {abs(so_far[whole] - told[whole]) for whole in wholes} - {0}
        if moment == end or (grown and min(grown) >= RENEWED_AFTER):
            told, as_of = so_far, moment
    return as_of


class Clocks:
    """As of which publication each sensitive number of a programme is told.

    Numbers that share a measure, directly or through others, are told as of the same one.
    """

    def __init__(self, book: Ledger, commitments: Iterable[Sequence[Version]], last_day: date, waits: Waits) -> None:
        self._groups: list[tuple[set[str], set[Whole]]] = []
        for versions in commitments:
            rule = versions[-1].rule
            for aside in (None, *rule.beside):
                if openness(versions, aside) == "period":
                    self._join(_sensitive(_refs(rule, aside)), _whole(rule, aside))
        self._as_of = [told_through(book, wholes, last_day, waits) for _, wholes in self._groups]

    def of_tally(self, rule: Rule) -> date | None:
        """When the rule's sensitive tally was told last; None before that."""
        return self._of(_whole(rule, None))

    def of_aside(self, rule: Rule, aside: Aside) -> date | None:
        """The same for a number beside it."""
        return self._of(_whole(rule, aside))

    def _of(self, whole: Whole) -> date | None:
        return next(as_of for (_, wholes), as_of in zip(self._groups, self._as_of, strict=True) if whole in wholes)

    def _join(self, refs: Refs, whole: Whole) -> None:
        shared = [group for group in self._groups if group[0] & refs]
        self._groups = [group for group in self._groups if group not in shared]
        joined: tuple[set[str], set[Whole]] = (set(refs), {whole})
        for others, wholes in shared:
            joined[0].update(others)
            joined[1].update(wholes)
        self._groups.append(joined)


def _refs(rule: Rule, aside: Aside | None) -> tuple[str, ...]:
    """The measures that the tally is made of, or a number beside it."""
    if aside:
        return (*aside.counts, *aside.of)
    return (*rule.counts, *((*rule.share.whole, *(rule.share.lacking or ())) if rule.share else ()))


def _whole(rule: Rule, aside: Aside | None) -> Whole:
    """What has to grow before the number is renewed: the sum of its sensitive measures, of a share its whole."""
    if aside:
        return Whole(_sensitive(aside.of) or _sensitive(aside.counts))
    if rule.share and (refs := _sensitive(rule.share.whole)):
        return Whole(refs, rule.share.overdue)
    return Whole(_sensitive(_refs(rule, None)))


def _sensitive(refs: Iterable[str]) -> Refs:
    return frozenset(ref for ref in refs if measure(ref).public == "period")


def _same(one: Aside, other: Aside) -> bool:
    return (one.counts, one.of) == (other.counts, other.of)
