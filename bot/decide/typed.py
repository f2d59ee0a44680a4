"""What the writer typed, read with its form in mind: invoice data below a name is no word, a table is a sentence."""

from dataclasses import dataclass, replace
from decimal import Decimal

from parsers import own_details, phrase, typed_table, vague_period
from parsers.phrase import Reading, Spoken
from parsers.tokens import Scope


@dataclass(frozen=True, slots=True)
class Typed:
    """What the words say; ``theirs`` is the balance on their side that a typed comparison names."""

    reading: Reading
    theirs: Decimal | None = None


def read(text: str, scope: Scope) -> Typed:
    """Read the writer's own words; sentences are told as he typed them."""
    table = typed_table.read(own_details.without(text, scope), scope)
    reading = phrase.read(table.text, scope)
    reading = replace(reading, sentence=table.as_written(reading.sentence))
    earlier = vague_period.find(text)
    if earlier:
        reading = replace(reading, spoken=(*reading.spoken, Spoken(phrase.OTHER_SUBJECT, earlier)))
    return Typed(_with_yes(reading, table.agrees) if table.agrees else reading, table.theirs)


def _with_yes(reading: Reading, row: str) -> Reading:
    """A table without difference beside the words: a weak yes, and no word that completes a full one."""
    told = replace(reading, spoken=(*reading.spoken, Spoken(phrase.WEAK, row)))
    return replace(told, says=phrase.WEAK, sentence=row) if reading.says == phrase.NOTHING else told
