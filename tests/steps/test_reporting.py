"""Reporting: the counts add up, the digest goes out once a day, and ``status --json`` has the keys that it promises."""

from bot import flow
from bot.edges.tables import MailRow
from bot.showing import status_json
from bot.steps import reporting
from parsers.period import Period
from tests.steps.town import FINANCE, MALLORY, OCTOBER, PHRASE, Town

STATEMENT = [
    "number", "revision", "customer", "period", "currency", "state", "overdue", "closing", "sent_at", "confirmed_at",
    "route", "discrepancy",
]  # fmt: skip


def test_status_has_exactly_the_documented_keys(confirmed: Town) -> None:
    status = status_json(confirmed.office, OCTOBER, None)
    assert list(status) == ["statements", "inbox", "outbox"]
    assert [list(each) for each in status["statements"]] == [STATEMENT] * 3
    assert list(status["inbox"]) == ["received", "set_aside", "person"]
    assert list(status["outbox"]) == ["queued", "sending", "in_doubt", "failed"]
    first = status["statements"][0]
    assert first["number"] == "DZ-202610-000001-73"
    assert (first["state"], first["closing"], first["route"]) == ("confirmed", "85685.00", "phrase+scan")
    assert (first["overdue"], first["discrepancy"]) == (False, None)
    assert first["confirmed_at"] == confirmed.clock.now().isoformat()


def test_status_of_one_customer_and_of_another_period(sent: Town) -> None:
    assert [each["customer"] for each in status_json(sent.office, None, "C002")["statements"]] == ["C002"]
    assert status_json(sent.office, Period("month", 2026, 9), None)["statements"] == []


def test_a_statement_is_overdue_from_the_day_after_its_reply_date(sent: Town) -> None:
    last = sent.row("C002").reply_by
    sent.at(last.day, 23)
    assert status_json(sent.office, OCTOBER, "C002")["statements"][0]["overdue"] is False
    sent.at(last.day + 1, 0)
    assert status_json(sent.office, OCTOBER, "C002")["statements"][0]["overdue"] is True


def test_an_open_difference_stands_in_the_status(sent: Town) -> None:
    sent.reply("你好，10月18日退货那笔565元你们没有减，请核实。")
    sent.poll()
    assert status_json(sent.office, OCTOBER, "C001")["statements"][0]["discrepancy"] == "CY-202611-0001"


def test_counts_of_mails_add_up(sent: Town) -> None:
    sent.reply(f"{PHRASE}。")
    sent.letter(MALLORY, "合作", "我们提供开票服务。")
    sent.poll()
    sent.poll()
    with sent.store.read() as session:
        counts = reporting.counts(session, sent.office)
    assert counts.inbox == {"received": len(sent.all(MailRow)), "set_aside": 0, "person": 1}
    assert sum(counts.outbox.values()) == 0


def test_K1_K2_the_digest_goes_to_finance_once_a_day_also_on_quiet_days(confirmed: Town) -> None:
    subject = flow.digest(confirmed.office)
    assert subject is not None
    assert flow.digest(confirmed.office) is None
    flow.deliver(confirmed.office)
    (mail,) = confirmed.mails("digest")
    assert [one.address for one in mail.to] == [FINANCE]
    assert any(part.name.endswith(".xlsx") for part in mail.attachments)
    confirmed.at(4, 18)
    assert flow.digest(confirmed.office) is not None


def test_the_head_of_the_audit_chain_stands_in_the_digest(confirmed: Town) -> None:
    from bot.edges.store import head

    with confirmed.store.read() as session:
        chain = head(session)
        report = reporting.build_digest(session, confirmed.office, OCTOBER)
    assert report.system.audit_head == chain
    flow.digest(confirmed.office)
    assert chain[:16] in (confirmed.mails("digest")[0].plain or "")


def test_the_progress_counts_every_customer_once(sent: Town) -> None:
    sent.reply(f"{PHRASE}。")
    sent.poll()
    with sent.store.read() as session:
        progress = reporting.build_digest(session, sent.office, OCTOBER).progress
    assert (progress.due, progress.scan_pending, progress.waiting, progress.held) == (3, 1, 1, 1)


def test_without_any_statement_the_period_is_the_month_before(town: Town) -> None:
    with town.store.read() as session:
        assert reporting.current_period(session, town.office) == OCTOBER


def test_the_digest_can_be_saved_to_look_at(sent: Town) -> None:
    line = reporting.save_digest(sent.office, None, sent.folder / "out" / "digest.html")
    assert "digest.html" in line
    assert (sent.folder / "out" / "digest.html").read_text("utf-8").startswith("<")
    assert (sent.folder / "out" / "digest.xlsx").read_bytes()[:2] == b"PK"
