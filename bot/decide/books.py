"""A customer's documents, split at its last confirmed statement and at the statement's first and last day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.decide.signs import KIND_ORDER
from bot.model import Document, DocumentKind

_BROUGHT = "brought"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The last confirmed statement of a customer and currency.

    ``documents`` are the keys that it rested on (:attr:`Prepared.documents`); a document of its time that isn't among
    them came later and is shown as a late line. Empty for a balance that was confirmed outside of this program: it is
    then carried as one sum of its last day, and in the keys from there on.
    """

    closing: Decimal
    last_day: date
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Books:
    """The documents up to the last day, split at the confirmation and at the first day.

    ``settled`` are confirmed, ``since`` lie between the confirmation and the first day (part of the opening), ``late``
    are back-dated, ``current`` the period's own; ``brought`` are confirmed sums that no document explains.
    """

    settled: tuple[Document, ...]
    since: tuple[Document, ...]
    late: tuple[Document, ...]
    current: tuple[Document, ...]
    brought: tuple[tuple[date, Decimal], ...] = ()

    @property
    def shown(self) -> tuple[Document, ...]:
        """What the statement lists, in order."""
        return self.late + self.current

    @property
    def every(self) -> tuple[Document, ...]:
        """All that its figures rest on."""
        return self.settled + self.since + self.shown


def document_key(document: Document) -> str:
    """Return what identifies a row for ever: 单据类型 + 单号 + 行号."""
    return f"{document.kind}|{document.number}|{document.line}"


def split(
    documents: Sequence[Document],
    first_day: date,
    last_day: date,
    confirmed: Confirmed | None,
) -> Books:
    """Return the books of one customer and currency, each part in the order of the statement's lines."""
    parts: dict[str, list[Document]] = {"settled": [], "since": [], "late": [], "current": [], "none": []}
    for document in sorted(documents, key=_order):
        parts[_part(document, first_day, last_day, confirmed)].append(document)
    return Books(
        tuple(parts["settled"]),
        tuple(parts["since"]),
        tuple(parts["late"]),
        tuple(parts["current"]),
        _brought(confirmed),
    )


def keys_of(books: Books) -> frozenset[str]:
    """Return the keys of all that a statement rests on, for the next one's :class:`Confirmed`."""
    brought = (f"{_BROUGHT}|{on.isoformat()}|{amount}" for on, amount in books.brought)
    return frozenset(map(document_key, books.every)).union(brought)


def _order(document: Document) -> tuple[date, int, str, int, Decimal, str]:
    return document.on, KIND_ORDER[document.kind], document.number, document.line, document.amount, document.product


def _brought(confirmed: Confirmed | None) -> tuple[tuple[date, Decimal], ...]:
    if confirmed is None:
        return ()
    if not confirmed.documents:
        return ((confirmed.last_day, confirmed.closing),)
    parts = [key.split("|") for key in confirmed.documents if key.startswith(f"{_BROUGHT}|")]
    return tuple(sorted((date.fromisoformat(on), Decimal(amount)) for _, on, amount in parts))


def _part(document: Document, first_day: date, last_day: date, confirmed: Confirmed | None) -> str:
    if confirmed is not None and document_key(document) in confirmed.documents:
        return "settled"  # wherever its date has moved: a change shows in the sum
    if document.on > last_day:
        return "none"
    if confirmed is None:
        return "since" if document.on < first_day or document.kind is DocumentKind.OPENING else "current"
    if document.on <= confirmed.last_day:
        return "none" if _superseded(document, confirmed) else "late"
    return "since" if document.on < first_day else "current"


def _superseded(document: Document, confirmed: Confirmed) -> bool:
    """A 期初 is part of a sum that was confirmed outside later on."""
    later = any(amount and on >= document.on for on, amount in _brought(confirmed))
    return document.kind is DocumentKind.OPENING and later
