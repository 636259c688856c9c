"""Reports of the work of a test, the slow count that they must agree with, and what a PDF says."""

import re
import zlib
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.periods import ONE_DAY, Span
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.publication.actions import publish
from fieldlog.reports.models import Report, Told
from fieldlog.reports.queries import report
from tests.tallies.shift import adds_up_to

NOW = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)
LATER = datetime(2027, 2, 1, 12, tzinfo=UTC)
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))

Days = Counter[tuple[str, date, str]]


def load(session: Session, by: Actor, year: int = 2026) -> None:
    load_programme(session, read_programme(OSTERSUND).for_year(year), by=by, now=NOW)
    session.flush()


def made(session: Session, span: Span = YEAR, now: datetime = NOW) -> Report:
    """The report as it is on the morning after, when the day's work is public."""
    publish(session, "2380", now + ONE_DAY, 1)
    session.expire_all()
    return report(session, "2380", span, now)


def told(session: Session, slug: str, span: Span = YEAR, now: datetime = NOW) -> Told:
    return next(told for told in made(session, span, now).commitments if told.slug == slug)


def by_day(session: Session) -> Days:
    """What the rows say, by measure, day and area."""
    found: Days = Counter()
    for key, number in adds_up_to(session).items():
        if key[0] == "day" and key[-1] == "amount":
            _, kind, measure, day, area, *_ = key
            found[f"{kind}.{measure}", day, area] += number
    return found


def within(days: Days, refs: tuple[str, ...], span: Span, **only: Any) -> int:
    """The sum of the measures in the span, in one area or in one month (its first day) if ``only`` says so."""
    return sum(
        number
        for (ref, day, area), number in days.items()
        if ref in refs
        and day in span
        and area == only.get("area", area)
        and day.replace(day=1) == only.get("month", day.replace(day=1))
    )


def text_of(pdf: bytes) -> str:
    """The text of a PDF as it was written, line by line."""
    pages = [
        zlib.decompress(packed) for packed in re.findall(rb"/FlateDecode.*?stream\n(.*?)\nendstream", pdf, re.DOTALL)
    ]
    strings = (one for page in pages for one in re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", page))
    return "\n".join(re.sub(rb"\\([()\\])", rb"\1", one).decode("cp1252") for one in strings)
