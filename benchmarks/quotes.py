"""How well and how fast quotations are stripped from real replies, beside other libraries; see benchmarks/quotes.md.

``python benchmarks/quotes.py [real-zh.jsonl]``; a line holds ``text``, ``written`` and the answered mail as ``parent``.
The other libraries live in .venv-bench, which ``make bench`` sets up.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parsers.html import to_text
from parsers.quote import strip
from parsers.subtract import subtract

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "replies" / "real-zh.jsonl"
RESULTS = ROOT / "benchmarks" / "quotes.md"
OTHERS = ROOT / ".venv-bench" / "bin" / "python"
STRIPPED, SUBTRACTED = "ours", "ours, answered mail known"
BARS = {STRIPPED: (0.97, 0.01), SUBTRACTED: (0.0, 0.001)}
"""At least so many read exactly, at most so many leaking; what is typed as it stands in the answered mail goes, too."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as lines to compare: ``parent`` as plain text."""

    text: str
    written: list[str]
    parent: str


@dataclass(frozen=True, slots=True)
class Row:
    """One reader's shares of all replies."""

    name: str
    exact: float
    leaked: float
    lost: float
    milliseconds: float

    @property
    def met(self) -> bool | None:
        """Whether its bars hold; None for readers that aren't ours."""
        bars = BARS.get(self.name)
        return None if bars is None else self.exact >= bars[0] and self.leaked <= bars[1]


def lines(text: str) -> list[str]:
    """Lines with something on them, blanks made one."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def replies(path: Path) -> list[Reply]:
    """All replies of the collection; an answered mail that is HTML as its reader saw it."""
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Reply(one["text"], lines(one["written"]), _shown(one["parent"] or "")) for one in found]


def _shown(parent: str) -> str:
    return f"{parent}\n{to_text(parent).text}" if "<html" in parent.lower() else parent


def foreign(found: Sequence[str], written: Sequence[str]) -> bool:
    """Whether a line holds what the writer didn't type: it is none of his, even with stretches left out."""
    place = 0
    for line in found:
        fits = (at for at in range(place, len(written)) if _is_left_of(line, written[at]))
        at = next(fits, None)
        if at is None:
            return True
        place = at + 1
    return False


def _is_left_of(line: str, whole: str) -> bool:
    rest = iter(whole)
    return all(character in rest for character in line)


def measured(name: str, found: Sequence[str], seconds: float, collection: Sequence[Reply]) -> Row:
    """The shares of replies that a reader gave exactly, with another's words, and without some of the writer's."""
    total = len(collection)
    pairs = [(lines(own), one.written) for own, one in zip(found, collection, strict=True)]
    return Row(
        name,
        sum(own == written for own, written in pairs) / total,
        sum(foreign(own, written) for own, written in pairs) / total,
        sum(bool(set(written) - set(own)) for own, written in pairs) / total,
        seconds * 1000 / total,
    )


def _timed(read: Callable[[Reply], str], collection: Sequence[Reply]) -> tuple[list[str], float]:
    read(collection[0])  # tables are built once
    begun = time.process_time()
    found = [read(one) for one in collection]
    return found, time.process_time() - begun


def ours(collection: Sequence[Reply]) -> Iterator[Row]:
    """By the shapes of quotations alone, and with the answered mail taken out as well."""
    yield measured(STRIPPED, *_timed(lambda one: strip(one.text).own, collection), collection)
    both = _timed(lambda one: subtract(strip(one.text).own, (one.parent,)), collection)
    yield measured(SUBTRACTED, *both, collection)


def others(collection: Sequence[Reply]) -> Iterator[Row]:
    """The other libraries, where they are installed."""
    if not OTHERS.exists():
        print("the other libraries aren't installed: `make bench` sets them up in .venv-bench", file=sys.stderr)
        return
    asked = json.dumps([{"text": one.text, "parent": one.parent} for one in collection])
    script = str(ROOT / "benchmarks" / "rivals.py")
    told = subprocess.run([str(OTHERS), script], input=asked, capture_output=True, text=True, check=False)
    print(told.stderr, file=sys.stderr, end="")
    if told.returncode == 0:
        for name, found in json.loads(told.stdout).items():
            yield measured(name, found["own"], found["seconds"], collection)


def table(rows: Sequence[Row], count: int) -> str:
    """The rows for people."""
    signs = {True: "met", False: "**missed**", None: ""}
    body = [
        f"| {row.name} | {row.exact:.1%} | {row.leaked:.1%} | {row.lost:.1%} "
        f"| {row.milliseconds:.2f} | {signs[row.met]} |"
        for row in rows
    ]
    head = [
        f"{count} real replies in the shapes of Chinese mail programs; shares of replies, CPU time of one run:\n",
        "| | exact | leaked quoted words | lost words of the writer | ms CPU each | bar |",
        "|---|--:|--:|--:|--:|---|",
    ]
    return "\n".join([*head, *body, _EXPLAINED])


_EXPLAINED = """
Bars: without the answered mail at least 97 % exact and at most 1 % leaking, with it at most 0.1 % leaking. With it,
stretches of 24 letters and more that the writer typed just as they stand in the answered mail (links, names of files)
count as quoted: that is the price of finding answers inside an unmarked original."""


def main(path: Path) -> int:
    """Print the table; 0 also where there is no collection, 1 where a bar of ours was missed."""
    if not path.exists():
        print(f"no collection at {path}: nothing measured")
        return 0
    collection = replies(path)
    rows = [*ours(collection), *others(collection)]
    commit = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    text = table(rows, len(collection))
    print(text)
    if len(rows) > len(BARS):
        place = f"Made by `make bench`. Commit {commit.stdout.strip() or 'none'}."
        RESULTS.write_text(f"# How quotations are stripped\n\n{place} {text}\n", "utf-8")
    return 1 if any(row.met is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else BESIDE))
