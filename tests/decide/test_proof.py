"""What proves a sender: the server's word first, then a DKIM signature of the very domain, and nothing else."""

from dataclasses import replace
from typing import get_args

import pytest

from bot.decide import proof
from bot.decide.judge import judge
from bot.model import Outcome
from parsers import domain_signature
from parsers.domain_signature import DomainCheck
from tests.decide.replies import mail, register, scan, unproven

GOOD = DomainCheck("hengyuan.example", "s1", "pass", "", "v=DKIM1; p=…", 2048)
SILENT = unproven(mail())


def test_the_server_s_word_comes_first() -> None:
    known = register(signatures=(GOOD,))
    assert proof.of(mail(), known) == proof.Proof("pass", "server")
    failed = unproven(mail(), "mx.hd-trade.example; dmarc=fail header.from=hengyuan.example")
    assert proof.of(failed, known) == proof.Proof("fail")


def test_where_it_says_nothing_a_signature_of_the_domain_proves() -> None:
    assert proof.of(SILENT, register(signatures=(GOOD,))) == proof.Proof("pass", "dkim hengyuan.example s1")
    assert judge(SILENT, register(signatures=(GOOD,)), (scan(),)).outcome is Outcome.CONFIRMED


@pytest.mark.parametrize(
    "check",
    [
        replace(GOOD, domain="attack.example"),
        replace(GOOD, domain="example"),
        replace(GOOD, domain="mail.hengyuan.example"),
        *(replace(GOOD, result=each, reason="x") for each in get_args(domain_signature.Result) if each != "pass"),
    ],
    ids=lambda check: f"{check.domain} {check.result}",
)
def test_nothing_else_does(check: DomainCheck) -> None:
    found = proof.of(SILENT, register(signatures=(check,)))
    assert (found.verdict, found.by) == ("none", "")
    assert judge(SILENT, register(signatures=(check,)), (scan(),)).outcome is Outcome.PERSON


def test_a_good_signature_counts_beside_a_bad_one() -> None:
    bad = replace(GOOD, selector="s2", result="fail", reason="broken")
    assert proof.of(SILENT, register(signatures=(bad, GOOD))).verdict == "pass"


def test_a_mail_of_two_authors_is_proven_by_none() -> None:
    assert proof.of(replace(SILENT, from_lines=2), register(signatures=(GOOD,))).verdict == "none"


def test_a_person_is_told_why_a_signature_proves_nothing() -> None:
    revoked = replace(GOOD, result="refused", reason="key_revoked")
    odd = replace(GOOD, selector="s2", result="refused", reason="contained: timeout")
    assert proof.of(SILENT, register(signatures=(revoked, revoked, odd))).against == (
        "DKIM 签名（hengyuan.example，s1）不作数：密钥已撤销",
        "DKIM 签名（hengyuan.example，s2）不作数：无法验证",
    )
