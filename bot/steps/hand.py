"""What is in hand while one mail is acted on: the transaction, the mail, what was understood, and its case."""

from dataclasses import dataclass

from sqlmodel import Session

from bot.compose.letterhead import About, Thread
from bot.edges.tables import MailRow, StatementRow
from bot.model import Customer, Judgement, load_statement
from bot.steps.office import Office
from bot.steps.understanding import Understood


@dataclass(frozen=True, slots=True)
class Hand:
    """One mail and its case; everything done with it is part of one transaction."""

    session: Session
    office: Office
    mail: MailRow
    understood: Understood
    row: StatementRow
    customer: Customer
    part: bool = False
    """Whether the mail is about other statements too, each in a hand of its own."""

    @property
    def judgement(self) -> Judgement:
        """What was decided about the mail."""
        return self.understood.judgement

    @property
    def name(self) -> str:
        """The case, as the audit log names it."""
        return f"{self.row.number} R{self.row.revision}"

    @property
    def key(self) -> str:
        """What the mail is for this case, as tasks and answers that there must be once are named."""
        return f"mail {self.mail.id}{f' {self.row.number}' if self.part else ''}"

    @property
    def thread(self) -> Thread:
        """Where an answer belongs."""
        mail = self.understood.mail
        return Thread(mail.message_id, mail.references)

    @property
    def about(self) -> About:
        """What an answer to the customer is about."""
        statement = load_statement(self.row.value)
        return About(self.office.company, statement, self.customer, self.thread, self.judgement.sender)
