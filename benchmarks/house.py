"""A house of its own for the measurement: an instance folder, people, a filled store, and the server in a process."""

import os
import random
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.cookiejar import CookieJar
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from sqlalchemy.orm import Session

from benchmarks import work
from fieldlog.accounts.actions import add_account
from fieldlog.accounts.queries import account, units
from fieldlog.actors import Actor, Organisation, Role
from fieldlog.areas.queries import slugs
from fieldlog.clock import day_bounds, local_day
from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.entries.forms import Item
from fieldlog.ids import new_id
from fieldlog.intake.actions import accept

PEOPLE = tuple(f"polis-{number}" for number in range(1, 9))
PASSWORD = "rätt häst batteri"
PLACE = "2380"
AT_ONCE = 5_000
PATIENCE = 30
# Every request is held against its limit, as always; the limit is too high to be reached by one phone in a hurry.
LIMITS = {"FIELDLOG_SYNC_LIMIT": "90000 per second", "FIELDLOG_SIGN_IN_LIMIT": "9000 per second"}


class House:
    """One instance folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "fieldlog.sqlite"
        self.environment = {**os.environ, **LIMITS, "FIELDLOG_INSTANCE": str(folder)}

    def set_up(self, years: int = 1) -> None:
        """As `fieldlog init` does, with a programme for each of the last ``years`` and accounts for ``PEOPLE``."""
        this_year = local_day(datetime.now(UTC)).year
        self._run("init")
        for year in range(this_year - years + 1, this_year):
            self._run("programme", "load", "ostersund-2017", "--year", str(year))
        with self.database() as database:
            database.write(_add_people)

    def fill(self, wanted: int, years: int = 1) -> None:
        """Let the store hold ``wanted`` entries, spread over the year so far and those before it, ``years`` in all.

        Through the door, many at a time.
        """
        dice = random.Random(wanted)
        with self.database() as database:
            with database.read() as reading:
                people = [found.actor() for name in PEOPLE if (found := account(reading, name))]
                areas = sorted(slugs(reading, PLACE))
            while missing := wanted - self.entries():
                now, by = datetime.now(UTC), dice.choice(people)
                items = [_stored(dice, areas, now, years) for _ in range(min(missing, AT_ONCE))]
                results = database.write(lambda session: accept(session, items, by, now))  # noqa: B023 - called at once
                assert all(result.outcome == "accepted" for result in results)

    def entries(self) -> int:
        """How many entries are stored."""
        with self.database() as database, database.reader.connect() as connection:
            return int(connection.exec_driver_sql("select count(*) from entries").scalar_one())

    def areas(self) -> tuple[str, ...]:
        with self.database() as database, database.read() as reading:
            return tuple(sorted(slugs(reading, PLACE)))

    def copy_to(self, folder: Path) -> "House":
        """The same house in another folder."""
        shutil.copytree(self.folder, folder)
        return House(folder)

    def recount(self) -> None:
        """Count everything again from the entries, as `fieldlog recount` does: it fails when a figure differs."""
        self._run("recount")

    @contextmanager
    def database(self) -> Iterator[Database]:
        opened = Database(Settings(instance=self.folder).database)
        yield opened
        opened.close()

    @contextmanager
    def serving(self, command: Sequence[str] = ()) -> Iterator["Server"]:
        """The server, as `fieldlog serve` starts it unless another ``command`` does."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(
            [*(command or [_fieldlog(), "serve"]), "--port", str(port)], env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        server = Server(process, port)
        try:
            server.wait()
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)

    def _run(self, *words: str) -> None:
        done = subprocess.run([_fieldlog(), *words], env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"fieldlog {' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


class Server:
    """A server that runs in a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.port = port
        self._process = process

    def wait(self) -> None:
        """Until it answers."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends and self._process.poll() is None:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise SystemExit("the server does not start")

    def processor_seconds(self) -> float:
        """What the server's process has used of the processors."""
        parts = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def sign_in(self, name: str) -> work.Session:
        """Sign a device in by the page, as a person does."""
        jar = CookieJar()
        browser = build_opener(HTTPCookieProcessor(jar))
        address = f"http://127.0.0.1:{self.port}"
        page = browser.open(f"{address}/sign-in").read().decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token, "the sign-in page has no form"
        said = {"csrf_token": token[1], "name": name, "password": PASSWORD}
        browser.open(f"{address}/sign-in", urlencode(said).encode()).read()
        told = re.search(rb'"account":\s*(\d+)', browser.open(f"{address}/whoami").read())
        assert told, f"{name} cannot sign in"
        return work.Session(next(str(cookie.value) for cookie in jar if cookie.name == "fieldlog"), int(told[1]))


def _add_people(session: Session) -> None:
    office = Actor(0, PLACE, Organisation.MUNICIPALITY, Role.ADMINISTRATOR)
    teams = [unit.slug for unit in units(session, PLACE) if unit.organisation is Organisation.POLICE]
    for name, unit in zip(PEOPLE, cycle(teams), strict=False):
        add_account(
            session, office, datetime.now(UTC), name=name, password=PASSWORD,
            organisation=Organisation.POLICE, role=Role.REPORTER, unit=unit,
        )  # fmt: skip


def _stored(dice: random.Random, areas: list[str], now: datetime, years: int) -> Item:
    new_year, _ = day_bounds(date(local_day(now).year - years + 1, 1, 1))
    happened_at = new_year + dice.random() * (now - new_year)
    return Item(
        id=new_id(happened_at), kind=work.KIND, happened_at=happened_at, saved_at=happened_at,
        area=dice.choice(areas), answers=work.answers(dice),
    )  # fmt: skip


def _fieldlog() -> str:
    return str(Path(sys.executable).with_name("fieldlog"))
