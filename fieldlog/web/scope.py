"""What belongs to one request: the moment, who acts, and the one session it reads from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from flask import Flask, current_app, g
from flask_login import current_user
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.clock import Clock
from fieldlog.config import Settings
from fieldlog.database import Database

Given = TypeVar("Given")
Result = TypeVar("Result")

_KEY = "fieldlog"


@dataclass(frozen=True)
class House:
    """What one application works with, for as long as it lives."""

    settings: Settings
    database: Database
    clock: Clock


def install(app: Flask, house: House) -> None:
    app.extensions[_KEY] = house
    app.teardown_appcontext(lambda _error: read_anew())


def house() -> House:
    found: House = current_app.extensions[_KEY]
    return found


def settings() -> Settings:
    return house().settings


def database() -> Database:
    return house().database


def now() -> datetime:
    """The moment, in UTC, from the clock that the application was made with."""
    return house().clock()


def actor() -> Actor:
    """The signed-in person. Only for views that do not allow everyone."""
    acting: Actor = current_user.actor
    return acting


def reading() -> Session:
    """The request's session for reading: opened when first asked for, closed with the request."""
    if "reading" not in g:
        g.reading = database().read()
    session: Session = g.reading
    return session


def write(work: Callable[[Session], Result]) -> Result:
    """Do ``work`` in one transaction and commit it, as ``Database.write`` does.

    What the request reads afterwards is read anew, so it sees what was written.
    """
    read_anew()
    return database().write(work)


def write_together(work: Callable[[Session, Sequence[Given]], Sequence[Result]], given: Given) -> Result:
    """The same for what many requests ask for at the same moment, as ``Database.write_together`` does."""
    read_anew()
    return database().write_together(work, given)


def read_anew() -> None:
    """What the request reads from now on is what stands in the database now."""
    session: Session | None = g.pop("reading", None)
    if session is not None:
        session.close()
