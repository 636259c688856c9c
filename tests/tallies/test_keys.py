"""How amounts and tallies lie in the database, and that they were moved there from how they lay before."""

from pathlib import Path

from sqlalchemy import inspect, text

from fieldlog import migrations
from fieldlog.database import Database
from fieldlog.tallies.models import KEYS

DAY = {"day_tallies": "day, area, unit", "month_tallies": "month, area, unit"}
WHEN = "'2026-11-01', 'lit', 'turlag-3'"


def test_the_database_keeps_the_keys_in_the_declared_order(database: Database) -> None:
    for table, key in KEYS.items():
        assert inspect(database.writer).get_pk_constraint(table.__tablename__)["constrained_columns"] == key
        assert key[-1] == "measure", "what one entry moves lies together"


def test_what_was_counted_before_is_there_after_an_upgrade(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'earlier.sqlite'}")
    migrations.upgrade(database, "0002")
    with database.writer.begin() as connection:
        for table, when in DAY.items():
            columns = f"municipality, kind, measure, {when}, amount, entries"
            connection.execute(
                text(f"insert into {table} ({columns}) values ('2380', 'patrol', 'patrols', {WHEN}, 7, 5)")
            )
    migrations.upgrade(database)
    with database.reader.begin() as connection:
        for table in DAY:
            kept = connection.execute(text(f"select measure, area, unit, amount, entries from {table}")).all()
            assert kept == [("patrols", "lit", "turlag-3", 7, 5)]
    database.close()
