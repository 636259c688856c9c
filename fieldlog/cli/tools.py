"""What every command works with, and how it says no."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import click
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from fieldlog import migrations
from fieldlog.actors import Actor, Organisation, Role
from fieldlog.clock import Clock, system_clock
from fieldlog.config import NotSetUpError, Settings, WrongSettingError
from fieldlog.database import BusyError, Database

Result = TypeVar("Result")


class Tools:
    """The settings, the clock and the database; the last is opened when first asked for."""

    def __init__(self, settings: Settings, clock: Clock = system_clock) -> None:
        self.settings = settings
        self.clock = clock
        # Whoever may run commands on the server acts for the municipality, and has no account.
        self.by = Actor(0, settings.municipality, Organisation.MUNICIPALITY, Role.ADMINISTRATOR)

    @cached_property
    def database(self) -> Database:
        """The database, in its newest shape. Raises NotSetUpError when `fieldlog init` has not been run."""
        opened = Database(self.settings.database)
        click.get_current_context().call_on_close(opened.close)
        if not migrations.is_newest(opened):
            raise NotSetUpError("the database is not in its newest shape: run `fieldlog init` first")
        return opened

    def write(self, work: Callable[[Session], Result]) -> Result:
        return self.database.write(work)

    def read(self, work: Callable[[Session], Result]) -> Result:
        with self.database.read() as session:
            return work(session)


pass_tools = click.make_pass_decorator(Tools)


class Refusal(click.ClickException):
    """Ends a command with one line on stderr, and exit code 1."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))

    def show(self, file: Any = None) -> None:
        click.echo(f"fieldlog: {self.message}", err=True)


class SettingRefusal(Refusal):
    """The same for a setting that will not do."""

    exit_code = 2


class Commands(click.Group):
    """A group whose commands end with one line where the reason is not a fault in fieldlog."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except WrongSettingError as error:
            raise SettingRefusal(str(error)) from None
        except (NotSetUpError, BusyError) as error:
            raise Refusal(str(error)) from None
        except OperationalError as error:
            raise Refusal(f"the database does not answer: {error.orig}") from None
