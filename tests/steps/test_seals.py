"""E6: a sealed scan through all steps: whose seal it is stands in the evidence, and another's never confirms."""

import importlib.util
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from bot.demo import paper
from bot.edges import scans
from bot.edges.tables import ConfirmationRow, EventRow, MailRow, PictureRow
from bot.model import Attachment
from bot.steps import auditing, checkup, confirming, ledger, replaying, reporting, rereading
from parsers.attachment import AttachmentReading
from tests.steps.town import HENGYUAN, Town, yes

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")


def stamped(town: Town, name: str, title: str = "") -> tuple[Attachment, ...]:
    """Our page ticked and stamped with that name, scanned."""
    got = town.received("C001")
    sheet = paper.print_pages(got.pdf, 150, 5)
    paper.tick_box(sheet, got.layout.agree)
    paper.stamp(sheet, got.layout.sign_box, name, 5, title=title)
    return paper.deliver(sheet, 5)


def test_E6_the_kind_and_the_name_of_the_seal_stand_in_the_evidence(sent: Town) -> None:
    sent.reply(yes(), stamped(sent, HENGYUAN, "财务专用章"))
    assert sent.poll() == ["confirmed"]
    (kept,) = sent.all(ConfirmationRow)
    assert kept.scan.endswith(f"signed 財務專用章 {HENGYUAN}")
    with sent.office.store.read() as session:
        (case,) = [each for each in reporting.cases(session, sent.office) if each.customer == "C001"]
    assert case.seal == "财务专用章"  # in the script that the company reads


def narrowed(town: Town, **columns: str) -> None:
    """C001 with more columns in the customers' table."""
    code = "C001"
    with town.office.store.read() as session:
        known = ledger.customer(session, town.office.name, code)
        assert known is not None
    lines = [
        "客户编码,客户名称,别名,销售代表,联系人,邮箱,授权确认,抄送," + ",".join(columns),
        *(
            f"{code},{known.name},{'、'.join(known.aliases)},{known.rep},{each.name},{each.address},"
            f"{'是' if each.may_confirm else '否'},{'是' if each.cc else '否'}," + ",".join(columns.values())
            for each in known.contacts
        ),
    ]
    done = town.import_text("c1.csv", "\n".join(lines))
    assert not done.refused, done.faults


def test_E6_a_seal_for_invoices_counts_where_the_customers_own_table_says_so(sent: Town) -> None:
    narrowed(sent, 有效印章="公章、发票专用章")
    sent.reply(yes(), stamped(sent, HENGYUAN, "发票专用章"))
    assert sent.poll() == ["confirmed"]


def test_E6_an_electronic_signature_of_theirs_confirms_and_stands_in_the_evidence(sent: Town) -> None:
    pytest.importorskip("pyhanko")
    from tests.parsers import signed_pdfs

    holder = signed_pdfs.holder(HENGYUAN, HENGYUAN)
    sent.with_company(certificates=(signed_pdfs.authority(signed_pdfs.ISSUER).pem,))
    data = signed_pdfs.signed(sent.received("C001").pdf, holder)
    sent.reply(yes(), (Attachment("已签.pdf", "application/pdf", data),))
    assert sent.poll() == ["confirmed"]
    (kept,) = sent.all(ConfirmationRow)
    assert kept.scan.endswith(f"signed 電子簽章 {HENGYUAN}")
    sent.with_company(certificates=())
    (replayed,) = replaying.replay(sent.office)  # judged again with the authorities of then
    assert replayed.same


def test_E6_a_hand_that_nobody_knows_is_told_in_evidence_and_digest(sent: Town) -> None:
    narrowed(sent, 签字人="李建国")
    got = sent.received("C001")
    page = paper.print_pages(got.pdf, 150, 5)
    paper.tick_box(page, got.layout.agree)
    paper.sign_by_hand(page, got.layout.sign_box, 5)
    sent.reply(yes(), paper.deliver(page, 5))
    assert sent.poll() == ["confirmed"]
    (kept,) = sent.all(ConfirmationRow)
    assert kept.scan.endswith("signed 簽名（未辨認）")
    with sent.office.store.read() as session:
        (case,) = [each for each in reporting.cases(session, sent.office) if each.customer == "C001"]
    assert case.seal == "签名（未辨认）"
    assert "签字人未辨认" in sent.judged()[-1].value


def test_E6_one_command_tells_the_customer_whose_seal_it_was(sent: Town) -> None:
    sent.reply(yes(), stamped(sent, "苏州恒通贸易有限公司"))
    assert sent.poll() == ["person"]
    sent.later(hours=1)
    assert "已退回" in sent.command(f"退回 {sent.row().number} 印章不符")
    (mail,) = sent.mails("other_seal")
    assert "附件印章为“苏州恒通贸易有限公司”" in (mail.plain or "")
    assert "请补发加盖贵公司印章的签章件" in (mail.plain or "")
    assert sent.state() == "scan_pending"
    assert sent.mails("review_returned") == []


NAMED = {
    "the name that finance gives": ("印章为苏州恒丰贸易有限公司", "附件印章为“苏州恒丰贸易有限公司”"),
    "never another customer's": ("印章为绍兴越城纺机配件有限公司", "附件印章上的名称与"),
    "nothing was read": ("印章不符", "附件印章上的名称与"),
}


@pytest.mark.parametrize(("reason", "told"), NAMED.values(), ids=NAMED)
def test_E6_the_name_on_a_strange_seal_is_told_where_it_may_be(confirmed: Town, reason: str, told: str) -> None:
    confirmed.later(hours=1)
    assert "已退回" in confirmed.command(f"退回 {confirmed.row().number} {reason}")
    (mail,) = confirmed.mails("other_seal")
    assert told in (mail.plain or "")


def test_E6_the_pages_with_what_was_found_framed_are_kept_shown_and_found_by_the_audit(sent: Town) -> None:
    sent.reply(yes(), stamped(sent, "苏州恒通贸易有限公司"))
    assert sent.poll() == ["person"]
    (kept, *_) = sent.all(PictureRow)
    number = sent.received("C001").statement.number
    assert (kept.statement, kept.place, kept.verdict) == (number, 1, "other_seal")
    assert sent.office.blobs.get(kept.sha256).startswith(b"\xff\xd8")
    (event,) = [each for each in sent.all(EventRow) if each.kind == "pictures"]
    assert kept.sha256 in event.detail
    saved = sent.folder / "digest.html"
    reporting.save_digest(sent.office, None, saved)
    assert f"{number}.jpg" in saved.read_text("utf-8")
    assert (sent.folder / f"{number}.jpg").read_bytes() == sent.office.blobs.get(kept.sha256)
    assert auditing.verify(sent.office) == []
    sent.office.blobs.path(kept.sha256).unlink()
    assert any(kept.sha256 in fault for fault in auditing.verify(sent.office))


def test_A4_a_stored_scan_is_read_again_and_gives_the_same_verdict_reasons_and_pictures(confirmed: Town) -> None:
    number = confirmed.received("C001").statement.number
    again, *_ = rereading.reread(confirmed.office, number)
    assert (again.same, again.same_reader, again.pictures, again.failed) == (True, True, True, False)
    assert again.then.engine == scans.engine()
    assert rereading.reread(confirmed.office, mail_id=999) == ()


READ = AttachmentReading("a.pdf", "scan", "signed", "DZ", 1, engine="1")
AGAIN = {
    "the same": (READ, True, False),
    "another verdict": (replace(READ, verdict="unsigned"), False, True),
    "another verdict by another reader": (replace(READ, verdict="unsigned", engine="2"), False, False),
    "the same by another reader": (replace(READ, engine="2"), True, False),
    "unreadable by now": (None, False, True),
}


@pytest.mark.parametrize(("now", "same", "failed"), AGAIN.values(), ids=AGAIN)
def test_A4_another_reader_may_differ_and_the_same_may_not(
    now: AttachmentReading | None, same: bool, failed: bool
) -> None:
    found = rereading.Reread(1, READ, now, pictures=True)
    assert (found.same, found.failed) == (same, failed)


def test_A4_a_judgement_that_rests_on_another_reader_of_scans_is_older(confirmed: Town) -> None:
    def age(session: Session) -> None:
        row = session.exec(select(MailRow).where(MailRow.outcome == "confirmed")).one()
        row.value = row.value.replace(scans.engine(), "duizhang-scan 2025-01-1")
        session.add(row)

    confirmed.change(age)
    (replayed,) = replaying.replay(confirmed.office)
    assert (replayed.same, replayed.older, replayed.failed) == (False, True, False)


REFUSED = {
    "another company": ("苏州恒通贸易有限公司", "", "不符"),
    "nearly the same name": (HENGYUAN.replace("恒", "桓"), "", "不完全相同"),
    "its seal for invoices": (HENGYUAN, "发票专用章", "须由财务先核对"),
    "our own": ("华东贸易有限公司", "", "我方印章"),
}


@pytest.mark.parametrize(("name", "title", "why"), REFUSED.values(), ids=REFUSED)
def test_E6_another_seal_never_confirms_and_a_person_is_told_why(sent: Town, name: str, title: str, why: str) -> None:
    sent.reply(yes(), stamped(sent, name, title))
    assert sent.poll() == ["person"]
    assert not sent.all(ConfirmationRow)
    assert sent.state() not in {"confirmed", "closed"}
    assert why in sent.judged()[-1].value


@pytest.mark.parametrize(
    ("scan", "kind"),
    [
        ("a.pdf 12ab signed 公章 恒远机械有限公司", "公章"),
        ("a signed b.pdf 12ab signed", ""),
        ("a.pdf 12ab signed 恒远", ""),
        ("a.pdf 12ab signed 簽名（未辨認）", "簽名（未辨認）"),
        ("a.pdf 12ab signed 電子簽章 恒远机械有限公司", "電子簽章"),
        ("", ""),
    ],
)
def test_the_kind_is_read_from_the_evidence(scan: str, kind: str) -> None:
    assert confirming.seal_kind(scan) == kind


def test_the_doctor_tells_which_abilities_are_installed(sent: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    here = importlib.util.find_spec
    missing: set[str] = set()
    monkeypatch.setattr(checkup.importlib.util, "find_spec", lambda name: None if name in missing else here(name))
    good, seals, electronic = checkup._scans(sent.office)
    assert "公章、財務專用章、合同專用章、大小章" in seals.finding
    assert "no authority is trusted" in electronic.finding
    missing |= {"rapidocr", "pyhanko"}
    told, _, unsigned = checkup._scans(sent.office)
    assert good.mark != told.mark == unsigned.mark == "!"
    assert "nobody's seal is read" in told.finding
    assert "pades" in unsigned.finding


def test_the_doctor_names_the_authorities_that_are_trusted_and_until_when(sent: Town) -> None:
    pytest.importorskip("pyhanko")
    from tests.parsers import signed_pdfs

    sent.with_company(certificates=(signed_pdfs.authority(signed_pdfs.ISSUER).pem,))
    told = checkup._electronic(sent.office)
    assert f"{signed_pdfs.ISSUER} until 2029-04-21" in told.finding
    sent.later(days=2000)
    assert "expired" in checkup._electronic(sent.office).finding
