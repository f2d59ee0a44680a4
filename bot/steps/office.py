"""The office of one company: what every step works with, and how it writes down what it did."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.compose.wording import words
from bot.config import Company
from bot.decide.calendar import WorkingDays
from bot.edges.blobs import Blobs
from bot.edges.clock import Clock
from bot.edges.domain_keys import DomainKeys
from bot.edges.sandbox import Sandbox
from bot.edges.store import Store, append
from bot.model import Event, Staff


@dataclass(frozen=True, slots=True)
class Office:
    """One company with its store, files, clock and the children that open what comes from outside."""

    company: Company
    store: Store
    blobs: Blobs
    clock: Clock
    sandbox: Sandbox
    working_days: WorkingDays
    trust_server_time: bool = True
    """Whether a mail arrived when its server says so; not where our own clock is a simulated one."""
    keys: DomainKeys | None = None
    """Where the keys of DKIM signatures are looked up; None: our server's word is the only proof of a sender."""

    @property
    def name(self) -> str:
        """The company's name, the key of all its rows."""
        return self.company.name

    def now(self) -> datetime:
        """The instant, aware UTC."""
        return self.clock.now()

    def today(self) -> date:
        """The date in the company's zone."""
        return self.day_of(self.clock.now())

    def day_of(self, instant: datetime) -> date:
        """The date of an instant in the company's zone."""
        return instant.astimezone(self.company.timezone).date()

    def staff_at(self, address: str) -> Staff | None:
        """The member of staff with this address."""
        return next((person for person in self.company.staff if person.address == address), None)

    def say(self, what: str, **values: object) -> str:
        """What is said of a decision or command, in the company's script: a sentence of ``[decision]``."""
        return str(words(self.company.locale)["decision"][what]).format(**values)

    def state_name(self, state: str) -> str:
        """A statement's state as finance reads it."""
        return str(words(self.company.locale, "digest")["state"].get(state, state))

    def record(
        self,
        session: Session,
        kind: str,
        subject: str,
        *,
        before: str = "",
        after: str = "",
        actor: str = "bot",
        evidence: str = "",
        detail: str = "",
    ) -> None:
        """Adds one line to the audit log (A4), in the caller's transaction."""
        append(session, Event(self.now(), self.name, kind, subject, before, after, actor, evidence, detail))
