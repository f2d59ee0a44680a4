"""A worker that settles, sends and receives once against running servers, and may be killed anywhere.

``python mail_child.py FOLDER SMTP_PORT IMAP_PORT CA_FILE`` works once. With ``--serve`` it reads orders, one JSON
object a line, and does each in a forked child: ``{"owe": [numbers], "later": minutes, "reach": n, "milliseconds": m}``;
the child is killed at the n-th failpoint or after m milliseconds, and its exit status is printed.
"""

import argparse
import json
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.edges import failpoint  # this is a script: its path comes first
from bot.edges.blobs import Blobs
from bot.edges.doubt import settle
from bot.edges.inbox import Inbox
from bot.edges.outbox import Sender
from bot.edges.store import Store
from bot.edges.tls import MailRefused
from tests.edges.mail_company import ALICE, BOB, USERS, FakeClock, Ports, company_on, owe


def work(asked: argparse.Namespace, later: float, numbers: list[int]) -> int:
    clock = FakeClock()
    clock.forward(minutes=later)
    server = Ports("localhost", asked.smtp_port, asked.imap_port, asked.ca_file, dict(USERS))
    company = company_on(server, per_minute=asked.per_minute)
    store, blobs = Store(f"sqlite:///{asked.folder}/bot.db"), Blobs(asked.folder / "blobs")
    try:
        for number in numbers:
            owe(store, blobs, str(number), (ALICE, BOB), now=clock.now(), body=f"mail {number}" + "\r\nline" * 500)
        if not asked.send_only:
            settle(company, store, clock)
        Sender(company, store, blobs, clock).deliver()
        if not asked.send_only:
            with Inbox(company, store, blobs, clock) as inbox:
                inbox.fetch()
    except MailRefused as refused:
        print(refused, file=sys.stderr)
        return 3
    return 0


def child(asked: argparse.Namespace, order: dict[str, float], numbers: list[int]) -> None:
    if failpoint.FUSE is not None:
        failpoint.FUSE.left = int(order.get("reach", 1_000_000_000))
    if "milliseconds" in order:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, order["milliseconds"] / 1000)
    os._exit(work(asked, order["later"], numbers))


def serve(asked: argparse.Namespace) -> None:
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                child(asked, order, order.pop("owe"))
            except BaseException as error:  # noqa: BLE001  # a forked child must never come back into this loop
                print(repr(error), file=sys.stderr)
                os._exit(9)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("smtp_port", type=int)
    parser.add_argument("imap_port", type=int)
    parser.add_argument("ca_file", type=Path)
    parser.add_argument("--per-minute", type=int, default=100_000)
    parser.add_argument("--send-only", action="store_true")
    parser.add_argument("--serve", action="store_true")
    asked = parser.parse_args()
    if asked.serve:
        serve(asked)
        return 0
    return work(asked, 0, [])


if __name__ == "__main__":
    sys.exit(main())
