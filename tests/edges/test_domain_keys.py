"""Looking up domain keys at a real name server on this machine: found, absent, odd, silent."""

from collections.abc import Iterator
from time import monotonic

import pytest

from bot.edges import domain_keys
from bot.edges.domain_keys import DomainKeys
from tests.edges.name_server import NameServer

NAME = "s1._domainkey.hengyuan.example."
LONG = "v=DKIM1; p=" + "A" * 600


@pytest.fixture
def server() -> Iterator[NameServer]:
    started = NameServer()
    yield started
    started.close()


def keys(server: NameServer, lifetime: float = 2.0) -> DomainKeys:
    return DomainKeys([server.address], lifetime)


@pytest.mark.parametrize(
    ("records", "record", "reason"),
    [
        ([LONG], LONG, ""),
        (["v=DKIM1; p="], "v=DKIM1; p=", ""),
        (["密钥"], "密钥".encode().decode("latin-1"), ""),
        ([], "", "no_key"),
        (["v=DKIM1; p=a", "v=DKIM1; p=b"], "", "several_keys"),
    ],
    ids=["in three pieces", "revoked", "no ASCII", "a name without text", "two of them"],
)
def test_what_a_name_server_answers(server: NameServer, records: list[str], record: str, reason: str) -> None:
    server.records[NAME] = records
    answer = keys(server).look_up("hengyuan.example", "s1")
    assert (answer.record, answer.reason) == (record, reason)


def test_a_name_that_isn_t_there_has_no_key(server: NameServer) -> None:
    assert keys(server).look_up("hengyuan.example", "s1").reason == "no_key"
    assert keys(server).look_up("hengyuan.example", "a" * 64).reason == "no_key"
    assert server.asked == [NAME]


def test_a_key_is_asked_for_once_while_it_lives(server: NameServer) -> None:
    server.records[NAME] = ["v=DKIM1; p="]
    known = keys(server)
    assert known.look_up("hengyuan.example", "s1") == known.look_up("hengyuan.example", "s1")
    assert len(server.asked) == 1


def test_a_failing_server_is_no_verdict(server: NameServer) -> None:
    server.failing = True
    assert keys(server).look_up("hengyuan.example", "s1").reason == "unreachable"


def test_a_silent_server_costs_its_time_once_and_then_rests(
    server: NameServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.silent = True
    known = keys(server, lifetime=0.3)
    assert known.look_up("hengyuan.example", "s1").reason == "unreachable"
    asked, began = len(server.asked), monotonic()
    assert known.look_up("hengyuan.example", "s2").reason == "unreachable"
    assert (len(server.asked), monotonic() - began < 0.1) == (asked, True)
    server.silent = False
    server.records[NAME] = ["v=DKIM1; p="]
    assert known.look_up("other.example", "s1").reason == "no_key"
    monkeypatch.setattr(domain_keys, "monotonic", lambda: monotonic() + domain_keys.REST + 1)
    assert known.look_up("hengyuan.example", "s1").record == "v=DKIM1; p="


def test_three_silent_domains_mean_that_nobody_answers(server: NameServer) -> None:
    server.silent = True
    known = keys(server, lifetime=0.2)
    for domain in ("a.example", "b.example", "c.example"):
        assert known.look_up(domain, "s1").reason == "unreachable"
    asked = len(server.asked)
    assert known.look_up("d.example", "s1").reason == "unreachable"
    assert len(server.asked) == asked


def test_a_machine_without_resolver_has_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise domain_keys.dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(domain_keys.dns.resolver, "Resolver", none)
    assert DomainKeys().look_up("hengyuan.example", "s1").reason == "unreachable"
