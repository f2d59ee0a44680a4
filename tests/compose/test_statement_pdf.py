"""The statement's PDF, read back: every figure of it, its machine-readable marks, and the room left for a seal."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import cv2
import numpy as np
import pdfplumber
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from bot.compose.amounts import money
from bot.compose.fonts import MissingGlyphs, has_glyphs
from bot.compose.labels import kind_label
from bot.compose.pdf_table import edges
from bot.compose.statement_pdf import RenderedPdf, render
from bot.model import DocumentKind, Locale, Party, Statement, dump_statement, load_statement
from parsers.number import decode, short_digest
from parsers.scan.layout import MARK_MARGIN, MARK_SIZE, PAGE_HEIGHT, PAGE_WIDTH, Box
from tests.compose.samples import CUSTOMER, a_line, a_statement, many_lines, worked_lines

DPI = 150
PIXELS = DPI / 25.4
LONG = Party(
    "C1",
    "内蒙古自治区呼伦贝尔市鄂伦春自治旗大杨树镇国际精密机械设备制造与进出口贸易集团股份有限公司深圳第一分公司（筹）",
    "91440300MA5EXAMPLE",
    "广东省深圳市龙岗区坂田街道岗头社区天安云谷产业园一期3栋D座ABCDEFG单元二十三层2301-2306号房之一",
    "0755-8672 4410",
)
KINDS: dict[str, Callable[[], Statement]] = {
    "no lines": lambda: a_statement((), opening="0"),
    "worked example": a_statement,
    "five lines": lambda: a_statement(worked_lines()[1:6]),
    "sixty lines": lambda: a_statement(many_lines(60, notes=True), locale=Locale.HANT),
    "credit balance": lambda: a_statement(
        opening="20000", locale=Locale.TAIWAN, revision=2, changes="新增退货单 XSTH-2"
    ),
    "long names": lambda: a_statement(_long_lines(), customer=LONG, opening="99999999999.99", changes="变更" * 90),
}


def _long_lines() -> Any:
    return tuple(
        replace(
            line,
            number="XSCK-202610-00001-AB-0000000000-CD-1234-EF-567890",
            product="超长产品名称带有各种说明文字的不锈钢法兰盘（加厚型带密封圈）ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ",
            spec="SGM7J-04AFC6S-LONG-SPEC-XX-0001",
            charge=None if line.charge is None else Decimal("123456789.01"),
            quantity=Decimal("1234567.125"),
            remark="备注很长\n" * 60,
        )
        for line in many_lines(30)
    )


@cache
def statement(kind: str) -> Statement:
    return KINDS[kind]()


@cache
def rendered(kind: str) -> RenderedPdf:
    return render(statement(kind))


@cache
def pictures(kind: str) -> tuple[Image.Image, ...]:
    document = pypdfium2.PdfDocument(rendered(kind).data)
    return tuple(page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document)


@cache
def text(kind: str) -> str:
    with pdfplumber.open(BytesIO(rendered(kind).data)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def tables(data: bytes) -> list[list[str]]:
    """All rows of all pages, cells by the column lines that we know."""
    columns = [left * 72 / 25.4 for left, _ in edges().values()] + [198 * 72 / 25.4]
    how = {"vertical_strategy": "explicit", "explicit_vertical_lines": columns, "horizontal_strategy": "lines"}
    with pdfplumber.open(BytesIO(data)) as document:
        return [
            [(cell or "").split("\n")[0] for cell in row]
            for page in document.pages
            for table in page.extract_tables(how)
            for row in table
        ]


def crop(picture: Image.Image, box: Box, *, inside: float = 0.6) -> np.ndarray:
    corners = (box.x + inside, box.y + inside, box.x + box.width - inside, box.y + box.height - inside)
    left, top, right, bottom = (round(value * PIXELS) for value in corners)
    return np.asarray(picture.crop((left, top, right, bottom)).convert("L"))


@pytest.mark.parametrize("kind", KINDS)
def test_A2_the_same_statement_gives_the_same_bytes(kind: str) -> None:
    again = load_statement(dump_statement(statement(kind)))
    assert render(again) == rendered(kind)


@pytest.mark.parametrize("kind", ["worked example", "sixty lines"])
def test_D1_every_line_is_found_with_its_figures(kind: str) -> None:
    snapshot = statement(kind).snapshot
    found = {row[2]: row for row in tables(rendered(kind).data) if re.match(r"\d{4}-\d\d-\d\d", row[0])}
    assert len(found) == len(snapshot.lines)
    for line in snapshot.lines:
        row = found[line.number]
        amounts = ["" if amount is None else money(amount) for amount in (line.charge, line.receipt, line.balance)]
        assert row[0] == line.on.isoformat()
        assert row[1] == kind_label(line.kind, statement(kind).locale)
        assert row[8:] == amounts


D1 = {
    "title": "销售对账单",
    "number": "DZ-202610-000001-73",
    "revision": "第 1 版",
    "period": "2026年10月",
    "dates from and to": "2026-10-01 至 2026-10-31",
    "currency": "人民币（CNY）",
    "basis": "按发货",
    "tax included": "含税",
    "payment terms": "月结30天",
    "reply by": "2026-11-09（周一）",
    "customer": "深圳市喆堃精密机械（龚岗）有限公司",
    "their tax data": "91440300MA5EXAMPLE",
    "our tax data": "91310000MA1FL00000",
    "rep": "周晓岚　021-5555 0101　zhou@hd-trade.example",
    "opening, confirmed": "期初余额（上期已确认）",
    "opening": "128,600.00",
    "goods": "35,030.00",
    "returns": "−565.00",
    "service": "2,120.00",
    "promotion": "−1,500.00",
    "received": "78,000.00",
    "closing": "85,685.00",
    "closing label": "期末应收余额",
    "closing in words": "捌万伍仟陆佰捌拾伍元整",
    "how received": "银行承兑汇票",
    "bill number": "1305-20261030",
    "bill due": "票据到期 2026-12-30",
    "invoice number": "发票 26310000001",
    "their order": "贵方订单 PO-7781",
    "due date": "到期 2026-11-30",
    "invoiced in period": "21,470.00",
    "invoiced and unpaid": "72,070.00",
    "not yet invoiced": "13,615.00",
    "aging and its basis": "自发货日起算，收款先冲最早款项，截至 2026-10-31",
    "first bucket": "35,085.00",
    "unapplied receipts": "未核销收款",
    "tick box one": "一、上列账目经核对无误。",
    "tick box two": "二、存在差异：我方（客户）账面余额",
    "signatory": "授权代表（正楷）",
    "position": "职务",
    "our side": "供方签章",
    "preparer": "经办",
    "reviewer": "复核",
    "scan all pages": "请彩色扫描或拍摄全部 2 页。",
}


@pytest.mark.parametrize("what", D1)
def test_D1_each_item_stands_on_the_page(what: str) -> None:
    squeezed = re.sub(r"\s", "", text("worked example"))
    assert re.sub(r"\s", "", D1[what]) in squeezed
    assert re.sub(r"\s", "", D1[what]) in re.sub(r"\s", "", rendered("worked example").words)


def test_D1_totals_by_kind_are_eleven_points() -> None:
    with pdfplumber.open(BytesIO(rendered("worked example").data)) as document:
        words = document.pages[-1].extract_words(extra_attrs=["size"])
    sizes = {word["text"]: word["size"] for word in words}
    assert all(sizes[figure] >= 11 for figure in ("35,030.00", "−565.00", "2,120.00", "−1,500.00", "78,000.00"))


def test_D1_a_credit_balance_is_a_prepayment_with_its_absolute_value() -> None:
    squeezed = re.sub(r"\s", "", text("credit balance"))
    assert "期末預收餘額人民幣22,915.00元（貴公司預付）" in squeezed
    assert "貳萬貳仟玖佰壹拾伍元整" in squeezed


def test_D1_a_zero_balance_says_so() -> None:
    squeezed = re.sub(r"\s", "", text("no lines"))
    assert "期末余额为零" in squeezed
    assert "本期无往来发生" in squeezed


@pytest.mark.parametrize(
    ("locale", "words"),
    [(Locale.HANS, "账龄"), (Locale.HANT, "賬齡"), (Locale.TAIWAN, "帳齡")],
    ids=["simplified", "traditional", "Taiwan"],
)
def test_T_the_page_speaks_the_customers_script(locale: Locale, words: str) -> None:
    page = render(a_statement(locale=locale)).words
    assert words in page
    assert locale is not Locale.TAIWAN or not {"賬", "账"} & set(page)


def test_a_revision_tells_what_changed() -> None:
    assert "本版變更" in text("credit balance")
    assert "第 2 版" in rendered("credit balance").words


def test_pages_carry_their_sums_over() -> None:
    rows = tables(rendered("sixty lines").data)
    carried_out = [row[8:] for row in rows if row[0] == "轉次頁"]
    carried_in = [row[8:] for row in rows if row[0] == "承前頁"]
    assert carried_out == carried_in
    assert len(carried_in) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_both_codes_of_every_page_are_read_at_150_dpi(kind: str) -> None:
    one, document = statement(kind), rendered(kind)
    for page, picture in enumerate(pictures(kind), 1):
        codes = [decode(found.text) for found in zxingcpp.read_barcodes(picture)]
        assert len(codes) == 2
        for code in codes:
            assert code is not None
            assert (code.number, code.revision, code.page) == (one.number, one.revision, page)
            assert (code.pages, code.digest) == (document.pages, short_digest(one.digest))


@pytest.mark.parametrize("kind", ["worked example", "sixty lines"])
def test_the_four_marks_are_where_the_layout_says(kind: str) -> None:
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50))
    right, bottom = PAGE_WIDTH - MARK_MARGIN - MARK_SIZE, PAGE_HEIGHT - MARK_MARGIN - MARK_SIZE
    corners = [(MARK_MARGIN, MARK_MARGIN), (right, MARK_MARGIN), (right, bottom), (MARK_MARGIN, bottom)]
    for picture in pictures(kind):
        found, ids, _ = detector.detectMarkers(np.asarray(picture.convert("L")))
        places = {int(mark): quad[0][0] / PIXELS for mark, quad in zip(ids.ravel(), found, strict=True)}
        assert sorted(places) == [0, 1, 2, 3]
        for mark, corner in zip(rendered(kind).layout.mark_ids, corners, strict=True):
            assert np.abs(places[mark] - corner).max() <= 0.3


@pytest.mark.parametrize("kind", KINDS)
def test_only_black_and_grey_are_printed(kind: str) -> None:
    for picture in pictures(kind):
        pixels = np.asarray(picture).astype(int)
        assert (pixels.max(axis=2) - pixels.min(axis=2)).max() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_E3_the_sign_box_is_large_empty_and_free_above(kind: str) -> None:
    layout = rendered(kind).layout
    box = layout.sign_box
    assert box.page == layout.pages == rendered(kind).pages
    assert box.width >= 87
    assert box.height >= 50
    picture = pictures(kind)[box.page - 1]
    assert crop(picture, box).min() == 255
    assert crop(picture, Box(box.page, box.x, box.y - 25, box.width, 25)).min() == 255


@pytest.mark.parametrize("kind", KINDS)
def test_the_places_to_write_on_are_empty_and_apart(kind: str) -> None:
    layout = rendered(kind).layout
    picture = pictures(kind)[layout.pages - 1]
    ticks = (layout.agree, layout.differ, *layout.cause_ticks)
    for box in (layout.remark_box, layout.our_seal, *ticks):
        assert crop(picture, box).min() == 255, box
        edge = crop(picture, Box(box.page, box.x - 1, box.y - 1, box.width + 2, box.height + 2), inside=0)
        assert edge.min() < 220, box
    for box in (*layout.differ_fields, layout.name_field):
        assert crop(picture, replace(box, height=box.height - 0.4)).min() == 255, box
    boxes = [layout.sign_box, layout.remark_box, layout.our_seal, layout.name_field, layout.date_field]
    boxes += [*ticks, *layout.differ_fields]
    for index, one in enumerate(boxes):
        assert not any(_overlap(one, other) for other in boxes[index + 1 :])


@pytest.mark.parametrize("kind", KINDS)
def test_the_slip_lies_under_all_figures_of_its_page(kind: str) -> None:
    layout = rendered(kind).layout
    lowest = max(f.box.y + f.box.height for f in layout.figures if f.box.page == layout.pages)
    assert lowest < layout.agree.y - 8


@pytest.mark.parametrize("count", range(12))
def test_every_length_around_a_page_break_is_drawn_apart(count: int) -> None:
    layout = render(a_statement(many_lines(count))).layout
    assert max(f.box.y for f in layout.figures if f.box.page == layout.pages) < layout.agree.y - 8


def _overlap(one: Box, other: Box) -> bool:
    apart = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (apart or one.y + one.height <= other.y or other.y + other.height <= one.y)


@pytest.mark.parametrize("kind", KINDS)
def test_each_figure_is_printed_exactly_in_its_box(kind: str) -> None:
    with pdfplumber.open(BytesIO(rendered(kind).data)) as document:
        chars = [
            [(c["text"], (c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2) for c in p.chars]
            for p in document.pages
        ]
    for figure in rendered(kind).layout.figures:
        box, k = figure.box, 72 / 25.4
        inside = [
            c
            for c, x, y in chars[box.page - 1]
            if box.x * k <= x <= (box.x + box.width) * k and box.y * k <= y <= (box.y + box.height) * k
        ]
        assert "".join(inside) == figure.text, figure


def test_a_few_lines_fit_on_one_page_with_everything() -> None:
    one = a_statement(worked_lines()[1:6])
    document = render(one)
    assert document.pages == 1
    figures = {figure.meaning: figure.text for figure in document.layout.figures}
    totals = one.snapshot.totals
    for kind in ("goods", "returns", "service", "promotion", "other"):
        assert figures[f"sum {kind}"] == money(getattr(totals, kind))
    assert (figures["opening"], figures["received"]) == (money(totals.opening), money(totals.received))


def test_the_layout_names_opening_closing_and_every_lines_figures() -> None:
    one = statement("sixty lines")
    figures = {figure.meaning: figure.text for figure in rendered("sixty lines").layout.figures}
    assert len(figures) == len(rendered("sixty lines").layout.figures)
    assert figures["opening"] == money(one.snapshot.totals.opening)
    assert figures["closing"] == figures["closing in figures"] == money(one.snapshot.totals.closing)
    for index, line in enumerate(one.snapshot.lines, 1):
        assert figures[f"line {index} balance"] == money(line.balance)
        column = "receipt" if line.charge is None else "amount"
        assert figures[f"line {index} {column}"] == money(
            (line.receipt if line.charge is None else line.charge) or Decimal(0)
        )


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_runs_over_the_margins_or_into_codes_and_marks(kind: str) -> None:
    k = 72 / 25.4
    with pdfplumber.open(BytesIO(rendered(kind).data)) as document:
        for page in document.pages:
            for char in page.chars:
                assert char["x0"] >= 12 * k - 0.1
                assert char["x1"] <= 198 * k + 0.1
                over_top_code = char["x1"] > 170 * k and char["top"] < 29 * k
                over_low_code = char["x0"] < 44 * k and char["bottom"] > 265 * k
                assert not over_top_code
                assert not over_low_code


@pytest.mark.parametrize("kind", ["worked example", "sixty lines", "long names"])
def test_no_cell_runs_into_the_next(kind: str) -> None:
    columns, k = list(edges().values()), 72 / 25.4
    with pdfplumber.open(BytesIO(rendered(kind).data)) as document:
        for page in document.pages:
            dates = [word for word in page.extract_words() if re.fullmatch(r"2026-10-\d\d", word["text"])]
            tops = [word["top"] for word in dates if word["x0"] < 14 * k]
            for char in page.chars:
                if char["size"] > 6.3 and any(abs(char["top"] - top) < 1.5 for top in tops):
                    middle = (char["x0"] + char["x1"]) / 2 / k
                    left, right = next(span for span in columns if span[0] <= middle <= span[1])
                    assert left - 0.1 <= char["x0"] / k < char["x1"] / k <= right + 0.1, char["text"]


@pytest.mark.parametrize("locale", Locale)
def test_E5_our_page_never_holds_the_phrase(locale: Locale) -> None:
    document = render(a_statement(locale=locale))
    with pdfplumber.open(BytesIO(document.data)) as opened:
        pages = "".join(page.extract_text() for page in opened.pages)
    phrase = re.compile(r"确认\s*2026年10月\s*销售对[账帐]单\s*无误|確認\s*2026年10月\s*銷售對[賬帳]單\s*無誤")
    for words in (pages, document.words, re.sub(r"\s", "", pages), re.sub(r"\s", "", document.words)):
        assert phrase.search(words) is None
        assert f"{CUSTOMER.name}确认" not in words


@pytest.mark.parametrize("name", ["株式会社\ue000", "𠀋公司"], ids=["private use", "Ext-B"])
def test_C2_a_name_without_glyphs_is_refused_by_its_characters(name: str) -> None:
    missing = has_glyphs(name)
    assert len(missing) == 1
    with pytest.raises(MissingGlyphs, match=missing[0]) as refusal:
        render(a_statement(customer=replace(CUSTOMER, name=name)))
    assert refusal.value.characters == missing


def test_invisible_characters_are_not_printed_and_not_missed() -> None:
    name = "深圳\u200b市\u00a0喆堃\u202e公司\n"
    assert has_glyphs(name) == ()
    words = render(a_statement(customer=replace(CUSTOMER, name=name))).words
    assert "深圳市 喆堃公司" in words
    assert not {"\u200b", "\u202e"} & set(words)


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "big5"])
def test_the_fonts_hold_the_character_sets_of_names(encoding: str) -> None:
    pairs = (bytes([first, second]) for first in range(0x81, 0xFF) for second in range(0x40, 0xFF))
    characters = {pair.decode(encoding, "ignore") for pair in pairs}
    han = "".join(c for c in characters if len(c) == 1 and "\u4e00" <= c <= "\u9fff")
    assert has_glyphs(han + "喆堃龚䶮𠮷"[:4]) == ()


def test_beyond_twenty_pages_a_summary_is_signed_and_the_lines_are_an_annex() -> None:
    one = a_statement(many_lines(1000))
    document = render(one)
    assert document.pages > 20
    assert document.layout.pages == document.layout.sign_box.page == 1
    digests = re.findall(r"校验码 ((?:[0-9A-F]{4} ?){4})", document.words)
    assert len(digests) == document.pages
    assert len(set(digests)) == 1
    assert "明细附件 1000 笔" in document.words
    changed = replace(one.snapshot.lines[500], remark="更改")
    lines = (*one.snapshot.lines[:500], changed, *one.snapshot.lines[501:])
    other = render(replace(one, snapshot=replace(one.snapshot, lines=lines)))
    assert digests[0] not in other.words


def test_our_own_seal_is_laid_over_its_field() -> None:
    seal = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    seal.paste((200, 20, 20, 255), (100, 100, 300, 300))
    file = BytesIO()
    seal.save(file, "PNG")
    document = render(statement("worked example"), file.getvalue())
    assert document == render(statement("worked example"), file.getvalue())
    assert document.layout == rendered("worked example").layout
    page = pypdfium2.PdfDocument(document.data)[document.pages - 1].render(scale=DPI / 72).to_pil().convert("RGB")
    box = document.layout.our_seal
    assert page.getpixel((round((box.x + box.width / 2) * PIXELS), round((box.y + box.height / 2) * PIXELS)))[0] > 150


def test_a_line_of_an_earlier_period_is_marked() -> None:
    late = a_line(DocumentKind.DELIVERY, "XSCK-202609-00099", date(2026, 9, 30), "10.00", product="轴承", late=True)
    assert "跨期补单" in render(a_statement((late, *worked_lines()))).words
