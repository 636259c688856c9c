"""``python -m fieldlog.migrations 0002 "Why it changes"`` writes the migration from the newest shape to the models'."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldlog import migrations
from fieldlog.database import Database

if __name__ == "__main__":
    number, reason = sys.argv[1:]
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'fieldlog.sqlite'}")
        migrations.upgrade(database)
        migrations.write_revision(database, reason, number)
        database.close()
