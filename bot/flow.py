"""The front door: what the bot does, in the order in which a month goes by. Read this file first.

    ERP exports ─▶ import_files ─▶ prepare ─▶ (release) ─▶ send ─▶ customers, cc their reps
                                                                      │ they simply reply
    finance ◀─ digest, status ◀─ chase ◀─ receive: store → understand → decide → act ◀┘

Every mail in is stored before anything is decided about it. Every mail out is built, stored and committed together
with the state change that owes it, before anything is sent. Everything else follows from these two sentences.

Where to go on reading: ``bot/decide/rules.py`` (what a reply is), ``bot/decide/case.py`` (what follows from it),
``bot/steps/acting.py`` (how it is done), ``bot/edges/outbox.py`` and ``inbox.py`` (how no mail is lost or doubled).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.config import Company, Config
from bot.decide.calendar import WorkingDays
from bot.edges.blobs import Blobs
from bot.edges.clock import Clock, SimulatedClock, SystemClock
from bot.edges.domain_keys import DomainKeys
from bot.edges.doubt import SettleReport
from bot.edges.outbox import SendReport
from bot.edges.sandbox import Sandbox
from bot.edges.store import Store
from bot.edges.tables import OutgoingRow
from bot.steps import chasing, doubting, ledger, preparing, receiving, reporting, sending
from bot.steps.office import Office
from parsers.period import Period

Tell = Callable[[str], None]


@contextmanager
def offices(config: Config, clock: Clock | None = None) -> Iterator[Mapping[str, Office]]:
    """Opens the store and the files once, and gives one office per company, by name."""
    store = Store(config.database)
    blobs = Blobs(config.data / "blobs")
    sandbox, keys = Sandbox(), DomainKeys()
    try:
        yield {
            each.name: _office(each, store, blobs, clock or SystemClock(), sandbox=sandbox, keys=keys)
            for each in config.companies
        }
    finally:
        sandbox.close()
        store.close()


def _office(
    company: Company, store: Store, blobs: Blobs, clock: Clock, *, sandbox: Sandbox, keys: DomainKeys
) -> Office:
    days = company.calendar
    working_days = WorkingDays(days.country, days.working, days.off)
    real_time = not isinstance(clock, SimulatedClock)
    looked_up = keys if company.dkim else None
    return Office(company, store, blobs, clock, sandbox, working_days, trust_server_time=real_time, keys=looked_up)


def import_files(office: Office, files: Sequence[Path]) -> tuple[ledger.Imported, ...]:
    """What the ERP exported → the ledger; a file with a fault changes nothing, the same file twice neither."""
    return ledger.import_files(office, files)


def prepare(office: Office, period: Period, tell: Tell | None = None) -> tuple[preparing.PreparedOne, ...]:
    """The ledger → a hashed snapshot per customer and currency; an anomaly holds that one and tells its department."""
    return preparing.prepare_period(office, period, progress=tell)


def release(office: Office, period: Period, by: str) -> int:
    """Finance lets a prepared period go, where the configuration wants that."""
    return sending.release(office, period, by)


def queue(office: Office, period: Period, tell: Tell | None = None) -> sending.Queued:
    """Snapshots → mail, PDF and workbook, built, stored and owed; nothing has left yet."""
    return sending.queue_period(office, period, tell)


def deliver(office: Office, told: Callable[[OutgoingRow], None] | None = None) -> SendReport:
    """Everything that is owed and due goes out, within the provider's limits."""
    return sending.deliver(office, progress=told)


def settle_doubts(office: Office) -> SettleReport:
    """Mails whose answer was lost: evidence decides, never a blind resend."""
    return doubting.settle_doubts(office)


def receive(office: Office, tell: Tell | None = None) -> receiving.Received:
    """The mailbox → stored mails → judgements → confirmations, discrepancy threads, questions to the right people."""
    return receiving.receive(office, tell)


def chase(office: Office) -> chasing.Chased:
    """Who has not answered is reminded, once a stage; who owes the signed pages is asked once; then the rep phones."""
    return chasing.chase(office)


def digest(office: Office, period: Period | None = None) -> str | None:
    """Finance learns where things stand; None where today's digest was owed already."""
    return reporting.send_digest(office, period)
