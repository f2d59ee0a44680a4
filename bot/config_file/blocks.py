"""The blocks of config.yaml → one Company each; keys and defaults stand here, and config.yaml explains them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from bot.config import (
    DEPARTMENTS,
    AnnualRule,
    CalendarSettings,
    Company,
    MailSettings,
    MonthlyRule,
    QuarterlyRule,
    Secret,
    Server,
)
from bot.config_file import files, grammar
from bot.config_file.checks import check_calendar, check_cycles, check_departments, check_readers, check_staff
from bot.config_file.secrets import secret_from
from bot.config_file.section import Section
from bot.model import Basis, Locale, Role, Staff
from parsers.scan import seal_words

_PORTS = {("smtp", "tls"): 465, ("smtp", "starttls"): 587, ("imap", "tls"): 993, ("imap", "starttls"): 143}
_DAY_OF_MONTH = grammar.whole(1, 31)
_WORKING_DAYS = grammar.whole(1, 60)
_COUNT = grammar.whole(1, 1_000_000)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the file stands and what it may refer to."""

    folder: Path
    environ: Mapping[str, str]
    mode: grammar.Mode


def read_company(own: Section, shared: Section, place: Place) -> Company:
    """The company of a block; sections that it lacks, but for its own mail and staff, are taken from ``shared``."""

    def section(key: str, *, required: bool = False) -> Section:
        inherited = shared.section(key) if shared is not own else None
        return own.section(key, required=required) if inherited is None or own.has(key) else inherited

    mail = _mail(own.section("mail", required=True), place)
    staff = _staff(own, mail.address, place)
    departments = _departments(section("departments"), mail.address, place)
    monthly, quarterly, annual = _cycles(section("cycles"))
    identity, reminders, digest = own.section("company", required=True), section("reminders"), section("digest")
    confirmation, escalation, retention = section("confirmation"), section("escalation"), section("retention")
    proof = section("authentication")
    company = Company(
        name=identity.one("name", grammar.text, "", required=True),
        aliases=identity.many("aliases", grammar.text),
        locale=identity.one("locale", grammar.member(Locale), Locale.HANS),
        timezone=identity.one("timezone", grammar.zone, ZoneInfo("Asia/Shanghai")),
        currency=identity.one("currency", grammar.currency, "CNY"),
        basis=identity.one("basis", grammar.member(Basis), Basis.DELIVERY),
        number_prefix=identity.one("number_prefix", grammar.prefix, "DZ"),
        subject_script=identity.one("subject_script", grammar.choice("zh-Hant", "zh-Hans"), "zh-Hant"),
        tax_id=identity.one("tax_id", grammar.text, ""),
        address=identity.one("address", grammar.text, ""),
        phone=identity.one("phone", grammar.text, ""),
        seal=identity.one("seal", files.path_in(place.folder, must_exist=True), None),
        mail=mail,
        staff=staff,
        departments=departments,
        monthly=monthly,
        quarterly=quarterly,
        annual=annual,
        reminders_before=reminders.one("before_working_days", grammar.whole(0, 60), 2),
        reminders_after=tuple(sorted(set(reminders.many("after_working_days", grammar.whole(0, 60), (1, 4))))),
        calendar=_calendar(section("calendar")),
        digest_to=digest.many("to", grammar.address(place.mode), required=True),
        digest_at=digest.one("at", grammar.clock_time, time(18, 0)),
        release=confirmation.one("release", grammar.choice("none", "finance"), "none"),
        signed_copy=confirmation.one("signed_copy", grammar.choice("finance_first", "accept"), "finance_first"),
        zero_balance=confirmation.one("zero_balance", grammar.choice("scan", "phrase"), "scan"),
        authentication=confirmation.one("authentication", grammar.choice("require", "prefer"), "require"),
        tolerance=confirmation.one("tolerance", grammar.amount, Decimal("0.00")),
        escalation_rounds=escalation.one("rounds", _COUNT, 3),
        escalation_working_days=escalation.one("working_days", _WORKING_DAYS, 10),
        escalation_amount=escalation.one("amount", grammar.amount, Decimal(100000)),
        unrelated_days=retention.one("unrelated_days", grammar.whole(1, 36500), 180),
        evidence_years=retention.one("evidence_years", grammar.whole(1, 100), 10),
        seals=tuple(dict.fromkeys(confirmation.many("seals", grammar.seal, seal_words.BINDING))),
        dkim=proof.one("dkim", grammar.yes_or_no, otherwise=True),
        certificates=confirmation.many("certificates", files.certificates_in(place.folder)),
    )
    if not own.has("digest") and not shared.has("digest"):
        own.fault("digest", "this key is missing", "write digest: {to: [an address of finance]}")
    check_readers(company, digest)
    for read in (identity, reminders, digest, confirmation, proof, escalation, retention):
        read.end()
    return company


def _mail(section: Section, place: Place) -> MailSettings:
    """The ``mail:`` block."""
    limits = section.section("limits")
    settings = MailSettings(
        address=section.one("address", grammar.address(place.mode), "", required=True),
        smtp=_server(section.section("smtp", required=True), "smtp", place),
        imap=_server(section.section("imap", required=True), "imap", place),
        token_separator=section.one("token_separator", grammar.choice("+", "-", "="), None),
        sent_copy=section.one("sent_copy", grammar.choice("bcc", "server", "none"), "bcc"),
        authserv_id=section.one("authserv_id", grammar.word, None),
        ca_file=section.one("ca_file", files.path_in(place.folder, must_exist=place.mode == "production"), None),
        per_minute=limits.one("per_minute", _COUNT, 20),
        per_day=limits.one("per_day", _COUNT, 2000),
        poll_seconds=section.one("poll_seconds", grammar.whole(5, 3600), 60),
        grace_minutes=section.one("grace_minutes", grammar.whole(0, 120), 10),
    )
    limits.end()
    section.end()
    return settings


def _server(section: Section, kind: Literal["smtp", "imap"], place: Place) -> Server:
    """``smtp:`` or ``imap:``."""
    security: Literal["tls", "starttls"] = section.one("security", grammar.choice("tls", "starttls"), "tls")
    secret = secret_from(place.environ, place.folder)
    server = Server(
        host=section.one("host", grammar.host, "", required=True),
        port=section.one("port", grammar.whole(1, 65535), _PORTS[kind, security]),
        security=security,
        username=section.one("username", grammar.word, "", required=True),
        password=section.one("password", secret, Secret(""), required=True),
        junk=section.one("junk", grammar.text, "auto") if kind == "imap" else "auto",
    )
    section.end()
    return server


def _staff(own: Section, bot: str, place: Place) -> tuple[Staff, ...]:
    """The ``staff:`` list."""
    sections = own.sections("staff", required=True)
    staff = tuple(_person(section, place) for section in sections)
    check_staff(own, sections, staff, bot)
    return staff


def _person(section: Section, place: Place) -> Staff:
    """A person or a shared mailbox."""
    person = Staff(
        name=section.one("name", grammar.text, "", required=True),
        address=section.one("address", grammar.address(place.mode), "", required=True),
        roles=section.many("roles", grammar.member(Role), required=True),
        superior=section.one("superior", grammar.address(place.mode), None),
        shared=section.one("shared", grammar.yes_or_no, otherwise=False),
        phone=section.one("phone", grammar.text, ""),
    )
    section.end()
    return person


def _departments(section: Section, bot: str, place: Place) -> tuple[tuple[str, str], ...]:
    """The ``departments:`` block."""
    found = [(key, section.one(key, grammar.address(place.mode), "")) for key in DEPARTMENTS]
    check_departments(found, section, bot)
    section.end()
    return tuple((key, address) for key, address in found if address)


def _cycles(section: Section) -> tuple[MonthlyRule, QuarterlyRule, AnnualRule]:
    """The ``cycles:`` block."""
    month, quarter, year = section.section("monthly"), section.section("quarterly"), section.section("annual")
    rules = (
        MonthlyRule(
            month.one("send_on_working_day", _WORKING_DAYS, 2),
            month.one("reply_within_working_days", _WORKING_DAYS, 5),
            month.one("complete_within_working_days", _WORKING_DAYS, 7),
            month.one("complete_by_day", _DAY_OF_MONTH, 15),
        ),
        QuarterlyRule(quarter.one("cut_off_day", _DAY_OF_MONTH, 20), quarter.one("complete_by_day", _DAY_OF_MONTH, 28)),
        AnnualRule(
            year.one("cut_off", grammar.month_day, (12, 20)), year.one("complete_by", grammar.month_day, (12, 31))
        ),
    )
    check_cycles(rules[0], month)
    for read in (month, quarter, year, section):
        read.end()
    return rules


def _calendar(section: Section) -> CalendarSettings:
    """The ``calendar:`` block."""
    settings = CalendarSettings(
        country=section.one("country", grammar.choice("CN", "TW", "HK"), "CN"),
        working=section.many("working", grammar.day),
        off=section.many("off", grammar.day),
    )
    check_calendar(settings, section)
    section.end()
    return settings
