"""The page that a walk through HTML writes: lines as a person sees them, and pieces of what he doesn't."""

import re
from dataclasses import dataclass, field

from parsers.fold import visible

RULER, MAX_LEVELS, MAX_PIECES = "_" * 32, 20, 100

_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")


@dataclass(slots=True)
class Page:
    """Lines as they come; breaks are only made when a word follows."""

    lines: list[str] = field(default_factory=list[str])
    words: list[str] = field(default_factory=list[str])
    gap: str = ""
    """What separates the next word from the last: nothing, a blank, a tab or a line end."""
    depth: int = 0
    line_depth: int = 0
    first_cell: bool = True
    size: int = 0

    def write(self, text: str, *, verbatim: bool) -> None:
        """Words as they come; blanks and line ends count where ``verbatim``."""
        if verbatim:
            for place, line in enumerate(text.replace("\r\n", "\n").split("\n")):
                if place:
                    self.end_line()
                self._word(line.replace("\u00a0", " "))
            return
        flat = _BLANKS.sub(" ", text)
        if flat[:1] == " " and not self.gap:
            self.gap = " "
        self._word(flat.strip(" "))
        if flat[-1:] == " " and flat != " ":
            self.gap = " "

    def _word(self, word: str) -> None:
        if not word:
            return
        if self.gap == "\n" and self.words:
            self.end_line()
        elif "\t" in self.gap or (self.gap == " " and self.words):
            self.words.append(self.gap)
        if not self.words:
            self.line_depth = self.depth
        self.gap = ""
        self.words.append(word)
        self.size += len(word)

    def end_line(self) -> None:
        """The line is done."""
        depth = self.line_depth if self.words else self.depth
        self.lines.append(("> " * min(depth, MAX_LEVELS) + "".join(self.words)).rstrip())
        self.words.clear()
        self.gap = ""
        self.size += 1

    def line_break(self) -> None:
        """A ``<br>``."""
        if self.words and self.gap == "\n":
            self.end_line()
        self.end_line()

    def block(self) -> None:
        """A word that follows stands on a new line, unless it is the first of a cell."""
        if self.words and "\t" not in self.gap:
            self.gap = "\n"

    def row(self) -> None:
        """A row of a table begins or ends."""
        self.gap = "\n" if self.words else ""
        self.first_cell = True

    def cell(self) -> None:
        """A cell begins: a tab, but before the first."""
        if self.words and not self.first_cell:
            self.gap = self.gap + "\t" if "\t" in self.gap else "\t"
        self.first_cell = False

    def ruler(self) -> None:
        """A line of underscores."""
        self.block()
        self._word(RULER)
        self.block()

    def finish(self) -> str:
        """The whole text."""
        if self.words:
            self.end_line()
        return re.sub(r"\n{4,}", "\n\n\n", "\n".join(self.lines)).strip("\n")


@dataclass(slots=True)
class Pieces:
    """Words of one kind that stand together make one piece, found at a line of the page."""

    found: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    open: list[str] = field(default_factory=list[str])
    depth: int = 0
    line: int = 0

    def write(self, text: str, page: Page) -> None:
        """Words that stand where the page is now."""
        if not self.open:
            self.line = len(page.lines) + bool(page.words and page.gap == "\n")
        self.open.append(text)
        self.depth = page.depth

    def close(self) -> None:
        """The piece is done."""
        if not self.open:
            return
        text = visible(_BLANKS.sub(" ", "".join(self.open))).strip()
        if text and len(self.found) < MAX_PIECES:
            self.found.append((self.line, ("> " if self.depth else "") + text[:2000]))
        self.open.clear()

    def marked(self, begins: int) -> tuple[str, ...]:
        """The pieces; those below the heading of a quotation are marked as quoted."""
        return tuple(
            piece if piece.startswith("> ") or not 0 <= begins <= line else "> " + piece for line, piece in self.found
        )
