"""Attachments of a reply → readings: which are our statement on its way back, and what they say together.

A statement's pages may be spread over several files: every file that holds one of them carries the verdict of all. The
steps that touch bytes or pixels are handed in, so that the edges can run each in its own child; the default runs here.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parsers import number
from parsers.attachment import AttachmentReading, Kind, PageCode, Verdict
from parsers.mail import Part
from parsers.scan import seal_words, thresholds
from parsers.scan.finding import Finding
from parsers.scan.layout import Layout
from parsers.scan.opening import Opened, Outline, codes_of, open_page, outline
from parsers.scan.pages import Raster
from parsers.scan.reasons import say
from parsers.scan.sheets import read_own_pdf, read_sheet
from parsers.scan.verdict import Conclusion, conclude
from parsers.sheet import SheetLine

_UNSAFE = {"bomb", "too_large", "too_many_pages", "page_counts"}


@dataclass(frozen=True, slots=True)
class Reference:
    """One revision that we sent; ``digest`` in hex, ``live`` whether it is the revision that counts.

    ``seals`` are the kinds that count for the customer, ``signatories`` the names of its authorised representatives.
    """

    number: str
    revision: int
    digest: str
    pdf: bytes
    layout: Layout
    live: bool
    lines: tuple[SheetLine, ...] = ()
    closing: Decimal = Decimal(0)
    customer_names: tuple[str, ...] = ()
    seals: tuple[str, ...] = seal_words.BINDING
    signatories: tuple[str, ...] = ()


def judge_page(raster: Raster, code: PageCode, pdf: bytes, layout: Layout) -> Finding:
    """One page against our own; without OpenCV (the extra ``scan``) every page is a doubt."""
    try:
        from parsers.scan.judge import judge_page as judge
    except ImportError:
        return Finding(code, doubts=(("no_opencv", ""),))
    return judge(raster, code, pdf, layout)


@dataclass(frozen=True, slots=True)
class Steps:
    """How the three kinds of work are done; in this process unless handed in otherwise."""

    outline: Callable[[Part], Outline] = outline
    open_page: Callable[[Part, int, int], Opened] = open_page
    judge_page: Callable[[Raster, PageCode, bytes, Layout], Finding] = judge_page
    read_sheet: Callable[[Part, tuple[Reference, ...], str], AttachmentReading] = read_sheet
    read_own_pdf: Callable[[Part, tuple[Reference, ...], str], AttachmentReading | None] = read_own_pdf


@dataclass(slots=True)
class _File:
    """An attachment while it is read."""

    part: Part
    outline: Outline
    findings: list[Finding] = field(default_factory=list)
    strangers: list[tuple[PageCode, Verdict]] = field(default_factory=list)
    """Codes that are no live revision of a reference, with the verdict for them."""
    unknown: int = 0
    """Pages with content and without a code."""
    has_text: bool = False
    numbers: tuple[str, ...] = ()
    small: bool = True
    problem: str = ""


def sketch(attachments: tuple[Part, ...]) -> tuple[tuple[PageCode, ...], ...]:
    """The codes of ours on the pages of each attachment; nothing is judged."""
    return tuple(codes_of(part) for part in attachments)


def read(
    attachments: tuple[Part, ...], references: tuple[Reference, ...], steps: Steps | None = None
) -> tuple[AttachmentReading, ...]:
    """One reading per attachment, in their order; never raises for odd bytes."""
    done = steps or Steps()
    opened = [_opened(part, references, done) for part in attachments]
    conclusions = _conclusions(opened, references)
    return tuple(_reading(file, references, conclusions, done) for file in opened)


def _opened(part: Part, references: tuple[Reference, ...], steps: Steps) -> _File:
    file = _File(part, steps.outline(part))
    file.problem = file.outline.problem
    if any(part.data == reference.pdf for reference in references):
        return file
    for place in file.outline.pages:
        page = steps.open_page(part, *place)
        if page.problem or page.raster is None:
            file.problem = file.problem or page.problem
            continue
        file.small = file.small and max(page.raster.width, page.raster.height) < thresholds.SIGNATURE_PICTURE
        file.has_text = file.has_text or page.has_text
        file.numbers += page.numbers
        _take_page(file, page, page.raster, references, steps)
    return file


def _take_page(file: _File, page: Opened, raster: Raster, references: tuple[Reference, ...], steps: Steps) -> None:
    if not page.codes:
        file.unknown += 0 if page.blank else 1
        return
    if len(page.codes) > 1:
        file.findings.extend(Finding(code, doubts=(("page_conflict", ""),)) for code in page.codes)
        return
    code = page.codes[0]
    reference, verdict = _place(code, references)
    if reference is None:
        file.strangers.append((code, verdict))
    elif code.digest != number.short_digest(reference.digest):
        file.findings.append(Finding(code, doubts=(("digest", ""),)))
    elif code.page <= reference.layout.pages != code.pages:
        file.findings.append(Finding(code, doubts=(("page_count", ""),)))
    else:
        file.findings.append(steps.judge_page(raster, code, reference.pdf, reference.layout))


def _place(code: PageCode, references: tuple[Reference, ...]) -> tuple[Reference | None, Verdict]:
    """The live reference of a code, or None and what the page is instead."""
    same = [reference for reference in references if reference.number == code.number]
    for reference in same:
        if reference.revision == code.revision and reference.live:
            return reference, "none"
    return None, "other_revision" if same else "other_statement"


def _conclusions(opened: list[_File], references: tuple[Reference, ...]) -> dict[tuple[str, int], Conclusion]:
    """The verdict of each live revision over all pages of all attachments."""
    result = {}
    for reference in references:
        key = (reference.number, reference.revision)
        findings = [finding for file in opened for finding in file.findings if _key(finding.code) == key]
        if findings:
            result[key] = conclude(findings, reference.layout.pages)
    return result


def _key(code: PageCode) -> tuple[str, int]:
    return code.number, code.revision


def _reading(
    file: _File, references: tuple[Reference, ...], conclusions: dict[tuple[str, int], Conclusion], steps: Steps
) -> AttachmentReading:
    own = next((reference for reference in references if reference.pdf == file.part.data), None)
    if own is not None:
        return _made(file, "scan", "unsigned", (own.number, own.revision), reasons=(say("our_copy"),))
    if file.findings or file.strangers:
        return _our_pages(file, conclusions)
    if file.outline.shape == "sheet":
        return steps.read_sheet(file.part, references, hashlib.sha256(file.part.data).hexdigest())
    if file.problem:
        sentence = (
            say("sandbox", file.problem.partition(":")[2]) if file.problem.startswith("sandbox:") else say(file.problem)
        )
        return _made(file, "scan", "unsafe" if file.problem in _UNSAFE else "unread", reasons=(sentence,))
    if file.has_text and not file.numbers:
        theirs = steps.read_own_pdf(file.part, references, hashlib.sha256(file.part.data).hexdigest())
        if theirs is not None:
            return theirs
    return _not_ours(file)


def _our_pages(file: _File, conclusions: dict[tuple[str, int], Conclusion]) -> AttachmentReading:
    codes = [finding.code for finding in file.findings] + [code for code, _ in file.strangers]
    keys = list(dict.fromkeys(map(_key, codes)))
    pages = tuple(dict.fromkeys(code.page for code in codes))
    if len(keys) > 1 or (file.findings and (file.unknown or file.problem)):
        return _mixed(file, keys, conclusions, pages)
    if file.strangers:
        code, verdict = file.strangers[0]
        value = str(code.revision) if verdict == "other_revision" else code.number
        return _made(file, "scan", verdict, keys[0], pages=pages, reasons=(say(verdict, value),))
    conclusion = conclusions[keys[0]]
    made = _made(file, "scan", conclusion.verdict, keys[0], pages=pages, reasons=conclusion.reasons)
    return replace(
        made,
        picture=conclusion.picture,
        seal_patch=conclusion.seals,
        overlays=conclusion.overlays,
        written_names=conclusion.names,
    )


def _mixed(
    file: _File, keys: list[tuple[str, int]], conclusions: dict[tuple[str, int], Conclusion], pages: tuple[int, ...]
) -> AttachmentReading:
    """Pages of several statements or pages that nobody knows, in one file: at best a person decides."""
    known = [conclusions[key] for key in keys if key in conclusions]
    hard = next((one for one in known if one.verdict in {"altered", "remarked"}), None)
    strange = tuple(
        say(verdict, code.revision if verdict == "other_revision" else code.number) for code, verdict in file.strangers
    )
    unknown = (say("blank_pages"),) if file.unknown or file.problem else ()
    reasons = tuple(dict.fromkeys((*(hard.reasons if hard else ()), *strange, *unknown))) or (say("page_conflict"),)
    picture = next((one.picture for one in known if one.picture), b"")
    verdict: Verdict = hard.verdict if hard else "unsure"
    made = _made(file, "scan", verdict, keys[0], pages=pages, reasons=reasons)
    return replace(made, picture=picture, overlays=next((one.overlays for one in known if one.overlays), ()))


def _not_ours(file: _File) -> AttachmentReading:
    """Nothing of ours was read: a logo, another document, or a scan that a person must look at."""
    if file.outline.shape == "other":
        return _made(file, "other", "none")
    if file.numbers:
        return _made(file, "scan", "unsure", (file.numbers[0], None), reasons=(say("no_code"),))
    if file.has_text:
        return _made(file, "other", "none")
    if file.small:
        return _made(file, "signature", "none", reasons=(say("logo"),))
    return _made(file, "scan", "unread", reasons=(say("no_code"),))


def _made(
    file: _File,
    kind: Kind,
    verdict: Verdict,
    key: tuple[str | None, int | None] = (None, None),
    *,
    pages: tuple[int, ...] = (),
    reasons: tuple[str, ...] = (),
) -> AttachmentReading:
    digest = hashlib.sha256(file.part.data).hexdigest()
    return AttachmentReading(file.part.name, kind, verdict, *key, pages=pages, reasons=reasons, sha256=digest)
