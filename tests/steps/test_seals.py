"""E6: a sealed scan through all steps: whose seal it is stands in the evidence, and another's never confirms."""

import importlib.util

import pytest

from bot.demo import paper
from bot.edges.tables import ConfirmationRow
from bot.model import Attachment
from bot.steps import checkup, confirming, reporting
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
    assert case.seal == "財務專用章"


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
        ("", ""),
    ],
)
def test_the_kind_is_read_from_the_evidence(scan: str, kind: str) -> None:
    assert confirming.seal_kind(scan) == kind


def test_the_doctor_says_when_nobodys_seal_is_read(sent: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    here = importlib.util.find_spec
    (good,) = checkup._scans(sent.office)
    monkeypatch.setattr(checkup.importlib.util, "find_spec", lambda name: None if name == "rapidocr" else here(name))
    (told,) = checkup._scans(sent.office)
    assert good.mark != told.mark == "!"
    assert "nobody's seal is read" in told.finding
