"""The customer's own statement as a PDF: its closing balance, and nothing out of anything else (F7)."""

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bot.compose import fonts
from bot.demo.seal import round_seal
from parsers.own_pdf import closing
from parsers.scan.own_seal import sealed

NAME = "苏州恒远机械有限公司"


def pdf(*lines: str, seal: bool = False) -> bytes:
    fonts.register()
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setFont("DuizhangSans", 10)
    for place, line in enumerate(lines):
        for column, cell in enumerate(line.split("|")):
            canvas.drawString(60 + 120 * column, 780 - 18 * place, cell)
    if seal:
        canvas.drawImage(ImageReader(round_seal(NAME, 7, size=400)), 330, 120, 115, 115, mask="auto")
    canvas.save()
    return out.getvalue()


STATEMENT = (f"{NAME} 应付账款对账单", "日期|摘要|金额|余额", "2026-10-08|入库|12,500.00|141,100.00")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param((*STATEMENT, "期末应付余额：85,685.00"), "85685.00", id="label and figure in one"),
        pytest.param((*STATEMENT, "期末余额||85,685.00"), "85685.00", id="figure beside its label"),
        pytest.param((*STATEMENT, "2026-10-30|付款|28,000.00|85,685.00"), "85685.00", id="last of the column"),
        pytest.param((NAME, "期末余额：85,685.00"), None, id="calls itself nothing"),
        pytest.param(("别家公司 对账单", "期末余额：85,685.00"), None, id="another company"),
        pytest.param((f"{NAME} 企业询证函 往来账", "期末余额：85,685.00"), None, id="an auditor's letter"),
        pytest.param((f"{NAME} 银行回单 对账单", "余额：85,685.00"), None, id="a payment slip"),
        pytest.param(STATEMENT[:1], None, id="no balance"),
    ],
)
def test_F7_the_closing_balance_of_their_own_form(lines: tuple[str, ...], expected: str | None) -> None:
    assert closing(pdf(*lines), (NAME,)) == (Decimal(expected) if expected else None)


@given(st.binary(max_size=300))
def test_any_bytes_are_simply_no_statement(data: bytes) -> None:
    assert closing(b"%PDF-1.4\n" + data, (NAME,)) is None


def test_21_a_seal_on_their_own_form_is_seen_and_a_line_is_none() -> None:
    assert sealed(pdf(*STATEMENT, seal=True))
    assert not sealed(pdf(*STATEMENT))
    assert not sealed(b"%PDF-1.4\nbroken")
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setStrokeColorRGB(0.9, 0, 0)
    canvas.line(50, 400, 550, 400)
    canvas.save()
    assert not sealed(out.getvalue())
