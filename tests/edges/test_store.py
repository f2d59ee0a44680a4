"""The store: transactions, sequences, and the audit chain that shows every altered row."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select, text

from bot.edges.blobs import Blobs
from bot.edges.store import Store, StoreRefused, append, broken_links, head, next_number
from bot.edges.tables import ImportRow, Meta
from bot.model import Event

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path}/duizhang.db")


def happened(subject: str) -> Event:
    return Event(NOW, "华东", "state", subject, "queued", "sent", "bot", "sha256")


def test_a_write_that_raises_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as session:
        next_number(session, "华东", "statement")
        raise RuntimeError
    with store.write() as session:
        assert next_number(session, "华东", "statement") == 1
        assert next_number(session, "华东", "statement") == 2


def test_instants_come_back_aware_and_naive_ones_are_refused(store: Store) -> None:
    with store.write() as session:
        session.add(ImportRow(company="华东", sha256="a", name="x", kind="documents", rows=1, at=NOW))
    with store.read() as session:
        assert session.exec(select(ImportRow.at)).one() == NOW
    with pytest.raises(Exception, match="naive"), store.write() as session:
        session.add(ImportRow(company="华东", sha256="b", name="x", kind="d", rows=1, at=NOW.replace(tzinfo=None)))


def test_A4_an_altered_a_removed_and_an_inserted_event_are_found(store: Store) -> None:
    with store.write() as session:
        for number in range(5):
            append(session, happened(f"DZ-{number}"))
        assert broken_links(session) == []
        assert len(head(session)) == 64
    with store.write() as session:
        session.connection().execute(text("UPDATE event SET after = 'confirmed' WHERE seq = 2"))
    with store.read() as session:
        assert broken_links(session) == [2]
    with store.write() as session:
        session.connection().execute(text("DELETE FROM event WHERE seq = 4"))
    with store.read() as session:
        assert broken_links(session) == [2, 5]


def test_a_database_of_another_version_is_refused_with_a_reason(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/duizhang.db"
    store = Store(url)
    with store.write() as session:
        session.add(session.merge(Meta(key="schema", content="99")))
    store.close()
    with pytest.raises(StoreRefused, match="schema 99"):
        Store(url)
    with pytest.raises(StoreRefused, match="later version"):
        Store("postgresql://localhost/x")


def test_what_is_read_is_not_kept(store: Store) -> None:
    with store.read() as session:
        session.add(Meta(key="x", content="y"))
        session.flush()
    with store.read() as session:
        assert session.get(Meta, "x") is None


def test_blobs_are_kept_once_and_a_changed_one_is_noticed(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    sha256 = blobs.put("對賬單".encode())
    assert blobs.put("對賬單".encode()) == sha256
    assert blobs.get(sha256).decode() == "對賬單"
    assert sha256 in blobs
    assert blobs.all() == {sha256}
    blobs.path(sha256).write_bytes(b"forged")
    with pytest.raises(ValueError, match="no longer holds"):
        blobs.get(sha256)
