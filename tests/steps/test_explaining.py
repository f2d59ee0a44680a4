"""Explaining: the same judgement as the flow's, from the sent mail alone, touching nothing."""

import json

import pytest

from bot.compose.explanation import to_json
from bot.edges.tables import MailRow
from bot.steps import explaining
from tests.steps.town import LI, PHRASE, REP, XU, Town, yes

TOP = [
    "file", "mail", "statement", "revision", "bound_by", "sender", "text", "attachments", "outcome", "route", "rule",
    "also", "reasons",
]  # fmt: skip
LATE_RETURN = "退货,XSTH-00099,1,2026-10-29,C001,直线导轨,HGH20CA,米,1,113.00,113.00,CNY"
SAME = ("outcome", "rule", "statement", "revision", "bound_by", "sender", "text", "attachments", "route")


def explained(town: Town, raw: bytes, *sent: bytes) -> dict[str, object]:
    known = [explaining.read_sent(town.sandbox, each) for each in sent]
    return to_json(explaining.explain(town.sandbox, raw, town.company, known).judgement, "reply.eml")


def judged(town: Town) -> dict[str, object]:
    from bot.steps.acting import JUDGEMENT

    (row,) = [row for row in town.all(MailRow) if row.outcome != "ignored"]
    return to_json(JUDGEMENT.validate_json(row.value), "reply.eml")


@pytest.mark.parametrize(
    ("text", "sealed", "sender"),
    [
        (yes(), True, LI),
        (f"{PHRASE}。", False, LI),
        ("你好，10月18日退货那笔565元你们没有减，请核实。", False, LI),
        ("请问 XSCK-00028 这张单的送货单可以补寄一份吗？", False, LI),
        (f"客户电话里说没问题，{PHRASE}。", False, REP),
        ("今天天气不错，周末一起打球。", False, LI),
    ],
    ids=["confirmation", "phrase only", "difference", "question", "rep's note", "nothing"],
)
def test_explaining_from_the_sent_mail_alone_judges_as_the_flow_does(
    sent: Town, text: str, sealed: bool, sender: str
) -> None:
    sent.reply(text, sent.sealed() if sealed else (), sender=sender)
    raw = sent.kept[-1]
    told = explained(sent, raw, sent.statement_mail())
    sent.poll()
    assert {key: told[key] for key in SAME} == {key: judged(sent)[key] for key in SAME}


def test_explain_prints_exactly_the_documented_keys(sent: Town) -> None:
    sent.reply(yes(), sent.sealed())
    told = explained(sent, sent.kept[-1], sent.statement_mail())
    assert list(told) == TOP
    assert list(told["mail"]) == ["message_id", "sha256", "kind"]  # type: ignore[call-overload]
    assert list(told["sender"]) == ["address", "standing", "authentication"]  # type: ignore[call-overload]
    assert list(told["text"]) == ["written", "says", "sentence"]  # type: ignore[call-overload]
    assert {tuple(each) for each in told["attachments"]} == {("name", "kind", "verdict")}  # type: ignore[attr-defined]
    json.dumps(told)


def test_of_several_revisions_the_highest_given_is_live(sent: Town) -> None:
    scan = sent.sealed()
    sent.at(4)
    sent.document(LATE_RETURN)
    sent.prepare()
    sent.send()
    sent.reply(yes(), scan, revision=1, shape="163")
    told = explained(sent, sent.kept[-1], sent.statement_mail(revision=1), sent.statement_mail(revision=2))
    assert (told["outcome"], told["revision"]) == ("superseded", 1)


def test_another_customers_statement_beside_it_changes_nothing(sent: Town) -> None:
    sent.reply("請問送貨單可以補寄一份嗎？", code="C002", sender=XU)
    told = explained(sent, sent.kept[-1], sent.statement_mail(), sent.statement_mail("C002"))
    assert (told["statement"], told["outcome"]) == (sent.row("C002").number, "question")


def test_what_is_not_a_sent_statement_is_told_as_such(sent: Town) -> None:
    sent.reply(f"{PHRASE}。")
    with pytest.raises(explaining.NotAStatement, match="X-DZ-Statement"):
        explaining.read_sent(sent.sandbox, sent.kept[-1])


def test_a_statement_whose_sheet_lost_its_hidden_page_is_none(sent: Town) -> None:
    from email import message_from_bytes, policy
    from io import BytesIO

    from openpyxl import Workbook

    book = BytesIO()
    Workbook().save(book)
    mail = message_from_bytes(sent.statement_mail(), policy=policy.SMTP)
    for part in mail.walk():
        if str(part.get_filename() or "").endswith(".xlsx"):
            part.set_content(book.getvalue(), maintype="application", subtype="octet-stream", filename="对账单.xlsx")
    with pytest.raises(explaining.NotAStatement, match="隐藏页"):
        explaining.read_sent(sent.sandbox, mail.as_bytes())
