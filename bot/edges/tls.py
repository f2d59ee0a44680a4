"""Encrypted connections to mail servers, and what is said when one can't be made: one line, with what to change."""

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiosmtplib
from imapclient.exceptions import CapabilityError, IMAPClientError, LoginError

from bot.config import Server

_FIRST_PERMANENT = 500


class MailRefused(Exception):  # noqa: N818  # says what was refused, not that an error happened
    """A mail server can't be used as configured; ``permanent`` means that trying again won't help."""

    permanent = True

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}: {remedy}")
        self.message, self.remedy = message, remedy


class CertificateRefused(MailRefused):
    """The server's certificate isn't trusted or belongs to another host."""


class LoginRefused(MailRefused):
    """User name or password were not accepted."""


class TlsRefused(MailRefused):
    """The port doesn't speak the kind of TLS that the configuration asks for."""


class Unreachable(MailRefused):
    """Nobody answers there, at the moment."""

    permanent = False


class ServerBusy(MailRefused):
    """The server answered that it can't work now, or dropped the connection."""

    permanent = False


def context(ca_file: Path | None) -> ssl.SSLContext:
    """A verifying context: the system's authorities, or only those in ``ca_file``."""
    if ca_file is not None and not ca_file.is_file():
        raise CertificateRefused(f"ca_file {ca_file} isn't there", "correct mail.ca_file or remove it")
    try:
        made = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except ssl.SSLError as error:
        raise CertificateRefused(
            f"ca_file {ca_file} holds no certificate", "give a PEM file in mail.ca_file"
        ) from error
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made


@contextmanager
def plainly(server: Server, block: str) -> Iterator[None]:
    """Turns what goes wrong while connecting and logging in into MailRefused; ``block`` is ``smtp`` or ``imap``."""
    try:
        yield
    except MailRefused:
        raise
    except (
        OSError,
        EOFError,
        UnicodeError,
        ssl.SSLError,
        aiosmtplib.SMTPException,
        imaplib.IMAP4.error,
        IMAPClientError,
    ) as error:
        raise refusal(error, server, block) from error


def refusal(error: BaseException, server: Server, block: str) -> MailRefused:
    """The one line for an error of a connection to ``server``."""
    for cause in _causes(error):
        found = _certificate(cause, server, block) or _login(cause, server, block) or _network(cause, server, block)
        if found is not None:
            return found
    where = f"{server.host}:{server.port}"
    return ServerBusy(f"{block} server {where} broke off ({_text(error)})", "try again later")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The innermost errors first: they say most."""
    chain: list[BaseException] = []
    step: BaseException | None = error
    while step is not None and step not in chain:
        chain.append(step)
        step = step.__cause__ or step.__context__
    yield from reversed(chain)


def _certificate(error: BaseException, server: Server, block: str) -> MailRefused | None:
    where = f"{server.host}:{server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        if "match" in error.verify_message.lower() or "mismatch" in error.verify_message.lower():
            return CertificateRefused(
                f"the certificate of {where} is for another host",
                f"set mail.{block}.host to the name in the certificate",
            )
        return CertificateRefused(
            f"the certificate of {where} isn't trusted ({error.verify_message})",
            "set mail.ca_file to the PEM file of the authority that signed it",
        )
    if isinstance(error, ssl.SSLError):
        return TlsRefused(f"{where} doesn't answer with TLS", _port_remedy(block))
    return None


def _login(error: BaseException, server: Server, block: str) -> MailRefused | None:
    temporary = "[UNAVAILABLE]" in str(error) or (
        isinstance(error, aiosmtplib.SMTPAuthenticationError) and error.code < _FIRST_PERMANENT
    )
    if isinstance(error, aiosmtplib.SMTPAuthenticationError | LoginError) and not temporary:
        return LoginRefused(
            f"{server.host}:{server.port} refuses the login of {server.username} ({_text(error)})",
            f"check mail.{block}.username and password; many providers want an app password (授权码)",
        )
    if isinstance(error, aiosmtplib.SMTPNotSupported | CapabilityError) or _says_no_starttls(error):
        return TlsRefused(f"{server.host}:{server.port} offers no STARTTLS or no login", _port_remedy(block))
    return None


def _says_no_starttls(error: BaseException) -> bool:
    return isinstance(error, aiosmtplib.SMTPException) and "not supported" in str(error)


def _network(error: BaseException, server: Server, block: str) -> MailRefused | None:
    where = f"{server.host}:{server.port}"
    match error:
        case socket.gaierror():
            return Unreachable(f"no host is called {server.host}", f"check mail.{block}.host and the network")
        case UnicodeError():
            return LoginRefused(
                f"the settings of {where} hold characters that the protocol can't carry",
                f"check mail.{block}.host, username and password for stray characters",
            )
        case ConnectionRefusedError():
            return Unreachable(f"nobody listens at {where}", f"check mail.{block}.port; {_port_remedy(block)}")
        case TimeoutError():
            return Unreachable(f"{where} doesn't answer in time", f"check the network and {_port_remedy(block)}")
    return None


def _port_remedy(block: str) -> str:
    implicit, upgraded = ("465", "587") if block == "smtp" else ("993", "143")
    return f"mail.{block}.port is usually {implicit} with security: tls, {upgraded} with security: starttls"


def _text(error: BaseException) -> str:
    parts = (part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in error.args)
    text = " ".join(parts) if error.args else type(error).__name__
    return " ".join(text.split())[:200]
