"""Where printed words stand on our page: ``words_at(pdf, 1, "2026年10月")`` → their boxes in mm.

Taken from the PDF's text layer, so that a pen can be set to the customer's name or to the period.
"""

from functools import lru_cache

import pypdfium2

from parsers.scan.layout import Box

_MM = 25.4 / 72


@lru_cache(maxsize=64)
def words_at(pdf: bytes, page: int, words: str) -> tuple[Box, ...]:
    """Each place of the words on a page, top to bottom of the text; empty where they don't stand."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page - 1]
        text, high = sheet.get_textpage(), sheet.get_height()
        seeker, found = text.search(words), []
        while place := seeker.get_next():
            corners = [text.get_charbox(place[0] + step) for step in range(place[1])]
            left, right = min(one[0] for one in corners), max(one[2] for one in corners)
            bottom, top = min(one[1] for one in corners), max(one[3] for one in corners)
            found.append(Box(page, left * _MM, (high - top) * _MM, (right - left) * _MM, (top - bottom) * _MM))
        return tuple(found)
