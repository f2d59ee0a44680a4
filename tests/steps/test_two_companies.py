"""Two companies in one installation: one store, each with its own mailbox, numbers, customers and audit events."""

from dataclasses import replace

from bot.config import Secret
from bot.edges.postmark import authenticated
from bot.edges.tables import DiscrepancyRow
from tests.steps.town import AUTHSERV_ID, LI, USERS, WAREHOUSE, Town

COMPLAINT = "你好，10月18日退货那笔565元你们没有减，请核实。"


def go_over(town: Town) -> None:
    """From now on the town's company is another one, with the warehouse's mailbox."""
    mail, login = town.company.mail, Secret(USERS[WAREHOUSE])
    town.with_company(
        name="华南贸易有限公司",
        aliases=("华南贸易",),
        number_prefix="HN",
        mail=replace(
            mail,
            address=WAREHOUSE,
            smtp=replace(mail.smtp, username=WAREHOUSE, password=login),
            imap=replace(mail.imap, username=WAREHOUSE, password=login),
        ),
    )


def test_both_companies_get_a_discrepancy_in_the_same_month(sent: Town) -> None:
    sent.reply(COMPLAINT)
    assert sent.poll() == ["discrepancy"]
    go_over(sent)
    sent.import_all()
    sent.prepare()
    sent.send()
    (theirs,) = [
        each for each in sent.owed("statement") if each.company == sent.company.name and each.customer == "C001"
    ]
    raw = sent.answer_to(sent.blobs.get(theirs.sha256), COMPLAINT, sender=LI)
    sent.server.deliver(WAREHOUSE, authenticated(raw, LI, AUTHSERV_ID))
    assert "discrepancy" in sent.poll()
    threads = sent.all(DiscrepancyRow)
    assert [(each.company, each.number) for each in threads] == [
        ("华东贸易有限公司", "CY-202611-0001"),
        ("华南贸易有限公司", "CY-202611-0001"),
    ]
