"""Confirmations: written with their evidence, never deleted, withdrawn with the reason (invariant 5)."""

from sqlmodel import Session, col, select

from bot.edges.tables import ConfirmationRow, MailRow, StatementRow
from bot.model import Judgement
from bot.steps.office import Office
from parsers.attachment import AttachmentReading
from parsers.scan import seal_words
from parsers.scan.reasons import say


def confirm(session: Session, row: StatementRow, mail: MailRow, judgement: Judgement, route: str) -> ConfirmationRow:
    """The confirmation row for a mail; raises ValueError where one of them was never stored."""
    if row.id is None or mail.id is None:
        raise ValueError("a confirmation needs its statement and its mail")
    scans = [each for each in judgement.attachments if each.kind == "scan" or each.sealed]
    made = ConfirmationRow(
        company=row.company,
        statement_id=row.id,
        mail_id=mail.id,
        mail_sha256=mail.sha256,
        phrase=judgement.said.sentence,
        scan="; ".join(" ".join(filter(None, _scan_facts(each))) for each in scans),
        rules=" ".join((*judgement.tried, judgement.rule)),
        rule_version=judgement.rule_version,
        route=route,
        at=mail.received_at,
    )
    session.add(made)
    row.confirmed_at, row.route = mail.received_at, route
    session.flush()
    return made


def _scan_facts(scan: AttachmentReading) -> tuple[str, ...]:
    if scan.sealed:
        return scan.name, scan.sha256, "own_form"
    if scan.certificate and scan.verdict == "signed":
        return scan.name, scan.sha256, scan.verdict, seal_words.ELECTRONIC, scan.certificate
    if scan.verdict == "signed" and not scan.seal:
        known = [name for name in scan.written_names if say("signatory_known", name) in scan.reasons]
        return scan.name, scan.sha256, scan.verdict, seal_words.HAND if known else seal_words.UNKNOWN_HAND, *known
    return scan.name, scan.sha256, scan.verdict, scan.seal_kind, scan.seal


def seal_kind(scan: str) -> str:
    """The kind of seal (公章 …) in a confirmation's ``scan``, 電子簽章 or 簽名 in its place; "" where none is told."""
    kind = scan.rpartition(" signed ")[2].partition(" ")[0]
    return kind if kind in seal_words.SHOWN else ""


def live_confirmation(session: Session, row: StatementRow) -> ConfirmationRow | None:
    """The confirmation of a statement that is not withdrawn."""
    return session.exec(
        select(ConfirmationRow).where(
            ConfirmationRow.statement_id == row.id, col(ConfirmationRow.withdrawn_at).is_(None)
        )
    ).first()


def withdraw(session: Session, office: Office, row: StatementRow, why: str) -> None:
    """Withdraws the live confirmation; it stays in the store with its evidence."""
    live = live_confirmation(session, row)
    if live is not None:
        live.withdrawn_at, live.withdrawn_why = office.now(), why
        session.add(live)
    row.confirmed_at, row.closed_at, row.route = None, None, None
    session.flush()
