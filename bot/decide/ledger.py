"""Imported rows → the ledger's customers and documents, with all faults of a file in one go (C2).

A file with faults that are not warnings must not be imported in part: a statement would silently lack a row
(:func:`refused`). Warnings tell of rows that are imported and that preparing may hold.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.decide import ledger_text
from bot.decide.arithmetic import price_gap, tax_gap
from bot.decide.ledger_customers import Defaults, HasGlyph, customers
from bot.decide.numbering import gaps
from bot.decide.row_reader import DOCUMENT_HEADERS, RowReader
from bot.decide.signs import LOWERING
from bot.model import Customer, Document, DocumentKind, Fault
from parsers.sales import words
from parsers.sales.values import DocumentRow, TableFault

__all__ = ["Defaults", "customers", "documents", "from_table", "refused"]

_NO_AMOUNT = frozenset({DocumentKind.SAMPLE})
_KINDS = " ".join(DocumentKind)


def from_table(faults: Iterable[TableFault]) -> tuple[Fault, ...]:
    """Return the faults of a file's form (unreadable, columns) as the ledger's."""
    return tuple(Fault(fault.file, fault.row, fault.column, fault.message, fault.remedy) for fault in faults)


def refused(faults: Iterable[Fault]) -> bool:
    """Tell whether a file with these faults must not be imported."""
    return any(not fault.warning for fault in faults)


def documents(
    rows: Sequence[DocumentRow],
    customers: Iterable[Customer],  # the noun, in this module's signature
    *,
    has_glyph: HasGlyph | None = None,
) -> tuple[tuple[Document, ...], tuple[Fault, ...]]:
    """Return the documents of one file in its order, and every fault with row and column.

    A row with a fault is left out; one with a warning only is returned. Rows of a lowering type that stands in the
    file with both signs get ``doubt="both_styles"``.
    """
    known = {customer.code: customer for customer in customers}
    faults: list[Fault] = []
    found: list[tuple[DocumentRow, Document]] = []
    first: dict[tuple[DocumentKind, str, int], int] = {}
    for row in rows:
        before = len(faults)
        read = RowReader(row, DOCUMENT_HEADERS, faults)
        document = _document(read, known)
        if len(faults) == before and _is_first(read, document, first):
            _doubts(read, document, known[document.customer], has_glyph)
            found.append((row, document))
    faults.extend(_gaps(found))
    return _with_styles(found, faults), tuple(faults)


def _document(read: RowReader, known: Mapping[str, Customer]) -> Document:
    """Read one row to its end, so that all its faults are told; with a fault the document is not to be used."""
    kind = _kind(read)
    customer = _customer(read, known, kind)
    return Document(
        kind=kind or DocumentKind.SAMPLE,
        number=read.needed("number"),
        line=read.line("line"),
        on=read.day("on", needed=True) or date.min,
        customer=customer.code if customer else "",
        product=read.text("product"),
        spec=read.text("spec"),
        unit=read.text("unit"),
        quantity=read.number("quantity", None),
        unit_price=read.number("unit_price", None),
        amount=read.number("amount", needed=kind is not DocumentKind.SAMPLE) or Decimal("0.00"),
        tax_rate=read.rate("tax_rate"),
        tax=read.number("tax"),
        currency=read.currency("currency", customer.currency if customer else ""),
        invoice_number=read.text("invoice_number"),
        order_number=read.text("order_number"),
        customer_order_number=read.text("customer_order_number"),
        settlement=read.text("settlement"),
        bill_number=read.text("bill_number"),
        bill_due=read.day("bill_due"),
        due=_due(read, kind),
        category=read.text("category"),
        remark=read.text("remark"),
        source=ledger_text.source_of(read.row.place, read.row.row),
    )


def _due(read: RowReader, kind: DocumentKind | None) -> date | None:
    due = read.day("due")
    if kind is DocumentKind.RETENTION and not read.text("due"):
        read.fault("due", ledger_text.NO_DUE_ON_RETENTION)
    return due


def _kind(read: RowReader) -> DocumentKind | None:
    written = read.needed("kind")
    kind = words.kind(written)
    if written and kind is None:
        read.fault("kind", ledger_text.unknown_kind(written, _KINDS))
    return None if kind is None else DocumentKind(kind)


def _customer(read: RowReader, known: Mapping[str, Customer], kind: DocumentKind | None) -> Customer | None:
    code = read.text("customer")
    customer = known.get(code)
    if not code:
        receipt = kind is DocumentKind.RECEIPT
        read.fault("customer", ledger_text.NO_CUSTOMER_ON_RECEIPT if receipt else ledger_text.EMPTY)
    elif customer is None:
        read.fault("customer", ledger_text.unknown_customer(code))
    return customer


def _is_first(read: RowReader, document: Document, first: dict[tuple[DocumentKind, str, int], int]) -> bool:
    row = first.setdefault((document.kind, document.number, document.line), read.row.row)
    if row == read.row.row:
        return True
    read.fault("number", ledger_text.doubled_row(document.number, document.line, row))
    return False


def _doubts(read: RowReader, document: Document, customer: Customer, has_glyph: HasGlyph | None) -> None:
    """Warn of what may be right: the row is imported, preparing looks at the sums again."""
    gap = price_gap(document)
    if gap is not None:
        read.fault("amount", ledger_text.price_mismatch(gap), warning=True)
    gap = tax_gap(document)
    if gap is not None:
        read.fault("tax", ledger_text.tax_mismatch(gap), warning=True)
    if document.currency != customer.currency:
        text = ledger_text.other_currency(document.currency, customer.currency)
        read.fault("currency", text, warning=True)
    printed = document.product + document.spec + document.unit
    if has_glyph is not None and not printed.isascii():
        strange = "".join(dict.fromkeys(character for character in printed if not has_glyph(character)))
        if strange:
            text = ledger_text.missing_glyphs(f"{customer.code} {document.product}", strange)
            read.fault("product", text, warning=True)


def _gaps(found: Sequence[tuple[DocumentRow, Document]]) -> Iterator[Fault]:
    for kind, numbers in gaps(document for _, document in found):
        text = ledger_text.number_gaps(kind, numbers)
        yield Fault(found[0][0].place, None, DOCUMENT_HEADERS["number"], *text, warning=True)


def _with_styles(found: Sequence[tuple[DocumentRow, Document]], faults: list[Fault]) -> tuple[Document, ...]:
    """Mark the rows of each lowering type that stands in the file with both signs; tell of types all negative."""
    mixed: set[DocumentKind] = set()
    for kind in (kind for kind in DocumentKind if kind in LOWERING):
        positive = [row for row, document in found if document.kind is kind and document.amount > 0]
        negative = [row for row, document in found if document.kind is kind and document.amount < 0]
        if not negative:
            continue
        text = ledger_text.all_negative(kind)
        if positive:
            mixed.add(kind)
            text = ledger_text.both_styles(kind, positive[0].row, negative[0].row)
        column = DOCUMENT_HEADERS["amount"]
        faults.append(Fault(negative[0].place, negative[0].row, column, *text, warning=True))
    return tuple(replace(row, doubt="both_styles") if row.kind in mixed else row for _, row in found)
