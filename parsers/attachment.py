"""What was found in one attachment of a reply: the values that readers of scans and sheets hand to the judge."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["scan", "sheet", "signature", "other"]
Verdict = Literal[
    "signed",
    "unsigned",
    "other_seal",
    "other_statement",
    "other_revision",
    "incomplete",
    "altered",
    "remarked",
    "unsure",
    "unread",
    "unsafe",
    "none",
]


@dataclass(frozen=True, slots=True)
class PageCode:
    """What the QR code of one page of our statement says; ``page`` counts from 1."""

    number: str
    revision: int
    page: int
    pages: int
    digest: str


@dataclass(frozen=True, slots=True)
class SheetDifference:
    """One row in which a customer's sheet differs from ours; amounts in yuan, None where the cell is empty."""

    document: str
    our_amount: Decimal | None
    their_amount: Decimal | None
    our_quantity: Decimal | None
    their_quantity: Decimal | None
    cause: str
    remark: str


@dataclass(frozen=True, slots=True)
class AttachmentReading:
    """One attachment, read: what it is, what is on it and how sure we are.

    ``signature`` as a kind means a logo or mail signature picture, which is no evidence of anything.
    ``number`` and ``revision`` are those that the pages themselves carry, None where none was read.
    ``differences`` is filled for sheets only; an empty tuple on a sheet with verdict ``none`` means zero differences.
    ``closing`` is the customer's own closing balance where a sheet states one.
    ``picture`` is a PNG for people to look at (the box, the found mark), empty where there is none. ``seal_patch`` is a
    PNG of the seals alone at 8 pixels a mm, for reading their names; it is dropped once they were read.
    ``overlays`` are JPEGs of whole pages (at most 200 KB each, at most 4, the slip's page first): what was found of a
    mark framed in green, what differs in red, what is doubtful in orange; only pages with something framed.
    ``certificate`` is the company that a valid and trusted electronic signature of theirs names.
    ``written_names`` are names written by hand that could surely be read.
    ``engine`` says which reader, on which libraries, came to the verdict on a scan.
    ``seal`` is the name read from the seal (ours for them where it is theirs), ``seal_kind`` such as 公章.
    """

    name: str
    kind: Kind
    verdict: Verdict
    number: str | None = None
    revision: int | None = None
    pages: tuple[int, ...] = ()
    differences: tuple[SheetDifference, ...] = ()
    closing: Decimal | None = None
    reasons: tuple[str, ...] = ()
    sha256: str = ""
    picture: bytes = b""
    seal: str = ""
    seal_kind: str = ""
    seal_patch: bytes = b""
    sealed: bool = False
    """A customer's own statement that bears something like a seal; whose it is nobody has read."""
    overlays: tuple[bytes, ...] = ()
    certificate: str = ""
    written_names: tuple[str, ...] = ()
    engine: str = ""
