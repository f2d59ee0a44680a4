"""Importing ERP exports: files → customers and documents in the store, all faults of a file at once (C1, C2)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter
from sqlmodel import Session, col, delete, select

from bot.compose.fonts import has_glyphs
from bot.decide import ledger
from bot.edges.tables import ContactRow, CustomerRow, DocumentRow, ImportRow
from bot.model import Customer, Document, Fault
from bot.steps.office import Office
from parsers.amount import to_fen
from parsers.sales import own, reader
from parsers.sales.values import Table

CUSTOMER = TypeAdapter(Customer)
DOCUMENT = TypeAdapter(Document)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file; a file with faults changes nothing, one with warnings only is imported."""

    name: str
    kind: str
    added: int = 0
    revised: int = 0
    unchanged: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the file was left out."""
        return ledger.refused(self.faults)


def customers(session: Session, company: str) -> tuple[Customer, ...]:
    """All customers of a company, by code."""
    rows = session.exec(select(CustomerRow.value).where(CustomerRow.company == company).order_by(CustomerRow.code))
    return tuple(CUSTOMER.validate_json(value) for value in rows)


def customer(session: Session, company: str, code: str) -> Customer | None:
    """One customer."""
    row = session.get(CustomerRow, (company, code))
    return None if row is None else CUSTOMER.validate_json(row.value)


def documents(session: Session, company: str, code: str) -> tuple[Document, ...]:
    """All documents of one customer, in no particular order."""
    rows = session.exec(select(DocumentRow.value).where(DocumentRow.company == company, DocumentRow.customer == code))
    return tuple(DOCUMENT.validate_json(value) for value in rows)


def import_files(office: Office, paths: Sequence[Path]) -> tuple[Imported, ...]:
    """Imports files of the own format, customers before documents whatever the order given. Raises OSError."""
    read = [(path, data, reader.tables(data, path.name)) for path in paths for data in (path.read_bytes(),)]
    read.sort(key=lambda each: all(own.own_kind(table) != "customers" for table in each[2]))
    return tuple(_import_tables(office, path.name, data, tables) for path, data, tables in read)


def _import_tables(office: Office, name: str, data: bytes, tables: Sequence[Table]) -> Imported:
    ordered = sorted(tables, key=lambda table: own.own_kind(table) != "customers")
    found = [_import_table(office, table) for table in ordered]
    if not any(each.refused for each in found):
        _note_file(office, name, data, found)
    return Imported(
        name,
        "+".join(dict.fromkeys(each.kind for each in found)),
        sum(each.added for each in found),
        sum(each.revised for each in found),
        sum(each.unchanged for each in found),
        tuple(fault for each in found for fault in each.faults),
    )


def _import_table(office: Office, table: Table) -> Imported:
    kind = own.own_kind(table)
    if kind is None:
        return Imported(table.place, "unknown", faults=ledger.from_table(table.faults))
    return _import_customers(office, table) if kind == "customers" else _import_documents(office, table)


def _import_customers(office: Office, table: Table) -> Imported:
    company = office.company
    rows, form = own.own_customers(table)
    kept, found = ledger.customers(
        rows,
        staff={person.address for person in company.staff},
        defaults=ledger.Defaults(company.locale, company.currency, company.basis),
        has_glyph=_has_glyph,
    )
    faults = (*ledger.from_table(form), *found)
    if ledger.refused(faults):
        return Imported(table.place, "customers", faults=faults)
    with office.store.write() as session:
        results = [_keep_customer(session, office, each) for each in kept]
    return _counted(table.place, "customers", results, faults)


def _import_documents(office: Office, table: Table) -> Imported:
    rows, form = own.own_documents(table)
    with office.store.read() as session:
        known = customers(session, office.name)
    kept, found = ledger.documents(rows, known, has_glyph=_has_glyph)
    faults = (*ledger.from_table(form), *found)
    if ledger.refused(faults):
        return Imported(table.place, "documents", faults=faults)
    with office.store.write() as session:
        results = _keep_documents(session, office, kept)
    return _counted(table.place, "documents", results, faults)


def _has_glyph(character: str) -> bool:
    return not has_glyphs(character)


def _counted(place: str, kind: str, results: Sequence[str], faults: tuple[Fault, ...]) -> Imported:
    added, revised, unchanged = (results.count(name) for name in ("added", "revised", "unchanged"))
    return Imported(place, kind, added, revised, unchanged, faults)


def _keep_customer(session: Session, office: Office, kept: Customer) -> str:
    value = CUSTOMER.dump_json(kept).decode()
    row = session.get(CustomerRow, (office.name, kept.code))
    if row is not None and row.value == value:
        return "unchanged"
    before = "" if row is None else row.value
    session.merge(CustomerRow(company=office.name, code=kept.code, name=kept.name, value=value))
    session.exec(
        delete(ContactRow).where(col(ContactRow.company) == office.name, col(ContactRow.customer) == kept.code)
    )
    for address in {contact.address for contact in kept.contacts}:
        session.add(ContactRow(company=office.name, address=address, customer=kept.code))
    office.record(session, "customer", kept.code, before=before, after=value)
    return "revised" if before else "added"


def _keep_documents(session: Session, office: Office, kept: Sequence[Document]) -> list[str]:
    """Rows by 单据类型 + 单号 + 行号: the same again changes nothing, a corrected one replaces and is recorded."""
    before = _values_before(session, office)
    results = []
    for each in kept:
        value = DOCUMENT.dump_json(each, exclude={"source"}).decode()
        key = (each.kind.value, each.number, each.line)
        old = before.get(key)
        results.append("added" if old is None else "unchanged" if old == value else "revised")
        if old == value:
            continue
        row = _document_row(office, each, value)
        session.add(row) if old is None else session.merge(row)
        if old is not None:
            office.record(session, "document", " ".join(map(str, key)), before=old, after=value, evidence=each.source)
    return results


def _values_before(session: Session, office: Office) -> dict[tuple[str, str, int], str]:
    """What is kept of all rows; one that moved to another customer is found as well."""
    rows = session.exec(
        select(DocumentRow.kind, DocumentRow.number, DocumentRow.line, DocumentRow.value).where(
            DocumentRow.company == office.name
        )
    )
    return {(kind, number, line): value for kind, number, line, value in rows}


def _document_row(office: Office, each: Document, value: str) -> DocumentRow:
    return DocumentRow(
        company=office.name,
        kind=each.kind.value,
        number=each.number,
        line=each.line,
        customer=each.customer,
        on=each.on,
        amount_fen=to_fen(each.amount),
        currency=each.currency,
        value=value,
        imported_at=office.now(),
    )


def _note_file(office: Office, name: str, data: bytes, found: Sequence[Imported]) -> None:
    sha256 = hashlib.sha256(data).hexdigest()
    with office.store.write() as session:
        same = session.exec(
            select(ImportRow.id).where(ImportRow.company == office.name, ImportRow.sha256 == sha256)
        ).first()
        if same is not None:
            return
        kind = "+".join(dict.fromkeys(each.kind for each in found))
        rows = sum(each.added + each.revised + each.unchanged for each in found)
        session.add(ImportRow(company=office.name, sha256=sha256, name=name, kind=kind, rows=rows, at=office.now()))
        office.record(session, "import", name, after=kind, evidence=sha256, detail=f"{rows} rows")
