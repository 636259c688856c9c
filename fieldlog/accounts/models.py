"""The rows of units, accounts and signed-in devices."""

from datetime import date, datetime

from sqlalchemy import Enum, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldlog.actors import NO_UNIT, Actor, Organisation, Role
from fieldlog.database import Base


def _choice(kind: type[Organisation] | type[Role]) -> Enum:
    """A text column that holds a choice by its slug; a new choice needs no migration."""
    return Enum(kind, native_enum=False, create_constraint=False, length=20, values_callable=_slugs)


def _slugs(kind: type[Organisation] | type[Role]) -> list[str]:
    return [choice.value for choice in kind]


class Unit(Base):
    """A team that logs, such as Turlag 3."""

    __tablename__ = "units"

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation: Mapped[Organisation] = mapped_column(_choice(Organisation))
    name: Mapped[str] = mapped_column(String(60))


class Account(Base):
    """One person's way in. ``name`` is kept as ``queries.plain_name`` writes it; ``unit`` is a slug or ``-``.

    ``password_hash`` is empty until somebody who was invited has chosen a password. ``link_digest`` is of the one link
    through which that is done, until ``link_ends_at``. The daily summary goes to ``email`` in ``summary_language``;
    without a language none is wanted. ``summary_day`` is the last day that one was sent for, or perhaps was.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4), index=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[Organisation] = mapped_column(_choice(Organisation))
    role: Mapped[Role] = mapped_column(_choice(Role))
    unit: Mapped[str] = mapped_column(String(40), default=NO_UNIT)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    link_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    link_ends_at: Mapped[datetime | None]
    email: Mapped[str | None] = mapped_column(String(254))
    summary_language: Mapped[str | None] = mapped_column(String(2))
    summary_day: Mapped[date | None]

    @property
    def is_open(self) -> bool:
        """Whether somebody can sign in to it."""
        return self.disabled_at is None and self.password_hash != ""

    def actor(self, device: int | None = None) -> Actor:
        """This person, as actions and queries know them."""
        return Actor(self.id, self.municipality, self.organisation, self.role, self.unit, device)


class Device(Base):
    """A browser that somebody signed in with. Only the digest of its token is kept.

    ``app`` is the version of the app that it last sent entries with, and ``waiting`` how many it then still held.
    """

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    app: Mapped[str | None] = mapped_column(String(40))
    waiting: Mapped[int | None]

    account: Mapped[Account] = relationship(lazy="raise")
