"""What a mail server's faults look like to people: one clear line with what to change; and nothing in plain text."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme
from imapclient import SocketTimeout

from bot.config import MailSettings, Secret, Server
from bot.edges.embedded import EmbeddedMail
from bot.edges.imap import Mailbox
from bot.edges.smtp import Link, Timeouts
from bot.edges.tls import CertificateRefused, LoginRefused, MailRefused, ServerBusy, TlsRefused, Unreachable, refusal
from parsers.smtp_reply import meaning
from tests.edges.mail_company import BOT, USERS, settings_on

Reach = Callable[[MailSettings], None]


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedMail]:
    with EmbeddedMail(USERS) as running:
        yield running


def by_smtp(mail: MailSettings) -> None:
    async def connect() -> None:
        async with Link(mail, Timeouts(connect=0.5, command=2)):
            pass

    asyncio.run(connect())


def by_imap(mail: MailSettings) -> None:
    Mailbox(mail, SocketTimeout(connect=0.5, read=0.5)).close()


def changed(mail: MailSettings, **fields: Any) -> MailSettings:
    return replace(mail, smtp=replace(mail.smtp, **fields), imap=replace(mail.imap, **fields))


def one_line(refused: MailRefused) -> str:
    text = str(refused)
    assert "\n" not in text
    assert len(text) < 300
    assert "secret" not in text
    return text


both = pytest.mark.parametrize(("reach", "block"), [(by_smtp, "smtp"), (by_imap, "imap")], ids=["smtp", "imap"])


@both
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_both_kinds_of_tls_work(server: EmbeddedMail, reach: Reach, block: str, security: str) -> None:
    mail = settings_on(server)
    if security == "starttls":
        mail = replace(
            mail,
            smtp=replace(mail.smtp, port=server.smtp_starttls_port, security="starttls"),
            imap=replace(mail.imap, port=server.imap_starttls_port, security="starttls"),
        )
    reach(mail)


@both
def test_a_wrong_password_names_the_login_and_the_app_password(server: EmbeddedMail, reach: Reach, block: str) -> None:
    with pytest.raises(LoginRefused, match=r"authentic|credentials|login|invalid") as refused:
        reach(changed(settings_on(server), password=Secret("wrong-secret")))
    assert refused.value.permanent
    assert f"mail.{block}.username" in one_line(refused.value)
    assert "授权码" in str(refused.value)


@both
def test_an_untrusted_certificate_names_ca_file(server: EmbeddedMail, reach: Reach, block: str, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    for ca_file in (other, None):
        with pytest.raises(CertificateRefused, match="ca_file") as refused:
            reach(replace(settings_on(server), ca_file=ca_file))
        one_line(refused.value)


@both
@pytest.mark.parametrize("content", [None, b"no certificate"], ids=["missing", "not PEM"])
def test_a_wrong_ca_file_is_named(
    server: EmbeddedMail, reach: Reach, block: str, tmp_path: Path, content: bytes | None
) -> None:
    named = tmp_path / "ca.pem"
    if content is not None:
        named.write_bytes(content)
    with pytest.raises(CertificateRefused, match=r"mail\.ca_file"):
        reach(replace(settings_on(server), ca_file=named))


@both
def test_another_hosts_certificate_names_the_host(reach: Reach, block: str, tmp_path: Path) -> None:
    class Elsewhere(EmbeddedMail):
        host = "mail.elsewhere.test"

    with Elsewhere(USERS) as server:
        server.ca_file.touch()
        with pytest.raises(CertificateRefused, match=rf"mail\.{block}\.host") as refused:
            reach(changed(settings_on(server), host="localhost"))
        one_line(refused.value)


@both
def test_a_wrong_host_is_named(server: EmbeddedMail, reach: Reach, block: str) -> None:
    with pytest.raises(Unreachable, match=f"check mail.{block}.host") as refused:
        reach(changed(settings_on(server), host="no-such-host.invalid"))
    assert not refused.value.permanent
    one_line(refused.value)


@both
def test_a_port_where_nobody_listens_is_named(server: EmbeddedMail, reach: Reach, block: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match=f"check mail.{block}.port") as refused:
        reach(changed(settings_on(server), port=port))
    one_line(refused.value)


@both
def test_a_plain_text_port_is_never_spoken_to_in_plain_text(server: EmbeddedMail, reach: Reach, block: str) -> None:
    mail = settings_on(server)
    mail = replace(
        mail,
        smtp=replace(mail.smtp, port=server.smtp_starttls_port),
        imap=replace(mail.imap, port=server.imap_starttls_port),
    )
    with pytest.raises(TlsRefused, match="security: starttls") as refused:
        reach(mail)
    one_line(refused.value)


@both
def test_a_tls_port_asked_for_starttls_says_which_setting_fits(server: EmbeddedMail, reach: Reach, block: str) -> None:
    with pytest.raises(MailRefused, match="security: tls") as refused:
        reach(changed(settings_on(server), security="starttls"))
    one_line(refused.value)


@contextmanager
def a_plain_server(greeting: bytes, answers: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A server that offers no TLS at all; what it was told is kept."""
    told: list[bytes] = []

    def serve(listening: socket.socket) -> None:
        connection = listening.accept()[0]
        with connection:
            connection.sendall(greeting)
            while line := connection.recv(4096):
                told.append(line)
                connection.sendall(answers.replace(b"TAG", line.split()[0]))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=[listening], daemon=True)
        thread.start()
        yield listening.getsockname()[1], told
        thread.join(5)


@pytest.mark.parametrize(
    ("reach", "greeting", "answers"),
    [
        (by_smtp, b"220 plain\r\n", b"250-plain\r\n250 AUTH PLAIN LOGIN\r\n"),
        (by_imap, b"* OK plain\r\n", b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK done\r\n"),
    ],
    ids=["smtp", "imap"],
)
def test_without_starttls_no_password_is_sent(
    server: EmbeddedMail, reach: Reach, greeting: bytes, answers: bytes
) -> None:
    with a_plain_server(greeting, answers) as (port, told):
        with pytest.raises(TlsRefused, match="offers no STARTTLS") as refused:
            reach(changed(settings_on(server), port=port, security="starttls"))
        one_line(refused.value)
    assert not any(word in b"".join(told).upper() for word in (b"AUTH ", b"LOGIN"))


def test_a_server_that_hangs_up_is_busy_and_tried_again() -> None:
    named = Server("mx.test", 465, "tls", BOT, Secret("bot-secret"))
    refused = refusal(EOFError("closed"), named, "smtp")
    assert isinstance(refused, ServerBusy)
    assert not refused.permanent


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (550, "5.1.1 no such user", "never"),
        (450, "4.2.0 greylisted", "later"),
        (550, "Domain frequency limited. https://open.work.weixin.qq.com/help", "slow_down"),
        (550, "Connection frequency limited", "slow_down"),
        (554, "Reject by behaviour spam: too frequently sending", "slow_down"),
        (451, "MI:SPB 163 smtp", "slow_down"),
        (550, "该账户发送频率过高", "slow_down"),
        (421, "4.7.0 Try again later, closing connection", "slow_down"),
        (452, "4.5.3 Too many recipients", "slow_down"),
        (552, "5.2.2 mailbox full", "never"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_5xx_is_not_always_final(code: int, text: str, expected: str) -> None:
    assert meaning(code, text) == expected


@both
def test_stray_characters_in_the_settings_are_named(server: EmbeddedMail, reach: Reach, block: str) -> None:
    with pytest.raises(MailRefused, match="stray characters") as refused:
        reach(changed(settings_on(server), host="mail..test" + "x" * 70))
    one_line(refused.value)
