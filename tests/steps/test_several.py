"""One mail about several statements: each gets what was said about it, with its own evidence, answer and events."""

import json
from collections.abc import Sequence

import pytest
from sqlmodel import col

from bot.compose import explanation
from bot.edges.tables import ConfirmationRow, DiscrepancyRow, EventRow, MailPartRow, MailRow, StatementRow
from bot.model import Attachment
from bot.showing import status_json
from bot.steps import replaying
from bot.steps.acting import JUDGEMENT
from parsers.period import Period
from tests.steps.town import FINANCE, HENGYUAN, Town

SEPTEMBER = Period("month", 2026, 9)
BOTH = f"您好，\n{HENGYUAN}确认2026年9月和10月销售对账单无误。\n盖章件两份见附件。\n"
DOLLARS = "发货,XSCK-90001,1,2026-10-09,C001,滚珠丝杠,SFU1605,支,10,178.00,1780.00,USD"


def of(town: Town, period: str = "2026-10", currency: str = "CNY") -> StatementRow:
    rows: list[StatementRow] = town.all(
        StatementRow,
        StatementRow.customer == "C001",
        StatementRow.period == period,
        StatementRow.currency == currency,
        col(StatementRow.live).is_(True),
    )
    (row,) = rows
    return row


def states(town: Town) -> tuple[str, str]:
    return of(town, "2026-09").state, of(town).state


def comes(town: Town, row: StatementRow, text: str, files: Sequence[Attachment] = ()) -> list[str]:
    """The customer answers the mail of one statement."""
    town.answer_about(row, text, files)
    return town.poll()


def replays(town: Town) -> list[bool]:
    return [each.same for each in replaying.replay(town.office)]


def shown(town: Town) -> None:
    """``explain`` tells of both statements."""
    (mail,) = town.all(MailRow, MailRow.outcome == "scan_pending")
    judgement = JUDGEMENT.validate_json(mail.value)
    as_json = explanation.to_json(judgement)
    assert [part["outcome"] for part in as_json["parts"]] == ["scan_pending", "confirmed"]
    assert [part["statement"] for part in as_json["parts"]] == [of(town, "2026-09").number, of(town).number]
    assert json.dumps(as_json, ensure_ascii=False)
    as_text = explanation.to_text(judgement)
    assert "一信涉及 2 份对账单" in as_text
    assert f"◆ {of(town).number} 第 1 版：确认（R10-phrase-scan）" in as_text


@pytest.fixture
def months(sent: Town) -> Town:
    """September's and October's statements are out."""
    sent.prepare(SEPTEMBER)
    sent.send(SEPTEMBER)
    return sent


def test_17_a_full_yes_to_two_months_with_both_scans_is_two_confirmations_each_with_its_own_evidence(
    months: Town,
) -> None:
    september, october = of(months, "2026-09"), of(months)
    assert comes(months, october, BOTH, months.sealed_of(september, october)) == ["confirmed"]
    assert states(months) == ("confirmed", "confirmed")
    kept = {each.statement_id: each for each in months.all(ConfirmationRow)}
    assert set(kept) == {september.id, october.id}
    assert "2026-09" in kept[september.id].scan
    assert "2026-10" not in kept[september.id].scan
    assert "2026-10" in kept[october.id].scan
    assert all(f"{HENGYUAN}确认2026年9月和10月销售对账单无误" in each.phrase for each in kept.values())
    assert {each.route for each in kept.values()} == {"phrase+scan"}
    assert len(months.owed("thanks")) == 2
    assert {mail.subject for mail in months.mails("thanks")} == {
        "Re: [华东贸易有限公司][2026年9月] 銷售對賬單",
        "Re: [华东贸易有限公司][2026年10月] 銷售對賬單",
    }
    (mail,) = [each for each in months.judged() if each.outcome != "ignored"]
    assert {(part.statement_id, part.outcome) for part in months.all(MailPartRow, MailPartRow.mail_id == mail.id)} == {
        (september.id, "confirmed"),
        (october.id, "confirmed"),
    }
    months.arrive(months.kept[-1])
    months.poll()
    assert (len(months.all(ConfirmationRow)), len(months.owed("thanks"))) == (2, 2)
    assert replays(months) == [True] * len(months.judged())
    assert len(months.all(EventRow, EventRow.kind == "judged", col(EventRow.detail).startswith("part: "))) == 2
    shown = {each["period"]: each["state"] for each in status_json(months.office, None, "C001")["statements"]}
    assert shown == {"2026-09": "confirmed", "2026-10": "confirmed"}


def test_17_the_month_whose_scan_is_missing_waits_for_it_and_the_other_is_confirmed(months: Town) -> None:
    september, october = of(months, "2026-09"), of(months)
    assert comes(months, october, BOTH, months.sealed_of(october)) == ["scan_pending"]
    assert states(months) == ("scan_pending", "confirmed")
    (kept,) = months.all(ConfirmationRow)
    assert kept.statement_id == october.id
    (asked,) = months.mails("scan_request")
    assert asked.subject == "Re: [华东贸易有限公司][2026年9月] 銷售對賬單"
    assert "来信的附件中没有本期对账单的签章件" in (asked.plain or "")
    shown(months)
    assert comes(months, september, "补上9月的。\n", months.sealed_of(september)) == ["in_review"]


def test_17_a_weak_yes_with_both_scans_goes_to_finance_who_passes_each_on_its_own_part(months: Town) -> None:
    september, october = of(months, "2026-09"), of(months)
    files = months.sealed_of(september, october)
    assert comes(months, october, "9月和10月一起确认，均无误。\n", files) == ["in_review"]
    assert [task.owner for task in months.tasks("review")] == [FINANCE, FINANCE]
    months.later(minutes=20)
    assert "审核通过" in months.command(f"審核通過 {september.number}")
    (kept,) = months.all(ConfirmationRow)
    assert (kept.statement_id, kept.route, kept.reviewed_by) == (september.id, "manual", FINANCE)
    assert "2026-10" not in kept.scan
    assert states(months) == ("closed", "in_review")


def test_a_difference_in_one_month_leaves_the_yes_to_the_other_alone(months: Town) -> None:
    september, october = of(months, "2026-09"), of(months)
    text = f"{HENGYUAN}确认2026年9月销售对账单无误，10月少一笔退货565元没有减。\n"
    assert comes(months, october, text, months.sealed_of(september, october)) == ["discrepancy"]
    assert states(months) == ("confirmed", "discrepancy")
    (thread,) = months.all(DiscrepancyRow)
    assert thread.statement_id == october.id
    assert "9月" not in thread.words


def test_what_is_unclear_about_one_is_a_persons_for_all_and_nothing_is_recorded(months: Town) -> None:
    files = months.sealed_of(of(months, "2026-09"), of(months))
    assert comes(months, of(months), f"如果9月无误，{HENGYUAN}确认2026年10月销售对账单无误。", files) == ["person"]
    assert not months.all(ConfirmationRow)
    assert not months.all(MailPartRow)


def test_30_one_currency_is_fine_the_other_differs(sent: Town) -> None:
    sent.document(DOLLARS)
    sent.prepare()
    sent.send()
    dollars, yuan = of(sent, currency="USD"), of(sent)
    assert comes(sent, yuan, "美元那张没问题，人民币的少一笔。\n") == ["discrepancy"]
    assert (of(sent, currency="USD").state, of(sent).state) == ("scan_pending", "discrepancy")
    (thread,) = sent.all(DiscrepancyRow)
    assert thread.statement_id == yuan.id
    (asked,) = sent.owed("scan_request")
    assert asked.statement_id == dollars.id
    assert replays(sent) == [True] * len(sent.judged())
