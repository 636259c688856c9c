"""Making up what comes before and after the work of a year."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from itertools import accumulate

from fieldlog.aftermath.forms import Change, aftermath
from fieldlog.aftermath.models import Mending, Planning
from fieldlog.clock import local_day
from fieldlog.entries.forms import Item
from fieldlog.findings.models import ROWS, WALK, State
from fieldlog.occasions.queries import PLANNED


def plannings(items: Iterable[Item]) -> Iterator[Planning]:
    """A plan for each occasion, also for one that is yet to come."""
    before = timedelta(days=aftermath().planned_before)
    for item in items:
        if item.kind in PLANNED and not item.replaces:
            yield Planning(item.happened_at - before, item)


def mendings(came: Iterable[tuple[Item, datetime]], slugs: Mapping[str, str]) -> Iterator[Mending]:
    """What becomes of the findings of each walk once it has come; ``slugs`` are the responsibles' by name."""
    walks = ((item, at) for item, at in came if item.kind == WALK and not item.replaces)
    for (walk, at), said in zip(walks, aftermath().walks, strict=False):
        walked = local_day(walk.happened_at)
        for number, (row, changes) in enumerate(zip(walk.answers[ROWS], said.findings, strict=False)):
            who = slugs.get(aftermath().responsibles[row["category"]])
            states = list(accumulate(changes, partial(_after, walked=walked, who=who), initial=State()))
            for done, change in enumerate(changes, 1):
                yield Mending(at + timedelta(days=change.after), walk, number, tuple(states[: done + 1]))


def _after(state: State, change: Change, *, walked: date, who: str | None) -> State:
    return change.made_to(state, walked, who)
