"""HTML of a mail → the words that a person sees, line by line; hidden and struck words are told apart.

``<p>甲<span style="display:none">不</span>确<b>认</b></p>`` reads ``甲确认`` with ``不`` hidden. Lines in a blockquote
begin with ``> `` for each level, cells of a row stand apart by a tab, a ruler is a line of underscores, pictures and
links' targets leave nothing. One walk without recursion, linear; at most MAX_NODES nodes and MAX_TEXT characters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers import css, quote, trick
from parsers.css import Look
from parsers.css_sheet import Element, Sheet, element
from parsers.html_page import Page, Pieces
from parsers.html_source import MAX_HTML, MAX_NODES, MAX_TEXT, tame

__all__ = ["MAX_HTML", "HtmlText", "to_text"]


_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "ul", "xmp",
    "plaintext", "includetail",
})  # fmt: skip
_ROWS = frozenset({"table", "tbody", "tfoot", "thead", "tr"})
_SILENT = frozenset({
    "script", "style", "head", "title", "meta", "link", "param", "source", "track", "col", "colgroup",
    "img", "!doctype",
})  # fmt: skip
_UNSHOWN = frozenset({
    "template", "object", "embed", "audio", "video", "canvas", "svg", "math", "iframe", "frame", "noframes", "noscript",
    "datalist", "select", "marquee", "textarea", "map", "progress", "meter",
})  # fmt: skip
"""What one program shows and another doesn't: words in there count as hidden, so that a person looks."""
_CLOSED = frozenset({"details", "dialog"})
"""The same, unless they are ``open``."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_CONDITION = re.compile(r"\[if\b[^\]]{0,200}\]", re.IGNORECASE)
_UNREAD = re.compile(r"<(xml|style|script)\b.*?</\1>|<[^>]*>|&\w+;", re.IGNORECASE | re.DOTALL)
_ENCLOSED = re.compile(r"data:(?:text/css|[\w/+.-]{0,40}font)", re.IGNORECASE)
"""Style sheets and letters that a mail brings with it where nobody looks: they can make anything of its words."""
_KEPT_LOOKS = 5_000


@dataclass(frozen=True, slots=True)
class HtmlText:
    """What an HTML body shows. ``hidden`` and ``struck`` hold pieces in order, ``> `` before those in a quotation.

    ``cut`` is True where a cap was reached, so that something may be missing.
    """

    text: str
    hidden: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    cut: bool = False


@lru_cache(maxsize=2)
def to_text(html: str) -> HtmlText:
    """What a person sees of an HTML body; never raises, whatever the markup."""
    kept, cut = tame(html)
    root = LexborHTMLParser(kept).root if kept.strip() else None
    walk = _Walk(cut=cut)
    if (enclosed := _ENCLOSED.search(html)) is not None:
        walk.trace(enclosed[0])
    return walk.through(root) if root is not None else HtmlText("", cut=cut)


@dataclass(slots=True)
class _Walk:
    cut: bool
    page: Page = field(default_factory=Page)
    sheet: Sheet = field(default_factory=Sheet)
    hidden: Pieces = field(default_factory=Pieces)
    struck: Pieces = field(default_factory=Pieces)
    looks: dict[object, Look] = field(default_factory=dict[object, Look])
    laid: dict[tuple[str, css.Met, str | None], str] = field(default_factory=dict[tuple[str, css.Met, str | None], str])
    ancestors: list[Element] = field(default_factory=list[Element])
    only_some: bool = False
    """Whether the words that follow are for other programs than Outlook: ``<![if !mso]>``."""

    def through(self, root: LexborNode) -> HtmlText:
        self._read_sheets(root)
        for template in root.css("template"):  # it may stand in the head
            self.trace(_UNREAD.sub("", (template.html or "")[:MAX_TEXT]))
        before = root.prev
        while before is not None:
            self._comment(before.comment_content or "" if before.is_comment_node else "")
            before = before.prev
        self._descend(root)
        self.hidden.close()
        self.struck.close()
        text = self.page.finish()[:MAX_TEXT]
        lines = self.page.lines
        begins = quote.strip("\n".join(lines)).begins if self.hidden.found or self.struck.found else -1
        own = lines[: begins if begins >= 0 else None]
        return HtmlText(
            text,
            (*self.hidden.marked(begins), *trick.turned(own)),
            (*self.struck.marked(begins), *trick.struck(own)),
            self.cut or self.sheet.cut,
        )

    def _read_sheets(self, root: LexborNode) -> None:
        """All style sheets for a screen; of those with titles only the first is used unless the reader chooses."""
        chosen = ""
        for style in root.css("style"):
            told = style.attributes
            kind, media = (told.get("type") or "text/css", told.get("media") or "all")
            if "keyframes" in style.text(deep=True).lower():
                self.trace("@keyframes")
            title = (told.get("title") or "").strip()
            chosen = chosen or title
            if kind.strip().lower() == "text/css" and media.strip().lower() != "print":
                sure = media.strip().lower() in {"all", "screen"} and title in {"", chosen}
                self.cut |= not self.sheet.add(style.text(deep=True), sure=sure)

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
                if self.sheet.size:
                    self.ancestors.append(element(node.tag or "", node.attributes))
                node, look = child, inside
                continue
            self._leave(node)
            while node.next is None and open_elements:
                node, look = open_elements.pop()
                if self.sheet.size:
                    self.ancestors.pop()
                self._leave(node)
            node = node.next if open_elements else None

    def _enter(self, node: LexborNode, look: Look) -> Look | None:
        """Take what the node itself says; its children's look, None where they are not to be read."""
        if node.is_text_node:
            self._text(node.text_content or "", look)
            return None
        if node.is_comment_node:
            self._comment(node.comment_content or "")
            return None
        tag = node.tag or ""
        if tag in _SILENT:
            if tag == "img":
                self._picture(node, look)
            return None
        self._place(tag, look)
        return self._look(node, tag, look)

    def _place(self, tag: str, look: Look) -> None:
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

    def _look(self, node: LexborNode, tag: str, look: Look) -> Look:
        attributes = node.attributes
        if not attributes and not self.sheet.size and tag not in _UNSHOWN | _CLOSED:
            return self._known((id(look), tag), look, tag, attributes)
        met = self.sheet.met(element(tag, attributes), self.ancestors) if self.sheet.size else css.NOTHING_MET
        asked = (
            tuple(attributes.get(name) for name in ("style", "color", "text", "bgcolor")),
            ("hidden" in attributes, "popover" in attributes),
        )
        found = self._known((id(look), tag, met, asked), look, tag, attributes, met)
        if not found.gone:
            self.trace(self._laid(tag, attributes, met))
        if tag in _UNSHOWN or (tag in _CLOSED and "open" not in attributes):
            self.trace(_UNREAD.sub("", (attributes.get("srcdoc") or "")[:MAX_TEXT]))
            found = self._known((id(found), "bdo"), found, "bdo", {})
        elif tag == "input" and (attributes.get("type") or "").lower() != "hidden":
            self.trace(attributes.get("value") or "")
        return found

    def _known(
        self,
        key: object,
        look: Look,
        tag: str,
        attributes: Mapping[str, str | None],
        met: css.Met = css.NOTHING_MET,
    ) -> Look:
        """The look of such an element; the same again where one like it was met."""
        found = self.looks.get(key)
        if found is None:
            found = css.child(look, tag, attributes, met)
            if len(self.looks) < _KEPT_LOOKS:
                self.looks[key] = found
        return found

    def _laid(self, tag: str, attributes: Mapping[str, str | None], met: css.Met) -> str:
        """What such an element lays over words or puts beside them."""
        key = (tag, met, attributes.get("style"))
        found = self.laid.get(key)
        if found is None:
            found = css.overlay(tag, attributes, met) or css.inserted(met)
            if len(self.laid) < _KEPT_LOOKS:
                self.laid[key] = found
        return found

    def _picture(self, node: LexborNode, look: Look) -> None:
        """A picture without a source shows its text; one that is laid over words hides them."""
        attributes = node.attributes
        met = self.sheet.met(element("img", attributes), self.ancestors) if self.sheet.size else css.NOTHING_MET
        if not look.gone:
            self.trace(self._laid("img", attributes, met) if attributes.get("src") else attributes.get("alt") or "")

    def _comment(self, text: str) -> None:
        """Outlook reads conditional comments: words in one are seen there and nowhere else."""
        condition = _CONDITION.match(text)
        if condition is not None and "mso" in condition[0].lower():
            words = _UNREAD.sub("", text[condition.end() : MAX_TEXT])
            self.trace(words if _HAN.search(words) else "")
            self.only_some = not text[condition.end() :].strip(" >-")
        elif "endif" in text[:20]:
            self.only_some = False

    def trace(self, text: str) -> None:
        """A sign of something that is hidden or put in, as a piece of its own."""
        text = text.lstrip("> \n\t")
        if any(map(str.isalnum, text)):
            self.hidden.close()
            self.hidden.write(text[:2_000], self.page)
            self.hidden.close()

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
            self.hidden.write(text, self.page)
        elif look.struck:
            self.struck.write(text, self.page)
        else:
            if text.strip():
                self.hidden.close()
                self.struck.close()
            self.page.write(text, verbatim=look.verbatim)
            if self.only_some and _HAN.search(text):
                self.trace(text)
