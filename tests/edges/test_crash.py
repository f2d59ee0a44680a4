"""Killed anywhere, any number of times: each mail is delivered exactly once and each arrival recorded exactly once.

A worker process owes, settles, sends and receives; in each cycle it is killed at a random failpoint or moment. The
short run belongs to every test run, the long one and the one on Postfix and Dovecot to ``-m real``.
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from sqlmodel import select

from bot.edges import failpoint
from bot.edges.embedded import EmbeddedMail
from bot.edges.outbox import dedupe_key, message_id_for
from bot.edges.store import Store, broken_links
from bot.edges.tables import MailRow, OutgoingRow
from bot.model import Purpose
from parsers.fingerprint import fingerprint, message_id
from tests.edges.mail_company import ALICE, BOB, BOT, USERS, raw_mail
from tests.realmail.real_mail import RealMail, why_not

CHILD = Path(__file__).with_name("mail_child.py")
_GRACE = 11
"""Simulated minutes between two cycles: more than the grace period."""


class Server(Protocol):
    smtp_port: int
    imap_port: int
    ca_file: Path

    def messages(self, address: str) -> list[bytes]: ...
    def deliver(self, address: str, raw: bytes) -> None: ...
    def until_idle(self) -> None: ...


@dataclass
class Worker:
    """A process that forks one child for each order."""

    process: "subprocess.Popen[str]"
    minutes: float = 0
    ends: Counter[int] = field(default_factory=Counter)

    def order(self, owe: list[int], **kill: float) -> int:
        assert self.process.stdin
        assert self.process.stdout
        self.minutes += _GRACE
        self.process.stdin.write(json.dumps({"owe": owe, "later": self.minutes, **kill}) + "\n")
        self.process.stdin.flush()
        end = int(self.process.stdout.readline())
        self.ends[end] += 1
        return end


@contextmanager
def a_worker(folder: Path, server: Server) -> Iterator[Worker]:
    command = [sys.executable, str(CHILD), str(folder), str(server.smtp_port), str(server.imap_port)]
    with subprocess.Popen(
        [*command, str(server.ca_file), "--serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, failpoint.VARIABLE: "*:1000000000"},
    ) as process:
        yield Worker(process)
        assert process.stdin
        process.stdin.close()


def crash(folder: Path, server: Server, cycles: int, seed: int) -> Worker:
    """``cycles`` rounds, each with a new mail owed and one arriving, then quiet rounds until all is settled."""
    chance = random.Random(seed)
    with a_worker(folder, server) as worker:
        for cycle in range(cycles):
            server.deliver(BOT, raw_mail(f"in{cycle}@huaxin.test", ALICE, BOT, f"answer {cycle}"))
            by_place = chance.random() < 0.7
            kill = {"reach": chance.randint(1, 30)} if by_place else {"milliseconds": chance.randint(5, 150)}
            worker.order([cycle], **kill)
            # In life the grace period lets a server finish; here minutes are simulated, so it is waited for.
            server.until_idle()
        for _ in range(4):
            assert worker.order(list(range(cycles))) == 0
            server.until_idle()
    return worker


def nothing_lost_nothing_doubled(folder: Path, server: Server, cycles: int) -> None:
    ids = [message_id_for(dedupe_key(Purpose.STATEMENT, str(cycle), 1, 0), "hd.test") for cycle in range(cycles)]
    for address in (ALICE, BOB):
        got = Counter(message_id(raw) for raw in server.messages(address))
        assert {found: got[found] for found in ids if got[found] != 1} == {}
    store = Store(f"sqlite:///{folder}/bot.db")
    with store.read() as session:
        states = Counter(session.exec(select(OutgoingRow.state)))
        kept = Counter(session.exec(select(MailRow.fingerprint)))
        assert broken_links(session) == []
    store.close()
    assert states == {"sent": cycles}
    assert kept == Counter({fingerprint(raw) for raw in server.messages(BOT)})
    assert {f"in{cycle}@huaxin.test" for cycle in range(cycles)} <= {message_id(r) for r in server.messages(BOT)}


def test_forty_crashes_on_the_embedded_server_lose_and_double_nothing(tmp_path: Path) -> None:
    with EmbeddedMail(USERS) as server:
        worker = crash(tmp_path, server, 40, seed=1)
        assert worker.ends[-9] + worker.ends[-14] >= 20
        nothing_lost_nothing_doubled(tmp_path, server, 40)


@pytest.mark.real
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [2, 3])
def test_two_hundred_crashes_on_the_embedded_server(tmp_path: Path, seed: int) -> None:
    with EmbeddedMail(USERS) as server:
        worker = crash(tmp_path, server, 200, seed)
        assert worker.ends[-9] + worker.ends[-14] >= 120
        nothing_lost_nothing_doubled(tmp_path, server, 200)


@pytest.mark.real
@pytest.mark.timeout(600)
@pytest.mark.skipif(bool(why_not()), reason=why_not())
def test_two_hundred_crashes_on_postfix_and_dovecot(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    with RealMail(USERS) as server:
        worker = crash(tmp_path, server, 200, seed=4)
        assert worker.ends[-9] + worker.ends[-14] >= 120
        nothing_lost_nothing_doubled(tmp_path, server, 200)
