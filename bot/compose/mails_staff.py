"""Mails to our own staff: tasks, anomalies, answers to commands, bounces. Each can be answered by simply replying.

The department or person is addressed in the company's script; none of these goes to a customer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.compose import wording
from bot.compose.letterhead import Thread
from bot.compose.script import told
from bot.config import Company
from bot.decide.rows import TaskRow
from bot.model import Anomaly, Customer, Draft, Locale, Purpose, Staff, Statement
from parsers.period import Period

_NO_THREAD = Thread()
_FIRST_WORDS = 120


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task as people read it; ``how`` names the command or the reply that settles it."""

    title: str
    do: str
    how: str


def task_words(row: TaskRow, locale: Locale) -> TaskWords:
    """The words of a task; what belongs to no statement is settled by its own number."""
    table = wording.words(locale)
    entry, reference = table["task"][row.kind.value], row.reference or row.number
    unbound = "{number}" in entry["how"] and not row.number
    how = str(table["how_unbound"] if unbound else entry["how"]).format(number=row.number, reference=reference)
    return TaskWords(entry["title"], entry["do"], how)


def first_words(text: str, limit: int = _FIRST_WORDS) -> str:
    """The beginning of a mail on one line, cut with … after ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def task(
    company: Company, to: Sequence[Staff], row: TaskRow, *, thread: Thread = _NO_THREAD, cc: Sequence[Staff] = ()
) -> Draft:
    """One thing to do: what happened, which words of the customer, what is wanted and how to answer."""
    named = task_words(row, company.locale)
    values = {
        "name": _between(company).join(each.name for each in to),
        "title": named.title,
        "customer": row.customer_name,
        "number": row.number,
        "what": "；".join(row.reasons) or named.title,
        "said": first_words(row.words),
        "do": named.do,
        "due": wording.deadline(row.due, company.locale) if row.due else "",
        "how": named.how,
    }
    title = _subject(
        company, "task_subject", title=" ".join(filter(None, (named.title, row.customer_name, row.number)))
    )
    return _draft(company, Purpose.TASK, "task", values, to, title=title, cc=cc, thread=thread)


def anomaly(
    company: Company, customer: Customer, period: Period, anomalies: Sequence[Anomaly], complete_by: date
) -> Draft:
    """Why one customer's statement is held (C3): all anomalies that the department of the first must clear."""
    values = {
        "customer": customer.name,
        "code": customer.code,
        "period": period.label,
        "anomalies": [
            {
                "message": told(each.message.rstrip("。"), company.locale, (customer.name,)),
                "documents": _between(company).join(each.documents),
            }
            for each in anomalies
        ],
        "complete_by": wording.deadline(complete_by, company.locale),
    }
    title = _subject(company, "anomaly_subject", customer=customer.name, period=period.label)
    to = Staff("", company.department(anomalies[0].department), ())
    return _draft(company, Purpose.ANOMALY, "anomaly", values, (to,), title=title)


def command_reply(
    company: Company, to: Staff, command: str, result: Sequence[str], *, done: bool, thread: Thread = _NO_THREAD
) -> Draft:
    """What a command by mail did, line by line, or why it was not done."""
    values = {"name": to.name, "command": first_words(command), "done": done, "result": tuple(result)}
    title = _subject(company, "command_subject", command=first_words(command, 40))
    return _draft(company, Purpose.COMMAND_REPLY, "command_reply", values, (to,), title=title, thread=thread)


def bounce(company: Company, statement: Statement, addresses: Sequence[str], reason: str) -> Draft:
    """The rep learns that a statement did not arrive, at which addresses and why."""
    customer, period = statement.snapshot.customer.name, statement.subject_period
    values = {
        "name": statement.rep.name,
        "customer": customer,
        "period": period,
        "number": statement.number,
        "addresses": tuple(addresses),
        "reason": first_words(reason, 300),
    }
    title = _subject(company, "bounce_subject", customer=customer, period=period)
    return _draft(company, Purpose.BOUNCE_NOTICE, "bounce", values, (statement.rep,), title=title)


def _draft(
    company: Company,
    purpose: Purpose,
    name: str,
    values: Mapping[str, object],
    to: Sequence[Staff],
    *,
    title: str,
    cc: Sequence[Staff] = (),
    thread: Thread = _NO_THREAD,
) -> Draft:
    signed = f"{company.name}\u3000{company.mail.address}"
    text = wording.letter(name, company.locale, title, {**values, "signature": signed})
    return Draft(
        purpose,
        title,
        text.text,
        text.html,
        tuple(dict.fromkeys(each.address for each in to)),
        tuple(dict.fromkeys(each.address for each in cc if each.address not in {one.address for one in to})),
        in_reply_to=thread.in_reply_to,
        references=thread.references,
        names=tuple((each.address, each.name) for each in (*to, *cc) if each.name),
    )


def _subject(company: Company, form: str, **values: str) -> str:
    """A subject in the company's script; what a customer wrote (brackets included) stays harmless in it."""
    text = str(wording.words(company.locale)[form]).format(company=company.name, **values)
    return " ".join(text.split())


def _between(company: Company) -> str:
    return str(wording.words(company.locale)["between"])
