"""The database: opening it, and the two ways in — ``write`` (one writer, BEGIN IMMEDIATE, FULL) and ``read``.

SQLite in WAL mode with synchronous FULL: what a ``write`` block committed survives the plug (FACTS §7).
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, col, select

from bot.edges.migrations import UnknownSchema, current, upgrade
from bot.edges.tables import EventRow, Sequence
from bot.model import Event

GENESIS = "0" * 64


class StoreRefused(Exception):  # noqa: N818  # says what was refused, not that an error happened
    """The database can't be used as it is; the message says what to do."""


class Store:
    """An open database; safe to share between threads, one writer at a time."""

    def __init__(self, url: str) -> None:
        """Opens (and on first use creates) the database; raises StoreRefused when it can't be used."""
        self.engine = _open(url)
        self._writer = threading.RLock()
        self._install()

    def _install(self) -> None:
        """Two processes that begin at once wait for each other; an old database is upgraded or left as it is."""
        try:
            with self.read() as session:
                if current(session.connection()):
                    return
            with self.write() as session:
                upgrade(session.connection())
        except UnknownSchema as error:
            raise StoreRefused(f"{error}: use the version that wrote it, or a later one") from error

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with self._writer, Session(self.engine, expire_on_commit=False) as session:
            session.connection().exec_driver_sql("BEGIN IMMEDIATE") if self._sqlite else None
            yield session
            session.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view; nothing done in it is kept, and what was read stays readable afterwards."""
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection().exec_driver_sql("BEGIN") if self._sqlite else None
            yield session
            session.expunge_all()
            session.rollback()

    @property
    def _sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


def _open(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise StoreRefused(
            f"database {parsed.get_backend_name()!r} comes with a later version: use sqlite:///data/duizhang.db"
        )
    if parsed.database:
        Path(parsed.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": 30, "isolation_level": None})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _leave_begin_to_us)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _leave_begin_to_us(_connection: Connection) -> None:
    """The driver is in autocommit mode; ``write`` and ``read`` say which BEGIN they mean."""


def next_number(session: Session, company: str, name: str) -> int:
    """The next number of a sequence, starting with 1; given back only when the transaction fails."""
    row = session.get(Sequence, (company, name))
    if row is None:
        row = Sequence(company=company, name=name, last=0)
    row.last += 1
    session.add(row)
    session.flush()
    return row.last


def append(session: Session, happened: Event) -> None:
    """Adds a line to the audit log, chained to the one before it."""
    previous = head(session)
    row = EventRow(
        at=happened.at,
        company=happened.company,
        kind=happened.kind,
        subject=happened.subject,
        before=happened.before,
        after=happened.after,
        actor=happened.actor,
        evidence=happened.evidence,
        detail=happened.detail,
        previous=previous,
        hash=_chained(previous, happened),
    )
    session.add(row)
    session.flush()


def head(session: Session) -> str:
    """The hash of the last event; 64 zeros on an empty log."""
    found = session.exec(select(EventRow.hash).order_by(col(EventRow.seq).desc()).limit(1)).first()
    return found or GENESIS


def broken_links(session: Session) -> list[int]:
    """The sequence numbers of events that don't follow from the one before them: altered, removed or inserted."""
    previous, broken = GENESIS, []
    for row in session.exec(select(EventRow).order_by(col(EventRow.seq))):
        kept = Event(at=row.at, **{name: getattr(row, name) for name in _NAMES})
        if row.previous != previous or row.hash != _chained(previous, kept):
            broken.append(row.seq or 0)
        previous = row.hash
    return broken


_NAMES = ("company", "kind", "subject", "before", "after", "actor", "evidence", "detail")


def _fields(happened: Event) -> dict[str, str]:
    return {name: getattr(happened, name) for name in _NAMES}


def _chained(previous: str, happened: Event) -> str:
    content = [previous, happened.at.isoformat(timespec="microseconds"), *_fields(happened).values()]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
