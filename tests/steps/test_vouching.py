"""A sender of whom the receiving server says nothing is proven by a DKIM signature of his domain, or by nothing.

Real mails, signed with a real key; the key stands in a real name server on this machine.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.compose.explanation import to_text
from bot.edges.domain_keys import DomainKeys
from bot.model import Judgement
from bot.steps import checkup, explaining, replaying, vouching
from bot.steps.acting import JUDGEMENT
from tests.edges.name_server import NameServer
from tests.parsers.signed_mails import DOMAIN, record, signed
from tests.steps.town import FINANCE, LI, XU, Town, yes

KEY_AT = f"s1._domainkey.{DOMAIN}."


@pytest.fixture
def names() -> Iterator[NameServer]:
    started = NameServer()
    started.records[KEY_AT] = [record()]
    yield started
    started.close()


@pytest.fixture
def quiet(sent: Town, names: NameServer) -> Town:
    """October is with the customers; their servers sign what they send, ours says nothing about senders."""
    sent.keys, sent.sign = DomainKeys([names.address], 0.5), signed
    return sent


def told(town: Town) -> Judgement:
    return JUDGEMENT.validate_json(town.judged()[-1].value)


def test_a_signed_reply_confirms_and_says_whose_signature_proves_it(quiet: Town) -> None:
    quiet.reply(yes(), quiet.sealed(), login=None)
    assert quiet.poll() == ["confirmed"]
    found = told(quiet)
    assert (found.authentication, found.proof) == ("pass", f"dkim {DOMAIN} s1")
    assert f"发件人身份由其域名的 DKIM 签名证实（{DOMAIN}，s1）" in found.reasons
    assert "验证 pass（DKIM 签名）" in to_text(found)


def test_A4_it_is_replayed_without_any_name_server(quiet: Town, names: NameServer) -> None:
    quiet.reply(yes(), login=None)
    assert quiet.poll() == ["scan_pending"]
    names.records.clear()
    asked = len(names.asked)
    done = replaying.replay(quiet.office)
    assert done
    assert all(each.same for each in done)
    assert len(names.asked) == asked
    (kept,) = vouching.load(quiet.judged()[-1].signatures)
    assert (kept.result, kept.record, kept.bits) == ("pass", record(), 1024)


def test_the_server_s_word_is_enough_and_nothing_is_looked_up(quiet: Town, names: NameServer) -> None:
    quiet.reply(yes())
    assert quiet.poll() == ["scan_pending"]
    assert (told(quiet).proof, names.asked) == ("server", [])


def test_a_server_that_says_fail_is_believed_whatever_is_signed(quiet: Town, names: NameServer) -> None:
    quiet.reply(yes(), login=XU)
    assert quiet.poll() == ["person"]
    assert (told(quiet).rule, names.asked) == ("R04-forged", [])


def _revoke(names: NameServer) -> None:
    names.records[KEY_AT] = [record(p="")]


def _hold_tongue(names: NameServer) -> None:
    names.silent = True


def _nothing(_: NameServer) -> None:
    return


def _with_another_from(raw: bytes) -> bytes:
    return b"From: Li <li.jg@hengyuan.example>\r\n" + signed(raw)


def _altered(raw: bytes) -> bytes:
    return signed(raw.replace(b"Subject: ", b"Subject: Re: ", 1)).replace(b"Subject: Re: ", b"Subject: ", 1)


def _by_a_stranger(raw: bytes) -> bytes:
    return signed(raw, domain="attack.example")


def _old(raw: bytes) -> bytes:
    return signed(raw, t=str(int(datetime(2026, 10, 1, tzinfo=UTC).timestamp())))


UNPROVEN: dict[str, tuple[Callable[[bytes], bytes], Callable[[NameServer], None], str]] = {
    "not signed": (bytes, _nothing, "发件人身份验证结果：none"),
    "signed by a stranger's domain": (_by_a_stranger, _nothing, "发件人身份验证结果：none"),
    "another subject than was signed": (_altered, _nothing, "与邮件内容不符"),
    "signed long ago": (_old, _nothing, "可能是旧邮件重发"),
    "the key was revoked": (signed, _revoke, "密钥已撤销"),
    "no key": (signed, lambda names: names.records.clear(), "域名没有这把密钥"),
    "the name server keeps silent": (signed, _hold_tongue, "暂时查不到域名的密钥"),
}


@pytest.mark.parametrize(("sign", "prepare", "reason"), UNPROVEN.values(), ids=UNPROVEN.keys())
def test_what_proves_nobody_goes_to_a_person_who_is_told_why(
    quiet: Town,
    names: NameServer,
    sign: Callable[[bytes], bytes],
    prepare: Callable[[NameServer], None],
    reason: str,
) -> None:
    prepare(names)
    quiet.sign = sign
    quiet.reply(yes(), login=None)
    assert quiet.poll() == ["person"]
    found = told(quiet)
    assert (found.rule, found.authentication, found.proof) == ("R04-unproven-yes", "none", "")
    assert any(reason in each for each in found.reasons)


def test_two_authors_are_none(quiet: Town, names: NameServer) -> None:
    quiet.sign = _with_another_from
    quiet.reply(yes(), login=None)
    assert quiet.poll() == ["person"]
    assert (told(quiet).rule, names.asked) == ("R04-forged", [])


def test_a_stranger_s_mail_asks_no_name_server(quiet: Town, names: NameServer) -> None:
    quiet.reply(yes(), sender="wang@hengyuan.example", login=None)
    assert quiet.poll() == ["person"]
    assert names.asked == []


def test_a_signed_mail_that_is_sent_again_under_another_thread_confirms_nothing_there(quiet: Town) -> None:
    raw = quiet.reply(yes(), login=None, shape="163")
    quiet.poll()
    ours = next(line for line in raw.split(b"\r\n") if line.startswith(b"In-Reply-To: "))
    theirs = explaining.read_sent(quiet.sandbox, quiet.statement_mail("C002")).mail.message_id.encode()
    again = signed(raw).replace(ours, b"In-Reply-To: <" + theirs + b">")
    quiet.arrive(again.replace(b"\r\nMessage-ID: ", b"\r\nX-Copy: 1\r\nMessage-ID: "))
    assert set(quiet.poll()) <= {"person"}
    assert (quiet.state(), quiet.state("C002")) == ("scan_pending", "sent")


def test_an_order_of_our_staff_is_proven_by_our_own_domain_s_signature(quiet: Town, names: NameServer) -> None:
    names.records["s1._domainkey.hd-trade.example."] = [record()]
    quiet.sign = lambda raw: signed(raw, domain="hd-trade.example")
    assert "已执行" in quiet.command("状态 C001", FINANCE, login=None)


def test_the_configuration_can_leave_the_server_as_the_only_proof(quiet: Town, names: NameServer) -> None:
    quiet.keys = None
    quiet.reply(yes(), login=None)
    assert quiet.poll() == ["person"]
    assert (told(quiet).rule, names.asked) == ("R04-unproven-yes", [])


def test_explain_checks_signatures_too_unless_the_configuration_says_no(
    quiet: Town, names: NameServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explaining.SystemClock, "now", lambda _: quiet.clock.now())
    raw = signed(quiet.reply("收到，没问题。", login=None))
    sent = [explaining.read_sent(quiet.sandbox, quiet.statement_mail())]
    company = quiet.company
    proven = explaining.explain(quiet.sandbox, raw, company, sent, DomainKeys([names.address])).judgement
    without = explaining.explain(quiet.sandbox, raw, replace(company, dkim=False), sent, DomainKeys([names.address]))
    assert (proven.sender, proven.proof) == (LI, f"dkim {DOMAIN} s1")
    assert (without.judgement.authentication, without.judgement.proof) == ("none", "")


def test_what_could_not_be_looked_up_is_tried_again(names: NameServer) -> None:
    checks = vouching.CHECKS.validate_python(
        (
            {"domain": DOMAIN, "selector": "s1", "result": "unreachable", "reason": "unreachable"},
            {"domain": DOMAIN, "selector": "s2", "result": "refused", "reason": "length_tag"},
        )
    )
    assert vouching.load(vouching.dump(checks)) == checks[1:]
    assert vouching.load(vouching.dump(())) == ()


def test_doctor_tells_what_proves_senders_and_whether_keys_can_be_looked_up(quiet: Town, names: NameServer) -> None:
    def told_of(town: Town) -> list[str]:
        return [each.finding for each in checkup._authentication(town.office)]

    assert any("keys can be looked up" in text for text in told_of(quiet))
    quiet.with_company(mail=replace(quiet.company.mail, authserv_id=None))
    assert "only a DKIM signature" in told_of(quiet)[0]
    names.failing, quiet.keys = True, DomainKeys([names.address], 0.5)
    assert any("no name server answers" in text for text in told_of(quiet))
    quiet.keys = None
    assert told_of(quiet) == [
        "mail.authserv_id is not set: no mail counts as authenticated, nothing is confirmed by itself"
    ]
