"""``explain``: how a reply would be judged and why, touching nothing; from the store, or from the sent mail alone.

With ``--sent`` the statement is what the mail itself says: its headers name number, revision and customer, its To may
confirm, its Cc are contacts unless they are staff, lines and snapshot stand on the hidden page of the workbook.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from bot.compose import statement_pdf
from bot.compose.statement_xlsx import sheet_lines
from bot.config import Company
from bot.edges.clock import SystemClock
from bot.edges.domain_keys import DomainKeys
from bot.edges.sandbox import Sandbox
from bot.model import (
    Basis,
    Channel,
    Contact,
    Customer,
    Cycle,
    Locale,
    Register,
    SentStatement,
    State,
    Statement,
    load_statement,
)
from bot.steps import vouching
from bot.steps.understanding import Understood, understand
from parsers.attachment import PageCode
from parsers.mail import Mail
from parsers.scan.read import Reference

_CYCLES = {"month": Cycle.MONTHLY, "quarter": Cycle.QUARTERLY, "year": Cycle.ANNUAL}


class NotAStatement(ValueError):  # noqa: N818  # says what the file is not
    """A file given as a sent statement is none; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class SentMail:
    """A statement that was sent, read back from its mail."""

    mail: Mail
    statement: Statement
    pdf: bytes
    words: str
    reference: Reference


def read_sent(sandbox: Sandbox, raw: bytes) -> SentMail:
    """Reads a sent statement; raises NotAStatement."""
    mail = cast("Mail", sandbox.call("parsers.mail:parse", raw))
    sheets = [part.data for part in mail.attachments if part.name.lower().endswith(".xlsx")]
    pdfs = [part.data for part in mail.attachments if part.name.lower().endswith(".pdf")]
    if not mail.header("x-dz-statement") or not sheets or not pdfs:
        raise NotAStatement("不是本系统寄出的对账单：缺 X-DZ-Statement 标头、PDF 或 XLSX 附件")
    text = cast("str | None", sandbox.call("parsers.sheet:statement_json", sheets[0], kind="open"))
    if text is None:
        raise NotAStatement("XLSX 附件没有隐藏页，读不出对账单")
    statement = load_statement(text)
    drawn = statement_pdf.render(statement)
    reference = Reference(
        number=statement.number,
        revision=statement.revision,
        digest=statement.digest,
        pdf=pdfs[0],
        layout=drawn.layout,
        live=True,
        lines=sheet_lines(statement.snapshot),
        closing=statement.snapshot.totals.closing,
        customer_names=(statement.snapshot.customer.name,),
    )
    return SentMail(mail, statement, pdfs[0], drawn.words, reference)


def explain(
    sandbox: Sandbox, raw: bytes, company: Company, sent: Sequence[SentMail], keys: DomainKeys | None = None
) -> Understood:
    """Judges a reply against sent statements; of several revisions the highest is live.

    With ``keys`` its DKIM signatures are checked as if it arrived now.
    """
    highest: dict[str, int] = {}
    for each in sent:
        number = each.statement.number
        highest[number] = max(highest.get(number, 0), each.statement.revision)
    register = register_of(company, sent, highest)
    wanted = tuple(
        replace(s.reference, live=s.statement.revision == highest[s.statement.number], seals=company.seals)
        for s in sent
    )

    def lookup(_mail: Mail, _codes: tuple[PageCode, ...]) -> Register:
        return register

    def pages(_register: Register, statements: Iterable[SentStatement]) -> tuple[Reference, ...]:
        numbers = {each.number for each in statements}
        return tuple(each for each in wanted if each.number in numbers)

    vouch = vouching.by_domain(sandbox, raw, keys if company.dkim else None, SystemClock().now())
    return understand(sandbox, raw, lookup, pages, vouch)


def register_of(company: Company, sent: Sequence[SentMail], highest: dict[str, int]) -> Register:
    """The register that the sent mails themselves make."""
    customers: dict[str, Customer] = {}
    for each in sent:
        found = _customer(company, each)
        customers[found.code] = found
    return Register(
        company_names=(company.name, *company.aliases, *(each.statement.snapshot.company.name for each in sent)),
        own_addresses=(company.mail.address, *(from_.address for each in sent for from_ in each.mail.from_)),
        staff=company.staff,
        customers=tuple(customers.values()),
        statements=tuple(_sent_statement(each, highest) for each in sent),
        own_message_ids=frozenset(each.mail.message_id for each in sent),
        authserv_id=company.mail.authserv_id,
        authentication=company.authentication,
        signed_copy=company.signed_copy,
        zero_balance=company.zero_balance,
        tolerance=company.tolerance,
        token_separator=company.mail.token_separator,
        seals=company.seals,
        certificates=company.certificates,
        judged_at=SystemClock().now(),
    )


def _customer(company: Company, sent: SentMail) -> Customer:
    staff = {person.address for person in company.staff}
    party, snapshot = sent.statement.snapshot.customer, sent.statement.snapshot
    to = [(address.address, True) for address in sent.mail.to]
    cc = [(address.address, False) for address in sent.mail.cc if address.address not in staff]
    contacts = tuple(
        Contact(place, "", address, may_confirm, cc=not may_confirm)
        for place, (address, may_confirm) in enumerate(to + cc, 1)
    )
    return Customer(
        code=party.code or party.name,
        name=party.name,
        aliases=(),
        cycle=_CYCLES[snapshot.period.kind],
        closing_day=None,
        payment_terms=snapshot.payment_terms,
        rep=sent.statement.rep.address,
        contacts=contacts,
        locale=Locale(sent.statement.locale),
        channel=Channel.MAIL,
        currency=snapshot.currency,
        basis=Basis(snapshot.basis),
    )


def _sent_statement(sent: SentMail, highest: dict[str, int]) -> SentStatement:
    statement = sent.statement
    live = statement.revision == highest[statement.number]
    party = statement.snapshot.customer
    return SentStatement(
        number=statement.number,
        revision=statement.revision,
        live=live,
        state=State.SENT if live else State.SUPERSEDED,
        customer=party.code or party.name,
        period=statement.snapshot.period,
        currency=statement.snapshot.currency,
        closing=statement.snapshot.totals.closing,
        snapshot=statement.snapshot,
        message_ids=(sent.mail.message_id,),
        texts=(sent.mail.plain or "", sent.words),
    )
