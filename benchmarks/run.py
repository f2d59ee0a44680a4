"""``make bench``: what the bot costs, in CPU seconds, in one table; the full run is kept in benchmarks/results.md.

``python benchmarks/run.py [--quick] [--seed N] [--only WORDS]``. Each measurement prepares what it needs and times the
rest. CPU is that of this process and its ended children; the mail servers run in a process of their own.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import company, weasy_page
from bot import flow
from bot.compose import statement_pdf, statement_xlsx
from bot.edges.sandbox import Sandbox
from bot.steps.office import Office
from parsers.period import Period
from tests.compose.samples import a_statement, many_lines

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results.md"
OCTOBER = Period("month", 2026, 10)
LINES = 60


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything: the full run, or a quick look."""

    statements: int = 200
    others: int = 20
    customers: int = 1000
    lines: int = 10_000
    mails: int = 500
    starts: int = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``bar`` is what must hold, ``met`` None where there is no bar."""

    what: str
    count: str
    seconds: float
    found: str
    bar: str = ""
    met: bool | None = None


class Meter:
    """CPU and wall seconds of a block."""

    def __init__(self) -> None:
        self.cpu = self.wall = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Adds what the block costs."""
        cpu, wall = _cpu(), time.monotonic()
        try:
            yield
        finally:
            self.cpu += _cpu() - cpu
            self.wall += time.monotonic() - wall


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def rendering(sizes: Sizes, _seed: int) -> Iterator[Row]:
    """Statements of 60 lines: our PDF, our workbook, and the same page by WeasyPrint."""
    statement = a_statement(many_lines(LINES))
    for what, render in (("PDF", statement_pdf.render), ("workbook", statement_xlsx.render)):
        render(statement)  # fonts are read once
        meter = Meter()
        with meter.running():
            for _ in range(sizes.statements):
                render(statement)
        yield _rate(f"{what} of {LINES} lines", sizes.statements, meter.cpu, "statements/s")
    page = weasy_page.page(statement)
    other = ROOT / ".venv-bench" / "bin" / "python"
    if not other.exists():
        print("WeasyPrint isn't installed: `make bench` sets it up in .venv-bench", file=sys.stderr)
        return
    done = subprocess.run(
        [str(other), str(ROOT / "benchmarks" / "weasy.py"), str(sizes.others)],
        input=page,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return
    yield _rate(f"PDF of {LINES} lines by WeasyPrint", sizes.others, float(done.stdout), "statements/s")


def long_statement(sizes: Sizes, _seed: int) -> Iterator[Row]:
    """One statement with very many lines, in a process of its own, for its memory."""
    code = (
        "import re, time\n"
        "from pathlib import Path\n"
        "from bot.compose import statement_pdf, statement_xlsx\n"
        "from tests.compose.samples import a_statement, many_lines\n"
        f"one = a_statement(many_lines({sizes.lines}))\n"
        "begun = time.process_time()\n"
        "pdf, sheet = statement_pdf.render(one), statement_xlsx.render(one)\n"
        "seconds = time.process_time() - begun\n"
        "most = int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) / 1024\n"
        "print(seconds, most, pdf.pages)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    seconds, most, pages = (float(word) for word in done.stdout.split())
    yield Row(
        f"PDF and workbook of {sizes.lines:,} lines",
        "1",
        seconds,
        f"{pages:.0f} pages, {most:.0f} MB",
        "≤ 5 s, ≤ 200 MB",
        seconds <= 5 and most <= 200,
    )


def month(sizes: Sizes, seed: int) -> Iterator[Row]:
    """A month of many customers: import, prepare, draw and queue, send to a sink, fetch and judge the answers."""
    with tempfile.TemporaryDirectory() as folder, company.sink(sizes.customers) as post:
        config = company.configuration(Path(folder), post)
        clock = company.clock()
        with flow.offices(config, clock) as offices:
            (office,) = offices.values()
            yield _importing(office, Path(folder), sizes, seed)
            yield _queueing(office, sizes)
            yield _sending(office, sizes)
        with flow.offices(config, clock) as offices:
            (office,) = offices.values()
            office.sandbox.warm_up("parse")
            flow.receive(office)  # our own copies
            for raw in company.replies(office, sizes.mails, seed):
                post.deliver(raw)
            meter = Meter()
            with meter.running():
                received = flow.receive(office)
                office.sandbox.close()  # a child's CPU counts when it has ended
            outcomes = sorted({outcome for _, outcome in received.judged})
        assert len(received.judged) == sizes.mails, len(received.judged)
        assert outcomes == ["scan_pending"], outcomes
        yield _rate(
            "mails fetched, judged and acted upon", sizes.mails, meter.cpu, f"mails/s ({meter.wall:.1f} s elapsed)"
        )


def _importing(office: Office, folder: Path, sizes: Sizes, seed: int) -> Row:
    files = company.files(folder, sizes.customers, LINES, seed)
    meter = Meter()
    with meter.running():
        done = flow.import_files(office, files)
    assert not any(each.refused for each in done), done[0].faults[:3]
    return _rate("rows imported", sum(each.added for each in done), meter.cpu, "rows/s")


def _queueing(office: Office, sizes: Sizes) -> Row:
    meter = Meter()
    with meter.running():
        prepared = flow.prepare(office, OCTOBER)
        company.until_sending(office)
        queued = flow.queue(office, OCTOBER)
    assert len(queued.queued) == sizes.customers, (prepared[:2], queued)
    scaled = meter.cpu * 1000 / sizes.customers
    return Row(
        f"prepare + draw + queue, {LINES} lines each",
        f"{sizes.customers:,}",
        meter.cpu,
        f"{sizes.customers / meter.cpu:,.1f} statements/s",
        "≤ 60 s for 1,000",
        scaled <= 60,
    )


def _sending(office: Office, sizes: Sizes) -> Row:
    meter = Meter()
    with meter.running():
        report = flow.deliver(office)
    assert report.sent == sizes.customers, report
    return _rate("mails sent to a sink", report.sent, meter.cpu, f"mails/s ({meter.wall:.1f} s elapsed)")


def opening(sizes: Sizes, _seed: int) -> Iterator[Row]:
    """How long ``duizhang --help`` takes to come up: the quickest of some starts."""
    program = Path(sys.executable).with_name("duizhang")
    best = float("inf")
    for _ in range(sizes.starts):
        before = _cpu()
        subprocess.run([str(program), "--help"], capture_output=True, check=True)
        best = min(best, _cpu() - before)
    yield Row("duizhang --help", f"best of {sizes.starts}", best, f"{best * 1000:.0f} ms")


def parsing(sizes: Sizes, _seed: int) -> Iterator[Row]:
    """What a call into the sandbox costs: a mail parsed in the warm child."""
    raw = company.plain_reply()
    with Sandbox() as sandbox:
        sandbox.call("parsers.mail:parse", raw)
        meter = Meter()
        with meter.running():
            for _ in range(sizes.mails):
                sandbox.call("parsers.mail:parse", raw)
    seconds = meter.wall
    yield Row("mails parsed in the child", f"{sizes.mails:,}", seconds, f"{sizes.mails / seconds:,.0f} mails/s elapsed")


MEASURED: tuple[Callable[[Sizes, int], Iterator[Row]], ...] = (rendering, long_statement, month, parsing, opening)


def _rate(what: str, count: int, seconds: float, unit: str) -> Row:
    return Row(what, f"{count:,}", seconds, f"{count / max(seconds, 1e-9):,.1f} {unit}")


def _table(rows: list[Row]) -> str:
    head = "| | count | CPU s | | bar | |\n|---|--:|--:|--:|---|---|\n"
    signs = {True: "met", False: "**missed**", None: ""}
    lines = [
        f"| {row.what} | {row.count} | {row.seconds:.2f} | {row.found} | {row.bar} | {signs[row.met]} |" for row in rows
    ]
    return head + "\n".join(lines) + "\n"


def _where(seed: int) -> str:
    told = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    commit = told.stdout.strip() or "no commit"
    return (
        f"Commit {commit}, seed {seed}, Python {platform.python_version()}, {platform.machine()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} while it ran."
    )


def _quotations() -> bool:
    """Quotations of real replies, where a collection lies beside the checkout; False where a bar was missed."""
    return subprocess.run([sys.executable, str(ROOT / "benchmarks" / "quotes.py")], check=False).returncode == 0


def main() -> int:
    """Prints the table; 1 where a bar was missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="small sizes, nothing is kept")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="", help="one of: " + ", ".join(each.__name__ for each in MEASURED))
    chosen = options.parse_args()
    sizes = Sizes(20, 3, 30, 10_000, 30, 2) if chosen.quick else Sizes()
    rows: list[Row] = []
    for measure in MEASURED:
        if chosen.only in {"", measure.__name__}:
            for row in measure(sizes, chosen.seed):
                print(f"{row.what}: {row.count}, {row.seconds:.2f} s, {row.found}", file=sys.stderr, flush=True)
                rows.append(row)
    text = f"{_where(chosen.seed)}\n\n{_table(rows)}"
    print(text)
    quotations = _quotations() if not chosen.only else True
    if not chosen.quick and not chosen.only:
        RESULTS.write_text(f"# What it costs\n\nMade by `make bench`. {text}", "utf-8")
    return 1 if any(row.met is False for row in rows) or not quotations else 0


if __name__ == "__main__":
    sys.exit(main())
