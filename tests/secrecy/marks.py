"""Words that stand nowhere else: where one comes out, what it was written into has come out."""

import re
from collections.abc import Iterator

from fieldlog.actors import Organisation, Role


def name(organisation: Organisation, role: Role) -> str:
    """What the account of that part is called, without its mark."""
    return f"{organisation.value}-{role.value}"


PARTS = {name(organisation, role): (organisation, role) for organisation in Organisation for role in Role}
ADMINISTRATORS = tuple(name(organisation, Role.ADMINISTRATOR) for organisation in Organisation)
STRANGER = ""
LOOKS_LIKE = re.compile(rb"qzq[b-n]{4}qz|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[2-9A-Z]{2}-?[2-9A-Z]{3}\b")
"""A word, an id, or the code of a handover, as it is stored or spoken."""


class Marks:
    """Every mark, what it was written into, and who may read that."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[str, frozenset[str]]] = {}

    def new(self, what: str, *readers: str) -> str:
        """A mark for something that only these people may read."""
        number = f"{len(self.told):04}"
        mark = "qzq" + "".join("bcdfghjkmn"[int(digit)] for digit in number) + "qz"
        self.told[mark] = (what, frozenset(readers))
        return mark

    def add(self, mark: object, what: str, *readers: str) -> None:
        """Something that is a mark by itself, such as an id."""
        self.told[str(mark)] = (what, frozenset(readers))

    def within(self, body: bytes) -> set[str]:
        """The marks that stand in the body."""
        return {found.decode() for found in LOOKS_LIKE.findall(body)} & self.told.keys()

    def out(self, body: bytes, reader: str, *, asked: str = "") -> Iterator[str]:
        """What the body tells and the reader may not know; what they asked for by name is not told."""
        for mark in self.within(body):
            what, readers = self.told[mark]
            if reader not in readers and mark not in asked:
                yield what


def staff(*organisations: Organisation) -> tuple[str, ...]:
    """Everybody of the organisations but those who administrate."""
    return tuple(name(each, role) for each in organisations for role in (Role.REPORTER, Role.SUPERVISOR))


def supervisors(*organisations: Organisation) -> tuple[str, ...]:
    return tuple(name(each, Role.SUPERVISOR) for each in organisations)


def colleagues(organisation: Organisation) -> tuple[str, ...]:
    """Everybody of the organisation, and those who keep the accounts."""
    return (*(name(organisation, role) for role in Role), *ADMINISTRATORS)
