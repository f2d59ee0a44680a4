"""What the terminal shows: tables where people compare, progress on what takes long, one clear line for a mistake."""

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

LOG_FILE = "duizhang.log"
_LOG_BYTES = 1_000_000
OUT = Console(highlight=False, soft_wrap=False)
ERR = Console(stderr=True, highlight=False)


def log_into(folder: Path) -> None:
    """Details of what goes wrong are written into ``folder``, not on the screen; set up once, unless somebody did."""
    root = logging.getLogger()
    if not root.handlers:
        logging.raiseExceptions = False  # a full disk is told once, by the command itself
        file = RotatingFileHandler(folder / LOG_FILE, maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8", delay=True)
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        file.setLevel(logging.WARNING)
        root.addHandler(file)


def say(text: str) -> None:
    """A line for people; where nobody's screen is in the way it stays one line."""
    OUT.print(escape(text), soft_wrap=True)


def complain(text: str) -> None:
    """A line about something that is wrong; it stays one line."""
    ERR.print(f"[red]{escape(text)}[/red]", soft_wrap=True)


def print_json(value: object) -> None:
    """One object on one line, as other programs read it."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """A table; ``right`` are the places of columns that hold figures."""
    OUT.print(f"[italic]{escape(title)}[/italic]", soft_wrap=True)  # a table's own title is folded to its width
    shown = Table(header_style="bold", box=None, pad_edge=False)
    for place, name in enumerate(columns):
        side: Literal["right", "left"] = "right" if place in right else "left"
        shown.add_column(escape(name), justify=side, overflow="fold", no_wrap=place == 0)  # numbers stay whole to copy
    for row in rows:
        shown.add_row(*(escape(cell) for cell in row))
    OUT.print(shown)


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[object], None]]:
    """A bar on the error stream; the given function moves it on by one. Nothing is drawn where nobody looks."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as bar:
        task = bar.add_task(escape(what), total=total)
        yield lambda _: bar.advance(task)
