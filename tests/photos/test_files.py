"""A photo and its file are there together or not at all: when the process dies, in a backup, after a decision."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.disclosure.actions import retain
from fieldlog.disclosure.models import Decision
from fieldlog.photos.actions import accept, remove, tidy
from fieldlog.photos.models import FOLDER, Photo, Sent
from fieldlog.photos.queries import photos_of
from tests.cli.shell import Shell, copy, shell
from tests.fixtures.people import person
from tests.fixtures.pictures import picture
from tests.fixtures.work import NOW, log
from tests.photos.test_door import ID
from tests.photos.walk import LAMP, WALK, Walk

__all__ = ["copy", "shell"]

DIES = """
import os, sys
from pathlib import Path
from uuid import UUID
from fieldlog.photos import actions
from fieldlog.photos.models import Sent
from fieldlog.database import Database
from tests.fixtures.people import person
from tests.fixtures.people import person
from tests.fixtures.pictures import picture
from tests.fixtures.work import NOW
from tests.photos.walk import LAMP

url, instance, entry, id = sys.argv[1:]
database = Database(url)
write = actions._write
def write_and_die(file, content):
    write(file, content)
    os.kill(os.getpid(), 9)
actions._write = write_and_die
sent = Sent(UUID(id), UUID(entry), LAMP, picture())
actions.accept(database.write, sent, Path(instance), person(database, "inspector"), NOW)
"""


def test_a_process_that_dies_between_file_and_commit_leaves_no_photo(walk: Walk, shell: Shell) -> None:
    arguments = [walk.database.url, str(walk.instance), str(walk.entry), ID]
    died = subprocess.run([sys.executable, "-c", DIES, *arguments], check=False)
    assert died.returncode == -signal.SIGKILL
    assert (walk.files, walk.rows) == ({ID}, []), "it died where it should"
    assert walk.as_("inspector").get(f"/photos/{ID}").status_code == 404
    walk.database.write(lambda session: tidy(session, walk.instance))
    assert walk.files == set()
    assert walk.outcome(picture(), id=ID) == "accepted"
    assert walk.files == {ID}


def test_a_write_that_comes_to_nothing_leaves_no_file(
    database: Database, inspector: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = Sent(WALK.id, WALK.id, LAMP, picture())
    database.write(lambda session: log(session, inspector, WALK))
    with monkeypatch.context() as patched:
        patched.setattr(Session, "commit", lambda _session: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            accept(database.write, sent, tmp_path, inspector, NOW)
    database.write(lambda session: tidy(session, tmp_path))
    assert not list((tmp_path / FOLDER).iterdir())
    assert [accept(database.write, sent, tmp_path, inspector, NOW).outcome for _ in range(2)] == ["accepted", "already"]
    with database.read() as session:
        (found,) = photos_of(session, [LAMP])[LAMP]
    assert (tmp_path / FOLDER / str(found.id)).is_file()
    database.write(lambda session: remove(session, session.get_one(Photo, found.id), inspector, NOW))
    assert database.write(lambda session: tidy(session, tmp_path)) == 1


def test_check_finds_a_photo_without_its_file_and_removes_a_file_without_its_photo(walk: Walk, shell: Shell) -> None:
    assert walk.outcome(id=ID) == "accepted"
    shell.live.chmod(0o600)
    (walk.instance / FOLDER / "stray").write_bytes(b"x")
    answer = shell("check")
    assert "1 files without a photo are removed" in answer.output
    assert answer.exit_code == 0
    (walk.instance / FOLDER / ID).unlink()
    answer = shell("check")
    assert f"WRONG  photo {ID} has no file" in answer.output
    assert answer.exit_code == 1


def test_a_backup_holds_the_photos_and_puts_them_back(walk: Walk, shell: Shell, copy: Path) -> None:
    assert walk.outcome(id=ID) == "accepted"
    before = (walk.instance / FOLDER / ID).read_bytes()
    assert "1 photos" in shell("backup", copy).output
    assert walk.outcome(picture()) == "accepted"
    (walk.instance / FOLDER / ID).unlink()
    assert shell("restore", copy).exit_code == 0
    assert walk.files == {ID}
    assert (walk.instance / FOLDER / ID).read_bytes() == before
    assert len(list(walk.instance.glob(f"{FOLDER}.before-*/*"))) == 1, "what was there is kept"
    shell.live.chmod(0o600)
    assert shell("check").exit_code == 0


def test_what_a_decision_removes_takes_its_photos_along(walk: Walk) -> None:
    assert walk.outcome(id=ID) == "accepted"
    later = NOW + timedelta(days=400)
    decision = Decision("KS 2026/1", ("safety-walk",), (NOW + timedelta(days=10)).date())
    by = person(walk.database, "administrator")
    walk.database.write(lambda session: retain(session, decision, by, later, carry_out=True))
    assert walk.rows == []
    assert walk.database.write(lambda session: tidy(session, walk.instance)) == 1
