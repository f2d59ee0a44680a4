"""E6: whose seal it is turns a signed scan away or lets it stand; it never makes one better."""

import pytest

from parsers.attachment import AttachmentReading, Verdict
from parsers.scan.reasons import say
from parsers.scan.seal_name import SealVerdict
from parsers.scan.seal_verdict import with_seals

NAMES, OWN = ("恆遠商貿有限公司", "恒遠"), ("我方有限公司",)
GOOD = SealVerdict("theirs", "恆遠商貿有限公司", "公章", 1.0, legible=True)
OTHER = SealVerdict("other", "天潤商貿有限公司", "公章", 0.5, legible=True)
CLOSE = SealVerdict("unread", "恆達商貿有限公司", "公章", 0.8, legible=True)
BLIND = SealVerdict("unread", "", "公章", 0.0)
SMALL = SealVerdict("unread", "陈明印", "大小章", 0.0, personal=True)
INVOICE = SealVerdict("theirs", "恆遠商貿有限公司", "發票專用章", 1.0, legible=True)
OURS = SealVerdict("other", "我方有限公司", "公章", 0.0, legible=True)

CASES: dict[str, tuple[tuple[SealVerdict, ...], Verdict, str]] = {
    "theirs": ((GOOD,), "signed", say("seal_theirs", GOOD.name, "公章")),
    "theirs with a seal that nobody can read beside it": ((BLIND, GOOD), "unsure", say("seal_second")),
    "theirs with a person's small seal beside it": ((GOOD, SMALL), "signed", say("seal_theirs", GOOD.name, "公章")),
    "another's": ((OTHER,), "other_seal", say("seal_other", OTHER.name, NAMES[0])),
    "another's beside theirs": ((GOOD, OTHER), "other_seal", say("seal_other", OTHER.name, NAMES[0])),
    "nearly theirs": ((CLOSE,), "unsure", say("seal_close", CLOSE.name, NAMES[0])),
    "a kind that doesn't bind": ((INVOICE,), "unsure", say("seal_kind", INVOICE.name, "發票專用章")),
    "a kind that doesn't bind beside one that does": ((INVOICE, GOOD), "signed", say("seal_theirs", GOOD.name, "公章")),
    "unread": ((BLIND,), "unsure", say("seal_unread")),
    "none found again": ((), "unsure", say("seal_unread")),
    "only our own": ((OURS,), "unsure", say("seal_ours")),
    "ours beside theirs": ((OURS, GOOD), "signed", say("seal_theirs", GOOD.name, "公章")),
}


def reading(verdict: Verdict) -> AttachmentReading:
    reasons = (say("seal"), say("not_identified"))
    return AttachmentReading("a.pdf", "scan", verdict, reasons=reasons, seal_patch=b"png")


@pytest.mark.parametrize(("seals", "verdict", "reason"), CASES.values(), ids=CASES)
def test_E6_the_seals_name_decides(seals: tuple[SealVerdict, ...], verdict: Verdict, reason: str) -> None:
    found = with_seals(reading("signed"), seals, NAMES, OWN)
    assert found.verdict == verdict
    assert found.reasons == (say("seal"), reason)
    assert found.seal_patch == b""


@pytest.mark.parametrize("seals", [case[0] for case in CASES.values()], ids=CASES)
def test_E6_a_good_name_never_makes_a_doubtful_scan_better(seals: tuple[SealVerdict, ...]) -> None:
    assert with_seals(reading("unsure"), seals, NAMES, OWN).verdict == "unsure"


def test_the_reading_keeps_name_and_kind() -> None:
    found = with_seals(reading("signed"), (GOOD,), NAMES)
    assert (found.seal, found.seal_kind) == (GOOD.name, "公章")
    assert with_seals(reading("signed"), (CLOSE,), ()).reasons[-1] == say("seal_close", CLOSE.name, "")


@pytest.mark.parametrize(
    ("accepted", "seal", "verdict"),
    [
        (("發票專用章",), INVOICE, "signed"),
        (("財務專用章",), GOOD, "unsure"),
        ((), GOOD, "unsure"),
        (("公章", "發票專用章"), OTHER, "other_seal"),
    ],
    ids=["a customer's invoice seal that counts", "one that counts for others only", "none counts", "never another's"],
)
def test_E6_which_kinds_count_is_a_table_per_customer(
    accepted: tuple[str, ...], seal: SealVerdict, verdict: Verdict
) -> None:
    assert with_seals(reading("signed"), (seal,), NAMES, OWN, accepted).verdict == verdict


def test_a_hand_alone_bears_no_companys_name() -> None:
    hand = AttachmentReading("a.pdf", "scan", "signed", reasons=(say("hand"), say("not_identified")))
    assert with_seals(hand, (), NAMES) == hand
