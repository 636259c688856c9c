"""Working out what the feed tells, from the posts and from what was published."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from fieldlog.counting.queries import in_words
from fieldlog.entries.queries import RulesByDay
from fieldlog.feed.models import News, lasting_id
from fieldlog.labels import Label
from fieldlog.periods import Span
from fieldlog.programmes.models import Commitment
from fieldlog.programmes.queries import whole
from fieldlog.public.models import ProgrammeTold
from fieldlog.publication.queries import Ledger, basis_of, ledger, posts, publications
from fieldlog.targets.models import Progress
from fieldlog.targets.queries import progress

MOST = 50
TITLE = Label("{title}: {words}", "{title}: {words}")
TEXT = Label(
    "{text} Målet är nått: {words}, räknat till och med {day}.",
    "{text} The target is reached: {words}, counted to the end of {day}.",
)


def news(session: Session, municipality: str, told: ProgrammeTold | None) -> list[News]:
    """The posts, and the milestones of the programme, the latest first."""
    written = [
        News(lasting_id(f"{municipality}/post/{post.id}"), post.published_at, post.title, post.text)
        for post in posts(session, municipality, most=MOST)
    ]
    reached = _milestones(session, municipality, told) if told else ()
    return sorted([*written, *reached], key=lambda one: one.at, reverse=True)[:MOST]


def is_reached(progress: Progress | None) -> bool:
    """Whether a number was promised, and so many are done."""
    return bool(progress and progress.whole is None and progress.target and progress.done >= progress.target)


def _milestones(session: Session, municipality: str, told: ProgrammeTold) -> Iterator[News]:
    """Each number that was promised and is reached, in the page's words on the first day on which it was.

    Of open figures only: when a sensitive sum is renewed is not told.
    """
    shown = [one for pledge in told.pledges for one in pledge.commitments if not one.is_total]
    slugs = {one.slug for one in shown if is_reached(one.progress)}
    row = whole(session, municipality, told.slug)
    items = [item for pledge in row.pledges for item in pledge.commitments if item.slug in slugs] if row else []
    span = Span(told.first_day, told.last_day)
    book = ledger(session, municipality, span, sorted(_refs(*items)), told.through)
    at = {one.through: one.published_at for one in publications(session, municipality)}
    rules = RulesByDay(session, municipality)
    pledges = {one.slug: pledge.slug for pledge in told.pledges for one in pledge.commitments}
    for item in items:
        if first := _first(item, span, book, rules):
            yield News(
                id=lasting_id(f"{municipality}/milestone/{told.slug}/{item.slug}"),
                at=at[first[0]],
                title=TITLE.fill(title=item.title, words=first[1]),
                text=TEXT.fill(text=item.text, words=first[1], day=in_words(first[0])),
                programme=told.slug,
                pledge=pledges[item.slug],
            )


def _first(item: Commitment, span: Span, book: Ledger, rules: RulesByDay) -> tuple[date, Label] | None:
    """The first publication by which the number was reached, and how the page told it."""
    refs = _refs(item)
    own = Ledger([line for line in book.lines if line.ref in refs], book.began, book.through)
    for through in sorted({line.through for line in own.lines}):
        then = progress(basis_of(item, span, own.as_of(through), rules))
        if is_reached(then):
            return through, then.words
    return None


def _refs(*items: Commitment) -> frozenset[str]:
    return frozenset[str]().union(*(version.rule.refs for item in items for version in item.rules))
