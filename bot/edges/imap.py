"""One IMAP connection, read-only: folders, UIDs, bodies by PEEK, and waiting; nothing on the server is ever changed.

What providers need and break is met here: ID after login (163), no server-side text search (QQ, Alimail), lists of
integers for FETCH and a selector for IDLE (imapclient's own bugs).
"""

import selectors
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from imapclient import IMAPClient, SocketTimeout

from bot.config import MailSettings
from bot.edges.tls import ServerBusy, context, plainly
from parsers.folder import kind

_TIMEOUT = SocketTimeout(connect=15, read=60)
_IDLE_SECONDS = 540.0
"""Re-IDLE before ten minutes, when NAT tables and servers drop silent connections."""
_WINDOW = 50_000
"""UIDs asked for in one SEARCH: imaplib refuses answer lines of more than a million bytes."""
UNDATED = datetime.fromtimestamp(0, UTC)
"""The arrival of a message whose INTERNALDATE the server doesn't tell."""
_HEADER = "BODY.PEEK[HEADER]<0.65536>"
_ID_FIELD = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"


@dataclass(frozen=True, slots=True)
class Folder:
    """An examined folder; ``uidnext`` is one more than the highest UID ever given out there."""

    name: str
    uidvalidity: int
    uidnext: int
    exists: int


@dataclass(frozen=True, slots=True)
class Size:
    """A message before its body is fetched."""

    uid: int
    size: int
    received_at: datetime


class Mailbox:
    """A logged-in connection; a context manager. Raises MailRefused when it can't be made or breaks."""

    def __init__(self, mail: MailSettings, timeout: SocketTimeout | None = None) -> None:
        self._server, self._ca_file = mail.imap, mail.ca_file
        with self._plainly():
            self._client = self._connect(timeout or _TIMEOUT)

    def _plainly(self) -> Any:  # noqa: ANN401  # contextlib's own type says no more
        return plainly(self._server, "imap")

    def _connect(self, timeout: SocketTimeout) -> IMAPClient:
        implicit = self._server.security == "tls"
        trusted = context(self._ca_file)
        client = IMAPClient(
            self._server.host,
            port=self._server.port,
            ssl=implicit,
            ssl_context=trusted if implicit else None,
            timeout=timeout,
        )
        try:
            # Its default formats the repr of every body it reads, and would log customers' mail.
            client._imap.debug = 0  # noqa: SLF001  # tested to exist
            client.normalise_times = False
            if not implicit:
                client.starttls(trusted)
            client.login(self._server.username, self._server.password.value)
            if client.has_capability("ID"):
                client.id_({"name": "duizhang", "vendor": "duizhang"})
        except BaseException:
            with suppress(Exception):
                client.shutdown()
            raise
        return client

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection, politely where it still stands."""
        with suppress(Exception):
            self._client.logout()
        with suppress(Exception):
            self._client.shutdown()

    def folders(self) -> dict[str, str]:
        """Folder name → ``inbox``, ``junk``, ``sent`` or ``other``."""
        with self._plainly():
            listed = self._client.list_folders()
        found: dict[str, str] = {}
        for flags, delimiter, name in listed:
            words = tuple(flag.decode("ascii", "replace") for flag in flags)
            if "\\noselect" not in (word.lower() for word in words):
                found[name] = kind(words, name, (delimiter or b"").decode("ascii", "replace"))
        return found

    def receiving(self) -> tuple[str, ...]:
        """The folders that mail comes in by: INBOX, and Junk as configured (``auto``, ``none`` or its name)."""
        wanted = self._server.junk
        if wanted in ("none", ""):
            return ("INBOX",)
        if wanted != "auto":
            return ("INBOX", wanted)
        return ("INBOX", *sorted(name for name, what in self.folders().items() if what == "junk"))

    def keeping_copies(self) -> tuple[str, ...]:
        """The folders in which a copy of a mail we sent may lie."""
        sent = sorted(name for name, what in self.folders().items() if what == "sent")
        return (*dict.fromkeys((*self.receiving(), *sent)),)

    def examine(self, name: str) -> Folder:
        """Opens a folder read-only and afresh."""
        with self._plainly():
            told = self._client.select_folder(name, readonly=True)
        if b"UIDVALIDITY" not in told:
            raise ServerBusy(f"{self._server.host} names no UIDVALIDITY for {name}", "ask the provider")
        exists = int(told[b"EXISTS"])
        uidnext = int(told.get(b"UIDNEXT", 0)) or self._last_uid() + 1
        return Folder(name, int(told[b"UIDVALIDITY"]), uidnext, exists)

    def _last_uid(self) -> int:
        with self._plainly():
            return max(self._client.search(["UID", "*:*"]), default=0)

    def uids(self, folder: Folder, first: int) -> list[int]:
        """The UIDs from ``first`` on that are in the examined folder, rising."""
        with self._plainly():
            if folder.exists <= _WINDOW:
                ranges: Iterator[str] = iter([f"{first}:*"])
            else:
                ranges = (
                    f"{start}:{min(start + _WINDOW - 1, folder.uidnext)}"
                    for start in range(first, folder.uidnext + 1, _WINDOW)
                )
            found = {uid for wanted in ranges for uid in self._client.search(["UID", wanted])}
        # "n:*" always brings the last message, even one below n.
        return sorted(uid for uid in found if uid >= first)

    def sizes(self, uids: Sequence[int]) -> list[Size]:
        """Size and arrival of each message that is still there, rising by UID."""
        told = self._fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        return [
            Size(uid, int(fields.get(b"RFC822.SIZE", 0)), _aware(fields.get(b"INTERNALDATE")))
            for uid, fields in sorted(told.items())
        ]

    def bodies(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The raw bytes of each message that is still there."""
        told = self._fetch(uids, ["BODY.PEEK[]"])
        return {uid: body for uid, fields in told.items() if isinstance(body := fields.get(b"BODY[]"), bytes)}

    def header(self, uid: int) -> bytes:
        """The first 64 KB of a message's header; empty when it is gone."""
        fields = self._fetch([uid], [_HEADER]).get(uid, {})
        return next((value for key, value in fields.items() if key.startswith(b"BODY[HEADER]") and value), b"")

    def message_ids(self, uids: Sequence[int]) -> set[str]:
        """The Message-ID fields of these messages, as text without angle brackets."""
        told = self._fetch(uids, [_ID_FIELD])
        lines = (
            value
            for fields in told.values()
            for key, value in fields.items()
            if key.startswith(b"BODY[HEADER.FIELDS") and isinstance(value, bytes)
        )
        return {line.partition(b":")[2].strip().strip(b"<>").decode("utf-8", "replace") for line in lines}

    def _fetch(self, uids: Sequence[int], what: list[str]) -> dict[int, dict[bytes, Any]]:
        with self._plainly():
            try:
                told: dict[int, dict[bytes, Any]] = self._client.fetch(list(uids), what)
            except (ValueError, LookupError) as error:
                # What the library's parser trips over is the server's answer, not a bug of ours.
                raise EOFError(f"unreadable answer to FETCH: {error}") from error
        return told

    def noop(self) -> None:
        """Raises MailRefused when the connection no longer stands."""
        with self._plainly():
            self._client.noop()

    def wait(self, seconds: float) -> bool:
        """Waits for news in the examined folder; True when the server said anything. Only a hint: poll all the same."""
        deadline = time.monotonic() + seconds
        with self._plainly():
            if not self._client.has_capability("IDLE"):
                time.sleep(seconds)
                return False
            while (left := deadline - time.monotonic()) > 0:
                if self._idle(min(left, _IDLE_SECONDS)):
                    return True
        return False

    def _idle(self, seconds: float) -> bool:
        """One IDLE: the socket is watched, never read, as a line may come in pieces (imapclient issue 519)."""
        self._client.idle()
        try:
            line = self._client.socket()
            if getattr(line, "pending", lambda: 0)():
                return True
            with selectors.DefaultSelector() as watched:
                watched.register(line, selectors.EVENT_READ)
                return bool(watched.select(seconds))
        finally:
            self._client.idle_done()


def _aware(told: object) -> datetime:
    """INTERNALDATE as UTC; a server that names none gets the epoch."""
    if not isinstance(told, datetime):
        return UNDATED
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
