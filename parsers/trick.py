"""Characters that make a person read otherwise than a program: U+202E turns words around, U+0336 strikes them out.

Both are taken off with all that is invisible or joined to a letter, so they must be told before. What honest programs
write is none: U+202A and U+202D stand around telephone numbers and file names.
"""

import re
from collections.abc import Iterable

_TURNED = re.compile("[\u202e\u2067]")
_OVERLAID = re.compile(
    "[^\\s\u0334-\u0338\u20d0-\u20f0\u0489]?[\u0334-\u0338\u0489\u20d2\u20d3\u20d8-\u20da\u20dd-\u20e0\u20e2\u20e4-\u20e6\u20ea\u20eb\u20f0]"
)
_LONGEST = 40


def turned(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines in which a mark turns the words that follow, without it; quoted lines (behind ``>``) left out."""
    return tuple(_TURNED.sub("", line)[:_LONGEST] for line in _typed(lines) if _TURNED.search(line))


def struck(lines: Iterable[str]) -> tuple[str, ...]:
    """The letters with a stroke or a sign over them, of each line together; quoted lines left out."""
    found = ("".join(match[0][:1] for match in _OVERLAID.finditer(line)) for line in _typed(lines))
    return tuple(letters[:_LONGEST] for letters in found if letters)


def _typed(lines: Iterable[str]) -> Iterable[str]:
    return (line for line in lines if not line.lstrip().startswith((">", "＞")))
