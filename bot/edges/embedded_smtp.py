"""The submission side of the embedded mail server: who may send, who is refused, and faults that a test orders."""

import asyncio
import logging
import ssl
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

_NOBODY = "<>"
"""The null sender, as the library hands it on; bounces come from it."""
Deliver = Callable[[str, str, tuple[str, ...], bytes], Awaitable[None]]
"""Called with login, envelope sender, recipients and bytes."""


@dataclass(slots=True)
class Faults:
    """What goes wrong from now on; tests and the demo set it while the server runs.

    ``refuse`` maps an address to the reply it gets at RCPT. ``replies`` are given after DATA, one a mail, instead of
    keeping it. ``lose_answer`` mails are kept without an answer, ``cut`` mails are neither kept nor answered.
    ``delay`` seconds pass before a mail is kept. ``drop_at_mail`` connections are dropped at MAIL FROM.
    """

    refuse: dict[str, str] = field(default_factory=dict)
    replies: deque[str] = field(default_factory=deque)
    lose_answer: int = 0
    cut: int = 0
    delay: float = 0.0
    drop_at_mail: int = 0


class Submission:
    """aiosmtpd's handler: its method names are the library's."""

    def __init__(self, users: Mapping[str, str], faults: Faults, deliver: Deliver, sub_addresses: str | None) -> None:
        self._users, self._faults, self._deliver, self._separator = users, faults, deliver, sub_addresses
        # aiosmtpd warns of its own use of a deprecated attribute at every login.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)

    def protocol(self, tls: ssl.SSLContext | None) -> SMTP:
        """A connection's protocol; with ``tls`` it starts in plain text and demands STARTTLS."""
        return SMTP(
            self,
            hostname="embedded.mail.test",
            ident="ESMTP",
            data_size_limit=60_000_000,
            enable_SMTPUTF8=False,
            tls_context=tls,
            require_starttls=tls is not None,
            auth_require_tls=tls is not None,
            authenticator=self._authenticate,
            loop=asyncio.get_running_loop(),
        )

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        if not isinstance(given, LoginPassword):
            return AuthResult(success=False, handled=False)
        login = given.login.decode("utf-8", "replace").lower()
        known = self._users.get(login)
        return AuthResult(success=known == given.password.decode("utf-8", "replace"), handled=False, auth_data=login)

    async def handle_MAIL(  # noqa: N802  # the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, mail_options: list[str]
    ) -> str:
        """Only a logged-in user, and only in its own name (or a sub-address of it), as QQ and 163 hold it."""
        if self._faults.drop_at_mail > 0:
            self._faults.drop_at_mail -= 1
            return _hang_up(server)
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        if address != _NOBODY and self.without_sub_address(address) != session.auth_data:
            return "553 5.7.1 Mail from must equal authorized user"
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 2.1.0 OK"

    def without_sub_address(self, address: str) -> str:
        """``bot+x@`` → ``bot@`` where sub-addresses are on; in lower case."""
        local, _, domain = address.lower().rpartition("@")
        return f"{local.split(self._separator)[0] if self._separator else local}@{domain}"

    async def handle_RCPT(  # noqa: N802  # the library's name
        self,
        server: SMTP,  # noqa: ARG002  # the library's signature
        session: Session,  # noqa: ARG002  # the library's signature
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        """Anybody, but for ordered refusals; unknown users bounce later, as at a real submission server."""
        reply = self._faults.refuse.get(address.lower())
        if reply is not None:
            return reply
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        """Keeps the mail and says so, unless a fault was ordered."""
        if self._faults.delay:
            await asyncio.sleep(self._faults.delay)
        if self._faults.replies:
            return self._faults.replies.popleft()
        if self._faults.cut > 0:
            self._faults.cut -= 1
            return _hang_up(server)
        raw = envelope.original_content or b""
        sender = "" if envelope.mail_from in (None, _NOBODY) else str(envelope.mail_from)
        await self._deliver(str(session.auth_data), sender, tuple(envelope.rcpt_tos), raw)
        if self._faults.lose_answer > 0:
            self._faults.lose_answer -= 1
            return _hang_up(server)
        return "250 2.0.0 OK queued"


def _hang_up(server: SMTP) -> str:
    """Drops the connection; what is returned never arrives."""
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()
    return "421 4.3.2 bye"
