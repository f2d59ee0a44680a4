"""Ink outside every field that is made to be written in: in the table, over figures, in the margins."""

from dataclasses import replace

import cv2
import numpy as np

from parsers.scan import thresholds
from parsers.scan.ink import Mask, Piece, area, kernel, pieces, region, solidity
from parsers.scan.layout import PAGE_HEIGHT, PAGE_WIDTH, Box, Figure, Layout
from parsers.scan.mark import Mark
from parsers.scan.noted import Noted
from parsers.scan.register import Registered
from parsers.scan.seal_ink import hull, without

_USUAL = 8
"""Largest pieces of bolder print that tell how bold a page is printed."""


def elsewhere(page: Registered, loose: Mask, mark: Mark, number: int, layout: Layout) -> tuple[Noted, ...]:
    """What is noted of one page's ink; much of it among the figures is an alteration, a little anywhere a doubt."""
    figures = tuple(figure for figure in layout.figures if figure.box.page == number)
    covered = _covered(page, mark, figures)
    noted = [Noted("doubt", "ink_over_figure", figure.text, region(figure.box)) for figure in covered]
    found = [piece for piece in pieces(loose) if _counts(piece, number, layout)]
    table = [piece for piece in found if _in_table(piece, figures) and not _at_edge(piece)]
    if sum(piece.area for piece in table) > thresholds.TABLE_ALTERED:
        return (*noted, *(Noted("altered", "table_ink", str(number), piece.region) for piece in table))
    beyond = loose & ~(cv2.dilate(page.near.astype(np.uint8), kernel(2 * thresholds.FIGURE_BLEED)) > 0)
    inked = [figure for figure in figures if area(beyond[region(_with_sign(figure.box), 0.3)]) > 0.1]
    noted += [Noted("doubt", "ink_over_figure", figure.text, region(figure.box)) for figure in inked]
    found = found if sum(piece.area for piece in found) > thresholds.ELSEWHERE else []
    found += _over_print(page, mark, number, layout)
    return (*noted, *(Noted("doubt", "ink_elsewhere", str(number), piece.region) for piece in found))


def _over_print(page: Registered, mark: Mark, number: int, layout: Layout) -> list[Piece]:
    """Strokes across our own print, as a cross on a word: what is darker there than our print can make it.

    Where the whole page's print is bolder than ours only what stands out from the rest counts.
    """
    bolder = page.dark - cv2.dilate(page.template, kernel(thresholds.PRINT_BOLDER))
    strokes = np.asarray(bolder > thresholds.OVER_PRINT_DARK, np.uint8)
    over = (cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)) > 0) & page.near
    over = without(over, (*mark.seals, *mark.riding))
    for seal in mark.seals:
        over[seal.region] &= ~hull(seal.ink)
    for away in (page.streaks, page.foreign):
        if away is not None:
            over &= ~away
    for box, reach, _ in fields(layout):
        if box.page == number:
            over[region(box, reach)] = False
    found = pieces(over, thresholds.OVER_PRINT_JOIN)
    usual = float(np.median([piece.area for piece in found[:_USUAL]])) if len(found) >= _USUAL else 0.0
    least = max(thresholds.OVER_PRINT, 3 * usual)
    narrow = thresholds.OVER_PRINT_NARROW
    return [
        piece
        for piece in found
        if piece.area >= least and min(piece.width, piece.height) >= narrow and not _at_rim(piece)
    ]


def _at_rim(piece: Piece) -> bool:
    rim = thresholds.EDGE
    across = piece.x < rim or piece.x + piece.width > PAGE_WIDTH - rim
    return across or piece.y < rim or piece.y + piece.height > PAGE_HEIGHT - rim


def _covered(page: Registered, mark: Mark, figures: tuple[Figure, ...]) -> list[Figure]:
    """Figures under a seal that the colour can't be taken from: nobody can be sure what stands there."""
    hidden = []
    dark = [piece for piece in (*mark.seals, *mark.riding) if _blackness(page, piece) > thresholds.OPAQUE_SEAL]
    for figure in figures:
        rows, columns = region(figure.box, 0.2)
        for piece in dark:
            top, bottom = max(rows.start, piece.region[0].start), min(rows.stop, piece.region[0].stop)
            left, right = max(columns.start, piece.region[1].start), min(columns.stop, piece.region[1].stop)
            if top < bottom and left < right:
                origin = piece.region[0].start, piece.region[1].start
                if piece.ink[top - origin[0] : bottom - origin[0], left - origin[1] : right - origin[1]].sum() > 12:
                    hidden.append(figure)
                    break
    return hidden


def _blackness(page: Registered, piece: Piece) -> float:
    """How dark a seal's ink stays without its colour."""
    own = page.black[piece.region][piece.ink & (page.template[piece.region] < 0.05)]
    return float(own.mean()) if own.size else 1.0


def _with_sign(box: Box) -> Box:
    """A figure's box with the place where a sign or another digit could be put before it."""
    return replace(box, x=box.x - thresholds.BEFORE_FIGURE, width=box.width + thresholds.BEFORE_FIGURE)


def _counts(piece: Piece, number: int, layout: Layout) -> bool:
    """Whether a piece is more than dust, a field's writing or a thumb at the paper's edge."""
    if max(piece.width, piece.height) <= thresholds.DUST or _is_thumb(piece):
        return False
    return not _of_field(piece, number, layout)


def _of_field(piece: Piece, number: int, layout: Layout) -> bool:
    return any(box.page == number and _is_of(piece, box, reach, largest) for box, reach, largest in fields(layout))


def _is_thumb(piece: Piece) -> bool:
    """Something solid that reaches in from the paper's edge: a finger, the scanner's lid; no writing is."""
    outer = thresholds.EDGE + 1
    at_edge = min(piece.x, piece.y) < outer or piece.x + piece.width > PAGE_WIDTH - outer
    at_edge = at_edge or piece.y + piece.height > PAGE_HEIGHT - outer
    return at_edge and solidity(piece.ink) > thresholds.SEAL_SOLID


def fields(layout: Layout) -> tuple[tuple[Box, float, tuple[float, float]], ...]:
    """Boxes for writing, how far ink may run over their edges, and the largest writing that is theirs; in mm."""
    ticks = (layout.agree, layout.differ, *layout.cause_ticks)
    lines = (*layout.differ_fields, layout.name_field, layout.date_field)
    return (
        (layout.sign_box, 3.0, (thresholds.SEAL_MOST, thresholds.SEAL_MOST)),
        (layout.remark_box, 1.0, (layout.remark_box.width + 4, layout.remark_box.height + 4)),
        *((box, 1.6, thresholds.TICK_MOST) for box in ticks),
        *((box, 2.0, thresholds.FIELD_WRITING) for box in lines),
    )


def _is_of(piece: Piece, box: Box, reach: float, largest: tuple[float, float]) -> bool:
    """Ink that touches a field and is no larger than what is written there; half of a large one lies inside."""
    rows, columns = region(box, reach)
    top, left = rows.start - piece.region[0].start, columns.start - piece.region[1].start
    inside = piece.ink[
        max(0, top) : max(0, top + rows.stop - rows.start), max(0, left) : max(0, left + columns.stop - columns.start)
    ]
    share = float(np.count_nonzero(inside)) / max(1, int(np.count_nonzero(piece.ink)))
    return share >= thresholds.FIELD_SHARE and piece.width <= largest[0] and piece.height <= largest[1]


def written_off(page: Registered, loose: Mask, number: int, layout: Layout) -> Registered:
    """The page for comparing words: where something is written in a field, or out of it, our own print stands."""
    black = page.black.copy()
    for box, reach, _ in fields(layout):
        if box.page == number:
            where = region(box, reach)
            black[where] = page.template[where]
    for piece in pieces(loose):
        if _of_field(piece, number, layout):
            over = cv2.dilate(np.pad(piece.ink, 3).astype(np.uint8), kernel(0.6))[3:-3, 3:-3] > 0
            black[piece.region][over] = page.template[piece.region][over]
    return replace(page, black=black)


def _in_table(piece: Piece, figures: tuple[Figure, ...]) -> bool:
    """Whether a piece lies at the height of a figure."""
    return any(
        figure.box.y - 1.5 < piece.y + piece.height and piece.y < figure.box.y + figure.box.height + 1.5
        for figure in figures
    )


def _at_edge(piece: Piece) -> bool:
    """Perhaps a seal across the paper's edge in black and white."""
    return piece.x < 7 or piece.x + piece.width > PAGE_WIDTH - 7
