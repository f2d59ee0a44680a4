"""``run``: the service in the foreground: every job at its time, new mail as it comes, until it is stopped."""

import logging
import signal
import threading

from bot import flow
from bot.config import Config
from bot.edges.clock import SystemClock
from bot.steps import serving
from bot.steps.office import Office

LOG = logging.getLogger(__name__)
STOP_SECONDS = 5.0
"""A listener that is waiting is left; whatever it does is safe to be cut off."""


def serve(config: Config) -> None:
    """Blocks until SIGTERM or Ctrl-C; what was missed while it was down is caught up first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    clock, stop = SystemClock(), threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: stop.set())
    with flow.offices(config, clock) as offices:
        store = next(iter(offices.values())).store
        schedule = serving.schedule(offices.values(), store, clock)
        listeners = [_listener(each, stop) for each in offices.values()]
        schedule.start()
        for listener in listeners:
            listener.start()
        try:
            schedule.watch(stop)
        finally:
            schedule.stop()
            for listener in listeners:
                listener.join(STOP_SECONDS)


def _listener(office: Office, stop: threading.Event) -> threading.Thread:
    return threading.Thread(target=serving.listen, args=(office, stop), name=f"listen {office.name}", daemon=True)
