"""The command line: what works, how mistakes are told (one line, exit 2 or 1), and what others may build on."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot import cli, running, showing
from bot.demo import company, paper
from bot.edges.embedded import EmbeddedMail
from bot.edges.sandbox import Contained
from bot.edges.schedule import Schedule
from bot.edges.store import Store
from bot.edges.tables import StatementRow
from bot.steps import explaining, preparing
from parsers.mail import parse
from tests.steps.town import BOT, FINANCE, LI, PHRASE, REP, SAMPLES, USERS, WANG, Town

Run = Callable[..., Result]
HEAVY = ("cv2", "numpy", "reportlab", "sqlmodel", "pdfplumber")
LATER = ("worker", "report", "sample", "export")
NOW = ("--now", "2026-11-03T08:30")


@pytest.fixture
def home(tmp_path: Path, servers: EmbeddedMail, town: Town, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration for the embedded servers; we stand in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "secret").touch(mode=0o600)
    (folder / "secret").write_text(USERS[BOT])
    text = company.config_yaml(servers.smtp_port, servers.imap_port, str(servers.ca_file))
    (folder / "config.yaml").write_text(text.replace("per_minute: 60", "per_minute: 1000"), "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run() -> Run:
    """A command as a person gives it; it never ends in a stack trace."""

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(cli.app, list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def config_with(folder: Path, old: str, new: str) -> str:
    """Another configuration beside the good one."""
    text = (folder / "config.yaml").read_text("utf-8")
    assert old in text
    path = folder / "other.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    return str(path)


# What there is


_HELP = f"""
import sys
from bot import cli
sys.argv = ["duizhang", "--help"]
try:
    cli.main()
finally:
    print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_help_is_quick_because_it_imports_only_what_it_needs() -> None:
    done = subprocess.run([sys.executable, "-c", _HELP], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")
    assert "explain" in done.stdout


def test_help_lists_what_works_and_nothing_of_later(run: Run) -> None:
    text = run("--help").output
    for name in ("demo", "init", "doctor", "import", "prepare", "send", "poll", "run", "explain", "status", "audit"):
        assert f"  {name} " in text
    assert not [name for name in LATER if f"  {name} " in text]


@pytest.mark.parametrize("name", LATER)
def test_a_command_of_a_later_version_says_when_it_comes(run: Run, name: str) -> None:
    result = run(name)
    assert result.exit_code == 2
    assert f"`{name}` comes with version 0." in result.output


def _as_an_entry(text: str) -> str:
    """A whole configuration as one of a list."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return "".join(f"  {'  ' if place else '- '}{line}\n" for place, line in enumerate(lines))


def test_files_are_imported_for_the_company_that_is_named(home: Path, run: Run) -> None:
    one = (home / "config.yaml").read_text("utf-8")
    other = (
        one.replace("华东贸易", "华南贸易").replace("prefix: DZ", "prefix: HN").replace("address: ar@", "address: hn@")
    )
    path = home / "two.yaml"
    path.write_text("companies:\n" + "".join(map(_as_an_entry, (one, other))), "utf-8")
    files = [str(SAMPLES / name) for name in ("worked-example.csv", "customers.csv")]
    assert_one_line(
        run("import", *files, "--config", str(path)), "say whose with --company: 华东贸易有限公司 (DZ), 华南"
    )
    assert_one_line(run("import", *files, "--company", "XX", "--config", str(path)), "XX is none of 华东")
    assert run("import", *files, "--company", "HN", "--config", str(path)).exit_code == 0
    assert run("prepare", "--period", "2026-10", "--config", str(path), *NOW).exit_code == 0
    assert "HN-202610-000001" in run("status", "--config", str(path)).output
    assert "DZ-202610" not in run("status", "--config", str(path)).output


def test_without_arguments_it_shows_its_help(run: Run) -> None:
    assert "Usage" in run().output
    assert "Usage" in run("audit").output


# Beginning


def test_a_newcomer_begins_in_an_empty_folder_and_imports_the_examples(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init").exit_code == 0
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    again = run("init")
    assert "left as it is" in again.output
    for name in ("SMTP_PASSWORD", "IMAP_PASSWORD"):
        monkeypatch.setenv(name, "x")
    done = run("import", "import-example.xlsx", "--json")
    assert done.exit_code == 0
    (file,) = json.loads(done.stdout)["files"]
    assert list(file) == ["file", "kind", "added", "revised", "unchanged", "refused", "faults"]
    assert (file["kind"], file["refused"], file["faults"]) == ("customers+documents", False, [])
    assert "customers+documents" in run("import", "import-example.xlsx").output


def test_a_folder_that_cannot_be_made_is_told_in_one_line(home: Path, run: Run) -> None:
    assert_one_line(run("init", "config.yaml/here"))


# The configuration


def assert_one_line(result: Result, *words: str, code: int = 2) -> None:
    """The one line on the error stream has these words in it."""
    assert result.exit_code == code, result.output
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert not [word for word in words if word not in result.stderr], result.stderr


def test_every_fault_of_a_configuration_is_one_line(home: Path, run: Run) -> None:
    path = config_with(home, "security: tls", "security: none")
    result = run("status", "--config", path)
    assert result.exit_code == 2
    head, *faults = result.stderr.splitlines()
    assert head.endswith("can't be used:")
    assert len(faults) == 2
    assert all("security" in fault for fault in faults)


def test_an_unset_environment_variable_is_named(home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_SECRET", raising=False)
    result = run("status", "--config", config_with(home, '"file:secret"', "env:NO_SUCH_SECRET"))
    assert result.exit_code == 2
    assert "the environment variable NO_SUCH_SECRET is not set" in result.stderr


@pytest.mark.parametrize("path", ["nosuch.yaml", ".", "secret/config.yaml"])
@pytest.mark.parametrize("command", [("status",), ("run",), ("explain", "x.eml")], ids=" ".join)
def test_a_configuration_that_cannot_be_read_is_told(home: Path, run: Run, path: str, command: tuple[str, ...]) -> None:
    result = run(*command, "--config", path)
    assert result.exit_code == 2
    assert "can't be read" in result.stderr


def test_the_configuration_can_be_named_before_the_command(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "--config", str(home / "config.yaml"), "status", "--json"],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])},
    )
    assert json.loads(done.stdout)["statements"] == []


@pytest.mark.parametrize("database", ["secret", "data", "secret/x.db"], ids=["no database", "a folder", "under a file"])
def test_a_database_that_cannot_be_used_is_told_in_one_line(home: Path, run: Run, database: str) -> None:
    (home / "data").mkdir(exist_ok=True)
    (home / "secret").write_text(USERS[BOT] + "\n" * 200)
    path = config_with(home, "digest:", f"database: sqlite:///{home / database}\ndigest:")
    assert_one_line(run("status", "--config", path))


def test_a_database_of_a_later_version_is_told(home: Path, run: Run) -> None:
    path = config_with(home, "digest:", "database: postgresql://localhost/x\ndigest:")
    result = run("status", "--config", path)
    assert result.exit_code == 2
    assert "sqlite" in result.stderr


# Data


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("customers.csv", ("结账日", "结账日期限"), ("结账日期限",)),
        ("customers.csv", (REP, ""), ("第 2 行", "销售代表")),
        ("customers.csv", (REP, "nobody@hd-trade.example"), ("第 2 行", "销售代表", "nobody")),
        ("worked-example.csv", ("2026-10-08", "2026-10-38"), ("第 4 行", "日期")),
    ],
    ids=["unknown column", "missing rep", "unknown rep", "no date"],
)
def test_a_fault_is_told_with_row_and_column(
    home: Path, run: Run, name: str, change: tuple[str, str], words: tuple[str, ...]
) -> None:
    run("import", str(SAMPLES / "customers.csv"))
    (home / name).write_text((SAMPLES / name).read_text("utf-8").replace(*change, 1), "utf-8")
    result = run("import", name)
    assert result.exit_code == 1 or "提示" in result.stderr
    assert not [word for word in words if word not in result.stderr], result.stderr


def test_a_doubled_row_is_told_with_both_places(home: Path, run: Run) -> None:
    lines = (SAMPLES / "worked-example.csv").read_text("utf-8").splitlines()
    (home / "doubled.csv").write_text("\n".join([*lines, lines[3]]), "utf-8")
    result = run("import", str(SAMPLES / "customers.csv"), "doubled.csv")
    assert result.exit_code == 1
    assert f"第 {len(lines) + 1} 行" in result.stderr
    assert "nothing of it was imported" in result.stderr


def test_faults_are_values_for_programs(home: Path, run: Run) -> None:
    run("import", str(SAMPLES / "customers.csv"))
    text = (SAMPLES / "worked-example.csv").read_text("utf-8").replace("2026-10-08", "2026-10-38", 1)
    (home / "wrong.csv").write_text(text, "utf-8")
    result = run("import", "wrong.csv", "--json")
    (file,) = json.loads(result.stdout)["files"]
    assert (result.exit_code, file["refused"]) == (1, True)
    assert list(file["faults"][0]) == ["place", "row", "column", "message", "remedy", "warning"]
    assert (file["faults"][0]["row"], file["faults"][0]["column"]) == (4, "日期")


def test_a_customer_that_breaks_preparing_is_told(home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(run)
    monkeypatch.setattr(preparing, "prepare", lambda *_, **__: 1 / 0)
    result = run("prepare", "--period", "2026-10", "--as-of", "2026-11-02")
    assert result.exit_code == 1
    assert "C001: preparing failed" in result.stderr


def test_a_used_up_quota_says_until_when(home: Path, run: Run) -> None:
    imported(run)
    customers = (SAMPLES / "customers.csv").read_text("utf-8").splitlines()
    other = customers[1].replace("C001", "C009").replace("苏州恒远机械有限公司", "扬州邗江电气有限公司")
    other = other.replace("恒远机械、苏州恒远", "邗江电气").replace(LI, WANG)
    (home / "customers.csv").write_text(f"{customers[0]}\n{other}\n", "utf-8")
    rows = (SAMPLES / "worked-example.csv").read_text("utf-8").splitlines()
    (home / "rows.csv").write_text(f"{rows[0]}\n{rows[1]}\n".replace("C001", "C009").replace("QC-", "QC9-"), "utf-8")
    run("import", "customers.csv", "rows.csv")
    run("prepare", "--period", "2026-10", "--as-of", "2026-11-02")
    result = run(
        "send", "--period", "2026-10", *NOW, "--config", config_with(home, "per_minute: 1000", "per_minute: 1")
    )
    assert "the quota is used up until 2026-11-03 08:31" in result.output


def test_a_file_that_is_not_there_is_told_by_its_name(home: Path, run: Run) -> None:
    assert_one_line(run("import", "nosuch.csv"), "nosuch.csv")


@pytest.mark.parametrize("period", ["2026-13", "2026Q5", "october", ""])
@pytest.mark.parametrize("command", ["prepare", "send", "status"])
def test_a_period_that_is_none_is_told(home: Path, run: Run, command: str, period: str) -> None:
    assert_one_line(run(command, "--period", period), "--period")


@pytest.mark.parametrize("option", [("--as-of", "tomorrow"), ("--now", "9 o'clock")], ids=" ".join)
def test_a_day_that_is_none_is_told(home: Path, run: Run, option: tuple[str, str]) -> None:
    assert_one_line(run("chase", *option), "2026-11-03")


# A month by hand


def imported(run: Run) -> None:
    assert run("import", *(str(SAMPLES / name) for name in ("worked-example.csv", "customers.csv"))).exit_code == 0


@pytest.fixture
def out(home: Path, run: Run) -> Path:
    """October's statement of the example was sent by hand."""
    imported(run)
    assert run("prepare", "--period", "2026-10", "--as-of", "2026-11-02").exit_code == 0
    assert run("send", "--period", "2026-10", *NOW, "--json").exit_code == 0
    return home


def test_a_month_can_be_run_by_hand_and_read_by_programs(home: Path, run: Run, town: Town) -> None:
    imported(run)
    prepared = json.loads(run("prepare", "--period", "2026-10", "--as-of", "2026-11-02", "--json").stdout)
    assert prepared["statements"] == [
        {
            "customer": "C001",
            "currency": "CNY",
            "result": "prepared",
            "statement": "DZ-202610-000001-73",
            "anomalies": [],
        }
    ]
    sent = json.loads(run("send", "--period", "2026-10", *NOW, "--json").stdout)
    assert (sent["queued"], sent["sent"], sent["failed"], sent["resume_at"]) == (["DZ-202610-000001-73"], 1, 0, None)
    assert len(town.server.messages(LI)) == 1
    polled = json.loads(run("poll", "--once", *NOW, "--json").stdout)
    assert list(polled) == ["new", "own", "vanished", "judged"]
    assert (polled["new"], polled["own"]) == (1, 1)
    status = json.loads(run("status", "--json").stdout)
    assert [row["state"] for row in status["statements"]] == ["sent"]
    chased = json.loads(run("chase", "--json", "--as-of", "2026-11-30").stdout)
    assert chased == {"reminded": ["DZ-202610-000001-73"], "asked_for_pages": [], "to_phone": []}


def test_a_month_by_hand_is_told_to_people_in_tables(home: Path, run: Run) -> None:
    imported(run)
    assert "prepared" in run("prepare", "--period", "2026-10", "--as-of", "2026-11-02").output
    text = run("send", "--period", "2026-10", *NOW).output
    assert "about 0 min" in text
    assert "queued now" in text
    assert "1 new mail" in run("poll", "--once", *NOW).output
    text = run("status", "--period", "2026-10").output
    assert "DZ-202610-000001-73" in text.replace("\n", "")
    assert "mails out: queued 0" in text
    assert "reminded: 1 DZ-202610-000001-73" in run("chase", "--as-of", "2026-11-30").output
    assert "对账日报" in run("digest", *NOW).output
    assert "was sent before" in run("digest", *NOW).output
    assert "digest.html" in run("digest", "--save", "out/digest.html", *NOW).output


def test_a_held_statement_is_told_and_counts_as_a_fault_in_the_data(home: Path, run: Run) -> None:
    imported(run)
    (home / "wrong.csv").write_text(
        "单据类型,单号,行号,日期,客户编码,产品名称,规格,单位,数量,含税单价,金额,币种\n"
        "发货,XSCK-40001,1,2026-10-12,C001,减速机,RV63-30,台,2,100.00,300.00,CNY\n",
        "utf-8",
    )
    run("import", "wrong.csv")
    result = run("prepare", "--period", "2026-10", "--as-of", "2026-11-02")
    assert result.exit_code == 1
    assert "held, pricing is told: " in result.stderr


def test_a_statement_waits_for_release_by_finance(home: Path, run: Run) -> None:
    path = config_with(home, "digest:", "confirmation: {release: finance}\ndigest:")
    imported(run)
    run("prepare", "--period", "2026-10", "--as-of", "2026-11-02", "--config", path)
    waiting = json.loads(run("send", "--period", "2026-10", *NOW, "--json", "--config", path).stdout)
    assert waiting["waiting_for_release"] == ["DZ-202610-000001-73"]
    assert_one_line(run("release", "--period", "2026-10", "--by", REP, "--config", path), "没有财务权限")
    assert_one_line(run("release", "--period", "2026-10", "--by", "x@y.example", "--config", path), "nobody of")
    assert "1 released" in run("release", "--period", "2026-10", "--by", FINANCE, "--config", path).output


def test_poll_asks_for_once(run: Run) -> None:
    result = run("poll")
    assert result.exit_code == 2
    assert "--once" in result.output


@pytest.mark.parametrize("given", [(), ("--accept", "--resend"), ("--close", "x", "--void", "y")], ids=" ".join)
def test_resolve_wants_exactly_one_decision(run: Run, given: tuple[str, ...]) -> None:
    result = run("resolve", "DZ-202610-000001-73", "--by", FINANCE, *given)
    assert result.exit_code == 2
    assert "exactly one" in result.output


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (("--accept",), "不能审核通过"),
        (("--return", "缺页"), "不能退回"),
        (("--resend",), "没有发送失败"),
        (("--close", "已解释"), "没有编号为"),
        (("--void", "误读"), "没有编号为"),
    ],
    ids=["accept", "return", "resend", "close", "void"],
)
def test_a_decision_that_cannot_be_taken_is_told(out: Path, run: Run, given: tuple[str, ...], word: str) -> None:
    assert_one_line(run("resolve", "DZ-202610-000001-73", "--by", FINANCE, *given), word)


def test_a_decision_is_carried_out(out: Path, run: Run, town: Town) -> None:
    store = Store(f"sqlite:///{out}/data/duizhang.db")
    with store.write() as session:
        row = session.get_one(StatementRow, 1)
        row.state = "confirmed"
        session.add(row)
    store.close()
    result = run("resolve", "DZ-202610-000001-73", "--by", FINANCE, "--return", "缺第2页")
    assert (result.exit_code, "已退回" in result.output) == (0, True)


def test_audit_verify_finds_what_was_altered(out: Path, run: Run) -> None:
    assert "intact" in run("audit", "verify").output
    victim = next(path for path in (out / "data" / "blobs").rglob("*") if path.is_file())
    victim.chmod(0o600)
    victim.write_bytes(b"altered")
    result = run("audit", "verify")
    assert result.exit_code == 1
    assert victim.name[:20] in result.stderr.replace("\n", "")


# Explaining


def test_replies_are_explained_to_people_and_programs(out: Path, run: Run, town: Town) -> None:
    (statement,) = town.server.messages(LI)
    (out / "sent.eml").write_bytes(statement)
    reply = f"From: {LI}\r\nTo: {BOT}\r\nSubject: Re: x\r\nMessage-ID: <a@b.example>\r\n\r\nhello\r\n"
    (out / "reply.eml").write_text(reply)

    (out / "yes.eml").write_text(
        reply.replace("hello", PHRASE).replace(
            "\r\n\r\n", f"\r\nIn-Reply-To: <{parse(statement).message_id}>\r\n\r\n", 1
        ),
        "utf-8",
    )
    told = run("explain", "reply.eml", "yes.eml", "--sent", "sent.eml", "--json").stdout.splitlines()
    assert [json.loads(line)["file"] for line in told] == ["reply.eml", "yes.eml"]
    assert "reply.eml" in run("explain", "reply.eml").output
    store = run("explain", "yes.eml", "--json").stdout
    assert json.loads(store)["statement"] == "DZ-202610-000001-73"


def sealed_reply(town: Town, statement: bytes) -> bytes:
    """A reply with the phrase and our page, sealed and scanned."""
    sent = explaining.read_sent(town.sandbox, statement)
    name = sent.statement.snapshot.customer.name
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"], reply["Message-ID"] = LI, BOT, "Re: x", "<sealed@b.example>"
    reply["In-Reply-To"] = f"<{sent.mail.message_id}>"
    reply.set_content(PHRASE)
    for file in paper.sealed_scan(sent.pdf, sent.reference.layout, name, 7, dpi=150, format="jpg"):
        reply.add_attachment(file.data, *file.content_type.split("/"), filename=file.name)
    return reply.as_bytes()


def test_E6_pictures_of_returned_pages_are_saved_and_stored_scans_read_again(out: Path, run: Run, town: Town) -> None:
    pytest.importorskip("rapidocr")
    (statement,) = town.server.messages(LI)
    (out / "sealed.eml").write_bytes(sealed_reply(town, statement))
    told = json.loads(run("explain", "sealed.eml", "--json", "--pictures", "pictures").stdout)
    assert {each["verdict"] for each in told["attachments"]} == {"signed"}
    assert told["pictures"] == [f"pictures{os.sep}sealed-1-1.jpg"]
    assert (out / told["pictures"][0]).read_bytes().startswith(b"\xff\xd8")
    assert "附图" in run("explain", "sealed.eml", "--pictures", "pictures").output
    town.arrive((out / "sealed.eml").read_bytes())
    assert run("poll", "--once", *NOW).exit_code == 0
    again = run("audit", "reread", "DZ-202610-000001-73", "--json", "--pictures", "again")
    scan, _ = json.loads(again.stdout)["scans"]  # two pages in two files
    assert (again.exit_code, scan["same"], scan["same_reader"], scan["same_pictures"]) == (0, True, True, True)
    assert "opencv-python-headless" in scan["now"]["reader"]
    assert len(list((out / "again").iterdir())) == 2
    assert "2 scans read again, 2 with the same verdict, 0 fail" in run("audit", "reread").output


def test_a_file_that_is_no_statement_is_told_in_one_line(home: Path, run: Run) -> None:
    (home / "reply.eml").write_text("Subject: x\r\n\r\nhello")
    assert_one_line(run("explain", "reply.eml", "--sent", "reply.eml"), "X-DZ-Statement")
    assert_one_line(run("explain", "nosuch.eml"), "nosuch.eml")


def test_a_reply_that_cannot_be_opened_is_told_and_the_next_one_explained(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "bad.eml").write_text("Subject: bad\r\n\r\nx")
    (home / "good.eml").write_text("Subject: good\r\n\r\nx")
    explained = showing._explained

    def contained(*values: Any) -> object:
        if b"bad" in values[2]:
            raise Contained("timeout")
        return explained(*values)

    monkeypatch.setattr(showing, "_explained", contained)
    assert "isn't there yet" in run("explain", "good.eml").stderr  # explaining makes no database
    run("status")
    result = run("explain", "bad.eml", "good.eml", "--json")
    assert "bad.eml: can't be opened" in result.stderr
    assert json.loads(result.stdout)["file"] == "good.eml"


# The world


@pytest.mark.parametrize("command", [("send", "--period", "2026-10"), ("poll", "--once"), ("digest",)], ids=" ".join)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"file:secret"', '"file:wrong"'),
        ("host: localhost", "host: nowhere.invalid"),
        ("ca_file: ", "ca_file: secret # "),
    ],
    ids=["wrong password", "wrong host", "wrong certificate"],
)
def test_a_server_that_refuses_us_is_told_in_one_line(
    home: Path, run: Run, command: tuple[str, ...], old: str, new: str
) -> None:
    imported(run)
    run("prepare", "--period", "2026-10", "--as-of", "2026-11-02")
    (home / "wrong").touch(mode=0o600)
    (home / "wrong").write_text("wrong")
    result = run(*command, *NOW, "--config", config_with(home, old, new))
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1, result.stderr


def test_preparing_goes_on_when_the_departments_cannot_be_told_yet(home: Path, run: Run) -> None:
    imported(run)
    (home / "wrong").touch(mode=0o600)
    (home / "wrong").write_text("wrong")
    (home / "wrong.csv").write_text(
        "单据类型,单号,行号,日期,客户编码,产品名称,规格,单位,数量,含税单价,金额,币种\n"
        "发货,XSCK-40001,1,2026-10-12,C001,减速机,RV63-30,台,2,100.00,300.00,CNY\n",
        "utf-8",
    )
    run("import", "wrong.csv")
    path = config_with(home, '"file:secret"', '"file:wrong"')
    result = run("prepare", "--period", "2026-10", "--as-of", "2026-11-02", "--config", path)
    assert result.exit_code == 1
    assert "wait in the outbox" in result.stderr


def test_doctor_shows_what_is_good_and_ends_badly_where_something_is_bad(home: Path, run: Run) -> None:
    result = run("doctor")
    assert (result.exit_code, "SMTP" in result.output) == (0, True)
    (home / "wrong").touch(mode=0o600)
    (home / "wrong").write_text("wrong")
    assert run("doctor", "--config", config_with(home, '"file:secret"', '"file:wrong"')).exit_code == 2


def test_ctrl_c_ends_in_one_word(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "app", stopped)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "stopped\n"


def test_the_service_runs_until_it_is_told_to_stop(home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []

    def watch(_schedule: Schedule, stop: threading.Event) -> None:
        signal.raise_signal(signal.SIGTERM)
        happened.append(f"told to stop: {stop.is_set()}")

    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    monkeypatch.setattr(running.logging, "basicConfig", lambda **_: None)
    monkeypatch.setattr(Schedule, "start", lambda _: happened.append("started"))
    monkeypatch.setattr(Schedule, "watch", watch)
    monkeypatch.setattr(Schedule, "stop", lambda _, **_within: happened.append("stopped") is None)
    try:
        assert run("run").exit_code == 0
        assert happened == ["started", "told to stop: True", "stopped"]
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def test_the_example_sheet_opens_in_a_spreadsheet_program(home: Path, run: Run) -> None:
    run("init", "fresh")
    assert load_workbook(home / "fresh" / "import-example.xlsx").sheetnames


def test_a_fault_of_the_program_is_one_line_and_its_details_are_in_the_log(home: Path) -> None:
    broken = "import bot.showing\nbot.showing.show_status = lambda *_: 1 / 0\nfrom bot import cli\ncli.main()\n"
    told = subprocess.run(
        [sys.executable, "-c", broken, "status"], cwd=home, capture_output=True, text=True, check=False
    )
    assert told.returncode == 70
    assert "Traceback" not in told.stdout + told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert "ZeroDivisionError: division by zero" in told.stderr
    assert "Traceback" in (home / "data" / "duizhang.log").read_text("utf-8")
