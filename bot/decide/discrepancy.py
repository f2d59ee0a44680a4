"""What a mail says about a difference: the amount on their side, the causes and the documents (F2, F5, F7)."""

from decimal import Decimal

from bot.decide.signs import EFFECTS
from bot.model import Judgement
from parsers import own_balance
from parsers.attachment import SheetDifference


def claimed(judgement: Judgement, ours: Decimal) -> Decimal | None:
    """The closing balance on the customer's side, None where the mail doesn't say it in one clear way.

    A sheet's own closing comes first, then our closing with the sheet's differing amounts, then what a typed comparison
    names, then the one balance other than ours that the text names as such; the amount of a document
    (「退货那笔565元没有减」) is no balance.
    """
    for reading in judgement.attachments:
        if reading.kind == "sheet" and reading.closing is not None:
            return reading.closing
    rows = [row for reading in judgement.attachments for row in reading.differences]
    moved = [_moved(row) for row in rows]
    if moved and None not in moved:
        return ours + sum((each for each in moved if each is not None), Decimal("0.00"))
    if judgement.said.theirs is not None:
        return judgement.said.theirs
    named = [balance for balance in own_balance.find(judgement.said.written) if balance != ours]
    return named[0] if len(named) == 1 else None


def _moved(row: SheetDifference) -> Decimal | None:
    """How far one row moves the balance; a receipt lowers it. None where an amount is missing."""
    if row.their_amount is None or row.our_amount is None:
        return None
    kind = row.document.partition(" ")[0]
    lowers = kind in {each.value for each, effect in EFFECTS.items() if effect.total == "received"}
    return row.our_amount - row.their_amount if lowers else row.their_amount - row.our_amount


def gathered_causes(judgement: Judgement) -> list[str]:
    """Cause codes and words, from the text first, then from a filled-in sheet, each once."""
    sheet = [row.cause for reading in judgement.attachments for row in reading.differences if row.cause]
    return list(dict.fromkeys([*judgement.said.causes, *sheet]))


def gathered_documents(judgement: Judgement) -> list[str]:
    """The documents in question, from the text first, then from a filled-in sheet, each once."""
    sheet = [row.document for reading in judgement.attachments for row in reading.differences]
    return list(dict.fromkeys([*judgement.said.documents, *sheet]))
