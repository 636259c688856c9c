"""The sums that somebody may take out, and the exports that they asked for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.areas.queries import areas
from fieldlog.entries.models import NO_AREA
from fieldlog.exports.models import KEPT, Export, Order
from fieldlog.kinds import KINDS, measure
from fieldlog.labels import Label
from fieldlog.periods import Span
from fieldlog.sheets import Cell, Column, Sheet, Type
from fieldlog.tables.queries import plain
from fieldlog.tallies.queries import Amount, figures

TALLIES = Label("Ställning", "Tallies")
TALLY: tuple[tuple[Label, Type], ...] = (
    (Label("Typ av aktivitet", "Kind"), "text"),
    (Label("Mått", "Measure"), "text"),
    (Label("Från", "From"), "date"),
    (Label("Till", "To"), "date"),
    (Label("Kommundel", "Area"), "text"),
    (Label("Antal", "Amount"), "number"),
    (Label("Aktiviteter", "Entries"), "number"),
)


def exports(session: Session, by: Actor, now: datetime) -> Sequence[Export]:
    """What ``by`` asked for and can still fetch, the latest first. It is nobody else's, nor theirs elsewhere."""
    mine = select(Export).where(Export.account_id == by.account, Export.organisation == by.organisation.value)
    return session.scalars(mine.where(Export.asked_at > now - KEPT).order_by(Export.asked_at.desc())).all()


def export(session: Session, id: UUID, by: Actor, now: datetime) -> Export | None:
    """The one of them with this id."""
    return next((found for found in exports(session, by, now) if found.id == id), None)


def sums(session: Session, order: Order, by: Actor) -> dict[tuple[str, Span, str], Amount]:
    """What each measure (``kind.measure``) adds up to, by measure, the days of each month, and area.

    Of a kind that ``by`` reads, every measure; of another, what is open to everybody.
    """
    refs = [
        f"{slug}.{name}"
        for slug in order.kinds
        for name, found in KINDS[slug].measures.items()
        if by.organisation in KINDS[slug].readers or found.public == "open"
    ]
    months = order.span.months
    whole = [month for month in months if month.has_whole_months]
    parts = [whole] if whole else []
    added = {}
    for part in [*parts, *([month] for month in months if not month.has_whole_months)]:
        known = figures(
            session, by.municipality, part[0].first, part[-1].last, refs, daily=not part[0].has_whole_months
        )
        for ref in refs:
            for month in part:
                for area, amount in known.by_area(ref, month.first, month.last).items():
                    added[ref, month, area] = amount
    return added


def tallies(session: Session, order: Order, by: Actor) -> Sheet:
    """The sums as a table, a row for each."""
    language = order.language
    names = {area.slug: area.name for area in areas(session, by.municipality)}

    def row(ref: str, month: Span, area: str, amount: Amount) -> list[Cell]:
        labels = KINDS[ref.partition(".")[0]].label, measure(ref).label
        words = [plain(label, language) for label in labels]
        return [*words, month.first, month.last, names.get(area), amount.amount, amount.entries]

    rows = [row(*key, amount) for key, amount in sums(session, order, by).items()]
    columns = [Column(plain(label, language), holds) for label, holds in TALLY]
    return Sheet(plain(TALLIES, language), columns, [list(zip(*rows, strict=True))] if rows else [])


def by_area(session: Session, order: Order, by: Actor) -> dict[str, Any]:
    """The sums of each area as GeoJSON (RFC 7946).

    An area is the point in its middle, since that and its tile in the cartogram is what is known of it; what has no
    area stands by itself, without a place.
    """
    amounts: dict[str, dict[str, int]] = {}
    for (ref, _, area), amount in sums(session, order, by).items():
        here = amounts.setdefault(area, {})
        here[ref] = here.get(ref, 0) + amount.amount
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "id": place.slug,
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {"name": place.name, "column": place.col, "row": place.row, **amounts.get(place.slug, {})},
        }
        for place in areas(session, by.municipality)
    ]
    if NO_AREA in amounts:
        features.append({"type": "Feature", "id": NO_AREA, "geometry": None, "properties": amounts[NO_AREA]})
    period = {"first": str(order.span.first), "last": str(order.span.last)}
    return {"type": "FeatureCollection", "municipality": by.municipality, "period": period, "features": features}
