"""Replies → what the writer typed, without the mail that he answered, in every shape that Chinese mail programs leave.

``无误。⏎⏎------------------ 原始邮件 ------------------⏎发件人: …`` → own ``无误。``, shape ``separator``. Lines
behind ``>`` are quoted wherever they stand; an attribution or a header block quotes everything below it unless ``>``
does the marking.
"""

import html
import re
from dataclasses import dataclass

from parsers.fold import visible


@dataclass(frozen=True, slots=True)
class Written:
    """``own`` as typed and ``quoted`` (one level of marks taken off, the block of headers left out).

    ``inline`` tells that own words stand between or below quoted ones; ``shape`` is ``none``, ``marks``,
    ``attribution``, ``separator`` or ``headers``: the outermost way of quoting; ``author`` is
    whoever its heading names. ``begins`` is the line under which all is quoted without marks, -1 where there is none.
    """

    own: str
    quoted: str
    inline: bool
    shape: str
    author: str = ""
    begins: int = -1


_MARK = re.compile(r"^\s{0,3}[>＞]")
_UNMARK = re.compile(r"^\s{0,3}[>＞]\s?")
_WORDS = (
    r"原始邮件|原始郵件|邮件原件|郵件原件|原始信件|原邮件|原郵件|回复的原邮件|回覆的原郵件|回复的邮件|原文"
    r"|源邮件|转发邮件信息|转发的邮件|轉寄的郵件|轉寄郵件"
    r"|已转发邮件|轉寄信件|转发邮件|original\s(?:message|mail)|original\sappointment|forwarded\s(?:message|by)"
    r"|begin forwarded message"
)
_SEPARATOR = re.compile(
    rf"^[\s>*]{{0,4}}[-—_=﹣]{{2,80}}\s{{0,4}}(?:{_WORDS})\s{{0,4}}[-—_=﹣]{{2,80}}.{{0,20}}$", re.IGNORECASE
)
_BARE_SEPARATOR = re.compile(rf"^\s{{0,3}}(?:{_WORDS})\s?[:：]\s{{0,3}}$", re.IGNORECASE)
_RULE = re.compile(r"^[\s>]{0,4}[-—_=﹣]{5,200}\s*$")
_KEYS = {
    "from": r"发件人|发件者|寄件者|寄件人|發件人|發件者|发信人|發信人|发送人|from|sender",
    "date": r"发送时间|发送日期|发件时间|发件日期|寄件日期|寄件時間|發送時間|發送日期|發件日期"
    r"|已傳送|已发送|已發送|日期|时间|時間|date|sent",
    "to": r"收件人|收件者|收信人|發送至|发送至|to",
    "cc": r"抄送人?|副本|抄送者|cc",
    "subject": r"主题|主旨|主題|标题|標題|subject",
}
_SPACED = {"抄送": r"抄\s?送", "主题": r"主\s?题", "主題": r"主\s?題", "副本": r"副\s?本", "日期": r"日\s?期"}
_BLANK = r"[\s\u3000\u2000-\u200a\u00a0]"


def _key(pattern: str) -> str:
    for word, spaced in _SPACED.items():
        pattern = pattern.replace(word, spaced.replace(r"\s", _BLANK))
    return pattern


_KEY = "|".join(f"(?P<{name}>{_key(pattern)})" for name, pattern in _KEYS.items())
_HEADER = re.compile(
    rf"^{_BLANK}{{0,4}}[*|]{{0,3}}{_BLANK}?(?:{_KEY}){_BLANK}{{0,3}}[*|]{{0,3}}{_BLANK}{{0,3}}(?:[:：|]|$)",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"(?:发件人|寄件者|發件人|发送日期|发送时间|寄件日期|收件人|收件者|抄送人?|副本|主题|主旨)\s{0,3}[:：]"
)
_WROTE = re.compile(
    r"(?:写道|寫道|写到|寫到|写了|wrote|來信|来信)\s{0,3}[:：]?\s{0,3}$|^\s?(?:写道|寫道)\s?[:：]", re.IGNORECASE
)
_WHEN = re.compile(r"\d{4}\s?[年/.-]|\d{1,2}\s?[月/.-]\s?\d{1,2}|\d{1,2}[:：]\d{2}|@")
_WROTE_START = re.compile(
    r"^\s{0,3}(?:[在于於]\s?\d|[在于於]\s?[A-Z\u3400-\u9fff]|on\s|at\s|\d{4}[年/.-]|.{0,80}[<＜].{1,80}@)",
    re.IGNORECASE,
)
_GLUED_KEYS = 3  # header keys on one line that make it 163's glued block
_WRAP = 3  # lines over which an attribution may be wrapped
_BLOCK = 10  # lines that a block of headers may take


def strip(text: str) -> Written:
    """Separate own from quoted lines; never raises, linear in the text's length."""
    lines = visible(html.unescape(text).replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    own: list[str] = []
    quoted: list[str] = []
    shape, author, inline, index, begins = "none", "", False, 0, -1
    while index < len(lines):
        line = lines[index]
        if _MARK.match(line):
            quoted.append(_UNMARK.sub("", line))
            shape = shape if shape != "none" else "marks"
            index += 1
            continue
        found = _start(lines, index)
        if found is None:
            inline = inline or (bool(quoted) and bool(line.strip()))
            own.append(line)
            index += 1
            continue
        kind, after, back = found
        del own[len(own) - back :]
        shape = kind if shape in {"none", "marks"} else shape
        author = author or _author(lines[index:after])
        if _marked(lines, after):
            index = after
            continue
        quoted.extend(lines[after:])
        begins = index
        break
    return Written(_tidy(own), "\n".join(quoted).strip("\n"), inline, shape, author, begins)


def _author(heading: list[str]) -> str:
    """Whom a heading names as the writer: the value of its From line, or the whole attribution."""
    for place, line in enumerate(heading):
        match = _HEADER.match(line)
        if match is not None and match.lastgroup == "from":
            value = _GLUED.split(line[match.end() :])[0].strip(" |*")
            return value or " ".join(heading[place + 1 : place + 2])
    return " ".join(heading)


_MAY_START = re.compile(
    rf"[-—_=﹣]{{2}}|[:：]|^[\s*|\u00a0\u3000]*(?:{_KEYS['from']}|{_KEYS['date']}|[在于於]|on\s|at\s|\d{{4}}[年/.-])"
    r"|[写寫信@]|wrote",
    re.IGNORECASE,
)
"""What a line holds at least that may begin a quotation; most lines hold none of it and need no closer look."""


def _start(lines: list[str], index: int) -> tuple[str, int, int] | None:
    """Does a quotation begin here? (shape, first line after its heading, own lines already taken that belong to it)."""
    line = lines[index]
    if _MAY_START.search(line) is None:
        return None
    if _SEPARATOR.match(line) or _BARE_SEPARATOR.match(line):
        return "separator", _after_headers(lines, index + 1), 0
    if _RULE.match(line):
        following = _next(lines, index + 1)
        is_heading = following is not None and _block(lines, following)
        return ("headers", _after_headers(lines, following or 0), 0) if is_heading else None
    if len(_GLUED.findall(line[:1000])) >= _GLUED_KEYS:
        return "headers", index + 1, 0
    if _block(lines, index):
        return "headers", _after_headers(lines, index), 0
    return _attribution(lines, index)


def _next(lines: list[str], index: int) -> int | None:
    """The next line that isn't blank, within three."""
    return next((place for place in range(index, min(index + 3, len(lines))) if lines[place].strip()), None)


def _block(lines: list[str], index: int) -> bool:
    """Whether a block of mail headers begins here: a From line, and two more kinds of headers close below."""
    first = _HEADER.match(lines[index])
    if first is None or first.lastgroup not in {"from", "date"}:
        return False
    kinds = {match.lastgroup for line in lines[index : index + _BLOCK] if (match := _HEADER.match(line)) is not None}
    return "from" in kinds and len(kinds) >= 3  # noqa: PLR2004  # from, and two more


def _after_headers(lines: list[str], index: int) -> int:
    """The line after a block of headers: each kind once, values wrapped, and no text behind a blank line."""
    last, seen = index - 1, set[str]()
    for place in range(index, min(index + _BLOCK, len(lines))):
        match = _HEADER.match(lines[place])
        if match is None:
            if lines[place].strip() and place > index and not lines[place - 1].strip():
                break
            continue
        kind = match.lastgroup or ""
        if kind in seen:
            break
        seen.add(kind)
        last = place
        alone = not re.search(r"[:：|]\s*\S", lines[place])
        if alone and kind != "cc" and place + 1 < len(lines) and not _HEADER.match(lines[place + 1]):
            last = place + 1  # the key stands alone on its line, its value below (NetEase Master)
    return last + 1


def _attribution(lines: list[str], index: int) -> tuple[str, int, int] | None:
    """``在 2026-11-02，"X" <a> 写道：``, possibly wrapped over three lines that begin here."""
    if not _WROTE_START.match(lines[index]) and not _WROTE.search(lines[index]):
        return None
    joined = ""
    for place in range(index, min(index + _WRAP, len(lines))):
        line = lines[place]
        if place > index and (not line.strip() or _MARK.match(line)):
            break
        joined += line
        if _WROTE.search(line):
            heading = len(joined) < 400 and _WHEN.search(joined)  # noqa: PLR2004  # longer than any heading
            return ("attribution", place + 1, 0) if heading else None
    return None


def _marked(lines: list[str], index: int) -> bool:
    """Whether the quotation after a heading is marked line by line."""
    following = _next(lines, index)
    return following is not None and bool(_MARK.match(lines[following]))


def _tidy(lines: list[str]) -> str:
    while lines and (not lines[-1].strip() or _RULE.match(lines[-1])):
        lines.pop()
    return "\n".join(lines).strip("\n")
