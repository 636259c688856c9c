"""The database: SQLite or PostgreSQL behind the same code."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Table,
    TypeDecorator,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from fieldlog.together import Together

Given = TypeVar("Given")
Result = TypeVar("Result")

ATTEMPTS = 3
BUSY_SECONDS = 15
MOST_THREADS = 64
# Any numbers will do that nobody else locks.
EDITS, COMING_IN = 2_380_003, 2_380_004


class BusyError(Exception):
    """The database let nobody in for ``BUSY_SECONDS``, or ``ATTEMPTS`` deadlocks came in a row: try again later."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets offsets, so they are taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its offset from UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table's parent; the names of constraints are fixed so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[str]: JSON}  # noqa: RUF012 - SQLAlchemy's name


def table(rows: type[Base]) -> Table:
    """The table of the rows, for statements on many at once: written as objects they take three times as long."""
    return cast(Table, rows.__table__)


def dialect_of(session: Session) -> str:
    """ "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def one_at_a_time(session: Session, matter: int = EDITS, *, side_by_side: bool = False) -> None:
    """Wait until every other transaction that asked this has ended: what is read now is not changed by them.

    For what is rare; what is not goes ``side_by_side`` with its like, and waits only for the others. SQLite lets no
    more than one writer in anyway.
    """
    if dialect_of(session) == "postgresql":
        lock = func.pg_advisory_xact_lock_shared if side_by_side else func.pg_advisory_xact_lock
        session.execute(select(lock(matter)))


def insert_into(rows: type[Base], dialect: str) -> postgresql.Insert:
    """An insert that can say what to do with a row that is there already: both databases do, in the same words.

    Keep what is made of it: that takes longer than carrying it out.
    """
    return cast(postgresql.Insert, (sqlite if dialect == "sqlite" else postgresql).insert(table(rows)))


class Database:
    """One database, opened twice: for reading, where SQLite refuses writes, and for writing."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.writer = _engine(url, begin="BEGIN IMMEDIATE")
        self.reader = _engine(url, begin="BEGIN", query_only=True) if self.is_sqlite else self.writer
        # SQLite lets one writer in. Waiting in line here keeps the slowest tenfold faster than SQLite's own polling.
        self._line = threading.Lock()
        self._together: dict[Callable[..., Any], Together[Any, Any]] = {}
        self.commits = 0
        """Another number after each commit that was made through this object: by it what was read can be kept."""

    def read(self) -> Session:
        """A session for reading; the caller closes it."""
        return Session(self.reader, expire_on_commit=False)

    def snapshot(self) -> Session:
        """A session for reading that sees one moment, however long it reads: SQLite's always do."""
        session = self.read()
        if not self.is_sqlite:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return session

    def write(self, work: Callable[[Session], Result]) -> Result:
        """Do ``work`` in one transaction and commit it; nothing of it stays when it raises.

        ``work`` runs again after a deadlock, so it must do nothing outside its session.
        Raises BusyError when the database is locked or deadlocks keep coming.
        """
        for attempt in range(ATTEMPTS):
            try:
                with self._turn(), Session(self.writer, expire_on_commit=False) as session:
                    result = work(session)
                    session.commit()
                    self.commits += 1
                    return result
            except OperationalError as error:
                if not _is_contention(error):
                    raise
                if "locked" in str(error.orig) or attempt == ATTEMPTS - 1:
                    raise BusyError(str(error.orig)) from error
        raise AssertionError("unreachable: the last attempt returns or raises")

    def write_together(self, work: Callable[[Session, Sequence[Given]], Sequence[Result]], given: Given) -> Result:
        """Do ``work``, a function of a module, for what is given here and to others at the same moment: see Together.

        Each gets the answer in its place. All of it is one transaction, as with ``write``.
        """
        if work not in self._together:
            at_once = Together[Any, Any](
                lambda all_given: self.write(lambda session: work(session, all_given)), BusyError
            )
            self._together.setdefault(work, at_once)
        answer: Result = self._together[work].ask(given)
        return answer

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not self._line.acquire(timeout=BUSY_SECONDS):
            raise BusyError("another writer does not come to an end")
        try:
            yield
        finally:
            self._line.release()

    def forget_deleted(self) -> None:
        """Make sure that what was overwritten or deleted is no longer in the database's files.

        PostgreSQL keeps old versions of a row until a vacuum, which this runs; SQLite keeps them in its log.
        Raises BusyError when somebody reads for so long that the log cannot be emptied.
        """
        if self.is_sqlite:
            connection = self.writer.raw_connection()
            is_busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            connection.close()
            if is_busy:
                raise BusyError("somebody is reading: what was deleted is still in the database's log, run this again")
            return
        with self.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as outside_transaction:
            outside_transaction.exec_driver_sql("VACUUM")

    def close(self) -> None:
        self.writer.dispose()
        self.reader.dispose()


def _is_contention(error: OperationalError) -> bool:
    """Whether another writer is the reason: SQLite's lock, PostgreSQL's deadlock or serialisation failure."""
    return "database is locked" in str(error.orig) or getattr(error.orig, "sqlstate", None) in {"40P01", "40001"}


def _engine(url: str, *, begin: str, query_only: bool = False) -> Engine:
    """An engine whose errors do not tell the values of a statement: they end in logs, where nothing is redacted."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=MOST_THREADS, hide_parameters=True)
    engine = create_engine(
        url,
        pool_size=MOST_THREADS,
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")
        # What a statement may have to undo is kept in memory, not in a file made and deleted with each.
        connection.execute("PRAGMA temp_store=MEMORY")
        if query_only:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
