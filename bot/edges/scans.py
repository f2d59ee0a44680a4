"""Attachments read with each step in the child it belongs to: opening in fresh forks, judging in the warm one.

A page that breaks its child, or takes too long, is one attachment for a person; the other pages are still read. A mail
is not read for ever: after two attachments that took all their time, and after a minute and a half, the rest is unread.
"""

import time
from dataclasses import replace
from functools import lru_cache
from importlib import metadata
from typing import cast
from weakref import WeakKeyDictionary

from bot.edges.sandbox import Contained, Kind, Sandbox
from parsers.attachment import AttachmentReading, PageCode
from parsers.mail import Part
from parsers.scan.esign import with_signatures
from parsers.scan.finding import Finding
from parsers.scan.layout import Layout
from parsers.scan.opening import Opened, Outline
from parsers.scan.pades import Signed, Trust
from parsers.scan.pages import Raster
from parsers.scan.read import Reference, Steps, read
from parsers.scan.reasons import say
from parsers.scan.seal_name import SealVerdict
from parsers.scan.seal_verdict import with_seals
from parsers.scan.signatory import with_signatory
from parsers.scan.version import VERSION

_MAIL_SECONDS, _MOST_TIMEOUTS = 90.0, 2
_LIBRARIES = ("opencv-python-headless", "rapidocr", "onnxruntime", "pypdfium2", "zxing-cpp", "pillow", "pyhanko")
NOBODY = Trust()
_SLOW: WeakKeyDictionary[Sandbox, set[int]] = WeakKeyDictionary()
"""Files of the mail that is being read, by their ids, that took all their time: looking for codes comes first."""


def sketch_scans(sandbox: Sandbox, attachments: tuple[Part, ...]) -> tuple[tuple[PageCode, ...], ...]:
    """The codes of ours in each attachment; none for one that breaks its child. Never raises Contained."""
    _SLOW[sandbox] = set()
    patience = _Patience(sandbox)
    found = []
    for part in attachments:
        try:
            found.append(
                cast("tuple[PageCode, ...]", patience.call("parsers.scan.opening:codes_of", part, kind="open"))
            )
        except Contained:
            found.append(())
    return tuple(found)


def read_scans(
    sandbox: Sandbox,
    attachments: tuple[Part, ...],
    references: tuple[Reference, ...],
    own_names: tuple[str, ...] = (),
    trust: Trust = NOBODY,
) -> tuple[AttachmentReading, ...]:
    """One reading per attachment, in their order, with whose seals and signatures they bear. Never raises Contained.

    ``trust`` says which certificates electronic signatures may rest on.
    """
    calls = _Calls(_Patience(sandbox))
    steps = Steps(calls.outline, calls.open_page, calls.judge_page, calls.read_sheet, calls.read_own_pdf)
    known = {(each.number, each.revision): each for each in references}
    found = []
    for part, reading in zip(attachments, read(attachments, references, steps), strict=True):
        reference = known.get((reading.number or "", reading.revision or 0))
        signed = calls.signed(part, reading, reference, own_names, trust)
        named = calls.named(signed, reference, own_names)
        found.append(named if reference is None else with_signatory(named, reference.signatories))
    return tuple(replace(each, engine=engine()) if each.kind == "scan" else each for each in found)


@lru_cache(maxsize=1)
def engine() -> str:
    """The reader of scans and the libraries that it stands on, each with its version; one that isn't there is ``-``."""
    libraries = (f"{name} {_version(name)}" for name in _LIBRARIES)
    return ", ".join((f"duizhang-scan {VERSION}", *libraries))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"


class _Patience:
    """The sandbox for one mail: its patience ends with the time that a mail may take, or with repeated time-outs.

    A file that took all its time once isn't opened again for the same mail.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._until, self._timeouts = sandbox, time.monotonic() + _MAIL_SECONDS, 0
        self._slow = _SLOW.setdefault(sandbox, set())

    def call(self, target: str, *arguments: object, kind: Kind) -> object:
        """As :meth:`Sandbox.call`; raises Contained without trying when the mail or the file has had its time."""
        files = {id(each) for each in arguments if isinstance(each, Part)}
        if self._timeouts >= _MOST_TIMEOUTS or time.monotonic() > self._until or files & self._slow:
            raise Contained("timeout", "the mail had its time")
        try:
            return self._sandbox.call(target, *arguments, kind=kind)
        except Contained as harm:
            if harm.reason == "timeout":
                self._timeouts += 1
                self._slow |= files
            raise


class _Calls:
    """The steps of reading, each as a call into the sandbox that turns harm into a value."""

    def __init__(self, sandbox: _Patience) -> None:
        self._sandbox = sandbox
        self._seals: dict[bytes, tuple[SealVerdict, ...]] = {}

    def outline(self, part: Part) -> Outline:
        try:
            return cast("Outline", self._sandbox.call("parsers.scan.opening:outline", part, kind="open"))
        except Contained as harm:
            table = part.name.lower().endswith((".xlsx", ".xls", ".ods", ".csv"))
            return Outline("sheet" if table else "pages", (), f"sandbox:{harm.reason}")

    def open_page(self, part: Part, file: int, page: int) -> Opened:
        try:
            return cast("Opened", self._sandbox.call("parsers.scan.opening:open_page", part, file, page, kind="open"))
        except Contained as harm:
            return Opened(None, problem=f"sandbox:{harm.reason}")

    def judge_page(self, raster: Raster, code: PageCode, pdf: bytes, layout: Layout) -> Finding:
        try:
            call = self._sandbox.call("parsers.scan.read:judge_page", raster, code, pdf, layout, kind="judge")
            return cast("Finding", call)
        except Contained as harm:
            return Finding(code, doubts=(("sandbox", harm.reason),))

    def read_sheet(self, part: Part, references: tuple[Reference, ...], sha256: str) -> AttachmentReading:
        try:
            call = self._sandbox.call("parsers.scan.sheets:read_sheet", part, references, sha256, kind="open")
            return cast("AttachmentReading", call)
        except Contained as harm:
            return AttachmentReading(
                part.name, "sheet", "unsafe", reasons=(say("sandbox", harm.reason),), sha256=sha256
            )

    def read_own_pdf(self, part: Part, references: tuple[Reference, ...], sha256: str) -> AttachmentReading | None:
        try:
            call = self._sandbox.call("parsers.scan.sheets:read_own_pdf", part, references, sha256, kind="open")
            return cast("AttachmentReading | None", call)
        except Contained:
            return None

    def named(self, reading: AttachmentReading, reference: Reference | None, own: tuple[str, ...]) -> AttachmentReading:
        """The reading with whose seals it bears; seals that break the child are unread ones."""
        patch = reading.seal_patch
        if not patch or reference is None or not reference.customer_names:
            return replace(reading, seal_patch=b"")
        seals = self._seals_on(patch, reference.customer_names, own)
        if reading.certificate:  # whose it is stands in the certificate: a drawing that can't be read adds no doubt
            seals = tuple(seal for seal in seals if seal.verdict != "unread" or seal.legible)
        return with_seals(reading, seals, reference.customer_names, own, reference.seals)

    def _seals_on(self, patch: bytes, names: tuple[str, ...], own: tuple[str, ...]) -> tuple[SealVerdict, ...]:
        if patch not in self._seals:
            try:
                found = self._sandbox.call("parsers.scan.seal_read:judge_seals", patch, names, own, kind="judge")
                self._seals[patch] = cast("tuple[SealVerdict, ...]", found)
            except Contained:
                self._seals[patch] = ()
        return self._seals[patch]

    def signed(
        self,
        part: Part,
        reading: AttachmentReading,
        reference: Reference | None,
        own: tuple[str, ...],
        trust: Trust,
    ) -> AttachmentReading:
        """The reading of a PDF with what its electronic signatures prove; ones that break the child are unread."""
        if reference is None or reading.kind != "scan" or b"%PDF-" not in part.data[:1024]:
            return reading
        try:
            call = self._sandbox.call("parsers.scan.pades:examine", part.data, reference.pdf, trust, kind="open")
            found = cast("Signed | None", call)
        except Contained:
            found = Signed(problem="unread")
        if found is None:
            return reading
        return with_signatures(reading, found, reference.customer_names, own, reference.signatories)
