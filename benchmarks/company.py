"""The company of the benchmarks: many customers with many lines, its mailbox on servers in a process of their own."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from imapclient import IMAPClient
from sqlmodel import col, select

from bot.config import Config
from bot.config_file.load import load
from bot.demo import company as demo
from bot.demo.clients import Letter, Reply, write
from bot.edges.clock import SimulatedClock
from bot.edges.postmark import authenticated
from bot.edges.tables import OutgoingRow
from bot.edges.tls import context
from bot.steps.office import Office
from parsers.mail import parse

SHAPES = ("QQ", "163", "Foxmail", "Outlook", "Gmail", "Apple Mail")
MONDAY, TUESDAY = datetime(2026, 11, 2, 1, tzinfo=UTC), datetime(2026, 11, 3, 0, 30, tzinfo=UTC)
_HEADER = [
    "单据类型",
    "单号",
    "行号",
    "日期",
    "客户编码",
    "产品名称",
    "规格",
    "单位",
    "数量",
    "含税单价",
    "金额",
    "币种",
]
_PASSWORD = "benchmark"  # noqa: S105  # of servers that live as long as the run


@dataclass(frozen=True, slots=True)
class Post:
    """Where the servers listen."""

    smtp: int
    imap: int
    ca: Path

    def deliver(self, raw: bytes) -> None:
        """Puts a mail into the bot's mailbox."""
        with IMAPClient("localhost", self.imap, ssl_context=context(self.ca)) as client:
            client.login(demo.BOT, _PASSWORD)
            client.append("INBOX", raw)


@contextmanager
def sink(customers: int) -> Iterator[Post]:
    """The servers, with a mailbox for everybody."""
    everybody = [demo.BOT, *demo.STAFF, *(each.address for each in demo.customers(customers))]
    script = str(Path(__file__).with_name("sink.py"))
    with subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin
        assert child.stdout
        asked = {"users": dict.fromkeys(everybody, _PASSWORD), "authserv_id": demo.AUTHSERV_ID}
        child.stdin.write(json.dumps(asked) + "\n")
        child.stdin.flush()
        told = json.loads(child.stdout.readline())
        try:
            yield Post(told["smtp"], told["imap"], Path(told["ca"]))
        finally:
            child.stdin.close()


def configuration(folder: Path, post: Post) -> Config:
    """The demo's configuration without its limits of sending."""
    (folder / "secret").touch(mode=0o600)
    (folder / "secret").write_text(_PASSWORD)
    text = demo.config_yaml(post.smtp, post.imap, str(post.ca))
    path = folder / "config.yaml"
    path.write_text(text.replace("per_minute: 60, per_day: 5000", "per_minute: 100000, per_day: 1000000"), "utf-8")
    return load(path, {})


def clock() -> SimulatedClock:
    """Monday morning."""
    return SimulatedClock(MONDAY)


def until_sending(office: Office) -> None:
    """Tuesday, the day of sending."""
    assert isinstance(office.clock, SimulatedClock)
    office.clock.set(TUESDAY)


def files(folder: Path, customers: int, lines: int, seed: int) -> list[Path]:
    """Customers and documents as CSV; each customer has an opening, deliveries and a receipt, ``lines`` in all."""
    everybody = demo.customers(customers)
    people, documents = folder / "customers.csv", folder / "documents.csv"
    people.write_bytes(demo.customers_csv(everybody))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADER)
    random = Random(seed)
    for each in everybody:
        writer.writerow(["期初", f"QC-{each.code}", 1, "2026-09-30", each.code, *[""] * 5, "20000.00"])
        for place in range(lines - 1):
            writer.writerow(_delivery(each.code, place, lines, random))
        writer.writerow(["收款", f"SK-{each.code}", 1, "2026-10-28", each.code, *[""] * 5, "5000.00"])
    documents.write_text(text.getvalue(), "utf-8")
    return [people, documents]


def _delivery(code: str, place: int, lines: int, random: Random) -> list[object]:
    quantity, fen = random.randrange(1, 60), random.randrange(100, 200_000)
    on = date(2026, 10, 1) + timedelta(days=place * 31 // lines)
    number, amount = f"XSCK-{code[1:]}-{place:04d}", quantity * fen
    price = f"{fen // 100}.{fen % 100:02d}"
    goods = ["深沟球轴承", "6204-2RS", "只", quantity, price]
    return ["发货", number, 1, on.isoformat(), code, *goods, f"{amount // 100}.{amount % 100:02d}"]


def replies(office: Office, count: int, seed: int) -> Iterator[bytes]:
    """Confirmations without signed pages, one a customer, from the mail programs in turn, authenticated."""
    with office.store.read() as session:
        chosen = select(OutgoingRow).where(OutgoingRow.purpose == "statement").order_by(col(OutgoingRow.id))
        rows = session.exec(chosen.limit(count)).all()
    random = Random(seed)
    names = {each.code: each for each in demo.customers(5000)[: len(rows) * 2]}
    for row in rows:
        mail = parse(office.blobs.get(row.sha256))
        who = names[row.customer or ""]
        letter = Letter(mail.message_id, mail.subject, demo.BOT, who.address, mail.date, mail.plain or "")
        words = f"您好，\n{who.name}确认2026年10月销售对账单无误。\n"
        reply = write(Reply(random.choice(SHAPES), who.address, who.contact, words), letter, TUESDAY)
        raw = reply.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        yield authenticated(raw, who.address, demo.AUTHSERV_ID)


def plain_reply() -> bytes:
    """One short reply."""
    letter = Letter(
        "1@hd-trade.example", "[华东贸易有限公司][2026年10月] 銷售對賬單", demo.BOT, "a@b.example", "", "您好" * 200
    )
    return write(Reply("QQ", "a@b.example", "李", "核对无误\n"), letter, TUESDAY).as_bytes()
