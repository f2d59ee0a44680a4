"""Scans read through the real children: opening in forks, judging in the warm child, bombs contained."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.demo import paper
from bot.edges import scans
from bot.edges.sandbox import Contained, Sandbox
from bot.edges.sandbox_lock import Limits
from bot.edges.scans import read_scans, sketch_scans
from parsers.attachment import AttachmentReading
from parsers.mail import Part
from parsers.scan.pades import Trust
from parsers.scan.reasons import say
from tests.parsers.scan_returns import GOOD, NAME, Case, case, parts, sheet, ship

pytest.importorskip("cv2")

HANG = {
    "parse": Limits(wall=1, address_space=768, resident=0, fresh=False, calls=3),
    "open": Limits(wall=0, address_space=768, resident=0, fresh=True, calls=9),
    "judge": Limits(wall=1, address_space=0, resident=1, fresh=False, calls=9),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.fixture(scope="module")
def one() -> Case:
    return case(2)


def test_E6_a_sealed_return_is_read_through_the_children(sandbox: Sandbox, one: Case) -> None:
    files = parts(GOOD["sealed"](one, 41, 130))
    assert [code.number for code in sketch_scans(sandbox, files)[0]] == [one.reference.number]
    assert read_scans(sandbox, files, (one.reference,))[0].verdict == "signed"


def test_files_of_every_kind_have_a_reading_in_their_order(sandbox: Sandbox, one: Case) -> None:
    bomb = (
        b"%PDF-1.4\n" + b"1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R 1 0 R]>>endobj " * 9 + b"trailer<</Root 1 0 R>>"
    )
    files = tuple(
        Part("", name, "attachment", "", data)
        for name, data in (("a.txt", b"hi"), ("b.pdf", bomb), ("c.csv", b"x,y\n"))
    )
    readings = read_scans(sandbox, files, (one.reference,))
    assert [reading.name for reading in readings] == ["a.txt", "b.pdf", "c.csv"]
    assert readings[0].kind == "other"
    assert readings[1].verdict in {"unread", "unsafe"}


def test_a_child_that_is_ended_is_one_attachment_for_a_person(one: Case) -> None:
    files = parts(GOOD["electronic"](one, 41, 130))
    with Sandbox(HANG) as box:  # type: ignore[arg-type]
        assert sketch_scans(box, files) == ((),)
        (reading,) = read_scans(box, files, (one.reference,))
        (table,) = read_scans(box, (Part("", "c.csv", "attachment", "", b"x"),), (one.reference,))
    assert (reading.verdict, reading.reasons) == ("unread", (say("sandbox", "timeout"),))
    assert (table.kind, table.verdict) == ("sheet", "unsafe")


def test_a_mail_full_of_slow_attachments_has_its_time_and_no_more() -> None:
    class Slow:
        calls = 0

        def call(self, *_: object, **__: object) -> object:
            self.calls += 1
            raise Contained("timeout", "12 s")

    slow = Slow()
    parts = tuple(Part("application/pdf", f"{index}.pdf", "attachment", "", b"%PDF-") for index in range(40))
    readings = read_scans(slow, parts, ())  # type: ignore[arg-type]  # only its call is used
    assert slow.calls == 2
    assert len(readings) == 40
    assert all(reading.verdict in {"unsafe", "unread"} for reading in readings)


def test_F7_a_customers_own_statement_gives_its_balance_in_the_child(sandbox: Sandbox, one: Case) -> None:
    from tests.parsers.test_own_pdf import pdf

    reference = replace(one.reference, customer_names=("苏州恒远机械有限公司",))
    theirs = pdf(f"{reference.customer_names[0]} 应付账款对账单", "期末应付余额：1,234.50")
    (reading,) = read_scans(sandbox, (Part("application/pdf", "我司对账.pdf", "attachment", "", theirs),), (reference,))
    assert (reading.kind, reading.verdict, reading.number) == ("sheet", "none", reference.number)
    assert f"{reading.closing}" == "1234.50"


def test_E6_a_kind_that_the_customers_table_leaves_out_goes_to_finance(sandbox: Sandbox, one: Case) -> None:
    pytest.importorskip("rapidocr")
    files = parts(GOOD["sealed"](one, 41, 150))
    narrow = replace(one.reference, customer_names=(NAME,), seals=("財務專用章",))
    (reading,) = read_scans(sandbox, files, (narrow,), ("我方有限公司",))
    assert (reading.verdict, reading.reasons[-1]) == ("unsure", say("seal_kind", NAME, "公章"))


@pytest.mark.parametrize(
    ("names", "verdict", "reason"),
    [
        ((NAME,), "signed", say("seal_theirs", NAME, "公章")),
        (("深圳市喆堃精密机械（龚岗）有限公司",), "other_seal", None),
        ((), "signed", say("hand_unidentified")),
    ],
)
def test_E6_the_childs_reading_of_the_seal_decides(
    sandbox: Sandbox, one: Case, names: tuple[str, ...], verdict: str, reason: str | None
) -> None:
    pytest.importorskip("rapidocr")
    files = parts(GOOD["sealed"](one, 41, 150))
    (reading,) = read_scans(sandbox, files, (replace(one.reference, customer_names=names),), ("我方有限公司",))
    assert reading.verdict == verdict
    assert (reason or say("seal_other", NAME, names[0])) in reading.reasons
    assert reading.seal == (NAME if names else "")
    assert reading.seal_patch == b""


def test_E6_a_seal_that_breaks_its_child_is_an_unread_one(one: Case) -> None:
    with Sandbox({**HANG, "judge": Limits(wall=0, address_space=0, resident=1, fresh=True, calls=9)}) as box:  # type: ignore[dict-item]
        calls = scans._Calls(scans._Patience(box))
        found = calls.named(
            AttachmentReading("a.pdf", "scan", "signed", reasons=(say("seal"),), seal_patch=b"x"),
            replace(one.reference, customer_names=(NAME,)),
            (),
        )
    assert (found.verdict, found.reasons) == ("unsure", (say("seal"), say("seal_unread")))


def _electronic(sandbox: Sandbox, one: Case, data: bytes, roots: tuple[str, ...]) -> AttachmentReading:
    from tests.parsers import signed_pdfs

    reference = replace(one.reference, customer_names=(signed_pdfs.THEIRS,))
    part = Part("application/pdf", "对账单-已签.pdf", "attachment", "", data)
    (reading,) = read_scans(sandbox, (part,), (reference,), (), Trust(roots, signed_pdfs.NOW))
    return reading


def test_E6_an_electronic_signature_stands_for_the_mark_where_its_authority_is_trusted(
    sandbox: Sandbox, one: Case
) -> None:
    pytest.importorskip("pyhanko")
    from tests.parsers import signed_pdfs

    data = signed_pdfs.signed(one.sent.data, signed_pdfs.holder())
    good = _electronic(sandbox, one, data, (signed_pdfs.authority(signed_pdfs.ISSUER).pem,))
    assert (good.verdict, good.certificate) == ("signed", signed_pdfs.THEIRS)
    assert "未联网查询" in good.reasons[0]
    nobody = _electronic(sandbox, one, data, ())
    assert (nobody.verdict, nobody.certificate) == ("unsure", "")
    assert "序列号" in nobody.reasons[-1]


def test_E6_a_figure_laid_over_our_page_before_signing_stays_an_altered_figure(sandbox: Sandbox, one: Case) -> None:
    pytest.importorskip("pyhanko")
    from tests.parsers import signed_pdfs

    figure = next(each for each in one.sent.layout.figures if each.meaning == "closing")
    left, bottom, width, height = (
        round(length * 72 / 25.4)
        for length in (figure.box.x, 297 - figure.box.y - figure.box.height, figure.box.width, figure.box.height)
    )
    white = f"1 g {left} {bottom} {width} {height} re f 0 g {left + 2} {bottom + 2} {width // 2} 5 re f"
    overlaid = signed_pdfs.changed_after(one.sent.data, white.encode(), figure.box.page)
    data = signed_pdfs.signed(overlaid, signed_pdfs.holder())
    reading = _electronic(sandbox, one, data, (signed_pdfs.authority(signed_pdfs.ISSUER).pem,))
    assert (reading.verdict, reading.certificate) == ("altered", "")


OTHERS = "天润商贸有限公司"


@pytest.mark.parametrize(
    ("holder", "seal", "stripped", "verdict", "why"),
    [
        (NAME, NAME, False, "signed", "证书主体"),
        (NAME, NAME, True, "unsure", "并未签署"),
        (OTHERS, NAME, False, "unsure", "证书主体为“天润商贸有限公司”"),
        (NAME, OTHERS, False, "other_seal", "印章名称为“天润商贸有限公司”"),
    ],
    ids=["theirs", "the appearance without a signature", "another's certificate", "another's seal"],
)
def test_E6_a_seal_drawn_by_a_signature_is_read_and_so_is_the_certificate(  # noqa: PLR0917  # the columns of the table
    sandbox: Sandbox, one: Case, holder: str, seal: str, stripped: bool, verdict: str, why: str
) -> None:
    pytest.importorskip("pyhanko")
    pytest.importorskip("rapidocr")
    from tests.parsers import signed_pdfs

    data = signed_pdfs.sealed(one.sent.data, signed_pdfs.holder(holder, holder), seal, one.sent.layout.sign_box)
    if stripped:
        data = signed_pdfs.unsigned_again(data)
    reference = replace(one.reference, customer_names=(NAME,))
    trust = Trust((signed_pdfs.authority(signed_pdfs.ISSUER).pem,), signed_pdfs.NOW)
    part = Part("application/pdf", "已签.pdf", "attachment", "", data)
    (reading,) = read_scans(sandbox, (part,), (reference,), (), trust)
    assert reading.verdict == verdict
    assert why in "；".join(reading.reasons)


def test_E6_signatures_that_break_their_child_are_for_a_person(one: Case) -> None:
    limits = {**HANG, "open": Limits(wall=0, address_space=768, resident=0, fresh=True, calls=9)}
    with Sandbox(limits) as box:  # type: ignore[arg-type]
        calls = scans._Calls(scans._Patience(box))
        part = Part("application/pdf", "a.pdf", "attachment", "", one.sent.data + b"\n/ByteRange")
        found = calls.signed(part, AttachmentReading("a.pdf", "scan", "signed"), one.reference, (), scans.NOBODY)
    assert (found.verdict, found.reasons) == ("unsure", (say("esign_unread"),))


@pytest.mark.parametrize(
    ("written", "verdict", "why"),
    [("李建国", "signed", "李建国"), ("王大明", "unsure", "不在登记的签字人"), ("", "signed", "未辨认")],
    ids=["a registered name", "another name", "no name"],
)
def test_E6_a_name_in_the_field_for_it_is_compared_with_the_registered_signatories(
    sandbox: Sandbox, one: Case, written: str, verdict: str, why: str
) -> None:
    pytest.importorskip("rapidocr")
    made = sheet(one, 3, 150)
    paper.stamp(made, one.sent.layout.sign_box, NAME, 3)
    if written:
        paper.write(made, one.sent.layout.name_field, written, height=5)
    reference = replace(one.reference, customer_names=(NAME,), signatories=("李建国", "王芳"))
    (reading,) = read_scans(sandbox, parts(ship(made, 3, file_format="png")), (reference,))
    assert reading.verdict == verdict
    assert why in reading.reasons[-1]
