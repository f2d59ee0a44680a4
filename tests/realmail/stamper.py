"""Between Postfix and Dovecot: writes the receiving server's verdict on each mail, as a provider's filter does.

Postfix names who logged in in its own, topmost Received line; From must be exactly that address.
"""

import asyncio
import re
import smtplib
import threading
from types import TracebackType
from typing import Self

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session

from bot.edges.postmark import authenticated

_LOGIN = re.compile(rb"^Received:[^\n]*(?:\n[ \t][^\n]*)*?\(Authenticated sender: ([^)\s]+)\)", re.IGNORECASE)


class Stamper:
    """An LMTP server in its own thread that passes mails on to another one; a context manager."""

    def __init__(self, port: int, onward: int, authserv_id: str) -> None:
        self._port, self._onward, self._authserv_id = port, onward, authserv_id
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="stamper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _start(self) -> None:
        self._server = await self._loop.create_server(
            lambda: LMTP(self, data_size_limit=60_000_000, loop=self._loop), "127.0.0.1", self._port
        )

    async def handle_DATA(self, _server: LMTP, _session: Session, envelope: Envelope) -> str:
        """One reply for each recipient, as LMTP wants it: Dovecot's own."""
        return await asyncio.to_thread(self._pass_on, envelope)

    def _pass_on(self, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        login = _LOGIN.match(raw.replace(b"\r\n", b"\n")[:4000])
        stamped = authenticated(raw, login[1].decode() if login else None, self._authserv_id)
        return "\r\n".join(
            self._deliver(envelope.mail_from or "", recipient, stamped) for recipient in envelope.rcpt_tos
        )

    def _deliver(self, sender: str, recipient: str, raw: bytes) -> str:
        try:
            with smtplib.LMTP("127.0.0.1", self._onward, local_hostname="stamper") as lmtp:
                lmtp.sendmail(sender, [recipient], raw)
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = refused.recipients[recipient]
            return f"{code} {text.decode('ascii', 'replace').splitlines()[0]}"
        except (smtplib.SMTPException, OSError) as error:
            return f"451 4.3.0 {type(error).__name__}"
        return "250 2.1.5 OK"
