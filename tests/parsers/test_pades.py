"""E6: electronic signatures in returned PDFs: what is proven, and everything that is not."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

import pytest

from parsers.attachment import AttachmentReading, Verdict
from parsers.scan import pades
from parsers.scan.esign import with_signatures
from parsers.scan.pades import Signed, Signer, Trust, examine
from parsers.scan.reasons import say

pytest.importorskip("pyhanko")

from tests.parsers import signed_pdfs as made
from tests.parsers.scan_returns import Case, case
from tests.parsers.signed_pdfs import ISSUER, LOOKALIKE, NOW, OTHERS, THEIRS, authority, holder

OURS = "华东贸易有限公司"
TRUST = Trust((authority(ISSUER).pem,), NOW)


@lru_cache
def one() -> Case:
    return case(3)


def pdf() -> bytes:
    return one().sent.data


def two(first: made.Holder, second: made.Holder) -> bytes:
    return made.signed(made.signed(pdf(), first), second, "S2")


def broken_first() -> bytes:
    """The first of two signatures is another document's; the second was made over that and holds."""
    donor = made.signed(one().older.data, holder())
    return made.signed(made.transplanted(made.signed(pdf(), holder()), donor), holder(), "S2")


PROBLEMS: dict[str, tuple[Callable[[], bytes], Trust, tuple[str, ...]]] = {
    "signed by them": (lambda: made.signed(pdf(), holder()), TRUST, ("",)),
    "signed twice": (lambda: two(holder(), holder("李建国")), TRUST, ("", "")),
    "nobody is trusted by default": (lambda: made.signed(pdf(), holder()), Trust((), NOW), ("untrusted",)),
    "another authority": (lambda: made.signed(pdf(), holder(issuer="乙")), TRUST, ("untrusted",)),
    "self-signed": (lambda: made.signed(pdf(), holder(self_signed=True)), TRUST, ("self_signed",)),
    "expired": (lambda: made.signed(pdf(), holder(days=(-100, -1))), TRUST, ("expired",)),
    "not valid yet": (lambda: made.signed(pdf(), holder(days=(9, 99))), TRUST, ("expired",)),
    "expired by the time it is judged": (
        lambda: made.signed(pdf(), holder()),
        replace(TRUST, at=NOW + timedelta(400)),
        ("expired",),
    ),
    "a byte changed after signing": (lambda: made.tampered(made.signed(pdf(), holder())), TRUST, ("broken",)),
    "the signature of another document": (
        lambda: made.transplanted(made.signed(pdf(), holder()), made.signed(one().older.data, holder())),
        TRUST,
        ("broken",),
    ),
    "something drawn after signing": (lambda: made.changed_after(made.signed(pdf(), holder())), TRUST, ("changed",)),
    "drawn between two signatures": (
        lambda: made.signed(made.changed_after(made.signed(pdf(), holder())), holder(), "S2"),
        TRUST,
        ("changed", ""),
    ),
    "bytes behind the end": (lambda: made.signed(pdf(), holder()) + b"\n% more", TRUST, ("changed",)),
    "one of two is broken": (broken_first, TRUST, ("broken", "")),
    "a digest that can be forged": (
        lambda: made.signed(pdf(), holder(), md_algorithm="sha1"),
        TRUST,
        ("unsupported",),
    ),
}


@pytest.mark.parametrize(("build", "trust", "problems"), PROBLEMS.values(), ids=PROBLEMS)
def test_E6_each_signature_is_told_with_the_gravest_problem(
    build: Callable[[], bytes], trust: Trust, problems: tuple[str, ...]
) -> None:
    found = examine(build(), pdf(), trust)
    assert found is not None
    assert tuple(signer.problem for signer in found.signers) == problems


def test_what_the_certificate_says_is_kept_for_people() -> None:
    found = examine(made.signed(pdf(), holder()), pdf(), TRUST)
    assert found is not None
    assert found.ours_first
    (signer,) = found.signers
    assert (signer.common_name, signer.organisation, signer.issuer) == (THEIRS, THEIRS, "甲电子认证有限公司")
    assert str(signer.valid_until) == "2027-08-30"


def test_a_plain_pdf_has_none_and_pyhanko_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pades, "_signers", lambda *_: pytest.fail("asked"))
    assert examine(pdf(), pdf(), TRUST) is None
    assert examine(b"%PDF-1.7 nonsense", pdf(), TRUST) is None


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 /ByteRange [0 1 2 3]", b"%PDF-1.7\n" + b"/ByteRange" * 999, made.with_empty_field(pdf())[:-300]],
    ids=["no structure", "many of them", "cut short"],
)
def test_odd_bytes_are_unread(data: bytes) -> None:
    found = examine(data, pdf(), TRUST)
    assert found is None or (not found.signers and found.problem == "unread")


def test_an_empty_field_is_counted() -> None:
    found = examine(made.with_empty_field(pdf()), pdf(), TRUST)
    assert found == Signed((), ours_first=True, empty=1)


def test_bytes_that_were_written_anew_are_not_ours() -> None:
    found = examine(made.signed(made.rewritten(pdf()), holder()), pdf(), TRUST)
    assert found is not None
    assert (found.ours_first, found.signers[0].problem) == (False, "")


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    found = examine(made.signed(pdf(), holder()), pdf(), TRUST)
    assert found == Signed(ours_first=True, problem="not_installed")
    reading = AttachmentReading("a.pdf", "scan", "signed", reasons=(say("seal"),))
    told = with_signatures(reading, found, (THEIRS,))
    assert (told.verdict, told.reasons) == ("signed", (say("seal"), say("esign_not_installed")))


GOOD = Signer(THEIRS, THEIRS, "甲", "1F", None, None)
CFCA = Signer(f"041@Z{THEIRS}@Z913@1", "CFCA OCA33", "CFCA OCA33", "3F", None, None)
OWN = Signer(OURS, OURS, "甲", "2F", None, None)


def with_(*signers: Signer, ours_first: bool = True, empty: int = 0) -> Signed:
    return Signed(signers, ours_first, empty)


VERDICTS: dict[str, tuple[Signed, Verdict, str]] = {
    "theirs": (with_(GOOD), "signed", "证书主体"),
    "theirs and ours": (with_(OWN, GOOD), "signed", "证书主体"),
    "written in the other script": (
        with_(replace(GOOD, common_name="恆遠商貿有限公司", organisation="")),
        "signed",
        "相符",
    ),
    "有限责任公司 is 有限公司": (with_(replace(GOOD, organisation="恒远商贸有限责任公司")), "signed", "相符"),
    "as CFCA writes it": (with_(CFCA), "signed", "有效"),
    "a person of theirs": (with_(replace(GOOD, common_name="李建国")), "signed", "登记的签字人"),
    "a person who isn't registered": (with_(replace(GOOD, common_name="王大明")), "unsure", "不在登记的签字人之列"),
    "another company": (with_(Signer(OTHERS, OTHERS, "甲", "", None, None)), "unsure", "不符"),
    "another company beside theirs": (with_(GOOD, Signer(OTHERS, OTHERS, "甲", "", None, None)), "unsure", "不符"),
    "a name that looks alike": (with_(Signer(LOOKALIKE, LOOKALIKE, "甲", "", None, None)), "unsure", "不符"),
    "theirs in one place, another's in the other": (with_(replace(GOOD, organisation=OTHERS)), "unsure", "不符"),
    "a branch": (with_(Signer(THEIRS + "苏州分公司", "", "甲", "", None, None)), "unsure", "不符"),
    "a short name": (with_(Signer("恒远", "", "甲", "", None, None)), "unsure", "不符"),
    "only ours": (with_(OWN), "unsure", "只有我方"),
    "not on our own bytes": (with_(GOOD, ours_first=False), "unsure", "没有原样保留"),
    "an empty field beside it": (with_(GOOD, empty=1), "unsure", "并未签署"),
    "unread": (Signed(problem="unread"), "unsure", "无法读取"),
    **{
        code: (with_(replace(GOOD, problem=code)), "unsure", THEIRS)
        for code in ("broken", "changed", "uncovered", "unsupported", "self_signed", "expired", "untrusted")
    },
}


@pytest.mark.parametrize("before", ["signed", "unsigned"])
@pytest.mark.parametrize(("signed", "verdict", "why"), VERDICTS.values(), ids=VERDICTS)
def test_E6_only_signatures_that_hold_and_are_theirs_stand_for_the_mark(
    signed: Signed, verdict: Verdict, why: str, before: Verdict
) -> None:
    reading = AttachmentReading("a.pdf", "scan", before, reasons=(say("no_mark"), say("not_identified")))
    found = with_signatures(reading, signed, (THEIRS, "恒远"), (OURS,), ("李建国",))
    assert found.verdict == verdict
    assert why in "；".join(found.reasons)
    assert bool(found.certificate) == (verdict == "signed")
    assert say("no_mark") not in found.reasons


@pytest.mark.parametrize("before", ["altered", "remarked", "unsure", "incomplete", "other_revision"])
def test_E6_a_signature_never_makes_a_bad_page_good(before: Verdict) -> None:
    reading = AttachmentReading("a.pdf", "scan", before, reasons=(say("remark"),))
    found = with_signatures(reading, with_(GOOD), (THEIRS,))
    assert (found.verdict, found.certificate) == (before, "")
    assert say("remark") in with_signatures(reading, with_(OWN), (THEIRS,)).reasons


def test_E6_a_drawing_in_an_empty_field_is_no_signature_and_nothing_in_it_is_unsigned() -> None:
    empty = with_(empty=1)
    drawn = with_signatures(AttachmentReading("a.pdf", "scan", "signed"), empty, (THEIRS,))
    assert (drawn.verdict, drawn.reasons) == ("unsure", (say("esign_empty"),))
    assert with_signatures(AttachmentReading("a.pdf", "scan", "unsigned"), empty, (THEIRS,)).verdict == "unsigned"
