"""What all pages of one statement say together: findings → a verdict with reasons. Only a clean sweep is ``signed``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsers.attachment import Verdict
from parsers.scan.finding import Finding
from parsers.scan.reasons import say

_DOUBTFUL_MARKS = {
    "doubt": "mark_doubt",
    "note": "mark_note",
    "grey_seal": "grey_seal",
    "crossed": "crossed_out",
    "stamp": "stamp",
}

_MOST_OVERLAYS = 4
"""Pictures that a person looks at; with more pages the reasons name them."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A verdict with the sentences it rests on, the pictures for people and the picture of the seals."""

    verdict: Verdict
    reasons: tuple[str, ...]
    pages: tuple[int, ...]
    picture: bytes = b""
    seals: bytes = b""
    overlays: tuple[bytes, ...] = ()
    names: tuple[str, ...] = ()


def conclude(findings: Sequence[Finding], pages: int) -> Conclusion:
    """All pages of one revision, spread over however many files.

    The order is that of harm: altered, remarked, anything doubtful, pages missing, no mark, and only then signed.
    """
    seen = tuple(sorted({finding.code.page for finding in findings}))
    missing = [str(page) for page in range(1, pages + 1) if page not in seen]
    marks = {finding.mark for finding in findings if finding.mark}
    altered = _sentences(pair for finding in findings for pair in finding.altered)
    remarked = _sentences(pair for finding in findings for pair in finding.remarked)
    doubts = _sentences(pair for finding in findings for pair in finding.doubts)
    doubts += tuple(say(_DOUBTFUL_MARKS[mark]) for mark in sorted(marks) if mark in _DOUBTFUL_MARKS)
    incomplete = (say("missing_pages", "、".join(missing)),) if missing else ()
    unsigned = (say("no_mark"),) if "none" in marks else ()
    picture = next((finding.picture for finding in findings if finding.picture), b"")
    seals = next((finding.seals for finding in findings if finding.seals), b"")
    verdict: Verdict = "signed"
    if altered:
        verdict = "altered"
    elif remarked:
        verdict = "remarked"
    elif doubts:
        verdict = "unsure"
    elif incomplete:
        verdict = "incomplete"
    elif unsigned or not marks:
        verdict = "unsigned"
    if verdict == "signed":
        kinds = tuple(say(mark) for mark in sorted(marks))
        names = tuple(dict.fromkeys(name for finding in findings for name in finding.names))
        told = (*kinds, say("not_identified"))
        return Conclusion("signed", told, seen, picture, seals, _overlays(findings), names)
    reasons = altered + remarked + doubts + incomplete + unsigned
    return Conclusion(verdict, reasons, seen, picture, seals, _overlays(findings))


def _overlays(findings: Sequence[Finding]) -> tuple[bytes, ...]:
    """The slip's page first, then the others in order, as many as are kept."""
    ordered = sorted(findings, key=lambda finding: (not finding.mark, finding.code.page))
    return tuple(dict.fromkeys(finding.overlay for finding in ordered if finding.overlay))[:_MOST_OVERLAYS]


def _sentences(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Each sentence once, in order."""
    return tuple(dict.fromkeys(say(code, value) for code, value in pairs))
