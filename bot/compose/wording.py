"""The letters of ``templates/``: one source per letter and script gives plain text and HTML, so they can't differ.

A source is Jinja with four marks: ``**bold**``; a line that begins with ``| `` stands in a panel; ``~ `` opens the
signature; an empty line ends a paragraph. Taiwan's texts are the Traditional ones with ``taiwan.toml`` applied, before
any value is put in: names are never reworded.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import css_inline
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from bot.compose.amounts import money
from bot.model import Locale
from bot.resources import template

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MARKED = re.compile(r"(?P<tags>(?:\{%[^%]*%\})*)(?P<mark>[|~] )?(?P<words>.*)")
_WHOLE = re.compile(r"\{\{ number \}\}")
_EMPTY = re.compile(r"<p[^>]*>\s*</p>\s*")
_PLAIN = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701  # text/plain
_RICH = Environment(undefined=StrictUndefined, autoescape=True)
_INLINER = css_inline.CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter in both forms; they say the same words."""

    text: str
    html: str


def letter(name: str, locale: Locale, title: str, values: Mapping[str, object]) -> Letter:
    """The letter ``mails/<name>`` with the values; raises jinja2.UndefinedError where one is missing."""
    plain, rich = _sources(name, locale)
    text = re.sub(r"\n{3,}", "\n\n", plain.render(values)).strip("\n") + "\n"
    content = _EMPTY.sub("", rich.render(values))
    page = _frame().render(content=Markup(content), title=title, language=locale.value)  # noqa: S704  # rendered with autoescape
    return Letter(text, inline(page))


def inline(page: str) -> str:
    """The page with its style rules on the elements; the media rules stay in ``<style>``."""
    return str(_INLINER.inline(page))


def source(name: str, locale: Locale) -> str:
    """A template's text in the wanted script: ``source("mails/words.{}.toml", locale)``."""
    if locale is not Locale.TAIWAN:
        return template(name.format(locale.value))
    return in_taiwan(template(name.format(Locale.HANT.value)))


def in_taiwan(text: str) -> str:
    """A Traditional text of ours in Taiwan's wording."""
    for ours, theirs in _taiwan():
        text = text.replace(ours, theirs)
    return text


@cache
def words(locale: Locale, area: str = "mails") -> dict[str, Any]:
    """The short words of an area (``mails`` or ``digest``), as its TOML file holds them."""
    return tomllib.loads(source(f"{area}/words.{{}}.toml", locale))


def day(value: date) -> str:
    """``2026年11月10日``, the same in both scripts."""
    return f"{value.year}年{value.month}月{value.day}日"


def day_in_week(value: date, locale: Locale, form: str = "day_in_week") -> str:
    """``2026年11月10日（星期二）``; with the form ``deadline`` it also says that the day is included."""
    table = words(locale)
    return str(table[form]).format(day=day(value), weekday=table["weekdays"][value.weekday()])


def deadline(value: date, locale: Locale) -> str:
    """``2026年11月10日（星期二，含當日）``."""
    return day_in_week(value, locale, "deadline")


def currency(code: str, locale: Locale) -> str:
    """A currency's name, its code where we have none."""
    return str(words(locale)["currency"].get(code, code))


def balance(closing: Decimal, code: str, locale: Locale) -> str:
    """The sentence on the closing balance; a credit is an advance payment and shown without a sign."""
    form = "receivable" if closing > 0 else "prepaid" if closing < 0 else "zero"
    return str(words(locale)[form]).format(currency=currency(code, locale), amount=money(abs(closing)))


@cache
def _taiwan() -> tuple[tuple[str, str], ...]:
    return tuple((ours, theirs) for ours, theirs in tomllib.loads(template("mails/taiwan.toml"))["rows"])


@cache
def _frame() -> Template:
    return _RICH.from_string(template("mails/frame.html"))


@cache
def _sources(name: str, locale: Locale) -> tuple[Template, Template]:
    """A letter's source as a template for plain text and one for HTML."""
    text = source(f"mails/{name}.{{}}.txt", locale)
    paragraphs = [block for block in re.split(r"\n{2,}", text.strip("\n")) if block]
    plain = _BOLD.sub(r"\1", "\n".join(_unmarked(line) for line in text.split("\n")))
    return _PLAIN.from_string(plain), _RICH.from_string("\n".join(_paragraph(block) for block in paragraphs))


def _unmarked(line: str) -> str:
    found = _MARKED.match(line)
    return line if found is None else found["tags"] + found["words"]


def _paragraph(block: str) -> str:
    """One paragraph of a source as HTML source."""
    whole = _WHOLE.sub('<span class="whole">{{ number }}</span>', block)  # a number is never broken over lines
    lines = [found for line in whole.split("\n") if (found := _MARKED.match(line)) is not None]
    if any(line["mark"] == "| " for line in lines):
        rows = "\n".join(_row(line["tags"], line["words"]) for line in lines)
        return f'<table role="presentation" class="panel" cellpadding="0" cellspacing="0" border="0">{rows}</table>'
    kind = ' class="sign"' if lines[0]["mark"] == "~ " else ""
    inner = "<br>\n".join(line["tags"] + _BOLD.sub(r"<strong>\1</strong>", line["words"]) for line in lines)
    return f"<p{kind}>{inner}</p>"


def _row(tags: str, text: str) -> str:
    if not text:
        return tags
    facts = text[1:].replace("\u3000", "<br>") if text.startswith("\u3000") else text  # an indented line lists facts
    inner = _BOLD.sub(r"<strong>\1</strong>", facts)
    return f'{tags}<tr><td class="item">{inner}</td></tr>'
