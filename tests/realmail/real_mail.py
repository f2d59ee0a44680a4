"""Postfix and Dovecot in a private folder on random loopback ports, with the same face as EmbeddedMail.

Needs root (Postfix's master insists) and ``apt-get install -y --no-install-recommends postfix dovecot-imapd
dovecot-lmtpd``; nothing outside its folder is touched. Starts in two to three seconds.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self

import trustme
from imapclient import IMAPClient

from bot.edges.tls import context
from tests.realmail.stamper import Stamper

_HERE = Path(__file__).parent
_POSTFIX, _DOVECOT, _DOVEADM = "/usr/sbin/postfix", "/usr/sbin/dovecot", "/usr/bin/doveadm"
_PORTS = ("smtp_port", "smtp_starttls_port", "imap_port", "imap_starttls_port", "lmtp_port", "stamper_port")
_SECONDS = 30.0


def why_not() -> str:
    """Why the real servers can't run here; empty where they can."""
    missing = [path for path in (_POSTFIX, _DOVECOT, _DOVEADM) if not Path(path).exists()]
    if missing:
        return f"{', '.join(missing)} not installed"
    return "" if os.geteuid() == 0 else "Postfix's master needs root"


class RealMail:
    """The running servers; a context manager.

    ``refuse`` maps addresses to replies given at RCPT, ``bounces`` to replies that come back as a bounce.
    """

    host = "localhost"

    def __init__(
        self,
        users: Mapping[str, str],
        *,
        authserv_id: str = "mx.real.test",
        refuse: Mapping[str, str] | None = None,
        bounces: Mapping[str, str] | None = None,
        sub_addresses: str | None = None,
    ) -> None:
        self.users = dict(users)
        self.authserv_id = authserv_id
        self._refuse, self._bounces, self._delimiter = dict(refuse or {}), dict(bounces or {}), sub_addresses or ""
        self._ports = dict(zip(_PORTS, _free_ports(len(_PORTS)), strict=True))
        self.smtp_port, self.smtp_starttls_port = self._ports["smtp_port"], self._ports["smtp_starttls_port"]
        self.imap_port, self.imap_starttls_port = self._ports["imap_port"], self._ports["imap_starttls_port"]
        # Not pytest's folder: Postfix's own user must be able to walk into it.
        self.root = Path(tempfile.mkdtemp(prefix="realmail-"))
        self.ca_file = self.root / "ca.pem"
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.callback(shutil.rmtree, self.root, ignore_errors=True)
        try:
            self._write_all()
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """The raw mails in a folder, by UID."""
        with self._login(address) as client:
            client.select_folder(folder, readonly=True)
            uids = sorted(client.search())
            return [client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"] for uid in uids]

    def deliver(self, address: str, raw: bytes, folder: str = "INBOX") -> None:
        """Puts a mail into a user's folder."""
        with self._login(address) as client:
            client.append(folder, raw)

    def remove(self, address: str, index: int, folder: str = "INBOX") -> None:
        """Removes a mail, as a human would who tidies up."""
        with self._login(address) as client:
            client.select_folder(folder)
            client.delete_messages([sorted(client.search())[index]])
            client.expunge()

    def reset_uidvalidity(self, address: str, folder: str = "INBOX") -> None:
        """A new UIDVALIDITY, as after a migration."""
        fresh = str(int(time.time()) + 1000)
        self._run(_DOVEADM, "-c", self._conf, "mailbox", "update", "-u", address, "--uid-validity", fresh, folder)

    def until_idle(self) -> None:
        """Returns when no submission is under way and the queue is empty."""
        quiet, deadline = 0, time.monotonic() + _SECONDS
        while quiet < 2:
            busy = _connected(self.smtp_port) or self._run("/usr/sbin/postqueue", "-c", self._postfix, "-j").strip()
            quiet = 0 if busy else quiet + 1
            if time.monotonic() > deadline:
                raise TimeoutError(f"the queue doesn't empty, see {self.root}/*.log")
            time.sleep(0.01)

    def _login(self, address: str) -> IMAPClient:
        client = IMAPClient(self.host, self.imap_port, ssl_context=context(self.ca_file), timeout=30)
        client.login(address, self.users[address])
        return client

    @property
    def _conf(self) -> str:
        return str(self.root / "dovecot.conf")

    @property
    def _postfix(self) -> str:
        return str(self.root / "postfix")

    def _write_all(self) -> None:
        """Folders, certificates, tables and configuration."""
        self.root.chmod(0o755)
        owner = pwd.getpwnam("mail")
        for name in ("queue", "home", "postfix-data", "postfix"):
            (self.root / name).mkdir()
        os.chown(self.root / "home", owner.pw_uid, owner.pw_gid)
        os.chown(self.root / "postfix-data", pwd.getpwnam("postfix").pw_uid, -1)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self.ca_file))
        server = self.root / "server.pem"
        authority.issue_cert("localhost", "127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(server))
        server.chmod(0o600)
        self._table("users", self.users, ":")
        self._table("boxes", dict.fromkeys(self.users, "x"))
        self._table("logins", {user: user for user in self.users})
        self._table("refused", self._refuse)
        # The error transport wants the enhanced status first: ``552 5.2.2 full`` without its reply code.
        self._table("bounces", {one: f"error:{reply.partition(' ')[2]}" for one, reply in self._bounces.items()})
        known = {
            "root": str(self.root),
            "instance": f"real{self.imap_port}",
            "uid": str(owner.pw_uid),
            "gid": str(owner.pw_gid),
            "authserv_id": self.authserv_id,
            "delimiter": self._delimiter,
            "domains": " ".join(sorted({user.rpartition("@")[2] for user in self.users})),
            **{name: str(port) for name, port in self._ports.items()},
        }
        for source, target in (("dovecot", "."), ("main", "postfix"), ("master", "postfix")):
            suffix = "conf" if source == "dovecot" else "cf"
            text = Template((_HERE / f"{source}.{suffix}.in").read_text()).substitute(known)
            (self.root / target / f"{source}.{suffix}").write_text(text)

    def _table(self, name: str, rows: Mapping[str, str], between: str = " ") -> None:
        (self.root / name).write_text("".join(f"{key}{between}{value}\n" for key, value in rows.items()))

    def _start(self) -> None:
        self._stack.enter_context(Stamper(self._ports["stamper_port"], self._ports["lmtp_port"], self.authserv_id))
        self._run(_POSTFIX, "-c", self._postfix, "check")
        self._run(_DOVECOT, "-c", self._conf)
        self._stack.callback(self._run, _DOVEADM, "-c", self._conf, "stop")
        self._run(_POSTFIX, "-c", self._postfix, "start")
        self._stack.callback(self._run, _POSTFIX, "-c", self._postfix, "stop")
        for port in self._ports.values():
            _until_open(port)

    def _run(self, *command: str) -> str:
        # A file, not a pipe: the daemons keep what they are started with open.
        with tempfile.TemporaryFile("w+") as told:
            done = subprocess.run(command, stdout=told, stderr=subprocess.STDOUT, check=False, timeout=60)
            told.seek(0)
            said = told.read()
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {said}")
        return said


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]


def _until_open(port: int) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise TimeoutError(f"port {port} doesn't open")


def _connected(port: int) -> bool:
    """Whether the server side still holds a connection at this port (established, or its client just left)."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, _, state, *_ = line.split()
        if local.endswith(f":{port:04X}") and state in ("01", "08"):
            return True
    return False
