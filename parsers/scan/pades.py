"""Electronic signatures inside a PDF (PAdES, as 法大大 and e簽寶 make them) → the facts about each, nobody's judgement.

Runs in the opening child without network: revocation is not asked for. pyHanko (the extra ``pades``) does the
cryptography; its coroutines are stepped by hand, for an event loop needs sockets, which the child is refused.
"""

import io
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pypdfium2
import pypdfium2.raw

_DIGESTS = frozenset({"sha256", "sha384", "sha512"})
"""Digests that count; SM3 with SM2 is beyond the library, SHA-1 can be forged."""
MOST_SIGNATURES = 12
"""Two parties, their platform and a few time stamps; more of them is a trick."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Authorities as PEM, and the instant (aware) at which certificates must be valid."""

    roots: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature and what its certificate says of itself; ``problem`` is a code, empty where everything holds.

    Codes: broken, changed (something was added after it), uncovered, unsupported, self_signed, expired, untrusted.
    """

    common_name: str
    organisation: str
    issuer: str
    serial: str
    valid_from: date | None
    valid_until: date | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """All signatures of a file; ``ours_first``: the file begins with the very bytes that we sent.

    ``empty`` counts fields that nobody signed, ``problem`` is ``not_installed`` or ``unread`` where none could be read.
    """

    signers: tuple[Signer, ...] = ()
    ours_first: bool = False
    empty: int = 0
    problem: str = ""


def examine(data: bytes, sent: bytes, trust: Trust) -> Signed | None:
    """The signatures of a PDF against what we sent; None where it has none, not even a field for one."""
    ours_first = bool(sent) and len(data) > len(sent) and data.startswith(sent)
    if not _fields(data) and b"/ByteRange" not in data:
        return None
    try:
        import pyhanko  # noqa: F401  # the extra `pades`
    except ImportError:
        return Signed(ours_first=ours_first, problem="not_installed")
    logging.disable(logging.CRITICAL)  # it logs what it finds wrong; we return it
    try:
        signers, empty = _signers(data, trust)
    except Exception:  # noqa: BLE001  # hostile bytes: whatever the reader makes of them, nothing is proven
        return Signed(ours_first=ours_first, problem="unread")
    finally:
        logging.disable(logging.NOTSET)
    return Signed(signers, ours_first, empty or (not signers))


def _fields(data: bytes) -> int:
    try:
        with pypdfium2.PdfDocument(data) as document:
            return max(0, int(pypdfium2.raw.FPDF_GetSignatureCount(document.raw)))
    except pypdfium2.PdfiumError:
        return 0


def _signers(data: bytes, trust: Trust) -> tuple[tuple[Signer, ...], int]:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    reader = PdfFileReader(io.BytesIO(data), strict=True)
    empty = sum(1 for _ in enumerate_sig_fields(reader, filled_status=False))
    found = list(reader.embedded_signatures)
    if len(found) > MOST_SIGNATURES:
        raise ValueError("too many signatures")
    signed = [one for one in found if one.sig_object_type == "/Sig"]
    whole = bool(found) and _covers_file(found[-1])
    return tuple(_signer(one, trust, later=one is not signed[-1], whole=whole) for one in signed), empty


def _covers_file(signature: Any) -> bool:  # noqa: ANN401  # pyHanko ships no types
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    signature.compute_integrity_info()
    return bool(signature.coverage == SignatureCoverageLevel.ENTIRE_FILE)


def _signer(signature: Any, trust: Trust, *, later: bool, whole: bool) -> Signer:  # noqa: ANN401  # as above
    """One signature; ``later``: others were added after it, ``whole``: the last one covers the whole file."""
    certificate = signature.signer_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    validity = certificate["tbs_certificate"]["validity"].native
    return Signer(
        _text(subject.get("common_name")),
        _text(subject.get("organization_name")),
        _text(issuer.get("common_name") or issuer.get("organization_name")),
        f"{certificate.serial_number:X}",
        validity["not_before"].date(),
        validity["not_after"].date(),
        _problem(signature, certificate, trust, later=later, whole=whole),
    )


def _text(value: object) -> str:
    """One printable line of a name; several values of one kind are joined."""
    joined = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return "".join(filter(str.isprintable, joined))[:120].strip()


def _problem(signature: Any, certificate: Any, trust: Trust, *, later: bool, whole: bool) -> str:  # noqa: ANN401  # as above
    """The gravest thing that is wrong with one signature, empty where nothing is."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        status = _status(signature, trust)
    except (SignatureValidationError, NotImplementedError, ValueError):
        return "unsupported"
    allowed = ModificationLevel.FORM_FILLING if later else ModificationLevel.LTA_UPDATES
    touched = not whole or status.docmdp_ok is False or status.modification_level.value > allowed.value
    found = {
        "broken": not (status.intact and status.valid),
        "uncovered": status.coverage.value < SignatureCoverageLevel.ENTIRE_REVISION.value,
        "changed": touched,
        "unsupported": status.md_algorithm not in _DIGESTS,
        _distrust(certificate, trust): not status.trusted,
    }
    return next((code for code, holds in found.items() if holds), "")


def _distrust(certificate: Any, trust: Trust) -> str:  # noqa: ANN401  # as above
    """Why a certificate that isn't trusted isn't."""
    validity = certificate["tbs_certificate"]["validity"].native
    if trust.at is not None and not validity["not_before"] <= trust.at <= validity["not_after"]:
        return "expired"
    return "self_signed" if certificate.self_issued else "untrusted"


def _status(signature: Any, trust: Trust) -> Any:  # noqa: ANN401  # as above
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=_roots(trust.roots), allow_fetching=False, moment=trust.at, revocation_mode="soft-fail"
    )
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    return _stepped(
        async_validate_pdf_signature(signature, signer_validation_context=context, key_usage_settings=usage)
    )


def _roots(pems: tuple[str, ...]) -> list[Any]:
    from asn1crypto import pem, x509

    found: list[Any] = []
    for text in pems:
        found.extend(x509.Certificate.load(der) for _, _, der in pem.unarmor(text.encode(), multiple=True))
    return found


def _stepped(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401  # whatever it returns
    """The result of a coroutine that never has to wait; one that would wait (for a network) is a ValueError."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    work.close()
    raise ValueError("it would wait for something")


def authorities(pems: tuple[str, ...]) -> tuple[tuple[str, date], ...]:
    """(name, last day) of each certificate; raises ValueError for text that holds none, ImportError without pyHanko."""
    return tuple(
        (
            _text(root.subject.native.get("common_name") or root.subject.native.get("organization_name")),
            root["tbs_certificate"]["validity"].native["not_after"].date(),
        )
        for root in _roots(pems)
    )
