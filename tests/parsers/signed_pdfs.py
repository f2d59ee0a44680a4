"""PDFs with electronic signatures: an authority of our own, certificates for anybody, and all that one can do wrong."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko import stamp
from pyhanko.pdf_utils import generic, images
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from bot.demo.seal import round_seal
from parsers.scan.layout import Box

_POINTS = 72 / 25.4

NOW = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
THEIRS, OTHERS, LOOKALIKE = "恒远商贸有限公司", "天润商贸有限公司", "恒远商贸有限公可"


@dataclass(frozen=True)
class Holder:
    """A certificate with its key, and that of who issued it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    issuer: x509.Certificate

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


def _name(common_name: str, organisation: str) -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "CN"),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.COMMON_NAME, common_name),
    ]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


def _made(subject: x509.Name, authority: Holder | None, days: tuple[int, int], *, ca: bool) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(not ca, not ca, False, False, False, ca, ca, False, False)  # noqa: FBT003  # nine flags of a standard
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.certificate.subject if authority else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days[0]))
        .not_valid_after(NOW + timedelta(days[1]))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(usage, critical=True)
        .sign(authority.key if authority else key, hashes.SHA256())
    )
    return Holder(made, key, authority.certificate if authority else made)


ISSUER = "甲电子认证有限公司"


@lru_cache
def authority(name: str) -> Holder:
    return _made(_name(name, name), None, (-900, 900), ca=True)


@lru_cache
def holder(
    common_name: str = THEIRS,
    organisation: str = THEIRS,
    *,
    days: tuple[int, int] = (-100, 300),
    issuer: str = ISSUER,
    self_signed: bool = False,
) -> Holder:
    by = None if self_signed else authority(issuer)
    return _made(_name(common_name, organisation), by, days, ca=False)


def _asn1(certificate: x509.Certificate) -> Any:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def signed(pdf: bytes, by: Holder, field: str = "S1", **more: Any) -> bytes:
    """The PDF with one more signature, as an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    meta = signers.PdfSignatureMetadata(field_name=field, **more)
    return bytes(signers.sign_pdf(writer, meta, signer=_signer(by), bytes_reserved=8192).getvalue())


def sealed(pdf: bytes, by: Holder, seal: str, box: Box) -> bytes:
    """Signed with a seal as the signature's appearance, as 法大大 and e簽寶 draw it, in the middle of a box."""
    across, down, half = (box.x + box.width / 2) * _POINTS, (297 - box.y - box.height / 2) * _POINTS, 20 * _POINTS
    corners = tuple(map(round, (across - half, down - half, across + half, down + half)))
    drawn = images.PdfImage(round_seal(seal, 3, size=480))
    done = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name="S1"),
        signer=_signer(by),
        stamp_style=stamp.TextStampStyle(stamp_text="", border_width=0, background=drawn, background_opacity=1),
        new_field_spec=fields.SigFieldSpec("S1", box=corners, on_page=box.page - 1),
    )
    return bytes(done.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))).getvalue())


def _signer(by: Holder) -> signers.SimpleSigner:
    known = SimpleCertificateStore()
    known.register(_asn1(by.issuer))
    encoded = by.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key = keys.PrivateKeyInfo.load(encoded)
    return signers.SimpleSigner(signing_cert=_asn1(by.certificate), signing_key=key, cert_registry=known)


def unsigned_again(pdf: bytes) -> bytes:
    """The signature's value is gone, its appearance stays."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    field = writer.root["/AcroForm"]["/Fields"][0]
    del field["/V"]
    writer.update_container(field)
    return _written(writer)


def with_empty_field(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    fields.append_signature_field(writer, fields.SigFieldSpec("S1", box=(320, 60, 520, 160), on_page=-1))
    return _written(writer)


def changed_after(pdf: bytes, drawing: bytes = b"1 0 0 rg 300 300 20 2 re f", page_number: int = 1) -> bytes:
    """Something more drawn on a page as an incremental update: after signing it breaks, before it is part of it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][page_number - 1]
    contents = page["/Contents"]
    kept = list(contents) if isinstance(contents, generic.ArrayObject) else [page.raw_get("/Contents")]
    before, after = (
        writer.add_object(generic.StreamObject(stream_data=data)) for data in (b"q", b"Q q " + drawing + b" Q")
    )
    page["/Contents"] = generic.ArrayObject([before, *kept, after])
    writer.update_container(page)
    return _written(writer)


def rewritten(pdf: bytes) -> bytes:
    """The same pages in other bytes, as "save as" or a print driver makes them."""
    return _written(copy_into_new_writer(PdfFileReader(io.BytesIO(pdf))))


def tampered(pdf: bytes) -> bytes:
    """One byte of our part is another one."""
    place = pdf.index(b"/Producer") if b"/Producer" in pdf else 200
    return pdf[: place + 14] + bytes([pdf[place + 14] ^ 1]) + pdf[place + 15 :]


def transplanted(pdf: bytes, donor: bytes) -> bytes:
    """The signature of another document in place of its own."""
    own, other = _contents(pdf), _contents(donor)
    assert len(own) == len(other)
    return pdf.replace(own, other)


def _contents(pdf: bytes) -> bytes:
    start = pdf.rindex(b"/Contents <") + 11
    return pdf[start : pdf.index(b">", start)]


def _written(writer: Any) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
