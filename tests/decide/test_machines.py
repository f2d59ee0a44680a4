"""Mails of machines and of ourselves: what they are bound to, and that their words are nobody's."""

from dataclasses import replace

import pytest

from bot.decide.judge import judge
from bot.model import Outcome, Register
from parsers.attachment import AttachmentReading
from parsers.mail import Mail, parse
from tests.decide import replies
from tests.decide.replies import CONFIRMER, HENGYUAN, HONGDA, NUMBER, OLDER, OTHERS, SEPTEMBER, mail, register, sent

UNREAD = AttachmentReading("退信详情.doc", "other", "none")


def world() -> Register:
    return register(sent(NUMBER, HENGYUAN), sent(OLDER, HENGYUAN, SEPTEMBER), sent(OTHERS, HONGDA))


def report(address: str, returned: str = "") -> Mail:
    """A delivery report about an address, with the Message-ID of what came back."""
    inner = f"Message-ID: <{returned}>\nSubject: x\n\nx" if returned else "Subject: x\n\nx"
    lines = (
        "From: MAILER-DAEMON@mx.example",
        "To: ar@hd-trade.example",
        "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b\nContent-Type: text/plain\n\nSorry.\n",
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n",
        f"Final-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.1.1\n",
        f"--b\nContent-Type: message/rfc822\n\n{inner}\n\n--b--\n",
    )
    return parse("\n".join(lines).encode())


@pytest.mark.parametrize(
    ("address", "returned", "number", "by"),
    [
        pytest.param(CONFIRMER, f"statement.{OLDER}.1@hd-trade.example", OLDER, ("references",), id="what came back"),
        pytest.param("wang@hongda.example", "", OTHERS, ("bounced_address",), id="whom it names"),
        pytest.param(CONFIRMER, "", None, (), id="a contact with two statements"),
        pytest.param("shared@group.example", "", None, (), id="a contact of two customers"),
        pytest.param("nobody@x.example", "", None, (), id="nobody's address"),
    ],
)
def test_B6_a_bounce_is_bound_to_the_statement_that_came_back(
    address: str, returned: str, number: str | None, by: tuple[str, ...]
) -> None:
    judgement = judge(report(address, returned), world())
    assert (judgement.outcome, judgement.statement, judgement.bound_by) == (Outcome.BOUNCE, number, by)


def test_a_bounce_names_no_unread_files() -> None:
    judgement = judge(report(CONFIRMER), world(), (UNREAD,))
    assert not any("未能读出" in reason for reason in judgement.reasons)
    assert any("退信详情" in reason for reason in judge(mail("见附件"), world(), (UNREAD,)).reasons)


def automatic(text: str) -> Mail:
    letter = mail(text)
    return replace(letter, headers=(*letter.headers, ("auto-submitted", "auto-replied")))


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("您好，我正在休假，11月20日返回，以后再回复您的邮件。", []),
        ("您好，我已于10月离职。", ["rep"]),
        ("我在休假，急事请联系 chen@hengyuan.example", ["rep"]),
    ],
)
def test_O1_only_a_successor_or_a_leaver_makes_a_contact_task(text: str, to: list[str]) -> None:
    judgement = judge(automatic(text), register())
    assert judgement.outcome is Outcome.AUTO_REPLY
    assert [also.to for also in judgement.also] == to


def test_R13_who_says_to_have_answered_is_told_apart_from_who_is_checking() -> None:
    assert judge(mail("我们上周已经回复过了"), register()).rule == "R13-answered"
    assert judge(mail("收到，我们先核对一下"), register()).rule == "R13-noted"
    assert replies.judged("我们上周已经回复过了").outcome is Outcome.NOTED
