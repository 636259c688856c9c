"""Photos in a backup: one file holds the database and, in a table of its own, what lies beside it."""

import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

from fieldlog.cli.sqlite import open_file
from fieldlog.photos.models import FOLDER

TABLE = "photo_files"


def pack(backup: Path, instance: Path) -> int:
    """Put the files of the photos that the backup knows into it; how many there were."""
    number = 0
    with open_file(backup) as opened, opened:
        opened.execute(f"create table {TABLE} (name text primary key, content blob not null)")
        for file in sorted((instance / FOLDER).glob("*")):
            known = opened.execute(
                "select 1 from photos where id = ? and removed_at is null", (file.name.replace("-", ""),)
            )
            if known.fetchone():
                opened.execute(f"insert into {TABLE} values (?, ?)", (file.name, file.read_bytes()))  # noqa: S608
                number += 1
    return number


def unpack(backup: Path, instance: Path, now: datetime) -> Path | None:
    """Take the files out of the backup, which is then the database alone; where those that lay there before lie now."""
    folder = instance / FOLDER
    kept = instance / f"{FOLDER}.before-{now:%Y%m%dT%H%M%S}"
    if moved := folder.exists():
        os.replace(folder, kept)
    folder.mkdir(mode=0o700)
    with open_file(backup) as opened:
        if opened.execute("select 1 from sqlite_master where name = ?", (TABLE,)).fetchone():
            for name, content in opened.execute(f"select name, content from {TABLE}"):  # noqa: S608
                (folder / str(UUID(name))).write_bytes(content)
            with opened:
                opened.execute(f"drop table {TABLE}")
            opened.isolation_level = None
            opened.execute("vacuum")
    return kept if moved else None
