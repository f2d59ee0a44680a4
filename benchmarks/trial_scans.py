"""The scan part of ``make trial``: returns of ``tests/scans`` judged one by one, what came of each kind in a table.

``python benchmarks/trial.py --kind scans --count 3750 --seed 7``: every fifth return is an honest one. Each result is
a line in benchmarks/.cache, so a run that was stopped goes on; shards and runs of one seed and one state of the reader
are summed in benchmarks/trial-scans.md.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import cv2

from tests.scans.catalogue import FAMILIES, item
from tests.scans.judging import REFUSED, judged

FOLDER = Path(__file__).resolve().parent
CACHE = FOLDER / ".cache"
_READER = ("parsers", "bot/edges/scans.py", "tests/scans", "bot/compose/statement_pdf.py")
"""What an outcome depends on: results of another state of these are not counted together."""
_CLASSES = ("flatbed", "electronic", "photo", "flatbed grey", "flatbed bw", "flatbed worn", "copier", "fax")
_OTHERS = ("photo bad", "chat", "screenshot", "hard")
_SHOWN = 30
Row = dict[str, Any]
"""One result: index, good, kind, group, device, verdict, named, seconds, pages, reasons."""


def run(count: int, shard: int, of: int, seed: int) -> int:
    """Judges a shard's items that were not yet judged; 1 where a hostile one was accepted."""
    cv2.setNumThreads(1)
    state = _state()
    path = CACHE / f"scans-{state}-seed{seed}-{shard}of{of}.jsonl"
    path.parent.mkdir(exist_ok=True)
    known = {row["index"] for row in _rows([path])}
    with path.open("a", encoding="utf-8") as kept:
        for index in range(shard - 1, count, of):
            if index not in known:
                kept.write(json.dumps(_result(index, seed), ensure_ascii=False) + "\n")
                kept.flush()
    page = page_of(_rows(CACHE.glob(f"scans-{state}-seed{seed}-*.jsonl")), seed, state)
    (FOLDER / "trial-scans.md").write_text(page, "utf-8")
    print(page)
    return int("accepted wrongly" in page)


def _result(index: int, seed: int) -> Row:
    started = time.process_time()
    one = item(index, seed)
    made = time.process_time() - started
    found = judged(one)
    flag = "  WRONG" if found.accepted and not one.good else ""
    print(f"{index:5} {one.kind} / {one.device}: {found.verdict}{flag}", file=sys.stderr, flush=True)
    return {
        "index": index,
        "good": one.good,
        "kind": one.kind,
        "group": one.group,
        "device": one.device,
        "verdict": found.verdict,
        "named": found.named,
        "seconds": round(found.seconds, 3),
        "made": round(made, 3),
        "pages": one.case.live.pdf.layout.pages,
        "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "reasons": found.reasons,
    }


def _rows(paths: Iterable[Path]) -> list[Row]:
    found = [json.loads(line) for path in paths if path.exists() for line in path.read_text("utf-8").splitlines()]
    return list({row["index"]: row for row in found}.values())


def _state() -> str:
    """The last commit that touched the reader or the returns, with a ``+`` where there are changes not committed."""
    said = _git("log", "-1", "--format=%h", "--", *_READER)
    return said + ("+" if _git("status", "--porcelain", "--", *_READER) else "")


def _git(*words: str) -> str:
    told = subprocess.run(["git", "-C", str(FOLDER.parent), *words], capture_output=True, text=True, check=False)
    return told.stdout.strip()


def page_of(rows: list[Row], seed: int, state: str) -> str:
    """The page of results."""
    bad, good = [row for row in rows if not row["good"]], [row for row in rows if row["good"]]
    taken = [row for row in bad if row["verdict"] == "signed"]
    lines = [
        "# Trial of returned scans",
        (
            f'\nMade by `make trial ARGS="--kind scans --count {len(rows)} --seed {seed}"`; reader {state}, '
            f"seed {seed}. A return is accepted where the bot would count it as signed by the customer.\n"
        ),
        *_hostile(bad, taken),
        *_honest(good),
        *_costs(rows),
    ]
    return "\n".join(lines) + "\n"


def _hostile(rows: list[Row], taken: list[Row]) -> list[str]:
    """A line per kind, and every one that was accepted by its index."""
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        by_kind[row["kind"]][_column(row["verdict"])] += 1
    lines = [
        f"## Must not be accepted: {len(rows):,} of {len(by_kind)} kinds, {len(taken)} accepted\n",
        "| family | kind | returns | accepted | a person | said to differ | of other's | asked again |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    columns = ("accepted", "person", "differs", "others", "again")
    for family, kinds in FAMILIES.items():
        for kind in sorted(kinds):
            found = by_kind[kind]
            cells = " | ".join(str(found[column]) for column in columns)
            lines.append(f"| {family} | {kind} | {found.total()} | {cells} |")
    lines += [f"\naccepted wrongly: {row['kind']} / {row['device']}, index {row['index']}" for row in taken[:_SHOWN]]
    return lines


def _column(verdict: str) -> str:
    if verdict == "signed":
        return "accepted"
    if verdict in {"altered", "remarked"}:
        return "differs"
    if verdict in {"other_seal", "other_statement", "other_revision"}:
        return "others"
    return "again" if verdict in {"unsigned", "incomplete", "unread", "none", ""} else "person"


def _honest(rows: list[Row]) -> list[str]:
    """A line per device, the share of seals that were read, and what stood in the way."""
    lines = [
        f"\n## Honest: {len(rows):,}\n",
        "| captured by | returns | accepted | | a person | asked again | called wrong |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for group in (*_CLASSES, *_OTHERS):
        mine = [row for row in rows if row["group"] == group]
        found = Counter(_column(row["verdict"]) for row in mine)
        wrong = sum(row["verdict"] in REFUSED for row in mine)
        share = f"{found['accepted'] / max(1, len(mine)):.1%}"
        told = f"{found['person']} | {found['again']} | {wrong}"
        lines.append(f"| {group} | {len(mine)} | {found['accepted']} | {share} | {told} |")
    lines += [
        f"\ncalled wrong: {row['kind']} / {row['device']}, index {row['index']}"
        for row in rows
        if row["verdict"] in REFUSED
    ]
    sealed = [
        row
        for row in rows
        if ("seal" in row["kind"] or "square" in row["kind"]) and row["group"] not in {"fax", "hard"}
    ]
    named = sum(row["named"] for row in sealed)
    lines.append(
        f"\nThe customer's name was read from {named} of {len(sealed)} seals ({named / max(1, len(sealed)):.1%}; "
        "without fax and poor seals). `hard`, on any device, are faint, partial, clogged or steep seals, red pens, and "
        "the traces of checking: ticks at rows, a marked balance, 无 in the remark box, a second signature.\n"
    )
    reasons = Counter(
        (row["group"], reason[:24])
        for row in rows
        if row["verdict"] != "signed" and row["group"] in {"flatbed", "photo", "electronic"}
        for reason in row["reasons"]
    )
    return lines + [f"- {times} × {group}: {reason}" for (group, reason), times in reasons.most_common(12)]


def _costs(rows: list[Row]) -> list[str]:
    seconds = sorted(row["seconds"] for row in rows)
    if not seconds:
        return []
    return [
        (
            f"\n## Cost\n\nCPU seconds a return: median {statistics.median(seconds):.2f}, "
            f"95 % below {seconds[int(len(seconds) * 0.95)]:.2f}, most {seconds[-1]:.2f} "
            f"(reading only; one thread). Peak RSS of the one process that made and read them all: "
            f"{max(row['rss'] for row in rows):,} MB."
        )
    ]
