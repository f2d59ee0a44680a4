"""The demo: a whole month on mail servers inside this program, and what must hold of everything that it sent."""

import json
from email import message_from_bytes, policy
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlmodel import Session, create_engine, select

from bot import terminal
from bot.demo import company, month
from bot.demo.habits import HABITS
from bot.edges.blobs import Blobs
from bot.edges.embedded import EmbeddedMail
from bot.edges.store import broken_links
from bot.edges.tables import ConfirmationRow, DiscrepancyRow, OutgoingRow, StatementRow
from bot.model import load_statement
from bot.steps import ledger
from parsers import html, names, phrase
from parsers.mail import parse
from parsers.period import Period

KEYS = ["customers", "sent", "received", "digest", "seconds", "ok"]
ONE = ["customer", "habit", "expected", "outcome", "ok", "statement"]


@pytest.fixture(scope="module")
def month_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def told(month_out: Path) -> dict[str, object]:
    """The month is played once; what it printed as JSON."""
    printed: list[object] = []
    patch = pytest.MonkeyPatch()
    patch.setattr(month, "print_json", printed.append)
    try:
        assert month.run(18, out=month_out, as_json=True)
    finally:
        patch.undo()
    found = json.loads(json.dumps(printed[0]))
    assert isinstance(found, dict)
    return found


@pytest.mark.timeout(280)
def test_the_demos_month_ends_for_every_customer_as_its_habit_demands(told: dict[str, object], month_out: Path) -> None:
    assert list(told) == KEYS
    customers = told["customers"]
    assert isinstance(customers, list)
    assert [list(each) for each in customers] == [ONE] * 18
    assert {each["habit"]: each["outcome"] for each in customers} == {each.name: each.expected for each in HABITS}
    assert told["ok"] is True
    assert (month_out / "digest.html").is_file()
    assert len(list((month_out / "statements").glob("*.pdf"))) == month.STATEMENTS_SAVED


@pytest.fixture
def session(told: dict[str, object], month_out: Path) -> Session:
    return Session(create_engine(f"sqlite:///{month_out}/data/duizhang.db"))


@pytest.mark.timeout(280)
def test_no_mail_to_a_customer_ever_holds_its_complete_valid_phrase(session: Session, month_out: Path) -> None:
    """Invariant 12: a reply that only carries our own text back can't confirm."""
    blobs = Blobs(month_out / "data" / "blobs")
    customers = {each.code: each for each in ledger.customers(session, "华东贸易有限公司")}
    index = names.index(("华东贸易有限公司", "华东贸易"), ((c.code, c.name, c.aliases) for c in customers.values()))
    looked_at = 0
    for row in session.exec(select(OutgoingRow).where(OutgoingRow.customer != None)).all():  # noqa: E711  # SQL
        customer = customers[row.customer or ""]
        mail = parse(blobs.get(row.sha256))
        scope = phrase.Scope(index, customer.code, Period("month", 2026, 10))
        assert phrase.read(f"{customer.name}确认2026年10月销售对账单无误", scope).says == "confirms"
        for text in (mail.plain or "", html.to_text(mail.html or "").text, mail.subject):
            for sentence in (text, *text.splitlines()):
                assert phrase.read(sentence, scope).says != "confirms", sentence
        looked_at += 1
    assert looked_at >= 18
    for statement in session.exec(select(StatementRow).where(StatementRow.words != "")).all():
        scope = phrase.Scope(index, statement.customer, Period("month", 2026, 10))
        for sentence in statement.words.splitlines():
            assert phrase.read(sentence, scope).says != "confirms", sentence


@pytest.mark.timeout(280)
def test_A5_every_mail_goes_to_its_customers_own_people_and_to_nobody_else(session: Session) -> None:
    customers = {each.code: each for each in ledger.customers(session, "华东贸易有限公司")}
    everybody = {contact.address for each in customers.values() for contact in each.contacts}
    for row in session.exec(select(OutgoingRow)).all():
        own = {contact.address for contact in customers[row.customer].contacts} if row.customer else set()
        assert not (set(json.loads(row.recipients)) & everybody) - own


@pytest.mark.timeout(280)
def test_A2_mail_pages_and_workbook_of_every_statement_show_the_same_closing(session: Session, month_out: Path) -> None:
    from bot.compose.amounts import money
    from parsers.sheet import statement_json

    blobs = Blobs(month_out / "data" / "blobs")
    for row in session.exec(select(StatementRow).where(StatementRow.pdf_sha256 != "")).all():
        closing = load_statement(row.value).snapshot.totals.closing
        sheet = statement_json(blobs.get(row.xlsx_sha256))
        mail = session.exec(
            select(OutgoingRow).where(OutgoingRow.statement_id == row.id, OutgoingRow.purpose == "statement")
        ).one()
        assert money(closing) in row.words
        assert money(closing) in mail.words
        assert sheet is not None
        assert load_statement(sheet).snapshot.totals.closing == closing


@pytest.mark.timeout(280)
def test_A4_the_months_audit_log_is_unbroken_and_every_confirmation_has_its_evidence(session: Session) -> None:
    assert broken_links(session) == []
    kept = session.exec(select(ConfirmationRow)).all()
    assert kept
    assert all(row.mail_sha256 and row.rules and row.rule_version for row in kept)
    assert all(row.number.startswith("CY-202611-") for row in session.exec(select(DiscrepancyRow)).all())


@pytest.mark.timeout(280)
def test_every_outgoing_mail_has_one_sender_one_subject_and_a_message_id_of_its_own(
    session: Session, month_out: Path
) -> None:
    blobs = Blobs(month_out / "data" / "blobs")
    ids = set()
    for row in session.exec(select(OutgoingRow)).all():
        mail = message_from_bytes(blobs.get(row.sha256), policy=policy.default)
        assert [len(mail.get_all(name) or []) for name in ("From", "Subject", "Message-ID", "To", "Date")] == [1] * 5
        ids.add(mail["Message-ID"])
    assert len(ids) == len(session.exec(select(OutgoingRow)).all())


def test_a_month_of_many_customers_gives_everybody_a_name_and_an_address_of_its_own() -> None:
    everybody = company.customers(200)
    assert len({each.name for each in everybody}) == len({each.address for each in everybody}) == 200


def test_a_month_is_shown_to_people_with_what_went_otherwise(
    told: dict[str, object], month_out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot import flow
    from bot.config_file.load import load

    out, err = StringIO(), StringIO()
    monkeypatch.setattr(terminal, "OUT", Console(file=out, width=200))
    monkeypatch.setattr(terminal, "ERR", Console(file=err, width=200))
    everybody = company.customers(18)
    with flow.offices(load(month_out / "config.yaml", {})) as offices:
        office = next(iter(offices.values()))
        ended = [month.Ended(everybody[0], "sent", "DZ"), month.Ended(everybody[1], "scan_pending", "DZ")]
        month._show(office, ended, month_out / "digest.html", 61.0)
    assert "mails sent" in out.getvalue()
    assert "expected confirmed, was sent" in err.getvalue()


def test_the_servers_stay_up_for_answers_by_hand_until_ctrl_c(
    told: dict[str, object], month_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.steps.town import USERS

    monkeypatch.chdir(tmp_path)

    def stopped(_: float) -> None:
        raise KeyboardInterrupt

    out = StringIO()
    monkeypatch.setattr(terminal, "OUT", Console(file=out, width=200))
    monkeypatch.setattr(month.stopwatch, "sleep", stopped)
    with EmbeddedMail({**USERS, company.BOT: "a-password"}) as mail:
        month._wait(mail, month_out / "config.yaml", company.customers(18))
        assert str(mail.imap_port) in out.getvalue()
    assert "a-password" in out.getvalue()
    assert "the servers are down" in out.getvalue()
