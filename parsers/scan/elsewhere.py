"""Ink outside every field that is made to be written in: in the table, over figures, in the margins."""

from parsers.scan import thresholds
from parsers.scan.ink import Mask, Piece, area, pieces, region
from parsers.scan.layout import PAGE_WIDTH, Box, Figure, Layout
from parsers.scan.mark import Mark
from parsers.scan.noted import Noted
from parsers.scan.register import Registered


def elsewhere(page: Registered, loose: Mask, mark: Mark, number: int, layout: Layout) -> tuple[Noted, ...]:
    """What is noted of one page's ink; much of it among the figures is an alteration, a little anywhere a doubt."""
    figures = tuple(figure for figure in layout.figures if figure.box.page == number)
    covered = _covered(page, mark, figures)
    noted = [Noted("doubt", "ink_over_figure", figure.text, region(figure.box)) for figure in covered]
    open_ink = loose.copy()
    for box, grow in _fields(layout):
        if box.page == number:
            open_ink[region(box, grow)] = False
    found = [piece for piece in pieces(open_ink) if max(piece.width, piece.height) > thresholds.DUST]
    table = [piece for piece in found if _in_table(piece, figures) and not _at_edge(piece)]
    if sum(piece.area for piece in table) > thresholds.TABLE_ALTERED:
        return (*noted, *(Noted("altered", "table_ink", str(number), piece.region) for piece in table))
    inked = [figure for figure in figures if area(loose[region(figure.box, 0.3)]) > 0.1]
    noted += [Noted("doubt", "ink_over_figure", figure.text, region(figure.box)) for figure in inked]
    if sum(piece.area for piece in found) > thresholds.ELSEWHERE:
        noted += [Noted("doubt", "ink_elsewhere", str(number), piece.region) for piece in found]
    return tuple(noted)


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


def _fields(layout: Layout) -> tuple[tuple[Box, float], ...]:
    """Boxes for writing and how far ink may run over their edges in mm."""
    ticks = tuple((box, 1.6) for box in (layout.agree, layout.differ, *layout.cause_ticks))
    lines = tuple((box, 2.0) for box in (*layout.differ_fields, layout.name_field, layout.date_field))
    return ((layout.sign_box, 3.0), (layout.remark_box, 1.0), *ticks, *lines)


def _in_table(piece: Piece, figures: tuple[Figure, ...]) -> bool:
    """Whether a piece lies at the height of a figure."""
    return any(
        figure.box.y - 1.5 < piece.y + piece.height and piece.y < figure.box.y + figure.box.height + 1.5
        for figure in figures
    )


def _at_edge(piece: Piece) -> bool:
    """Perhaps a seal across the paper's edge in black and white."""
    return piece.x < 7 or piece.x + piece.width > PAGE_WIDTH - 7
