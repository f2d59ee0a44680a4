"""A database of an earlier release opens with today's program: upgraded, nothing of it lost, as good as a new one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from sqlmodel import SQLModel, select

from bot.edges import migrations
from bot.edges.store import Store, StoreRefused, append, broken_links
from bot.edges.tables import EventRow, MailboxRow, Meta, ScheduleRunRow
from bot.model import Event

FIRST = Path(__file__).with_name("schema_1.sql")
"""The tables as release 0.1 made them."""
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
AT = NOW.isoformat(timespec="microseconds")


STATEMENT = (
    "INSERT INTO statement (id, company, customer, cycle, period, currency, number, revision, live, state,"
    " closing_fen, digest, value, documents, layout, words, pdf_sha256, xlsx_sha256, anomalies, send_on, reply_by,"
    " complete_by, reminders, prepared_at, state_since)"
    " VALUES (4, '华东', 'C1', 'monthly', '2026-10', 'CNY', 'DZ-1', 1, 1, 'sent', 100,"
    " 'd', '', '[]', '', '', '', '', '[]', '2026-11-03', '2026-11-10', '2026-11-10', 0, ?, ?)"
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of release 0.1 with a mailbox, a slot of the schedule, a statement's mail and a chained event."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST.read_text("utf-8"))
        connection.execute("INSERT INTO meta VALUES ('schema', '1')")
        connection.execute("INSERT INTO mailbox VALUES ('华东', 'INBOX', 7, 41, 2, '[40]', ?)", (AT,))
        connection.execute("INSERT INTO schedule_run VALUES ('digest', '华东', ?, ?, ?, '')", (AT, AT, AT))
        connection.execute(
            "INSERT INTO import_file (company, sha256, name, kind, rows, at)"
            " VALUES ('华东', 'a', 'x.csv', 'documents', 3, ?)",
            (AT,),
        )
        connection.execute(STATEMENT, (AT, AT))
        connection.execute(
            "INSERT INTO mail (id, company, fingerprint, sha256, size, message_id, sender, subject, received_at,"
            " stored_at, state, error, outcome, rule, rule_version, value, context_sha256)"
            " VALUES (5, '华东', 'f', 'a', 9, 'm', '', '', ?, ?, 'judged', '', 'discrepancy', '', '', '', '')",
            (AT, AT),
        )
        connection.execute(
            "INSERT INTO discrepancy VALUES"
            " (3, '华东', 'CY-202611-0001', 4, 5, ?, 100, NULL, '[]', '[]', '少一笔', 'zhou', '2026-11-05', 1,"
            " NULL, NULL, '', '')",
            (AT,),
        )
        connection.commit()
    return path


def opened(path: Path) -> Store:
    return Store(f"sqlite:///{path}")


def shape(path: Path) -> dict[str, object]:
    """Every table with its columns (name, kind, whether null may stand there, place in the key) and its indexes."""
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: (
                {(row[1], row[2], row[3], row[5]) for row in connection.execute(f"PRAGMA table_info({name})")},
                {(row[1], row[2]) for row in connection.execute(f"PRAGMA index_list({name})")},
            )
            for name in names
        }


def rows(path: Path) -> Iterator[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        yield from connection.execute("SELECT company, folder, uidvalidity, highest_uid, vanished, retry FROM mailbox")
        yield from connection.execute("SELECT job, company, fire_for, claimed_at, done_at, error FROM schedule_run")
        yield from connection.execute("SELECT * FROM discrepancy")
        yield from connection.execute("SELECT company, sha256, name, kind, rows, at FROM import_file")


def test_an_old_database_gets_the_tables_and_columns_of_a_new_one(old: Path, tmp_path: Path) -> None:
    """Red after a change of tables.py? Append a Step to bot/edges/migrations.py, as its first lines say."""
    opened(old).close()
    opened(tmp_path / "new.db").close()
    upgraded, new = shape(old), shape(tmp_path / "new.db")
    assert set(upgraded) == set(new) >= set(SQLModel.metadata.tables)
    for table, columns_and_indexes in new.items():
        assert upgraded[table] == columns_and_indexes, table


def test_nothing_of_an_old_database_is_lost_and_it_is_written_on(old: Path) -> None:
    before = list(rows(old))
    store = opened(old)
    assert list(rows(old)) == before
    with store.write() as session:
        append(session, Event(NOW, "华东", "state", "DZ-1", "queued", "sent", "bot"))
    with store.read() as session:
        mailbox = session.get_one(MailboxRow, ("华东", "INBOX"))
        assert (mailbox.highest_uid, mailbox.since, mailbox.polled_at) == (41, None, NOW)
        assert session.exec(select(ScheduleRunRow.worker)).one() == ""
        assert session.exec(select(EventRow.after)).one() == "sent"
        assert broken_links(session) == []
        assert session.get_one(Meta, "schema").content == str(migrations.NEWEST)
    store.close()


def test_opening_again_changes_nothing(old: Path) -> None:
    opened(old).close()
    first = old.read_bytes()
    opened(old).close()
    assert old.read_bytes() == first


def test_a_step_that_fails_leaves_the_old_database_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shape(old)
    broken = (*migrations.STEPS, migrations.Step("a mistake", ("ALTER TABLE nowhere ADD COLUMN x",)))
    monkeypatch.setattr(migrations, "STEPS", broken)
    monkeypatch.setattr(migrations, "NEWEST", migrations.NEWEST + 1)
    with pytest.raises(Exception, match="nowhere"):
        opened(old)
    assert shape(old) == before


def test_two_processes_that_open_an_old_database_at_once_both_succeed(old: Path) -> None:
    failed: list[BaseException] = []

    def work() -> None:
        try:
            opened(old).close()
        except BaseException as error:  # noqa: BLE001  # told below
            failed.append(error)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.parametrize("schema", ["0", "99"])
def test_a_database_of_a_later_release_is_refused_and_left_alone(old: Path, schema: str) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE meta SET content = ?", (schema,))
        connection.commit()
    before = shape(old)
    with pytest.raises(StoreRefused, match=f"schema {schema}"):
        opened(old)
    assert shape(old) == before


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
        connection.commit()
    with pytest.raises(StoreRefused, match="none of ours"):
        opened(tmp_path / "other.db")
