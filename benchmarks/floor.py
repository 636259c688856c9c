"""What the disk alone allows: commits of one small row each, as safe as the door's."""

import sqlite3
import time
from pathlib import Path

COMMITS = 1_000


def commits(folder: Path) -> list[float]:
    """How long each commit took, in seconds, with everything on the disk before it is answered."""
    file = folder / "floor.sqlite"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS small (id INTEGER PRIMARY KEY, text TEXT)")
    each = []
    for _ in range(COMMITS):
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO small (text) VALUES ('one small row')")
        connection.execute("COMMIT")
        each.append(time.perf_counter() - begun)
    connection.close()
    return each
