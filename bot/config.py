"""config.yaml + environment + secret files → one frozen, validated :class:`Config` (one :class:`Company` per block)."""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from bot.model import Basis, Locale, Party, Role, Staff
from parsers.scan import seal_words

DEPARTMENTS = ("order_entry", "warehouse", "pricing", "finance")
"""The departments that an anomaly or a task can belong to."""


@dataclass(frozen=True, slots=True)
class ConfigFault:
    """One thing that is wrong in config.yaml; ``key`` is dotted, ``line`` None where the file itself is the matter."""

    line: int | None
    key: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        """One line: ``line 12, mail.smtp.port: 'abc' is no whole number; write one from 1 to 65535``."""
        place = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.key) if part)
        return ": ".join(filter(None, (place, self.message))) + (f"; {self.remedy}" if self.remedy else "")


class ConfigFaults(Exception):  # noqa: N818  # they are the user's, all of them at once
    """Everything that is wrong in config.yaml, in the order of its lines."""

    def __init__(self, faults: tuple[ConfigFault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        """One line for each fault."""
        return "\n".join(map(str, self.faults))


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that never shows itself in a repr, a log or an error."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Server:
    """One mail server and its login; ``security`` is ``tls`` (implicit) or ``starttls`` (required), never plain."""

    host: str
    port: int
    security: Literal["tls", "starttls"]
    username: str
    password: Secret
    junk: str = "auto"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The ``mail:`` block."""

    address: str
    smtp: Server
    imap: Server
    token_separator: str | None = None
    sent_copy: Literal["bcc", "server", "none"] = "bcc"
    authserv_id: str | None = None
    ca_file: Path | None = None
    per_minute: int = 20
    per_day: int = 2000
    poll_seconds: int = 60
    grace_minutes: int = 10


@dataclass(frozen=True, slots=True)
class MonthlyRule:
    """Working days are counted after the period's end; ``complete_by_day`` is a day of the month for everybody."""

    send_on_working_day: int = 2
    reply_within_working_days: int = 5
    complete_within_working_days: int = 7
    complete_by_day: int = 15


@dataclass(frozen=True, slots=True)
class QuarterlyRule:
    """Days of the quarter's last month."""

    cut_off_day: int = 20
    complete_by_day: int = 28


@dataclass(frozen=True, slots=True)
class AnnualRule:
    """Month and day within the year."""

    cut_off: tuple[int, int] = (12, 20)
    complete_by: tuple[int, int] = (12, 31)


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """Country of the working days, with the company's own extra working and off days."""

    country: Literal["CN", "TW", "HK"] = "CN"
    working: tuple[date, ...] = ()
    off: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """One company with its own mail and staff; everything that a step needs to know of the configuration."""

    name: str
    aliases: tuple[str, ...]
    locale: Locale
    timezone: ZoneInfo
    currency: str
    basis: Basis
    number_prefix: str
    subject_script: Literal["zh-Hant", "zh-Hans"]
    tax_id: str
    address: str
    phone: str
    seal: Path | None
    mail: MailSettings
    staff: tuple[Staff, ...]
    departments: tuple[tuple[str, str], ...]
    """Department key → address, in the order of the file."""
    monthly: MonthlyRule
    quarterly: QuarterlyRule
    annual: AnnualRule
    reminders_before: int
    reminders_after: tuple[int, ...]
    calendar: CalendarSettings
    digest_to: tuple[str, ...]
    digest_at: time
    release: Literal["none", "finance"]
    signed_copy: Literal["finance_first", "accept"]
    authentication: Literal["require", "prefer"]
    tolerance: Decimal
    escalation_rounds: int
    escalation_working_days: int
    escalation_amount: Decimal
    unrelated_days: int
    evidence_years: int
    zero_balance: Literal["scan", "phrase"] = "scan"
    """What a statement that closes at zero needs: signed pages as any other, or the words alone, for finance."""
    seals: tuple[str, ...] = seal_words.BINDING
    """Kinds of seals that count where a customer's own table says nothing."""
    dkim: bool = True
    """Whether an aligned DKIM signature that we checked ourselves proves a sender."""
    certificates: tuple[str, ...] = ()
    """Authorities, as PEM, whose certificates an electronic signature may rest on."""

    @property
    def party(self) -> Party:
        """The company as a statement prints it."""
        return Party("", self.name, self.tax_id, self.address, self.phone)

    def department(self, key: str) -> str:
        """The address of a department, the digest's first reader where it has none."""
        return dict(self.departments).get(key, self.digest_to[0])

    def with_role(self, role: Role) -> tuple[Staff, ...]:
        """Staff with a role, in the order of the file."""
        return tuple(person for person in self.staff if role in person.roles)


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration; ``data`` is the folder beside config.yaml that the bot keeps its files in."""

    path: Path
    data: Path
    database: str
    mode: Literal["development", "production"]
    companies: tuple[Company, ...]
