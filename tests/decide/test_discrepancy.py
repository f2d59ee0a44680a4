"""What a mail says about a difference: the customer's closing, causes and documents; nothing where it is unclear."""

from decimal import Decimal

import pytest

from bot.decide.discrepancy import claimed, gathered_causes, gathered_documents
from bot.model import Judgement, Outcome, Said
from parsers import own_balance
from parsers.attachment import AttachmentReading, SheetDifference

OURS = Decimal("85685.00")


def judgement(*attachments: AttachmentReading, written: str = "", **said: tuple[str, ...]) -> Judgement:
    words = Said(written, "differs", written, (), said.get("causes", ()), said.get("documents", ()))
    return Judgement(
        Outcome.DISCREPANCY, "R05-discrepancy", "1", "reply", "a@b", "0", said=words, attachments=attachments
    )


def row(document: str, ours: str | None, theirs: str | None, cause: str = "") -> SheetDifference:
    amounts = (None if ours is None else Decimal(ours), None if theirs is None else Decimal(theirs))
    return SheetDifference(document, *amounts, None, None, cause, "")


def sheet(*rows: SheetDifference, closing: str | None = None) -> AttachmentReading:
    stated = None if closing is None else Decimal(closing)
    return AttachmentReading("对账单.xlsx", "sheet", "none", differences=rows, closing=stated)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我司账面余额 85,120.00，贵司 85,685.00，差565元。", "85120.00"),
        ("我們這邊應付帳款是 85120 元", "85120"),
        ("我司期末：￥85,120.00元", "85120.00"),
        ("我们系统显示 85,120.00 元，请核实", "85120.00"),
        ("期末余额85,120.00元，比贵司少565元", "85120.00"),
        ("贵司期末85,685.00，我司期末85,120.00", "85120.00"),
    ],
    ids=["beside ours", "Traditional", "with a currency", "our system shows", "and the difference", "both sides"],
)
def test_F2_a_balance_that_the_text_names_is_the_customers(text: str, found: str) -> None:
    assert claimed(judgement(written=text), OURS) == Decimal(found)


@pytest.mark.parametrize(
    "text",
    [
        "10月18日退货那笔565元你们没有减，请核实。",
        "余额少了565元",
        "差异565.00",
        "账上没有这笔565元",
        "余额85,120.00，另一账套余额84,000.00",
        "金额不对",
        "贵司余额85,685.00不对",
    ],
    ids=["a return", "short by", "a difference", "not booked", "two balances", "no figure", "ours only"],
)
def test_F2_the_amount_of_a_document_or_a_difference_is_no_balance(text: str) -> None:
    assert claimed(judgement(written=text), OURS) is None


def test_a_balance_named_twice_is_one() -> None:
    assert own_balance.find("余额85,120.00。余额85,120.00。") == (Decimal("85120.00"),)


def test_F7_a_sheets_own_closing_comes_before_its_rows_and_the_text() -> None:
    found = judgement(sheet(row("发货 XSCK-1", "100", "90"), closing="85000.00"), written="我司余额84,000.00")
    assert claimed(found, OURS) == Decimal("85000.00")


def test_F7_differing_rows_move_our_closing_and_a_receipt_moves_it_the_other_way() -> None:
    assert claimed(judgement(sheet(row("发货 XSCK-1", "12500.00", "11250.00"))), OURS) == OURS - 1250
    assert claimed(judgement(sheet(row("收款 SK-1", "5000.00", "6000.00"))), OURS) == OURS - 1000
    assert claimed(judgement(sheet(row("发货 1", "10", "5"), row("收款 2", "10", "5"))), OURS) == OURS


def test_a_row_without_an_amount_leaves_their_closing_unknown() -> None:
    assert claimed(judgement(sheet(row("发货 XSCK-1", "12500.00", None))), OURS) is None
    assert claimed(judgement(sheet(row("发货 XSCK-1", None, "1.00"))), OURS) is None


def test_causes_and_documents_come_from_the_text_first_then_from_the_sheet_each_once() -> None:
    found = judgement(
        sheet(
            row("发货 XSCK-1", "1", "2", "quantity"),
            row("发货 XSCK-2", "1", "2"),
            row("发货 XSCK-2", "3", "4", "price"),
        ),
        causes=("price",),
        documents=("XSCK-9",),
    )
    assert gathered_causes(found) == ["price", "quantity"]
    assert gathered_documents(found) == ["XSCK-9", "发货 XSCK-1", "发货 XSCK-2"]
