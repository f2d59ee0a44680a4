"""The daily digest → one mail to finance: subject, HTML and plain text of the same lines, the full lists attached."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from bot.compose import digest_xlsx, wording
from bot.compose.digest_figures import kpis, progress, receivables, system
from bot.compose.digest_lines import confirmed, differences, earlier, held, overdue, review, scan_pending, today
from bot.compose.digest_parts import Section, percent
from bot.decide.report import DigestReport
from bot.model import Attachment, Draft, Purpose
from bot.resources import template

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBER = re.compile(r"\b[A-Z][A-Z0-9]*-\d{4}[0-9QY]*-\d{6}-\d\d\b")
_BRACKETS = str.maketrans("[]", "［］")


_SECTIONS = (
    today,
    review,
    progress,
    differences,
    scan_pending,
    overdue,
    held,
    confirmed,
    receivables,
    earlier,
    system,
)
"""In the order of reading: what must be done today comes first."""


def digest(report: DigestReport, to: tuple[str, ...], pictures: Mapping[str, Attachment] | None = None) -> Draft:
    """The digest of one day for these readers, in the company's script; the same report gives the same mail.

    ``pictures`` are returned pages by their statements' numbers; they are attached behind the workbook.
    """
    pictures = pictures or {}
    report = replace(report, pictured=frozenset(pictures))
    table = wording.words(report.locale, "digest")
    name = str(table["file"]).format(date=report.as_of.isoformat())
    title = subject(report)
    values = {
        "subject": title,
        "language": report.locale.value,
        "title": table["title"],
        "company": report.company,
        "date": wording.day_in_week(report.as_of, report.locale),
        "period": str(table["period"]).format(period=report.period.label),
        "kpis": kpis(report),
        "sections": sections(report),
        "against_last": table["against_last"] if report.previous else "",
        "nothing": table["none"],
        "attached": str(table["attached"]).format(name=name),
        "closing": table["closing"],
    }
    return Draft(
        Purpose.DIGEST,
        title,
        _page("digest.txt", rich=False).render(values),
        wording.inline(_page("digest.html", rich=True).render(values)),
        to,
        attachments=(Attachment(name, _SPREADSHEET, digest_xlsx.render(report)), *pictures.values()),
    )


def subject(report: DigestReport) -> str:
    """The subject with its four figures; the percentage is that of the two counts beside it."""
    table, completion = wording.words(report.locale, "digest"), report.figures.completion
    return str(table["subject"]).format(
        company=report.company.translate(_BRACKETS),
        date=report.as_of.isoformat(),
        due=f"{completion.denominator:f}",
        done=f"{completion.numerator:f}",
        percent=percent(completion, table),
        today=len(report.tasks),
    )


def _whole(text: str) -> Markup:
    """The text for HTML, its statement numbers never broken over lines."""
    return Markup(_NUMBER.sub(r"<nobr>\g<0></nobr>", str(escape(text))))  # noqa: S704  # escaped just here


def sections(report: DigestReport) -> tuple[Section, ...]:
    """All sections of the mail in their order."""
    table = wording.words(report.locale, "digest")
    return tuple(build(report, table) for build in _SECTIONS)


@cache
def _page(name: str, *, rich: bool) -> Template:
    environment = Environment(undefined=StrictUndefined, autoescape=rich, keep_trailing_newline=True)  # noqa: S701  # off for text/plain only
    environment.filters["whole"] = _whole
    return environment.from_string(template(f"digest/{name}"))
