"""Where everything stands on the pages that we sent, in millimetres from a page's top left corner.

The composer writes these values while it draws; the reader of returned scans looks at the same places.
"""

from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
MARK_SIZE, MARK_MARGIN = 8.0, 8.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on one page (pages count from 1), all lengths in mm, ``x`` and ``y`` of its top left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure: its box, the text in it, and what it is (``closing``, ``opening``, ``line 3 amount`` …)."""

    box: Box
    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Layout:
    """All places of one statement. ``mark_ids`` are the four ArUco ids (DICT_4X4_50) clockwise from the top left.

    ``sign_box`` has nothing printed in it; ``remark_box`` is where a remark makes a discrepancy; ``agree`` and
    ``differ`` are the two tick boxes; ``differ_fields`` are the lines for their balance and the difference;
    ``cause_ticks`` the boxes of the causes; ``our_seal`` is our own side's seal field.
    """

    pages: int
    figures: tuple[Figure, ...]
    sign_box: Box
    remark_box: Box
    agree: Box
    differ: Box
    differ_fields: tuple[Box, ...]
    cause_ticks: tuple[Box, ...]
    name_field: Box
    date_field: Box
    our_seal: Box
    mark_ids: tuple[int, int, int, int] = (0, 1, 2, 3)
