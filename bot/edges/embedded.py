"""A mail server inside this process, for the demo and for tests: SMTP submission and IMAP, TLS only, byte-exact.

``with EmbeddedMail({"ar@hd-trade.example": "secret"}) as mail:`` listens on random loopback ports; ``mail.smtp_port``
(implicit TLS), ``mail.smtp_starttls_port``, ``mail.imap_port``, ``mail.imap_starttls_port`` and ``mail.ca_file`` are
what a configuration needs. Nothing is kept when it ends. Needs the extra ``demo``.
"""

import asyncio
import socket
import ssl
import tempfile
import threading
from argparse import Namespace
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import trustme
from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.version import ProxyProtocolVersion
from pymap.backend.dict import Config, Identity, Login
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from bot.edges.embedded_smtp import Faults, Submission
from bot.edges.postmark import Postmark, bounce, stamp

_T = TypeVar("_T")
_NO_USER = "550 5.1.1 User unknown in virtual mailbox table"
_NO_DOMAIN = "550 5.1.2 Host or domain name not found"


class _ImapConfig(Config):
    """pymap's settings without its look at the host's name, which can take seconds."""

    @property
    def greeting(self) -> bytes:
        return b"embedded server ready"


class EmbeddedMail:
    """The servers and their mailboxes; a context manager. All methods may be called from any thread.

    ``users`` maps addresses to passwords. Mail to a domain's unknown user bounces from MAILER-DAEMON; ``bounces`` adds
    addresses that bounce with a reply of their own. ``sub_addresses`` is a separator such as ``+``, None switches them
    off. ``keep_sent`` puts a copy of what a user sends into its Sent folder. ``now`` is the servers' clock. ``ports``
    are those wanted for SMTP and IMAP with TLS from the first byte; where one is taken, it is another.
    """

    host = "localhost"

    def __init__(
        self,
        users: Mapping[str, str],
        *,
        authserv_id: str = "mx.embedded.test",
        bounces: Mapping[str, str] | None = None,
        sub_addresses: str | None = None,
        keep_sent: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        ports: tuple[int, int] = (0, 0),
    ) -> None:
        self.users = {address.lower(): password for address, password in users.items()}
        self.authserv_id = authserv_id
        self.bounces = {address.lower(): reply for address, reply in (bounces or {}).items()}
        self.faults = Faults()
        self.smtp_port = self.smtp_starttls_port = self.imap_port = self.imap_starttls_port = 0
        self._keep_sent, self._now, self._ports = keep_sent, now, ports
        self._submission = Submission(self.users, self.faults, self._submitted, sub_addresses)
        self._folder = tempfile.TemporaryDirectory(prefix="duizhang-mail-")
        self.ca_file = Path(self._folder.name) / "ca.pem"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="embedded mail", daemon=True)
        self._servers: list[asyncio.Server] = []
        self._boxes: dict[str, MailboxSet] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        self._call(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
        self._folder.cleanup()

    def deliver(self, address: str, raw: bytes, folder: str = "INBOX") -> None:
        """Puts exactly these bytes into a user's folder, as if another server had delivered them."""
        self._call(self._append(address.lower(), raw, folder))

    def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """The raw mails in a folder, in order of arrival."""
        return self._call(self._messages(address.lower(), folder))

    def remove(self, address: str, index: int, folder: str = "INBOX") -> None:
        """Removes a mail, as a human would who tidies up."""
        self._call(self._remove(address.lower(), index, folder))

    def reset_uidvalidity(self, address: str, folder: str = "INBOX") -> None:
        """Gives all mails of a folder new UIDs under a new UIDVALIDITY, as a migrated server does."""
        self._call(self._renumber(address.lower(), folder))

    def until_idle(self) -> None:
        """Returns when no submission is under way: what was accepted is in its mailbox by then."""
        self._call(self._until_idle())

    async def _until_idle(self) -> None:
        while busy := {task for task in asyncio.all_tasks() if "SMTP._handle_client" in repr(task.get_coro())}:
            await asyncio.wait(busy)

    def _call(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _start(self) -> None:
        tls = self._certificates()
        config = _imap_config(tls, upgrade=False)
        config.apply_context()
        login = Login(config)
        for address, password in self.users.items():
            login.users_dict[address] = UserMetadata(config, address, password=password)
            async with Identity(address, login, None, frozenset()).new_session() as session:
                self._boxes[address] = session.mailbox_set
            for folder in ("Junk", "Sent"):
                await self._boxes[address].add_mailbox(folder)
        # Both servers log in through the same Login, so both ports show the same mailboxes.
        self.imap_port = await self._listen_imap(IMAPServer(login, config), tls, self._ports[1])
        self.imap_starttls_port = await self._listen_imap(IMAPServer(login, _imap_config(tls, upgrade=True)), None)
        self.smtp_port = await self._listen_smtp(None, tls, self._ports[0])
        self.smtp_starttls_port = await self._listen_smtp(tls, None)

    async def _listen_imap(self, server: IMAPServer, tls: ssl.SSLContext | None, wanted: int = 0) -> int:
        serve = ProxyProtocolReader(ProxyProtocolVersion.get(None)).get_callback(server)

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # A connection that breaks is the other side's business; asyncio would complain of a cancelled handler.
            with suppress(OSError, EOFError, asyncio.CancelledError):
                await serve(reader, writer)

        return await self._listening(await asyncio.start_server(connected, "127.0.0.1", _free(wanted), ssl=tls))

    async def _listen_smtp(self, upgrade: ssl.SSLContext | None, tls: ssl.SSLContext | None, wanted: int = 0) -> int:
        def protocol() -> asyncio.BaseProtocol:
            return self._submission.protocol(upgrade)

        return await self._listening(await self._loop.create_server(protocol, "127.0.0.1", _free(wanted), ssl=tls))

    async def _listening(self, server: asyncio.Server) -> int:
        self._servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.wait(others, timeout=5) if others else None

    def _certificates(self) -> ssl.SSLContext:
        """A fresh authority, written to ``ca_file``, and the servers' context."""
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self.ca_file))
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(self.host, "127.0.0.1").configure_cert(tls)
        return tls

    async def _submitted(self, login: str, envelope_from: str, recipients: tuple[str, ...], raw: bytes) -> None:
        """Delivers one accepted submission: stamped to each known user, bounced for the others."""
        mark = Postmark(self.authserv_id, self._now())
        delivered = stamp(raw, login, envelope_from, mark)
        failed: dict[str, str] = {}
        for recipient in recipients:
            box = self._submission.without_sub_address(recipient)
            reply = self.bounces.get(recipient.lower()) or self._unknown(box)
            if reply is None:
                await self._append(box, delivered, "INBOX")
            else:
                failed[recipient] = reply
        if self._keep_sent:
            await self._append(login, raw, "Sent")
        if failed and envelope_from:
            sender = self._submission.without_sub_address(envelope_from)
            await self._append(sender, bounce(raw, envelope_from, failed, mark), "INBOX")

    def _unknown(self, address: str) -> str | None:
        if address in self.users:
            return None
        domains = {user.rpartition("@")[2] for user in self.users}
        return _NO_USER if address.rpartition("@")[2] in domains else _NO_DOMAIN

    async def _append(self, address: str, raw: bytes, folder: str) -> None:
        box = await self._boxes[address].get_mailbox(folder)
        await box.append(AppendMessage(raw, self._now()))

    async def _messages(self, address: str, folder: str) -> list[bytes]:
        box = await self._boxes[address].get_mailbox(folder)
        return [bytes(message._content or b"") async for message in box.messages()]  # noqa: SLF001  # no other way

    async def _remove(self, address: str, index: int, folder: str) -> None:
        box = await self._boxes[address].get_mailbox(folder)
        uids = [message.uid async for message in box.messages()]
        await box.delete([uids[index]])

    async def _renumber(self, address: str, folder: str) -> None:
        boxes = self._boxes[address]
        old = await boxes.get_mailbox(folder)
        kept = [(bytes(one._content or b""), one.internal_date) async for one in old.messages()]  # noqa: SLF001  # as above
        fresh = MailboxData(boxes._content_cache, boxes._thread_cache)  # noqa: SLF001  # pymap can't do this itself
        fresh._uid_validity = old.uid_validity + 1  # noqa: SLF001  # the same
        if folder == "INBOX":
            boxes._inbox = fresh  # noqa: SLF001  # the same
        else:
            boxes._set[folder] = fresh  # noqa: SLF001  # the same
        for raw, arrived in reversed(kept):
            await fresh.append(AppendMessage(raw, arrived))


def _imap_config(tls: ssl.SSLContext, *, upgrade: bool) -> _ImapConfig:
    return _ImapConfig(
        Namespace(passlib_cfg=None, proxy_protocol=None),
        host="127.0.0.1",
        port=0,
        demo_data=False,
        demo_user="",
        demo_password="",
        ssl_context=tls,
        tls_enabled=upgrade,
        hash_context=Cleartext(),
        invalid_user_sleep=0.0,
        reject_dnsbl=False,
    )


def _free(wanted: int) -> int:
    """The port where it is free, else 0 for any."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", wanted))
        except OSError:
            return 0
    return wanted
