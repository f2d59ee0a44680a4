"""Every mail that a customer gets, one function each; the words stand in ``templates/mails``.

Each function takes what the mail is :class:`About` and the facts that only this mail says, and returns a
:class:`Draft`. None holds an account number or the complete confirmation sentence (invariant 12).
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from bot.compose import wording
from bot.compose.amounts import in_words, money
from bot.compose.letterhead import About, Matter, Thread, answer_by, draft, until
from bot.config import Company
from bot.decide.footing import Footings
from bot.model import Attachment, Customer, Draft, Locale, Purpose, Staff, Statement

Missing = Literal["no_file", "not_among", "link", "pages", "unreadable", "unsigned", "old_revision"]
_NO_THREAD = Thread()


def statement_mail(
    company: Company,
    statement: Statement,
    customer: Customer,
    attachments: Sequence[Attachment],
    thread: Thread = _NO_THREAD,
) -> Draft:
    """The statement itself (WORDING 1); a revision says what changed and keeps the subject without Re."""
    about = About(company, statement, customer, thread)
    snapshot, locale = statement.snapshot, customer.locale
    table = wording.words(locale)
    rep, phone = statement.rep.name, statement.rep.phone or company.phone
    values = {
        "number_before": statement.revision - 1,
        "first_day": wording.day(snapshot.first_day),
        "last_day": wording.day(snapshot.last_day),
        "basis": table["basis"][snapshot.basis.value],
        "tax": table["tax_included" if snapshot.tax_included else "tax_excluded"],
        "words": in_words(abs(snapshot.totals.closing), locale),
        "rep_and_phone": f"{rep} {phone}".strip(),
    }
    return draft(Purpose.STATEMENT, about, "statement", values, attachments=attachments)


def reminder(
    about: About,
    stage: Literal[1, 2, 3],
    until_day: date,
    attachments: Sequence[Attachment] = (),
    superiors: Sequence[Staff] = (),
) -> Draft:
    """A reminder (WORDING 2): before the deadline, after it, and the third one with the superiors in copy.

    ``until_day`` is the new date asked for in stages 2 and 3; stage 1 names the statement's own reply date.
    """
    copies = superiors if stage == 3 else ()  # noqa: PLR2004  # the third stage is the last
    values = {"until": until(until_day, about)}
    return draft(Purpose.REMINDER, about, f"reminder_{stage}", values, attachments=attachments, copies=copies)


def thanks(
    about: About,
    received_at: datetime,
    matters: Sequence[Matter] = (),
    *,
    scan: bool = True,
    signed: int | None = None,
) -> Draft:
    """The receipt for a confirmation (WORDING 3); ``received_at`` aware, shown in the company's zone.

    ``scan`` False for words without pages; ``signed`` is the old revision that was signed in place of this one.
    """
    local = received_at.astimezone(about.company.timezone)
    received = f"{wording.day(local.date())} {local:%H:%M}"
    values = {"received": received, "matters": matters, "scan": scan, "signed": signed}
    return draft(Purpose.THANKS, about, "thanks", values)


def scan_request(
    about: About,
    until_day: date,
    reason: Sequence[str] = (),
    weak: bool = False,
    matters: Sequence[Matter] = (),
) -> Draft:
    """Asks once for the signed pages (WORDING 4); ``weak`` doesn't put a clear yes into the writer's mouth.

    ``reason`` holds sentences from :func:`missing`.
    """
    values = {"until": until(until_day, about), "reason": "".join(reason), "weak": weak, "matters": matters}
    return draft(Purpose.SCAN_REQUEST, about, "scan_request", values)


def missing(kind: Missing, locale: Locale, pages: Sequence[int] = (), found: int = 0, live: int = 0) -> str:
    """Why a signed copy is still owed, as one sentence such as 「第 2、3 頁缺漏。」."""
    table = wording.words(locale)
    shown = str(table["between"]).join(str(page) for page in pages)
    return str(table["missing"][kind]).format(pages=shown, found=found, live=live)


def scan_chaser(
    about: About, until_day: date, reason: Sequence[str] = (), attachments: Sequence[Attachment] = ()
) -> Draft:
    """The one chaser for the signed pages, three working days after the request."""
    values = {"until": until(until_day, about), "reason": "".join(reason), "attached": bool(attachments)}
    return draft(Purpose.SCAN_CHASER, about, "scan_chaser", values, attachments=attachments)


def discrepancy(
    about: About,
    number: str,
    answer_by_day: date,
    *,
    theirs: Decimal | None = None,
    documents: Sequence[str] = (),
    causes: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
    matters: Sequence[Matter] = (),
    footings: Footings | None = None,
) -> Draft:
    """The receipt for a difference (WORDING 5); ``causes`` in the customer's script, ``attachments`` the comparison.

    ``footings`` shows the figures with and without tax, or by invoices, where that is why both differ.
    """
    table = wording.words(about.locale)
    ours, between = about.statement.snapshot.totals.closing, str(table["between"])
    values = {
        "discrepancy": number,
        "ours": money(ours),
        "theirs": table["no_amount"] if theirs is None else money(theirs),
        "difference": table["no_causes"] if theirs is None else money(theirs - ours),
        "documents": between.join(documents) or table["no_documents"],
        "causes": between.join(causes) or table["no_causes"],
        "answer_by": answer_by(answer_by_day, about),
        "chart": bool(attachments),
        "matters": matters,
        **_footings(footings),
    }
    return draft(Purpose.DISCREPANCY, about, "discrepancy", values, attachments=attachments)


_OPEN_SHOWN = 12


def _footings(found: Footings | None) -> dict[str, object]:
    """One amount on two footings, as the receipt shows it."""
    if found is None:
        return {"footing": "", "open": (), "open_more": 0}
    listed = [(day.isoformat(), number, money(amount)) for day, number, amount in found.open]
    return {
        "footing": found.kind,
        "whole": money(found.whole),
        "part": money(found.part),
        "rest": money(found.rest),
        "explains": found.explains,
        "open": listed[:_OPEN_SHOWN],
        "open_more": len(listed) - _OPEN_SHOWN,
    }


def superseded(
    about: About,
    confirmed_revision: int,
    confirmed_closing: Decimal,
    sent_on: date,
    attachments: Sequence[Attachment],
) -> Draft:
    """A yes to an old revision: points to the live one, which is attached again (WORDING 6)."""
    values = {
        "confirmed": confirmed_revision,
        "confirmed_closing": money(confirmed_closing),
        "sent_on": wording.day(sent_on),
        "closing": money(about.statement.snapshot.totals.closing),
    }
    return draft(Purpose.SUPERSEDED, about, "superseded", values, attachments=attachments)


def question(about: About, matter: str, owner: Staff, answer_by_day: date, *, case: str, department: str = "") -> Draft:
    """The receipt for a question that a person answers (WORDING 7); ``case`` is its number."""
    values = {
        "matter": matter or wording.words(about.locale)["matter"],
        "owner": " ".join(filter(None, (department, owner.name))),
        "phone": owner.phone,
        "answer_by": answer_by(answer_by_day, about),
        "case": case,
    }
    return draft(Purpose.QUESTION, about, "question", values)


def already_answered(about: About) -> Draft:
    """He says that he answered before: an apology, reminders stop, a person searches (WORDING 8)."""
    return draft(Purpose.ALREADY_ANSWERED, about, "already_answered", {})


def contact_change(about: About) -> Draft:
    """A new contact was named: two persons check it first, mails go on to the registered one."""
    return draft(Purpose.CONTACT_CHANGE, about, "contact_change", {})


def no_dealings(about: About, number: str, answer_by_day: date) -> Draft:
    """「無往來」 or 「餘額為零」 against a balance; ``number`` is the discrepancy's."""
    values = {"discrepancy": number, "answer_by": answer_by(answer_by_day, about)}
    return draft(Purpose.NO_DEALINGS, about, "no_dealings", values)


def resend_attachment(about: About, attachments: Sequence[Attachment]) -> Draft:
    """The attachment could not be opened: the plain PDF of the same revision again."""
    return draft(Purpose.RESEND, about, "resend_attachment", {}, attachments=attachments)


def seal_first(about: About, attachments: Sequence[Attachment]) -> Draft:
    """He wants our seal first: the same revision with our seal on it."""
    return draft(Purpose.RESEND, about, "seal_first", {}, attachments=attachments)


def zero_balance(about: About) -> Draft:
    """He asks whether a statement without balance needs a seal: as the company wants it."""
    words_are_enough = about.company.zero_balance == "phrase"
    return draft(Purpose.RESEND, about, "zero_balance", {"words_are_enough": words_are_enough})


def altered_copy(about: About, number: str, place: str, ours: str, theirs: str) -> Draft:
    """A figure on the signed copy is not ours; it became discrepancy ``number``."""
    values = {"discrepancy": number, "place": place, "ours": ours, "theirs": theirs}
    return draft(Purpose.DISCREPANCY, about, "altered_copy", values)


def other_seal(about: About, seal: str) -> Draft:
    """The seal on the copy names somebody else; ``seal`` is empty where that name isn't to be told."""
    return draft(Purpose.OTHER_SEAL, about, "other_seal", {"seal": seal})


def account_question(about: About, finance_phone: str) -> Draft:
    """He asks for our bank account: by telephone only, a person answers. Raises ValueError without a number to call."""
    if not finance_phone:
        raise ValueError("an answer about bank accounts needs a telephone number of finance")
    return draft(Purpose.ACCOUNT_QUESTION, about, "account_question", {"finance_phone": finance_phone})


def review_passed(about: About, filed_on: date, attachments: Sequence[Attachment] = ()) -> Draft:
    """Finance accepted: both sides have confirmed; ``attachments`` may hold the counter-signed copy (B2)."""
    closing = money(about.statement.snapshot.totals.closing)
    values = {"closing": closing, "filed_on": wording.day(filed_on)}
    return draft(Purpose.REVIEW_PASSED, about, "review_passed", values, attachments=attachments)


def review_returned(about: About, reason: str, until_day: date) -> Draft:
    """Finance sent it back with a reason that the customer may read."""
    values = {"reason": reason.rstrip("。. "), "until": until(until_day, about)}
    return draft(Purpose.REVIEW_RETURNED, about, "review_returned", values)
