"""HTML of a mail → the words that a person sees, line by line; hidden and struck words are told apart.

``<p>甲<span style="display:none">不</span>确<b>认</b></p>`` reads ``甲确认`` with ``不`` hidden. Lines in a blockquote
begin with ``> `` for each level, cells of a row stand apart by a tab, a ruler is a line of underscores, pictures and
links' targets leave nothing. One walk without recursion, linear; at most MAX_NODES nodes and MAX_TEXT characters.
"""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.css import Look, Sheet, sheet_rules
from parsers.fold import visible

MAX_NODES, MAX_TEXT, MAX_HTML, MAX_DEPTH, MAX_LEVELS, MAX_PIECES = 40_000, 200_000, 4_000_000, 500, 20, 100
RULER = "_" * 32

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "ul", "xmp",
    "plaintext", "includetail",
})  # fmt: skip
_ROWS = frozenset({"table", "tbody", "tfoot", "thead", "tr"})
_SILENT = frozenset({
    "script", "style", "head", "title", "template", "meta", "link", "object", "embed", "audio", "video", "canvas",
    "svg", "iframe", "noframes", "datalist", "select", "map", "img", "input", "-comment", "!doctype",
})  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_UNNESTED = frozenset(
    {"p", "br", "hr", "img", "li", "td", "tr", "th", "dd", "dt", "meta", "link", "input", "o", "option"}
)
"""Tags that the parser closes by itself, so that they say nothing about depth."""
_DATA = re.compile(r"(?<=[\"'(])data:[^\"'()<>\s]+")


@dataclass(frozen=True, slots=True)
class HtmlText:
    """What an HTML body shows. ``hidden`` and ``struck`` hold pieces in order, ``> `` before those in a quotation.

    ``cut`` is True where a cap was reached, so that something may be missing.
    """

    text: str
    hidden: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    cut: bool = False


@dataclass(slots=True)
class _Page:
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
        depth = self.line_depth if self.words else self.depth
        self.lines.append(("> " * min(depth, MAX_LEVELS) + "".join(self.words)).rstrip())
        self.words.clear()
        self.gap = ""
        self.size += 1

    def line_break(self) -> None:
        if self.words and self.gap == "\n":
            self.end_line()
        self.end_line()

    def block(self) -> None:
        """A word that follows stands on a new line, unless it is the first of a cell."""
        if self.words and "\t" not in self.gap:
            self.gap = "\n"

    def row(self) -> None:
        self.gap = "\n" if self.words else ""
        self.first_cell = True

    def cell(self) -> None:
        if self.words and not self.first_cell:
            self.gap = self.gap + "\t" if "\t" in self.gap else "\t"
        self.first_cell = False

    def ruler(self) -> None:
        self.block()
        self._word(RULER)
        self.block()

    def finish(self) -> str:
        if self.words:
            self.end_line()
        return re.sub(r"\n{4,}", "\n\n\n", "\n".join(self.lines)).strip("\n")


@dataclass(slots=True)
class _Pieces:
    """Words of one kind that stand together make one piece."""

    found: list[str] = field(default_factory=list[str])
    open: list[str] = field(default_factory=list[str])
    depth: int = 0

    def write(self, text: str, depth: int) -> None:
        self.open.append(text)
        self.depth = depth

    def close(self) -> None:
        if not self.open:
            return
        text = visible(_BLANKS.sub(" ", "".join(self.open))).strip()
        if text and len(self.found) < MAX_PIECES:
            self.found.append(("> " if self.depth else "") + text[:2000])
        self.open.clear()


def to_text(html: str) -> HtmlText:
    """What a person sees of an HTML body; never raises, whatever the markup."""
    kept, cut = _tame(html)
    root = LexborHTMLParser(kept).root if kept.strip() else None
    return _Walk(cut=cut).through(root) if root is not None else HtmlText("", cut=cut)


def _tame(html: str) -> tuple[str, bool]:
    """The part of the source that is parsed in linear time: 100,000 nested ``<div>`` would take 15 s."""
    source = _DATA.sub("data:", html.replace("\x00", "")) if len(html) > MAX_TEXT else html.replace("\x00", "")
    depth = 0
    for count, tag in enumerate(_TAG.finditer(source)):
        if tag[2].lower() not in _UNNESTED:
            depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > MAX_DEPTH or count > 2 * MAX_NODES:
            return source[: tag.start()], True
    return source[:MAX_HTML], len(source) > MAX_HTML


@dataclass(slots=True)
class _Walk:
    cut: bool
    page: _Page = field(default_factory=_Page)
    sheet: Sheet = field(default_factory=Sheet)
    hidden: _Pieces = field(default_factory=_Pieces)
    struck: _Pieces = field(default_factory=_Pieces)

    def through(self, root: LexborNode) -> HtmlText:
        for style in root.css("style"):
            self.cut |= not self.sheet.add(sheet_rules(style.text(deep=True)))
        self._descend(root)
        self.hidden.close()
        self.struck.close()
        return HtmlText(self.page.finish()[:MAX_TEXT], tuple(self.hidden.found), tuple(self.struck.found), self.cut)

    def _descend(self, root: LexborNode) -> None:
        """Depth first over first child and next sibling, with the open elements on a list of our own."""
        open_elements: list[tuple[LexborNode, Look]] = []
        node: LexborNode | None = root
        look, seen = Look(), 0
        while node is not None:
            seen += 1
            if seen > MAX_NODES or self.page.size > MAX_TEXT:
                self.cut = True
                return
            inside = self._enter(node, look)
            child = node.first_child if inside is not None else None
            if inside is not None and child is not None:
                open_elements.append((node, look))
                node, look = child, inside
                continue
            self._leave(node)
            while node.next is None and open_elements:
                node, look = open_elements.pop()
                self._leave(node)
            node = node.next if open_elements else None

    def _enter(self, node: LexborNode, look: Look) -> Look | None:
        """Take what the node itself says; its children's look, None where they are not to be read."""
        tag = node.tag or ""
        if node.is_text_node:
            self._text(node.text_content or "", look)
            return None
        if tag in _SILENT:
            return None
        if tag == "br":
            if not look.hidden:
                self.page.line_break()
        elif tag == "hr":
            self.page.ruler()
        elif tag in {"td", "th"}:
            self.page.cell()
        elif tag in _ROWS:
            self.page.row()
        elif tag in _BLOCKS:
            self._block()
            self.page.depth += tag == "blockquote"
        return look.child(tag, node.attributes, self.sheet)

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _ROWS:
            self.page.row()
        elif tag in _BLOCKS:
            self._block()
            self.page.depth -= tag == "blockquote"

    def _block(self) -> None:
        self.page.block()
        self.hidden.close()
        self.struck.close()

    def _text(self, text: str, look: Look) -> None:
        if look.hidden:
            self.hidden.write(text, self.page.depth)
        elif look.struck:
            self.struck.write(text, self.page.depth)
        else:
            if text.strip():
                self.hidden.close()
                self.struck.close()
            self.page.write(text, verbatim=look.verbatim)
