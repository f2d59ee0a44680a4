"""How a database of an earlier release becomes today's: ordered steps of SQL, all of them in one transaction.

A new table needs no step. A new column, an index on an old table or anything else does: append a :class:`Step`, never
change one that was released. ``tests/edges/test_migrations.py`` compares an upgraded database with a new one.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

_FIRST = 1
"""The schema of the first release, 0.1."""


@dataclass(frozen=True, slots=True)
class Step:
    """What leads to one schema from the one before it; ``says`` what it is for."""

    says: str
    statements: tuple[str, ...]


_RENUMBERED = (
    "CREATE TABLE renumbered (id INTEGER NOT NULL, company VARCHAR NOT NULL, number VARCHAR NOT NULL,"
    " statement_id INTEGER NOT NULL, mail_id INTEGER NOT NULL, opened_at VARCHAR(32) NOT NULL,"
    " ours_fen BIGINT NOT NULL, theirs_fen BIGINT, causes VARCHAR NOT NULL, documents VARCHAR NOT NULL,"
    " words VARCHAR NOT NULL, owner VARCHAR NOT NULL, answer_by DATE NOT NULL, rounds INTEGER NOT NULL,"
    " escalated_at VARCHAR(32), closed_at VARCHAR(32), result VARCHAR NOT NULL, voided_why VARCHAR NOT NULL,"
    " PRIMARY KEY (id), UNIQUE (company, number), FOREIGN KEY(statement_id) REFERENCES statement (id),"
    " FOREIGN KEY(mail_id) REFERENCES mail (id))"
)
STEPS = (
    Step("mails older than the first look into a mailbox", ("ALTER TABLE mailbox ADD COLUMN since VARCHAR(32)",)),
    Step("which of them were there", ("ALTER TABLE mailbox ADD COLUMN old_below INTEGER NOT NULL DEFAULT 0",)),
    Step(
        "the process that runs a slot of the schedule",
        ("ALTER TABLE schedule_run ADD COLUMN worker VARCHAR NOT NULL DEFAULT ''",),
    ),
    Step(
        "each company numbers its own discrepancies",
        (
            _RENUMBERED,
            "INSERT INTO renumbered SELECT * FROM discrepancy",
            "DROP TABLE discrepancy",
            "ALTER TABLE renumbered RENAME TO discrepancy",
            "CREATE INDEX ix_discrepancy_statement_id ON discrepancy (statement_id)",
        ),
    ),
    Step(
        "what became of a mail's DKIM signatures",
        ("ALTER TABLE mail ADD COLUMN signatures VARCHAR NOT NULL DEFAULT ''",),
    ),
)
"""Released ones never change; SQLite alters no constraint, so such a table is made anew and its rows are copied."""
NEWEST = _FIRST + len(STEPS)


class UnknownSchema(Exception):  # noqa: N818  # says what the database is, not that an error happened
    """The database was made by a later release, or is none of ours; nothing was changed."""


def current(connection: Connection) -> bool:
    """Whether nothing is to be done; a database that is opened to read isn't written to."""
    tables = set(inspect(connection).get_table_names())
    return tables >= set(SQLModel.metadata.tables) and _schema(connection) == NEWEST


def upgrade(connection: Connection) -> None:
    """Makes a new database, or brings an old one up to :data:`NEWEST`, in the caller's transaction. Idempotent."""
    found = _schema(connection)
    if not _FIRST <= found <= NEWEST:
        raise UnknownSchema(f"the database has schema {found}, this version knows {_FIRST} to {NEWEST}")
    for step in STEPS[found - _FIRST :]:
        for statement in step.statements:
            connection.exec_driver_sql(statement)
    SQLModel.metadata.create_all(connection)
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta (key, content) VALUES ('schema', ?)", (str(NEWEST),))


def _schema(connection: Connection) -> int:
    """The schema's number; an empty database has the newest as soon as it is made."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return NEWEST
    row = None
    if "meta" in tables:
        row = connection.exec_driver_sql("SELECT content FROM meta WHERE key = 'schema'").first()
    if row is None:
        raise UnknownSchema("the database holds tables, but none of ours")
    return int(row[0])
