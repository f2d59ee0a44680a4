"""``run``: the service in the foreground: every job at its time, new mail as it comes, until it is stopped."""

import logging
import os
import signal
import threading
from typing import NoReturn

from bot import flow
from bot.config import Config
from bot.edges.clock import SystemClock
from bot.steps import serving
from bot.steps.office import Office

LOG = logging.getLogger(__name__)
STOP_SECONDS = 10.0
"""For jobs to end by themselves; whatever they do is safe to be cut off (kill -9 is tested)."""


def serve(config: Config) -> None:
    """Blocks until SIGTERM or Ctrl-C; what was missed while it was down is caught up first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    clock, stop = SystemClock(), threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: stop.set())
    with flow.offices(config, clock) as offices:
        store = next(iter(offices.values())).store
        schedule = serving.schedule(offices.values(), store, clock)
        reading = {name: threading.Semaphore() for name in offices}
        schedule.start()
        for company, office in offices.items():
            _listener(office, stop, reading[company]).start()
        try:
            schedule.watch(stop)
        finally:
            idle = schedule.stop(within=STOP_SECONDS)
            if not idle or not all(busy.acquire(timeout=1) for busy in reading.values()):
                _cut_off()


def _cut_off() -> NoReturn:
    """Ends at once, as safe as a pulled plug: nothing is closed beneath a job that still runs."""
    LOG.warning("stopped_in_midst: what was being done is taken up again at the next start")
    logging.shutdown()
    os._exit(0)


def _listener(office: Office, stop: threading.Event, busy: threading.Semaphore) -> threading.Thread:
    """A listener that only waits is left behind when the service ends; ``busy`` is held by one that reads mail."""
    return threading.Thread(target=serving.listen, args=(office, stop, busy), name=f"listen {office.name}", daemon=True)
