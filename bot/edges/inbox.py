"""The inbox: every message on the server becomes one file and one row, before anybody decides anything about it.

A mailbox that was used before is not read back to its beginning: nobody can have answered us there. What had arrived
more than a month before the first look is left alone, for good, also after a UIDVALIDITY reset.

Here the server is read; what is kept, and how a mail is told from its copies, stands in received.py.
"""

import json
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from bot.config import Company
from bot.edges.blobs import Blobs
from bot.edges.clock import Clock
from bot.edges.imap import Folder, Mailbox, Size
from bot.edges.received import EVERYTHING, Arrived, FetchReport, Received, vanished
from bot.edges.store import Store
from bot.edges.tls import MailRefused

LOOK_BACK = 200
"""UIDs below the highest known that are looked at again: some servers show messages late and out of order."""
LARGEST = 25_000_000
"""Bytes of a mail that is fetched whole; of a larger one only the header is kept."""
_BATCH_BYTES = 8_000_000
_BATCH_MAILS = 100
_RECONNECTS = 5


class Inbox:
    """One company's mailbox; keeps its connection between calls, drops it on any failure. A context manager.

    ``trust_server_time`` False stamps mails with our clock instead of the server's (simulated months).
    """

    def __init__(
        self, company: Company, store: Store, blobs: Blobs, clock: Clock, *, trust_server_time: bool = True
    ) -> None:
        self._company, self._clock = company, clock
        self._received = Received(company, store, blobs, clock)
        self._trust_server_time = trust_server_time
        self._open: Mailbox | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection; the next call makes a new one."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def fetch(self) -> FetchReport:
        """Takes in what is new in INBOX and Junk; raises MailRefused when the server fails, keeping what was stored."""
        try:
            folders = self._mailbox().receiving()
            report = self._folder("INBOX")
        except BaseException:
            self.close()
            raise
        for name in folders[1:]:
            report += self._minor_folder(name)
        return report

    def _minor_folder(self, name: str) -> FetchReport:
        """Junk: when it can't be read, that is reported and INBOX counts all the same."""
        try:
            return self._folder(name)
        except MailRefused as refused:
            self.close()
            return FetchReport(problems=(f"{name}: {refused}",))
        except BaseException:
            self.close()
            raise

    def wait(self, seconds: float) -> bool:
        """Waits for news in INBOX; True when there may be some. Raises MailRefused."""
        try:
            mailbox = self._mailbox()
            mailbox.examine("INBOX")
            return mailbox.wait(seconds)
        except BaseException:
            self.close()
            raise

    def _mailbox(self) -> Mailbox:
        if self._open is not None:
            try:
                self._open.noop()
            except MailRefused:
                self.close()
        if self._open is None:
            self._open = Mailbox(self._company.mail)
        return self._open

    def _folder(self, name: str) -> FetchReport:
        """One folder: new = what is there from the look-back on, and what failed before, less what was seen."""
        folder = self._current().examine(name)
        known = self._received.standing(folder)
        highest, pending = (known.highest_uid, set(json.loads(known.retry))) if known else (0, set[int]())
        first = max(1, min([highest - LOOK_BACK + 1, *pending]))
        there = self._current().uids(folder, first)
        seen = self._received.seen(folder, first)
        wanted = [uid for uid in there if uid not in seen]
        report = FetchReport(folders=(name,))
        left = self._received.left_alone(folder) if self._trust_server_time else EVERYTHING
        sizes = self._sizes(wanted)
        old = {one.uid for one in sizes if one in left}
        unread = set(wanted) - old
        for arrived in self._arrivals(folder, [one for one in sizes if one.uid not in old]):
            report += self._received.keep(folder, arrived)
            unread -= {one.uid for one in arrived}
        gone = vanished(folder, known, set(there), seen, pending) if known else 0
        self._received.move_on(folder, known, gone, sorted(unread), left)
        return report + FetchReport(vanished=gone, unread=len(unread), older=0 if known else len(old))

    def _arrivals(self, folder: Folder, sizes: Sequence[Size]) -> Iterator[list[Arrived]]:
        """Batches of bounded size; a message that can't be fetched is left out and stops nobody else."""
        reconnects = 0
        waiting = list(_batches(sizes))
        while waiting:
            batch = waiting.pop(0)
            try:
                yield self._bodies(batch)
            except MailRefused:
                reconnects += 1
                if reconnects > _RECONNECTS:
                    raise
                self._again(folder)
                if len(batch) > 1:
                    waiting[:0] = [[one] for one in batch]

    def _sizes(self, uids: Sequence[int]) -> list[Size]:
        chunks = (uids[start : start + 500] for start in range(0, len(uids), 500))
        return [size for chunk in chunks for size in self._current().sizes(chunk)]

    def _current(self) -> Mailbox:
        """The connection with its examined folder, without asking whether it stands."""
        return self._open or self._mailbox()

    def _again(self, folder: Folder) -> None:
        """A new connection with the same folder examined; raises MailRefused when that can't be had."""
        self.close()
        afresh = self._mailbox().examine(folder.name)
        if afresh.uidvalidity != folder.uidvalidity:
            raise MailRefused(
                f"the UIDs of {folder.name} changed while reading", "nothing: the next look starts afresh"
            )

    def _bodies(self, batch: Sequence[Size]) -> list[Arrived]:
        mailbox = self._current()
        bodies = mailbox.bodies([one.uid for one in batch if one.size <= LARGEST])
        arrived = []
        for one in batch:
            whole = one.size <= LARGEST
            raw = bodies.get(one.uid) if whole else mailbox.header(one.uid)
            if raw is not None and (raw or not one.size):
                received = one.received_at if self._trust_server_time else self._clock.now()
                arrived.append(Arrived(one.uid, raw, one.size, received, whole))
        return arrived


def _batches(sizes: Sequence[Size]) -> Iterator[list[Size]]:
    """Consecutive messages of together at most 8 MB; a larger one goes alone."""
    batch: list[Size] = []
    total = 0
    for one in sizes:
        if batch and (len(batch) >= _BATCH_MAILS or total + one.size > _BATCH_BYTES):
            yield batch
            batch, total = [], 0
        batch.append(one)
        total += one.size
    if batch:
        yield batch
