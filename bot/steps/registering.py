"""What judging one mail may look up, gathered from the store: the customers it may come from and their statements.

Candidates come from four sides: our Message-IDs in its threading headers, its sender's address, statement numbers in
its subject, text and file names, and the page codes of its scans. All revisions of all statements of those customers
are in the register, so that an old revision is recognised as one.
"""

import json
import zlib
from collections.abc import Iterable

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from bot.compose.statement_xlsx import sheet_lines
from bot.edges.tables import ContactRow, OutgoingRow, StatementRow
from bot.model import Customer, Register, SentStatement, State, load_statement
from bot.steps import ledger
from bot.steps.office import Office
from parsers import number
from parsers.amount import from_fen
from parsers.attachment import PageCode
from parsers.mail import Mail
from parsers.period import parse_code as parse_period
from parsers.scan.layout import Layout
from parsers.scan.read import Reference

LAYOUT = TypeAdapter(Layout)
REGISTER = TypeAdapter(Register)
UNSENT = (State.PREPARED, State.HELD, State.RELEASED, State.QUEUED)
MOST_CUSTOMERS, MOST_STATEMENTS = 20, 60


def register_for(session: Session, office: Office, mail: Mail, codes: Iterable[PageCode] = ()) -> Register:
    """The register for one mail; small even where there are many customers."""
    codes_of = _customers_of(session, office, mail, tuple(codes))
    customers = tuple(c for code in codes_of[:MOST_CUSTOMERS] if (c := ledger.customer(session, office.name, code)))
    company = office.company
    return Register(
        company_names=(company.name, *company.aliases),
        own_addresses=(company.mail.address,),
        staff=company.staff,
        customers=customers,
        statements=tuple(s for c in customers for s in _sent(session, office.name, c)),
        own_message_ids=_ours(session, mail),
        authserv_id=company.mail.authserv_id,
        authentication=company.authentication,
        signed_copy=company.signed_copy,
        zero_balance=company.zero_balance,
        tolerance=company.tolerance,
        token_separator=company.mail.token_separator,
        seals=company.seals,
        certificates=company.certificates,
        judged_at=office.now(),
    )


def references(
    session: Session, office: Office, register: Register, statements: Iterable[SentStatement]
) -> tuple[Reference, ...]:
    """The pages that we sent, for comparison with what came back; which is live, and the names, are the register's."""
    live = {(each.number, each.revision): each.live for each in statements}
    customers = {each.code: each for each in register.customers}
    numbers = {number_ for number_, _ in live}
    rows = session.exec(select(StatementRow).where(col(StatementRow.number).in_(numbers))).all()
    return tuple(
        _reference(office, row, live[row.number, row.revision], customers.get(row.customer), register.seals)
        for row in rows
        if row.pdf_sha256 and (row.number, row.revision) in live
    )


def _reference(
    office: Office, row: StatementRow, live: bool, customer: Customer | None, seals: tuple[str, ...]
) -> Reference:
    statement = load_statement(row.value)
    return Reference(
        number=row.number,
        revision=row.revision,
        digest=row.digest,
        pdf=office.blobs.get(row.pdf_sha256),
        layout=LAYOUT.validate_json(row.layout),
        live=live,
        lines=sheet_lines(statement.snapshot),
        closing=from_fen(row.closing_fen),
        customer_names=(statement.snapshot.customer.name, *(customer.aliases if customer else ())),
        seals=(customer.seals if customer else ()) or seals,
        signatories=customer.signatories if customer else (),
    )


def dump_register(register: Register) -> bytes:
    """What the judge knew, to be kept with its decision and replayed (invariant 6)."""
    return zlib.compress(REGISTER.dump_json(register), 6)


def load_register(data: bytes) -> Register:
    """Read what :func:`dump_register` wrote."""
    return REGISTER.validate_json(zlib.decompress(data))


def _customers_of(session: Session, office: Office, mail: Mail, codes: tuple[PageCode, ...]) -> list[str]:
    numbers = {code.number for code in codes} | set(number.find(_searched(mail)))
    threads = (*mail.in_reply_to, *mail.references)[-200:]
    senders = [address.address for address in mail.from_]
    by_thread = select(OutgoingRow.customer).where(col(OutgoingRow.message_id).in_(threads))
    by_number = select(StatementRow.customer).where(col(StatementRow.number).in_(numbers))
    by_sender = select(ContactRow.customer).where(col(ContactRow.address).in_(senders))
    company = (OutgoingRow.company, StatementRow.company, ContactRow.company)
    queries = zip((by_thread, by_number, by_sender), company, strict=True)
    found = [code for query, column in queries for code in session.exec(query.where(column == office.name)) if code]
    return list(dict.fromkeys(found))


def customers_at(session: Session, office: Office, address: str) -> tuple[str, ...]:
    """The customers that an address is a contact of."""
    found = select(ContactRow.customer).where(ContactRow.company == office.name, ContactRow.address == address)
    return tuple(session.exec(found.order_by(ContactRow.customer)).all())


def _searched(mail: Mail) -> str:
    return "\n".join([mail.subject, mail.plain or "", mail.html or "", *(part.name for part in mail.attachments)])


def _ours(session: Session, mail: Mail) -> frozenset[str]:
    ids = [mail.message_id, *mail.in_reply_to, *mail.references][:400]
    return frozenset(session.exec(select(OutgoingRow.message_id).where(col(OutgoingRow.message_id).in_(ids))))


def _sent(session: Session, company: str, customer: Customer) -> tuple[SentStatement, ...]:
    rows = session.exec(
        select(StatementRow)
        .where(StatementRow.company == company, StatementRow.customer == customer.code, StatementRow.pdf_sha256 != "")
        .order_by(col(StatementRow.id).desc())
        .limit(MOST_STATEMENTS)
    ).all()
    return tuple(_sent_statement(session, row) for row in rows if State(row.state) not in UNSENT)


def _sent_statement(session: Session, row: StatementRow) -> SentStatement:
    mails = session.exec(select(OutgoingRow).where(OutgoingRow.statement_id == row.id)).all()
    return SentStatement(
        number=row.number,
        revision=row.revision,
        live=row.live,
        state=State(row.state),
        customer=row.customer,
        period=parse_period(row.period),
        currency=row.currency,
        closing=from_fen(row.closing_fen),
        snapshot=load_statement(row.value).snapshot,
        message_ids=tuple(mail.message_id for mail in mails),
        texts=(row.words, *(mail.words for mail in mails)),
    )


def recipients(row: OutgoingRow) -> tuple[str, ...]:
    """The addresses that a mail goes to."""
    return tuple(json.loads(row.recipients))
