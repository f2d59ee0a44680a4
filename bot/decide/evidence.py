"""Everything that the rules look at for one mail, gathered once: :class:`Evidence`."""

from dataclasses import dataclass
from decimal import Decimal

from bot.decide.match import Binding
from bot.decide.revisions import only_remarks_differ
from bot.model import Register, SentStatement, State
from parsers import phrase
from parsers.attachment import AttachmentReading
from parsers.phrase import Reading


@dataclass(frozen=True, slots=True)
class Evidence:
    """``kind`` as in ``explain --json``; ``doubts`` are reasons why the words can't be trusted.

    ``extra`` are documents beside the scan that nobody could read and that may hold words, ``links`` whether files lie
    behind links that nobody follows. ``wish`` is what the writer asks for, ``excepted`` what he leaves out of his yes,
    ``theirs`` the balance on their side that a typed table names.
    """

    kind: str
    binding: Binding
    register: Register
    text: str
    reading: Reading
    doubts: tuple[str, ...]
    attachments: tuple[AttachmentReading, ...]
    extra: tuple[str, ...] = ()
    command: str = ""
    leaver: bool = False
    links: bool = False
    wish: str = ""
    excepted: tuple[str, ...] = ()
    theirs: Decimal | None = None

    @property
    def statement(self) -> SentStatement | None:
        """The revision that the mail answers."""
        return self.binding.statement

    @property
    def live(self) -> SentStatement | None:
        """The live revision of that statement."""
        return self.binding.live

    @property
    def authenticated(self) -> bool:
        """Whether the sender's address is proven."""
        return self.binding.authentication == "pass"

    @property
    def done(self) -> bool:
        """Whether a confirmation of this statement stands already."""
        return self.live is not None and self.live.state in {State.CONFIRMED, State.CLOSED}

    @property
    def senses(self) -> frozenset[str]:
        """What the sentences say."""
        return self.reading.senses

    def verdicts(self, *kinds: str) -> tuple[str, ...]:
        """Verdicts on attachments of these kinds."""
        return tuple(item.verdict for item in self.attachments if item.kind in kinds)

    @property
    def scan(self) -> str:
        """The scans together: ``signed`` for the live revision and complete, the gravest verdict else, ``""`` for none.

        A signed copy outweighs blank or unfinished copies beside it, never a doubtful one.
        """
        verdicts = {self._verdict(item) for item in self.attachments if item.kind == "scan"}
        return next((verdict for verdict in _GRAVITY if verdict in verdicts), "")

    def _verdict(self, item: AttachmentReading) -> str:
        if item.verdict != "signed" or self.live is None:
            return item.verdict
        if item.number != self.live.number:
            return "other_statement"
        return "signed" if item.revision == self.live.revision else "other_revision"

    @property
    def sheets(self) -> tuple[AttachmentReading, ...]:
        """Sheets that could be read."""
        return tuple(item for item in self.attachments if item.kind == "sheet" and item.verdict == "none")

    @property
    def agreeing_sheet(self) -> bool:
        """Whether a sheet came back and none differs."""
        return bool(self.sheets) and not self.differing_sheet

    @property
    def sealed_sheet(self) -> bool:
        """Whether their own statement, sealed and with our balance, came (SITUATIONS 21)."""
        return self.agreeing_sheet and any(item.sealed for item in self.sheets)

    @property
    def differing_sheet(self) -> bool:
        """Whether a sheet differs from ours in a row or in its closing balance."""
        closing = self.live.closing if self.live is not None else None
        tolerance = self.register.tolerance
        return any(
            item.differences
            or (item.closing is not None and closing is not None and abs(item.closing - closing) > tolerance)
            for item in self.sheets
        )

    @property
    def says_yes(self) -> bool:
        """Whether the words, a sheet or a scan mean yes, however weakly."""
        return self.reading.says in {"confirms", "weak"} or self.agreeing_sheet or self.scan == "signed"

    @property
    def plain_text(self) -> bool:
        """Whether the words hold nothing beside a yes, courtesies and harmless matters."""
        return self.senses <= phrase.HARMLESS

    @property
    def same_but_remarks(self) -> bool:
        """Whether what was signed is an old revision whose figures are all those of the live one (SITUATIONS 49)."""
        signed = {item.revision for item in self.attachments if self._verdict(item) == "other_revision"}
        old = [
            each
            for each in self.register.statements
            if self.live is not None and each.number == self.live.number and each.revision in signed and not each.live
        ]
        return (
            len(signed) == len(old) == 1
            and self.live is not None
            and only_remarks_differ(old[0].snapshot, self.live.snapshot)
        )

    @property
    def old_revision(self) -> bool:
        """Whether the mail speaks of a revision that a newer one replaced."""
        if self.scan == "signed":
            return False
        answered = self.statement is not None and not self.statement.live
        return answered or self.scan == "other_revision"


_GRAVITY = (
    "unsafe", "altered", "remarked", "other_seal", "other_statement", "unsure", "other_revision", "signed",
    "incomplete", "unsigned", "unread", "none",
)  # fmt: skip
