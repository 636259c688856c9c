"""How long the server works on a supervisor's pages after a year, or more, of 150 entries a day."""

import argparse
import os
import time
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient

from benchmarks.house import PEOPLE, PLACE, House
from fieldlog import create_app
from fieldlog.accounts.actions import add_account, open_device
from fieldlog.accounts.queries import account
from fieldlog.actors import Actor, Organisation, Role
from fieldlog.clock import local_day, system_clock
from fieldlog.config import Settings
from fieldlog.supervision.models import Grain, Stretch

A_DAY, DAYS = 150, 365
ROUNDS = 40
NAME = "yttre-befal"


def main() -> None:
    options = argparse.ArgumentParser(prog="benchmarks.pages", description=__doc__)
    options.add_argument("--years", type=int, default=1, help=f"over how many years there are {A_DAY} entries a day")
    options.add_argument("--instance", type=Path, help="an instance folder to fill and keep, for another run")
    chosen = options.parse_args()
    with TemporaryDirectory(prefix="fieldlog-bench-") as name:
        house = House(chosen.instance or Path(name) / "house")
        if not house.file.exists():
            house.set_up(chosen.years)
        house.fill(A_DAY * DAYS * chosen.years, chosen.years)
        print(f"{house.entries()} entries stored; median and slowest of {ROUNDS} requests, in milliseconds")
        for path, took in _measure(house).items():
            print(f"{path:28} {median(took) * 1000:6.1f} {max(took) * 1000:7.1f}")


def _measure(house: House) -> dict[str, list[float]]:
    """The time from the request to the answer's last byte, without a network between."""
    app = create_app(Settings(instance=house.folder))
    client = app.test_client()
    _sign_in(house, client)
    today = local_day(system_clock())
    earlier = today - timedelta(days=40)
    shown = [Stretch.around(day, grain) for day in (today, earlier) for grain in (Grain.DAY, Grain.WEEK, Grain.MONTH)]
    paths = [f"/{stretch.grain}/{stretch.address}" for stretch in shown]
    paths += [f"/period/ostersund-{today.year}", "/pledges", "/manage"]
    found: dict[str, list[float]] = {path: [] for path in paths}
    for number in range(ROUNDS + 2):
        for path, took in found.items():
            begun = time.perf_counter()
            answer = client.get(path)
            spent = time.perf_counter() - begun
            assert answer.status_code == 200, f"{path} answers {answer.status}"
            if number > 1:  # the first ones compile what is kept
                took.append(spent)
    return found


def _sign_in(house: House, client: FlaskClient) -> None:
    now = system_clock()
    office = Actor(0, PLACE, Organisation.MUNICIPALITY, Role.ADMINISTRATOR)
    with house.database() as database:
        with database.read() as reading:
            known = account(reading, NAME)
        if known is None:
            database.write(
                lambda writing: add_account(
                    writing, office, now, name=NAME, password=os.urandom(16).hex(),
                    organisation=Organisation.POLICE, role=Role.SUPERVISOR, unit="-",
                )
            )  # fmt: skip
        with database.read() as reading:
            known = account(reading, NAME)
        assert known, f"{len(PEOPLE)} people, and no {NAME}"
        number = known.id
        token = database.write(lambda writing: open_device(writing, number, now, "Chrome, Windows"))
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True


if __name__ == "__main__":
    main()
