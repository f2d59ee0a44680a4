"""What the commands show: tables for people, JSON for programs (DESIGN §5)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.compose.amounts import money
from bot.compose.explanation import to_json, to_text
from bot.compose.script import told
from bot.config import Config
from bot.decide.rows import CaseRow
from bot.edges import quota
from bot.edges.domain_keys import DomainKeys
from bot.edges.outbox import SendReport
from bot.edges.sandbox import Contained, Sandbox
from bot.model import Fault, Locale, State
from bot.scans_shown import save_pictures
from bot.steps import explaining, registering, reporting, vouching
from bot.steps.ledger import Imported
from bot.steps.office import Office
from bot.steps.preparing import PreparedOne
from bot.steps.receiving import Received
from bot.steps.replaying import Replayed
from bot.steps.sending import Queued
from bot.steps.understanding import Understood, understand
from bot.terminal import complain, print_json, say, table
from parsers.period import Period

OPEN = (State.SENT, State.NOTED, State.QUESTION, State.PERSON, State.SCAN_PENDING, State.DECLINED)


def imported_json(done: Imported) -> dict[str, Any]:
    """One file of ``import --json``."""
    return {
        "file": done.name,
        "kind": done.kind,
        "added": done.added,
        "revised": done.revised,
        "unchanged": done.unchanged,
        "refused": done.refused,
        "faults": [_fault_json(fault) for fault in done.faults],
    }


def _fault_json(fault: Fault) -> dict[str, Any]:
    return {
        "place": fault.place,
        "row": fault.row,
        "column": fault.column,
        "message": fault.message,
        "remedy": fault.remedy,
        "warning": fault.warning,
    }


def show_imported(done: Sequence[Imported], locale: Locale) -> None:
    """What every file brought, then every fault with its place, in the company's script."""
    rows = [
        (each.name, each.kind, "-" if each.refused else str(each.added), str(each.revised), str(each.unchanged))
        for each in done
    ]
    table("import", ("file", "kind", "added", "revised", "unchanged"), rows, right=(2, 3, 4))
    for each in done:
        for fault in each.faults:
            row = f"第 {fault.row} 行 " if fault.row else ""
            column = f"[{fault.column}] " if fault.column else ""
            remedy = f" → {fault.remedy}" if fault.remedy else ""
            where, kind = f"{fault.place} {row}{column}", "提示" if fault.warning else "错误"
            complain(f"{told(kind, locale)}　{where}{told(f'{fault.message}{remedy}', locale)}")
        if each.refused:
            complain(f"{each.name}: nothing of it was imported; correct the faults and import it again")


def prepared_json(done: PreparedOne) -> dict[str, Any]:
    """One customer of ``prepare --json``."""
    return {
        "customer": done.customer,
        "currency": done.currency,
        "result": done.result,
        "statement": done.statement or None,
        "anomalies": [{"code": each.code, "message": each.message} for each in done.anomalies],
    }


def show_prepared(done: Sequence[PreparedOne]) -> None:
    """Counts by result, and everything that needs somebody."""
    results = dict.fromkeys(each.result for each in done)
    table(
        "prepare",
        ("result", "statements"),
        [(name, str(sum(each.result == name for each in done))) for name in results],
        right=(1,),
    )
    for each in done:
        for anomaly in each.anomalies:
            complain(f"{each.statement} {each.customer}: held, {anomaly.department} is told: {anomaly.message}")
        if each.result == "broken":
            complain(f"{each.customer}: preparing failed, see data/duizhang.log; the others went on")


def sent_json(office: Office, queued: Queued, report: SendReport) -> dict[str, Any]:
    """``send --json`` of one company."""
    return {
        "company": office.name,
        "queued": list(queued.queued),
        "waiting_for_release": list(queued.waiting),
        "other_channel": list(queued.other_channel),
        "refused": list(queued.refused),
        "sent": report.sent,
        "failed": report.failed,
        "in_doubt": report.in_doubt,
        "later": report.later,
        "waiting": report.waiting,
        "resume_at": report.resume_at,
    }


def _mails(number: int, kind: str = "") -> str:
    return f"{number} {kind}mail{'' if number == 1 else 's'}"


def show_eta(office: Office) -> None:
    """How long delivering what is owed will take, by the provider's limits."""
    with office.store.read() as session:
        waiting = reporting.counts(session, office).outbox["queued"]
    mail = office.company.mail
    minutes = quota.eta(waiting, mail).total_seconds() / 60
    say(f"{_mails(waiting)} to send, at {mail.per_minute} a minute and {mail.per_day} a day: about {minutes:.0f} min")


def show_sent(office: Office, queued: Queued, report: SendReport) -> None:
    """What was owed and what was delivered."""
    rows = [
        ("queued now", str(len(queued.queued))),
        ("wait for release", str(len(queued.waiting))),
        ("by another channel", str(len(queued.other_channel))),
        ("refused", str(len(queued.refused))),
        ("sent", str(report.sent)),
        ("failed", str(report.failed)),
        ("in doubt", str(report.in_doubt)),
        ("later", str(report.later + report.waiting)),
    ]
    table(office.name, ("", "mails"), rows, right=(1,))
    if report.resume_at is not None:
        say(f"the quota is used up until {report.resume_at.astimezone(office.company.timezone):%Y-%m-%d %H:%M}")


def received_json(received: Received) -> dict[str, Any]:
    """``poll --json`` of one company."""
    return {
        "new": received.fetched.new,
        "own": received.fetched.own,
        "vanished": received.fetched.vanished,
        "judged": [{"mail": mail, "outcome": outcome} for mail, outcome in received.judged],
    }


def show_received(office: Office, received: Received) -> None:
    """How many mails came, and what they were."""
    outcomes = [outcome for _, outcome in received.judged]
    rows = [(name, str(outcomes.count(name))) for name in dict.fromkeys(outcomes)]
    table(
        f"{office.name}: {_mails(received.fetched.new, 'new ')}",
        ("outcome", "mails"),
        rows,
        right=(1,),
    )
    if received.fetched.older:
        say(f"{received.fetched.older} mails that had arrived more than a month before this first look are left alone")


def status_json(office: Office, period: Period | None, customer: str | None) -> dict[str, Any]:
    """``status --json`` of one company."""
    with office.store.read() as session:
        rows = reporting.cases(session, office, period, customer)
        counts = reporting.counts(session, office)
    return {
        "statements": [_case_json(office, row) for row in rows],
        "inbox": counts.inbox,
        "outbox": counts.outbox,
    }


def _case_json(office: Office, row: CaseRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "revision": row.revision,
        "customer": row.customer,
        "period": row.period.code,
        "currency": row.currency,
        "state": row.state.value,
        "overdue": _overdue(office, row),
        "closing": f"{row.closing:.2f}",
        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
        "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
        "route": row.route or None,
        "discrepancy": row.discrepancy.number if row.discrepancy and row.discrepancy.open else None,
    }


def _overdue(office: Office, row: CaseRow) -> bool:
    return row.state in OPEN and office.today() > row.reply_by


def _state(office: Office, row: CaseRow) -> str:
    """The state, whether it is overdue, and the number of an open discrepancy."""
    overdue = " overdue" if _overdue(office, row) else ""
    thread = f" {row.discrepancy.number}" if row.discrepancy and row.discrepancy.open else ""
    return f"{row.state.value}{overdue}{thread}"


def show_status(office: Office, period: Period | None, customer: str | None) -> None:
    """Every live statement in a table."""
    with office.store.read() as session:
        rows = reporting.cases(session, office, period, customer)
        counts = reporting.counts(session, office)
    shown = [
        (
            f"{row.number} R{row.revision}",
            row.customer_name,
            _state(office, row),
            money(row.closing) if row.currency == office.company.currency else f"{row.currency} {money(row.closing)}",
            f"{row.reply_by:%m-%d}",
        )
        for row in rows
    ]
    table(office.name, ("number", "customer", "state", "closing", "reply by"), shown, right=(3,))
    inbox, outbox = counts.inbox, counts.outbox
    say(f"mails in: {inbox['received']}, for a person: {inbox['person']}, set aside: {inbox['set_aside']}")
    say("mails out: " + ", ".join(f"{state} {count}" for state, count in outbox.items()))


def replayed_json(done: Replayed) -> dict[str, Any]:
    """One mail of ``replay --json``."""
    return {"mail": done.mail, "then": done.then, "now": done.now, "same": done.same, "older_rules": done.older}


def show_replayed(done: Sequence[Replayed]) -> None:
    """How many agree, and every mail that doesn't."""
    for each in done:
        if not each.same:
            under = "older rules" if each.older else "the same rules"
            complain(f"mail {each.mail}: {each.then} then, {each.now} now, under {under}")
    say(f"{len(done)} mails judged again, {sum(each.same for each in done)} agree to the letter")


def show_explained(
    config: Config, replies: Sequence[Path], sent: Sequence[Path], *, as_json: bool, pictures: Path | None = None
) -> None:
    """Explains every reply, against sent statements or read-only against the store; pictures go into a folder."""
    keys = DomainKeys()
    with Sandbox() as sandbox:
        known = [explaining.read_sent(sandbox, path.read_bytes()) for path in sent]
        for path in replies:
            try:
                understood = _explained(config, sandbox, path.read_bytes(), known, keys)
            except Contained as harm:
                complain(f"{path}: can't be opened within the limits ({harm})")
                continue
            found = understood.judgement
            saved = [] if pictures is None else save_pictures(found.attachments, pictures, path.stem)
            if as_json:
                named = {"pictures": [str(each) for each in saved]} if pictures is not None else {}
                print_json(to_json(found, str(path)) | named)
            else:
                say("\n".join([to_text(found, str(path)), *(f"  附图　　{each}" for each in saved)]))


def _explained(
    config: Config, sandbox: Sandbox, raw: bytes, sent: Sequence[explaining.SentMail], keys: DomainKeys
) -> Understood:
    if sent:
        return explaining.explain(sandbox, raw, config.companies[0], sent, keys)
    from bot import flow

    if not config.database.startswith("sqlite:///") or not Path(config.database.removeprefix("sqlite:///")).exists():
        raise FileNotFoundError(f"{config.database} isn't there yet: give the sent statement with --sent")
    with flow.offices(config) as offices:
        office = next(iter(offices.values()))
        with office.store.read() as session:
            return understand(
                sandbox,
                raw,
                lambda mail, codes: registering.register_for(session, office, mail, codes),
                lambda register, statements: registering.references(session, office, register, statements),
                vouching.by_domain(sandbox, raw, keys if office.company.dkim else None, office.now()),
            )
