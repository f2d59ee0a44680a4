"""The service: the jobs of every company at their times, what was missed while it was down caught up (B1–B5, A3)."""

import logging
import random
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from sqlmodel import func, select

from bot.decide.cycle import due_periods, terms_of
from bot.edges.clock import Clock
from bot.edges.inbox import Inbox
from bot.edges.rota import StoredRota
from bot.edges.schedule import Schedule
from bot.edges.store import Store
from bot.edges.tables import ImportRow
from bot.edges.timetable import Duties, Job, Slot, jobs_of
from bot.edges.tls import MailRefused
from bot.steps import chasing, doubting, ledger, preparing, receiving, reporting, sending
from bot.steps.office import Office
from parsers.period import Period

LOG = logging.getLogger(__name__)
LOOK_BACK = timedelta(days=60)
WAIT_SECONDS, LONGEST_PAUSE = 60.0, 900.0


def schedule(offices: Iterable[Office], store: Store, clock: Clock) -> Schedule:
    """The schedule of all companies; nothing runs before it is started, nothing was missed before the first import."""
    offices = tuple(offices)
    jobs = [job for office in offices for job in jobs_for(office)]
    with store.read() as session:
        first = session.exec(select(func.min(ImportRow.at))).first()
    began = offices[0].day_of(first or clock.now())
    since = datetime.combine(began, time.min, tzinfo=offices[0].company.timezone)
    return Schedule(jobs, StoredRota(store, clock), clock, since=since.astimezone(UTC))


def jobs_for(office: Office) -> tuple[Job, ...]:
    """One company's jobs."""

    def send(_slot: Slot) -> None:
        send_what_is_due(office)

    def chase(_slot: Slot) -> None:
        chasing.chase(office)
        sending.deliver(office)

    def digest(_slot: Slot) -> None:
        reporting.send_digest(office)
        sending.deliver(office)

    def poll_mailbox(_slot: Slot) -> None:
        poll(office)

    def settle(_slot: Slot) -> None:
        doubting.settle_doubts(office)
        sending.deliver(office)

    return jobs_of(office.company, Duties(send, chase, digest, poll_mailbox, settle))


def poll(office: Office) -> None:
    """Fetches, judges and answers; a mailbox that can't be reached doesn't stop what was stored from being judged."""
    try:
        receiving.receive(office)
    except MailRefused as error:
        LOG.warning("poll_refused company=%s reason=%s", office.name, error)
    receiving.judge_waiting(office)
    sending.deliver(office)


def listen(office: Office, stop: threading.Event, busy: threading.Semaphore | None = None) -> None:
    """Polls as soon as the server says that something came; only a hint, the poll at its times goes on beside it.

    ``busy`` is held while it does, so that the service isn't closed beneath it.
    """
    busy = busy or threading.Semaphore()
    tries = 0
    while not stop.is_set():
        try:
            with Inbox(office.company, office.store, office.blobs, office.clock) as inbox:
                while not stop.is_set():
                    if inbox.wait(WAIT_SECONDS):
                        with busy:
                            if not stop.is_set():
                                poll(office)
                    tries = 0
        except MailRefused as error:
            tries += 1
            LOG.warning("listening_refused company=%s reason=%s", office.name, error)
            stop.wait(min(LONGEST_PAUSE, 2.0**tries * random.uniform(5, 10)))


def send_what_is_due(office: Office) -> tuple[Period, ...]:
    """Prepares every period that is over, and sends those whose day has come; returns the periods sent."""
    with office.store.read() as session:
        customers = ledger.customers(session, office.name)
        first = session.exec(select(func.min(ImportRow.at)).where(ImportRow.company == office.name)).first()
    if first is None:
        return ()
    since = max(office.day_of(first), office.today() - LOOK_BACK)
    terms = [each for customer in customers for each in terms_of(customer)]
    due = due_periods(office.today(), office.company, terms, office.working_days, since)
    for period in dict.fromkeys(each.period for each in due):
        preparing.prepare_period(office, period)
    sent = tuple(dict.fromkeys(each.period for each in due if each.stage == "send"))
    for period in sent:
        sending.queue_period(office, period, due_only=True)
    sending.deliver(office)
    return sent
