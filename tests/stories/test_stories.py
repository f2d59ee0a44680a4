"""Stories: what happened at one customer, with the mails that came in as files and what came of it told in prose.

Each folder holds ``1-….eml`` to ``n-….eml`` as they arrived and ``expected.txt``. ``pytest tests/stories
--renew-stories`` writes both anew from the scripts below; read the diff before you commit it. Without the flag the
mails are taken from the files, so that a story also shows that yesterday's mails are still understood today.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot import flow
from bot.edges.tables import ConfirmationRow, DiscrepancyRow, EventRow, MailRow, OutgoingRow, StatementRow, TaskRow
from parsers.amount import from_fen
from parsers.period import Period
from tests.steps.town import FINANCE, HENGYUAN, PHRASE, REP, WANG, XU, Town, yes

STORIES = Path(__file__).parent
SEPTEMBER = Period("month", 2026, 9)
LATE_RETURN = "退货,XSTH-00099,1,2026-10-29,C001,直线导轨,HGH20CA,米,1,113.00,113.00,CNY"
STAFF = ("zhou@", "lin@", "li@", "chen@", "service@", "wh@")


@dataclass(slots=True)
class Teller:
    """Plays a story: mails come from its folder, or are written into it when the stories are renewed."""

    town: Town
    folder: Path
    renew: bool
    number: int = 0

    def comes(self, name: str, write: Callable[[], object]) -> None:
        """The next mail arrives and everything that follows from it happens."""
        self.number += 1
        path = self.folder / f"{self.number}-{name}.eml"
        if self.renew:
            write()
            path.write_bytes(self.town.kept[-1])
        else:
            self.town.arrive(path.read_bytes())
        self.town.poll()

    def passes(self, day: int, hour: int = 9, minute: int = 0) -> None:
        """Time passes; what is due then is chased and sent."""
        self.town.at(day, hour, minute)
        flow.chase(self.town.office)
        flow.deliver(self.town.office)


def confirmed_in_one_mail(teller: Teller) -> None:
    """Phrase and sealed pages in one mail; finance files it the next day."""
    town = teller.town
    teller.passes(3, 11)
    teller.comes("phrase-and-pages", lambda: town.reply(yes(), town.sealed()))
    teller.passes(4, 9)
    number = town.row().number
    teller.comes("finance-files-it", lambda: town.letter(FINANCE, "复核", f"審核通過 {number}"))


def second_thoughts(teller: Teller) -> None:
    """Confirmed, and ten minutes later: wait, one is missing. Our thanks never leave."""
    town = teller.town
    teller.passes(3, 15)
    teller.comes("phrase-and-pages", lambda: town.reply(yes(), town.sealed()))
    teller.passes(3, 15, 10)
    teller.comes("wait", lambda: town.reply("等等，少算了一笔10月20日的退货，刚才的先不算。"))
    teller.passes(3, 16)


def phrase_first_pages_after_the_chaser(teller: Teller) -> None:
    """The phrase comes without pages; asked once, chased once, then the sealed pages come and finance looks."""
    town = teller.town
    teller.passes(3, 10)
    teller.comes("phrase", lambda: town.reply(yes(), shape="163"))
    teller.passes(6)
    teller.passes(9)
    teller.comes("pages", lambda: town.reply("盖章件补上，见附件。\n", town.sealed(), shape="Foxmail"))


def a_return_is_missing(teller: Teller) -> None:
    """A difference: thread, corrected import, revision 2, a late yes to revision 1, and the difference is closed."""
    town = teller.town
    teller.passes(3, 14)
    teller.comes("one-return-is-missing", lambda: town.reply("你好，10月29日退货那笔113元你们没有减，请核实。"))
    teller.passes(4, 10)
    town.document(LATE_RETURN)
    town.prepare()
    town.send()
    teller.passes(4, 15)
    teller.comes("late-yes-to-revision-1", lambda: town.reply(yes(), revision=1, shape="163"))


def a_question_and_a_note(teller: Teller) -> None:
    """A question goes to its person; a note by the rep is only kept; the rep closes the task."""
    town = teller.town
    teller.passes(3, 9)
    teller.comes(
        "question", lambda: town.reply("請問 XSCK-20001 這張單的送貨單可以補寄一份嗎？", code="C002", sender=XU)
    )
    teller.comes("reps-note", lambda: town.reply("已请仓库补寄送货单。", code="C002", sender="lin@hd-trade.example"))
    case = town.tasks("question")[0].number
    teller.passes(4, 9)
    teller.comes("finance-closes-the-task", lambda: town.letter(FINANCE, "结案", f"结案 {case} 送货单已补寄"))


def nobody_home(teller: Teller) -> None:
    """Out of office, then silence: three reminders, the last one to the superior as well, and the rep phones."""
    town = teller.town
    away = {"Auto-Submitted": "auto-replied"}
    teller.comes(
        "out-of-office", lambda: town.reply("您好，我正在休假，11月6日回来处理邮件。", headers=away, quoting=False)
    )
    for day in (6, 11, 16, 17):
        teller.passes(day)


def forged_and_unauthorised(teller: Teller) -> None:
    """A yes under the contact's name by a stranger, and one by a contact who may not confirm: nothing is confirmed."""
    town = teller.town
    teller.passes(3, 10)
    teller.comes("forged", lambda: town.reply(yes(), town.sealed(), login="mallory@attack.example"))
    teller.passes(3, 11)
    teller.comes("may-not-confirm", lambda: town.reply(yes(), town.sealed(), sender=WANG))


def handed_in_by_the_rep(teller: Teller) -> None:
    """The customer gave the sealed page to the rep by WeChat; finance looks at it and returns it."""
    town = teller.town
    teller.passes(5, 10)
    teller.comes("reps-photo", lambda: town.reply("客户微信发来的盖章件，请财务查看。", town.sealed(), sender=REP))
    number = town.row().number
    teller.passes(5, 14)
    teller.comes("finance-returns-it", lambda: town.letter(FINANCE, "复核", f"退回 {number} 原因：印章不清"))


def two_months_in_one_mail(teller: Teller) -> None:
    """Two months in one sentence, the scan of one alone: it is confirmed, the other's pages are asked for by name."""
    town = teller.town
    town.prepare(SEPTEMBER)
    town.send(SEPTEMBER)
    october, september = (next(row for row in town.rows() if row.period == f"2026-{month}") for month in ("10", "09"))
    text = f"{HENGYUAN}确认2026年9月和10月销售对账单无误。\n盖章件见附件。\n"
    teller.passes(3, 15)
    teller.comes("both-months-one-scan", lambda: town.answer_about(october, text, town.sealed_of(october)))
    teller.passes(4, 10)
    teller.comes("the-other-scan", lambda: town.answer_about(september, "9月的补上。\n", town.sealed_of(september)))


def somebody_else_from_now_on(teller: Teller) -> None:
    """A new address is named: two persons check it, nothing goes there, and the clock runs on after that."""
    town = teller.town
    teller.passes(3, 10)
    teller.comes("write-to-chen", lambda: town.reply("小王已离职，以后请寄 chen@hengyuan.example。\n"))
    case = town.tasks("contact")[0].number
    teller.passes(4, 9)
    teller.comes(
        "finance-has-checked", lambda: town.letter(FINANCE, "结案", f"结案 {case} 已电话向李建国核实，客户资料待更正")
    )
    teller.passes(10)


def a_file_behind_a_link(teller: Teller) -> None:
    """The phrase with a link to a large file: nobody follows it, an ordinary attachment is asked for once."""
    town = teller.town
    link = "http://mail.qq.com/cgi-bin/ftnExs_download?k=7f3a&t=exs_ftn_download"
    block = f"\n\n从QQ邮箱发来的超大附件\n\n对账单.pdf (15.20M, 2026年12月5日 17:30 到期)\n进入下载页面：{link}\n"
    teller.passes(3, 10)
    teller.comes("phrase-and-a-link", lambda: town.reply(f"{PHRASE}。{block}"))
    teller.passes(4, 10)
    teller.comes("pages", lambda: town.reply("见附件。\n", town.sealed()))


TOLD = (
    two_months_in_one_mail,
    somebody_else_from_now_on,
    a_file_behind_a_link,
    confirmed_in_one_mail,
    second_thoughts,
    phrase_first_pages_after_the_chaser,
    a_return_is_missing,
    a_question_and_a_note,
    nobody_home,
    forged_and_unauthorised,
    handed_in_by_the_rep,
)


@pytest.mark.parametrize("story", TOLD, ids=lambda story: story.__name__.replace("_", " "))
def test_story(story: Callable[[Teller], None], sent: Town, request: pytest.FixtureRequest) -> None:
    renew = bool(request.config.getoption("--renew-stories"))
    folder = STORIES / story.__name__.replace("_", "-")
    if renew:
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.eml"):
            old.unlink()
    story(Teller(sent, folder, renew))
    told = "\n".join([(story.__doc__ or "").strip(), "", *_told(sent)]) + "\n"
    if renew:
        (folder / "expected.txt").write_text(told, "utf-8")
    assert told == (folder / "expected.txt").read_text("utf-8")


def _told(town: Town) -> Iterator[str]:
    """Everything of the two customers that happened after the statements had gone out, in its order."""
    with town.store.read() as session:
        statements = {row.id: row for row in session.exec(select(StatementRow))}
        mails = {row.sha256: row for row in session.exec(select(MailRow))}
        happened = [(row.at, 0, row.seq or 0, _event(row, mails)) for row in session.exec(select(EventRow))]
        own = {row.message_id for row in session.exec(select(OutgoingRow))}
        happened += [
            (row.stored_at, 1, row.id or 0, f"A mail by {row.sender} is {row.outcome} ({row.rule}).")
            for row in mails.values()
            if row.message_id not in own
        ]
        first = min(row.sent_at for row in statements.values() if row.sent_at)
        order = {1: -1}
        told = sorted((at, order.get(kind, kind), place, text) for at, kind, place, text in happened if text)
        for at, _, _, text in told:
            if at > first or "mail by" in text:
                yield f"{at.astimezone(town.company.timezone):%m-%d %H:%M}  {text}"
        yield ""
        for mail in session.exec(select(OutgoingRow).order_by(col(OutgoingRow.id))):
            if mail.queued_at > first:
                yield from _mail(town, mail)
        for thread in session.exec(select(DiscrepancyRow)):
            theirs = "unknown" if thread.theirs_fen is None else from_fen(thread.theirs_fen)
            end = f"closed: {thread.result}" if thread.closed_at else "open"
            yield f"Difference {thread.number}: ours {from_fen(thread.ours_fen)}, theirs {theirs}, {end}."
        for kept in session.exec(select(ConfirmationRow)):
            end = f"; withdrawn: {_plain(kept.withdrawn_why)}" if kept.withdrawn_at else ""
            number = statements[kept.statement_id].number
            yield f"Confirmation of {number} by {kept.route}: 「{kept.phrase}」, scan {_scan(kept.scan)}{end}."
        for task in session.exec(select(TaskRow)):
            end = "done" if task.closed_at else f"to do by {task.due}"
            yield f"Task {task.number} {task.kind} for {task.owner}: {end}."
        for row in statements.values():
            yield f"In the end {row.number} R{row.revision} of {row.customer} is {row.state}."


def _event(row: EventRow, mails: dict[str, MailRow]) -> str:
    if row.kind in {"judged", "task", "outgoing", "document", "import", "mail.sent", "pictures"}:
        return ""
    change = f"{row.before} → {row.after}" if row.before else row.after
    by = "" if row.actor == "bot" else f" by {row.actor}"
    because = f" because of the mail by {mails[row.evidence].sender}" if row.evidence in mails else ""
    return f"{row.kind} {row.subject}: {change}{by}{because}."


def _mail(town: Town, mail: OutgoingRow) -> Iterator[str]:
    """A mail of ours, in full but for the digest."""
    at = (mail.sent_at or mail.not_before).astimezone(town.company.timezone)
    yield f"── {mail.purpose}, {mail.state} {at:%m-%d %H:%M}, to {', '.join(json.loads(mail.recipients))}"
    yield f"   {mail.subject}"
    yield from (f"   {line}".rstrip() for line in mail.words.strip().splitlines())
    yield ""


def _plain(text: str) -> str:
    return re.sub(r"^mail \d+: ", "", text)


def _scan(text: str) -> str:
    """Name and verdict of each scan."""
    return ", ".join(" ".join(found) for found in re.findall(r"([^;]+?) [0-9a-f]{64} (\w+)", text)) or "none"
