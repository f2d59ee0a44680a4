"""The work of every reader grows as its input does: calls are counted, so that no clock decides."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from parsers import fold, html, notice, quote, subtract
from parsers.css_sheet import MAX_STEPS
from parsers.mail import parse
from tests.parsers.mails import mail

OURS = "为核对双方往来账目，现附上对账单，期末应收余额人民币85,685.00元。\n一、核对无误　请由授权代表签字或盖章后发回。"
PIECES = {
    "sentences": "10月18日的退货还没有冲，请核对。\n",
    "tiny lines": "好\n",
    "one line": "好的收到",
    "quoted": "> 请核对\n",
    "ours": OURS + "\n",
    "ours in one line": OURS[:40],
    "headings": "发件人：甲\n发送时间：乙\n",
    "attributions": "在 2026-11-03 10:00，甲 写道：\n",
    "rules of dashes": "-----\n",
    "tags": "<b>好</b>",
    "paragraphs": "<p style='color:red'>好</p>",
    "open paragraphs": "<p><i>好",
    "table": "<tr><td>1</td><td>2</td></tr>",
    "styles": "<style>.b{color:red}</style><p class=b>好</p>",
    "comments": "<!--[if mso]>x<![endif]-->",
    "entities": "&nbsp;&#8238;",
    "digits": "1234567890",
    "commas": "，,",
    "rare letters": "".join(chr(code) for code in range(0x4E00, 0x4E40)),
    "marks": "e\u0301\u200b",
}


def _text(text: str) -> object:
    html.to_text.cache_clear()
    return html.to_text(text)


READERS: dict[str, Callable[[str], object]] = {
    "fold": fold.fold,
    "quote": quote.strip,
    "subtract": lambda text: subtract.subtract(text, (OURS,)),
    "html": _text,
    "mail": lambda text: parse(mail(text)),
    "notice": lambda text: notice.kind(parse(mail(text, From="MAILER-DAEMON@mx.example"))),
}


def _calls(reader: Callable[[str], object], text: str) -> int:
    count = 0

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        reader(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", [pytest.param(piece, id=name) for name, piece in PIECES.items()])
@pytest.mark.parametrize("reader", READERS)
def test_four_times_the_text_is_at_most_four_times_the_work(reader: str, piece: str) -> None:
    read, size = READERS[reader], 4_000
    read(piece * (size // len(piece)))  # tables are built and letters remembered once
    once, more = (_calls(read, piece * (times * size // len(piece))) for times in (1, 4))
    assert more <= 4.4 * once + 400


@pytest.mark.parametrize("piece", [pytest.param(piece, id=name) for name, piece in PIECES.items()])
def test_headers_cost_a_bounded_work(piece: str) -> None:
    flat = piece.replace("\n", " ") * (60_000 // len(piece))
    assert _calls(lambda text: parse(mail("好", f"X-A: {text}", Subject=text, To=text)), flat) <= 250_000


def test_selectors_are_compared_a_bounded_number_of_times() -> None:
    page = "".join(f"<style>.a .b{n} .b{{color:red}}</style><p class=b>好</p>" for n in range(900))
    assert html.to_text(page).cut
    assert _calls(_text, page) <= 8 * MAX_STEPS
