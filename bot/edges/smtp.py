"""One SMTP connection that sends stored bytes in its own phases (mail, rcpt, data), so that each outcome is known.

A link cut in mid-body and an answer lost after the final dot look the same from here: both are :class:`Lost` with
``maybe_delivered``, and nobody resends on that alone.
"""

import asyncio
import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiosmtplib

from bot.config import MailSettings
from bot.edges.failpoint import reach
from bot.edges.tls import context, plainly
from parsers.smtp_reply import meaning

_FIRST_YES, _FIRST_ASKING, _FIRST_REFUSAL = 200, 300, 400
_LIMITS = (15.0, 60.0, 300.0)
_LONGEST_ENVELOPE_ID = 100
_REFUSED_PARAMETERS = frozenset({501, 504, 555})


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait for a connection, for the reply to a command, and for the reply to a mail's last dot."""

    connect: float = _LIMITS[0]
    command: float = _LIMITS[1]
    data: float = _LIMITS[2]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A recipient that the server didn't take, with its reply."""

    address: str
    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server took the mail for everybody but ``refused``."""

    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The server took the mail for nobody; ``meaning`` is ``later``, ``slow_down`` or ``never``."""

    meaning: str
    reply: str
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection broke; ``maybe_delivered`` when it was inside or after DATA."""

    maybe_delivered: bool
    reason: str


Outcome = Accepted | Refused | Lost
_BROKEN = (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, OSError, TimeoutError)


class Link:
    """A logged-in connection; use as an async context manager. Raises MailRefused when it can't be made."""

    def __init__(self, mail: MailSettings, timeouts: Timeouts | None = None) -> None:
        self._mail, self._timeouts = mail, timeouts or Timeouts()
        self._notifies = False
        server = mail.smtp
        self._smtp = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password.value,
            local_hostname=mail.address.rpartition("@")[2] or "localhost",
            timeout=self._timeouts.command,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            tls_context=context(mail.ca_file),
        )

    async def __aenter__(self) -> Self:
        with plainly(self._mail.smtp, "smtp"):
            try:
                await self._smtp.connect(timeout=self._timeouts.connect)
            except BaseException:
                self._smtp.close()
                raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(aiosmtplib.SMTPException, OSError):
            await self._smtp.quit(timeout=5)
        self._smtp.close()

    @property
    def alive(self) -> bool:
        """Whether the connection still stands, as far as is known without asking."""
        return self._smtp.is_connected

    async def send(
        self,
        envelope_from: str,
        recipients: tuple[str, ...],
        raw: bytes,
        *,
        copy_to: str | None = None,
        envelope_id: str = "",
        insist: bool = False,
        latest: float = math.inf,
        before_data: Callable[[tuple[Refusal, ...]], None] | None = None,
    ) -> Outcome:
        """Sends exactly ``raw`` once; ``before_data`` is told of refused recipients before the mail goes to the others.

        When a recipient is refused for the moment only, nobody gets the mail and all is tried again later; with
        ``insist`` it goes to those who were accepted, and the others are reported. The blind copy ``copy_to`` alone is
        no reason to send. After ``latest`` on the monotonic clock nothing is sent. ``envelope_id`` comes back in a
        bounce, where the server can do that (RFC 3461).
        """
        try:
            envelope = await self._envelope(envelope_from, recipients, copy_to, envelope_id, insist=insist)
        except _BROKEN as error:
            return Lost(maybe_delivered=False, reason=_said(error))
        if isinstance(envelope, Refused):
            await self._reset()
            return envelope
        if envelope and before_data is not None:
            before_data(envelope)
        if time.monotonic() > latest:
            await self._reset()
            return Lost(maybe_delivered=False, reason="the sender slept too long")
        return await self._data(raw, envelope)

    async def _envelope(
        self, envelope_from: str, recipients: tuple[str, ...], copy_to: str | None, envelope_id: str, *, insist: bool
    ) -> tuple[Refusal, ...] | Refused:
        """The recipients that were refused, when the mail may go to the others."""
        try:
            await self._begin(envelope_from, envelope_id)
        except aiosmtplib.SMTPResponseException as error:
            return Refused(meaning(error.code, error.message), _reply(error.code, error.message))
        except ValueError:
            return Refused("never", "the envelope sender is no address that can be written into a command")
        refused = [refusal for address in recipients if (refusal := await self._recipient(address)) is not None]
        somebody = len(refused) < len(recipients)
        if somebody and copy_to is not None and (refusal := await self._recipient(copy_to)) is not None:
            refused.append(refusal)
        reach("smtp.after-rcpt")
        if somebody and (insist or not any(map(_passing, refused))):
            return tuple(refused)
        # The mildest refusal decides: one that passes is worth another attempt for all.
        decisive = next(filter(_passing, refused), refused[0])
        return Refused(meaning(decisive.code, decisive.text), _reply(decisive.code, decisive.text), tuple(refused))

    async def _begin(self, envelope_from: str, envelope_id: str) -> None:
        """MAIL FROM; once more without parameters where a server offers them and then doesn't take them."""
        wanted = _xtext(envelope_id)
        self._notifies = bool(wanted) and len(wanted) <= _LONGEST_ENVELOPE_ID and self._smtp.supports_extension("dsn")
        if self._notifies:
            try:
                await self._smtp.mail(envelope_from, options=("RET=HDRS", f"ENVID={wanted}"))
            except aiosmtplib.SMTPResponseException as error:
                if error.code not in _REFUSED_PARAMETERS:
                    raise
                self._notifies = False
            else:
                return
        await self._smtp.mail(envelope_from)

    async def _rcpt(self, address: str) -> None:
        """RCPT TO; we want to hear of failures and delays."""
        if self._notifies:
            try:
                await self._smtp.rcpt(address, options=("NOTIFY=FAILURE,DELAY",))
            except aiosmtplib.SMTPResponseException as error:
                if error.code not in _REFUSED_PARAMETERS:
                    raise
            else:
                return
        await self._smtp.rcpt(address)

    async def _recipient(self, address: str) -> Refusal | None:
        try:
            await self._rcpt(address)
        except aiosmtplib.SMTPResponseException as error:
            return Refusal(address, error.code, error.message)
        except ValueError as error:  # also UnicodeEncodeError: an address that can't be written into a command
            return Refusal(address, 553, f"not a deliverable address ({error.__class__.__name__})")
        return None

    async def _data(self, raw: bytes, refused: tuple[Refusal, ...]) -> Outcome:
        reach("smtp.before-data")
        try:
            await self._smtp.data(raw, timeout=self._timeouts.data)
        except aiosmtplib.SMTPResponseException as error:
            return _answer(error.code, error.message, refused)
        except _BROKEN as error:
            return Lost(maybe_delivered=True, reason=_said(error))
        reach("smtp.after-data")
        return Accepted(refused)

    async def _reset(self) -> None:
        """Clears the envelope; a connection that doesn't survive this is noticed at the next mail."""
        with suppress(aiosmtplib.SMTPException, OSError, asyncio.TimeoutError):
            await self._smtp.rset()


def _answer(code: int, text: str, refused: tuple[Refusal, ...]) -> Outcome:
    """The answer to a mail's last dot that isn't 250: gibberish leaves it open, another 2xx is a yes."""
    if code >= _FIRST_REFUSAL:
        return Refused(meaning(code, text), _reply(code, text), refused)
    if _FIRST_YES <= code < _FIRST_ASKING:
        return Accepted(refused)
    return Lost(maybe_delivered=True, reason=_reply(code, text))


def _passing(refusal: Refusal) -> bool:
    return meaning(refusal.code, refusal.text) != "never"


def _xtext(text: str) -> str:
    """A value as RFC 3461 writes it: ``+2B`` for a plus sign; empty where it isn't plain ASCII."""
    if not text.isascii():
        return ""
    return "".join(one if "!" <= one <= "~" and one not in "+=" else f"+{ord(one):02X}" for one in text)


def _reply(code: int, text: str) -> str:
    return f"{code} {' '.join(text.split())}"[:300]


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
