"""Looking up the keys that domains sign their mails with: ``s1._domainkey.customer.example TXT "v=DKIM1; p=…"``.

A name server that keeps silent costs LIFETIME once a minute, not once a mail; no answer is never a verdict.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

import dns.exception
import dns.name
import dns.resolver

LIFETIME, REST = 5.0, 60.0
"""Seconds that one look-up may take, and for which a domain that kept silent isn't asked again."""
_ALL_SILENT = 3
"""So many domains silent at once: it is our own resolver that doesn't answer."""


@dataclass(frozen=True, slots=True)
class KeyAnswer:
    """``record`` is the TXT record; where there is none ``reason`` is a code, of which ``unreachable`` may pass by."""

    record: str = ""
    reason: str = ""


_ABSENT = (
    dns.resolver.NXDOMAIN,
    dns.resolver.NoAnswer,
    dns.name.LabelTooLong,
    dns.name.NameTooLong,
    dns.name.EmptyLabel,
)
_UNREACHABLE = KeyAnswer(reason="unreachable")


class DomainKeys:
    """A resolver for domain keys; safe to use from several threads.

    ``nameservers`` are (address, port) to ask instead of those of the system.
    """

    def __init__(self, nameservers: Sequence[tuple[str, int]] = (), lifetime: float = LIFETIME) -> None:
        self._nameservers, self._lifetime = nameservers, lifetime
        self._resolver: dns.resolver.Resolver | None = None
        self._silent: dict[str, float] = {}
        self._lock = threading.Lock()

    def look_up(self, domain: str, selector: str) -> KeyAnswer:
        """The one key record of a domain's selector; raises nothing."""
        if self._rests(domain):
            return _UNREACHABLE
        try:
            answer = self._ready().resolve(f"{selector}._domainkey.{domain}.", "TXT", lifetime=self._lifetime)
        except _ABSENT:
            return KeyAnswer(reason="no_key")
        except (dns.exception.DNSException, OSError) as error:
            if isinstance(error, dns.exception.Timeout):
                self._keeps_silent(domain)
            return _UNREACHABLE
        records = [b"".join(each.strings) for each in answer]
        return KeyAnswer(records[0].decode("latin-1")) if len(records) == 1 else KeyAnswer(reason="several_keys")

    def _ready(self) -> dns.resolver.Resolver:
        """The resolver, made when it is first needed: a machine without one has no keys, and works all the same."""
        with self._lock:
            if self._resolver is None:
                self._resolver = dns.resolver.Resolver(configure=not self._nameservers)
                self._resolver.cache = dns.resolver.LRUCache(1000)
                if self._nameservers:
                    self._resolver.nameservers = [address for address, _ in self._nameservers]
                    self._resolver.port = self._nameservers[0][1]
            return self._resolver

    def _rests(self, domain: str) -> bool:
        now = monotonic()
        with self._lock:
            self._silent = {name: until for name, until in self._silent.items() if until > now}
            return domain in self._silent or len(self._silent) >= _ALL_SILENT

    def _keeps_silent(self, domain: str) -> None:
        with self._lock:
            self._silent[domain] = monotonic() + REST
