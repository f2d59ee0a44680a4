"""``run``: the service in the foreground: every job at its time, until it is stopped."""

import logging
import signal
import threading

from bot import flow
from bot.config import Config
from bot.edges.clock import SystemClock
from bot.steps import serving

LOG = logging.getLogger(__name__)


def serve(config: Config) -> None:
    """Blocks until SIGTERM or Ctrl-C; what was missed while it was down is caught up first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    clock, stop = SystemClock(), threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: stop.set())
    with flow.offices(config, clock) as offices:
        store = next(iter(offices.values())).store
        schedule = serving.schedule(offices.values(), store, clock)
        schedule.start()
        try:
            schedule.watch(stop)
        finally:
            schedule.stop()
