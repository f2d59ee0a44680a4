"""E6: names written beside the mark: compared where they are legible, said to be unknown where they are not."""

import pytest

from parsers.attachment import AttachmentReading, Verdict
from parsers.scan.reasons import say
from parsers.scan.signatory import with_signatory

THEIRS = ("李建国", "王芳")

CASES: dict[str, tuple[tuple[str, ...], tuple[str, ...], Verdict, str]] = {
    "theirs": (("李建国",), THEIRS, "signed", say("signatory_known", "李建国")),
    "theirs in the other script": (("李建國",), THEIRS, "signed", say("signatory_known", "李建国")),
    "somebody else": (("赵六一",), THEIRS, "unsure", say("signatory_other", "赵六一", "李建国、王芳")),
    "one of them beside somebody else": (
        ("李建国", "赵六一"),
        THEIRS,
        "unsure",
        say("signatory_other", "赵六一", "李建国、王芳"),
    ),
    "illegible": ((), THEIRS, "signed", say("hand_unidentified")),
    "illegible and nobody registered": ((), (), "signed", say("hand_unidentified")),
    "legible and nobody registered": (("李建国",), (), "signed", say("signatory_unlisted", "李建国")),
}


def reading(verdict: Verdict, *names: str, certificate: str = "") -> AttachmentReading:
    reasons = (say("hand"), say("not_identified"))
    return AttachmentReading("a.pdf", "scan", verdict, reasons=reasons, written_names=names, certificate=certificate)


@pytest.mark.parametrize(("names", "signatories", "verdict", "reason"), CASES.values(), ids=CASES)
def test_E6_a_legible_name_is_compared_and_an_illegible_one_is_told(
    names: tuple[str, ...], signatories: tuple[str, ...], verdict: Verdict, reason: str
) -> None:
    found = with_signatory(reading("signed", *names), signatories)
    assert (found.verdict, found.reasons) == (verdict, (say("hand"), reason))


@pytest.mark.parametrize("verdict", ["altered", "unsure", "unsigned", "other_seal"])
def test_E6_a_good_name_never_makes_a_scan_better(verdict: Verdict) -> None:
    before = reading(verdict, "李建国")
    assert with_signatory(before, THEIRS) == before


def test_who_signed_electronically_stands_in_the_certificate() -> None:
    assert with_signatory(reading("signed", certificate="恒远"), ()).reasons == (say("hand"),)
