"""Rounds of mails by people who never saw the grammar: each record in a world of its own, judged as real bytes.

``python -m tests.decide.rounds FILE.jsonl…`` prints what share of the honest mails was decided with no person, what
was confirmed wrongly, what was dropped, and every miss with its reason. The fields of a record: see ``Record``.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from bot.compose import mails_customer, message, statement_pdf
from bot.compose.letterhead import About
from bot.decide.judge import judge
from bot.model import Contact, Customer, Judgement, Locale, Outcome, Party, Register, SentStatement, State
from parsers.attachment import AttachmentReading
from parsers.mail import Mail, parse
from parsers.number import compose
from parsers.period import Period, parse_code
from tests.compose import sample
from tests.decide import unseen
from tests.decide.unseen import OURS, SENT_AT, Letter

FOLDER = Path(__file__).parent / "rounds"
KEPT = tuple(sorted(FOLDER.glob("*.jsonl")))
NEIGHBOURS = (
    ("N01", "上海恒远机电有限公司", ("上海恒远",)),
    ("N02", "无锡宏达电子有限公司", ("无锡宏达",)),
    ("N03", "宁波海天塑料机械有限公司", ()),
    ("N04", "佛山市南海华兴金属制品厂", ("南海华兴",)),
    ("N05", "台中精密工業股份有限公司", ("台中精密",)),
    ("N06", "北京中科联创科技有限公司", ("中科联创",)),
)
"""Other customers of the same register."""
_SENDERS = {"confirmer": 0, "colleague": 1}
_SHAPES = {
    "none": "none",
    "qq": "qq",
    "outlook": "outlook",
    "foxmail": "foxmail",
    "163": "163",
    "gmail": "gmail",
    "phone": "apple",
}
_SHAPES_TW = {"outlook": "outlook-tw", "gmail": "gmail-tw"}


@dataclass(frozen=True, slots=True)
class Record:
    """One mail of a round; ``kind`` is honest, refuse or other, ``scan`` whether a good signed copy is attached."""

    id: str
    kind: str
    company: str
    customer: str
    aliases: tuple[str, ...]
    period: Period
    closing: str
    taiwan: bool
    sender: str
    scan: bool | str
    subject: str | None
    text: str
    shape: str
    expect: str
    why: str


def records(path: Path) -> Iterator[Record]:
    """The records of a file of one JSON object a line."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield record(json.loads(line))


def record(values: dict[str, object]) -> Record:
    """One record from its JSON object; what is left out is what is most usual."""
    aliases = values.get("aliases") or ()
    assert isinstance(aliases, list | tuple)
    scan = values.get("scan", True)
    subject = values.get("subject")
    return Record(
        str(values["id"]),
        str(values["class"]),
        str(values["company"]),
        str(values["customer"]),
        tuple(map(str, aliases)),
        parse_code(str(values["period"]).replace("-Q", "Q")),
        str(values["closing"]).replace(",", ""),
        values.get("country") == "TW",
        str(values.get("sender", "confirmer")),
        scan if isinstance(scan, bool) else str(scan),
        None if subject is None else str(subject),
        str(values["text"]),
        str(values.get("shape", "none")),
        str(values["expect"]),
        str(values.get("why", "")),
    )


def _days(period: Period) -> tuple[date, date]:
    """First and last day of a calendar period."""
    length = {"month": 1, "quarter": 3, "year": 12}[period.kind]
    first = date(period.year, max(1, (period.index - 1) * length + 1), 1)
    following = first.month - 1 + length
    return first, date.fromordinal(date(first.year + following // 12, following % 12 + 1, 1).toordinal() - 1)


def _customer(code: str, name: str, aliases: tuple[str, ...], locale: Locale = Locale.HANS) -> Customer:
    domain = f"{code.lower()}.example"
    contacts = (
        Contact(1, "王敏", f"wm@{domain}", may_confirm=True),
        Contact(2, "", f"ap@{domain}", may_confirm=False),
    )
    return replace(sample.customer(locale, code, name), aliases=aliases, contacts=contacts)


_NEIGHBOURS = tuple(_customer(*each) for each in NEIGHBOURS)


@dataclass(frozen=True, slots=True)
class World:
    """What a record is judged in: the register, our mail as it was read back, the statement, the customer."""

    register: Register
    ours: Mail
    sent: SentStatement
    customer: Customer


@cache
def _world(item: Record) -> World:
    locale = Locale.TAIWAN if item.taiwan else Locale.HANS
    us = replace(sample.company(locale), name=item.company, aliases=())
    party = _customer("A01", item.customer, item.aliases, locale)
    base = sample.statement(locale, item.closing)
    first, last = _days(item.period)
    shown = replace(
        base.snapshot,
        company=Party("", item.company),
        customer=Party(party.code, party.name),
        period=item.period,
        first_day=first,
        last_day=last,
        currency="TWD" if item.taiwan else "CNY",
    )
    number = compose("DZ", item.period, 11)
    statement = replace(base, number=number, snapshot=shown)
    draft = mails_customer.statement_mail(us, statement, party, ())
    ours = parse(message.build(draft, OURS, item.company, f"s.{number}.1@hd.example", SENT_AT))
    reminder = mails_customer.reminder(About(us, statement, party), 1, date(2026, 11, 9))
    printed = (statement_pdf.render(statement).words,) if item.kind == "honest" else ()  # dear, and subtracts only
    texts = (*printed, ours.plain or "", reminder.text)
    sent = SentStatement(
        number,
        1,
        live=True,
        state=State.SENT,
        customer=party.code,
        period=item.period,
        currency=shown.currency,
        closing=Decimal(item.closing),
        snapshot=shown,
        message_ids=(ours.message_id,),
        texts=texts,
    )
    others = tuple(each for each in _NEIGHBOURS if each.name != item.customer)
    register = Register(
        (item.company,),
        (OURS,),
        us.staff,
        (party, *others),
        (sent,),
        authserv_id="mx.hd.example",
        signed_copy="finance_first",
    )
    return World(register, ours, sent, party)


def world(item: Record) -> World:
    """The world of a record, whatever it says."""
    return _world(replace(item, id="", sender="", scan=False, subject=None, text="", shape="", expect="", why=""))


def raw(item: Record) -> bytes:
    """The record as the bytes of a mail."""
    there = world(item)
    place = _SENDERS.get(item.sender)
    sender = "someone@elsewhere.example" if place is None else there.customer.contacts[place].address
    shape = _SHAPES_TW.get(item.shape, _SHAPES[item.shape]) if item.taiwan else _SHAPES[item.shape]
    files = ("对账单签章.pdf",) if item.scan is True else ("资料.jpg",) if item.scan else ()
    quotation = unseen.quotation(shape, there.ours, there.customer.contacts[0].address)
    letter = Letter(item.text, sender=sender, display="", shape=shape, subject=item.subject, files=files)
    if item.shape == "outlook":
        letter = replace(letter, text=None, html=unseen.page(item.text + quotation))
    return unseen.assemble(letter, there.ours, sender, quotation)


def judged(item: Record) -> Judgement:
    """What the bot makes of the record."""
    there = world(item)
    readings: tuple[AttachmentReading, ...] = ()
    if item.scan is True:
        closing = there.sent.closing
        readings = (AttachmentReading("对账单签章.pdf", "scan", "signed", there.sent.number, 1, (1,), closing=closing),)
    elif item.scan:
        readings = (AttachmentReading("资料.jpg", "other", "none"),)
    return judge(parse(raw(item)), there.register, readings)


SILENT = {Outcome.IGNORED, Outcome.AUTO_REPLY, Outcome.NOTED, Outcome.SCAN_PENDING}
"""Outcomes at which nobody looks at the words."""
WANTS_ANSWER = {"discrepancy", "question", "declined", "person", "not_confirmed"}


@dataclass(frozen=True, slots=True)
class Result:
    """A record and its judgement."""

    record: Record
    judgement: Judgement

    @property
    def false(self) -> bool:
        """A confirmation that the customer did not give."""
        return self.record.kind != "honest" and self.judgement.outcome is Outcome.CONFIRMED != self.record.expect

    @property
    def decided(self) -> bool:
        """An honest mail that came to its outcome with no person."""
        return self.judgement.outcome == self.record.expect

    @property
    def dropped(self) -> bool:
        """Something was asked, refused or differed, and nobody looks."""
        silent = self.judgement.outcome in SILENT and not self.judgement.also
        return self.record.kind != "honest" and self.record.expect in WANTS_ANSWER and silent


def results(items: Iterable[Record]) -> tuple[Result, ...]:
    """All of them judged."""
    return tuple(Result(item, judged(item)) for item in items)


def _told(result: Result) -> str:
    item, found = result.record, result.judgement
    text = item.text.replace("\n", "⏎")
    reasons = " ｜ ".join(found.reasons)
    head = f"{item.id} [{item.customer} {item.period.code} {item.shape}] {item.expect}→{found.outcome} {found.rule}"
    return f"{head} says={found.said.says}\n    {text}\n    {reasons}\n    why: {item.why}"


def _report(found: tuple[Result, ...]) -> Iterator[str]:
    by_kind = Counter(result.record.kind for result in found)
    honest = [result for result in found if result.record.kind == "honest"]
    decided = sum(result.decided for result in honest)
    for title, wanted in (
        ("FALSE", [result for result in found if result.false]),
        ("DROPPED", [result for result in found if result.dropped]),
        ("HONEST MISSED", [result for result in honest if not result.decided]),
        ("OTHER", [result for result in found if result.record.kind == "other" and not result.decided]),
    ):
        yield f"== {title}: {len(wanted)}"
        yield from map(_told, wanted)
    others = [result for result in found if result.record.kind == "other"]
    yield (
        f"honest {by_kind['honest']}: {decided} decided ({decided / max(1, len(honest)):.1%}); "
        f"refuse {by_kind['refuse']}; other {by_kind['other']}: {sum(r.decided for r in others)} as expected; "
        f"false {sum(r.false for r in found)}; dropped {sum(r.dropped for r in found)}"
    )


if __name__ == "__main__":
    for line in _report(results(item for name in sys.argv[1:] for item in records(Path(name)))):
        print(line)
