"""Every kind of work that can be logged, each declared once, in a file for each theme of the pledges.

Slugs and field names are never renamed or reused; a kind is retired, not removed.
"""

from collections.abc import Iterator

from fieldlog.actors import Organisation
from fieldlog.kind import Kind
from fieldlog.kinds import helping, streets, traffic, venues, youth
from fieldlog.measures import Measure

KINDS: dict[str, Kind] = {
    declared.slug: declared
    for theme in (traffic, helping, streets, youth, venues)
    for declared in vars(theme).values()
    if isinstance(declared, Kind)
}


def logged_by(organisation: Organisation) -> list[Kind]:
    """The kinds that an organisation logs on a form today, in the order declared."""
    return [kind for kind in KINDS.values() if organisation in kind.logged_by and kind.has_form and not kind.is_retired]


def linking_to(kind: Kind) -> Iterator[Kind]:
    """The kinds whose entries can be linked to an entry of this kind."""
    return (other for other in KINDS.values() if other.link and other.link.to == kind.slug)


def measure(reference: str) -> Measure:
    """The measure written ``kind.measure``. Raises KeyError when there is none."""
    kind, _, name = reference.partition(".")
    return KINDS[kind].measures[name]
