"""One captured page against our own: is it the same print, is anything written where it matters, is it signed?

This is the *judging* half: it sees only pixels that we rendered ourselves and runs in a warm child.
"""

import cv2
import numpy as np

from parsers.attachment import PageCode
from parsers.scan import thresholds
from parsers.scan.finding import Finding, Reasons
from parsers.scan.ink import Mask, Piece, Region, area, extra, pieces, region
from parsers.scan.layout import PAGE_WIDTH, Box, Figure, Layout
from parsers.scan.mark import Mark, find_mark, unexplained
from parsers.scan.pages import Raster
from parsers.scan.register import PPM, Pixels, Registered, page_count, register
from parsers.scan.words import Comparison, compare, median_score, read_digits, suspicious, words_of, worst_by_figure


def judge_page(raster: Raster, code: PageCode, pdf: bytes, layout: Layout) -> Finding:
    """The page as found; a page that can't be laid over ours is a doubt, never an error."""
    if code.page > page_count(pdf):
        return Finding(code, doubts=(("page_count", ""),))
    rgb: Pixels = np.frombuffer(raster.rgb, np.uint8).reshape(raster.height, raster.width, 3)
    page = register(rgb, pdf, code.page, layout.mark_ids)
    if isinstance(page, str):
        return Finding(code, doubts=((page, ""),))
    words = [where for where in words_of(pdf, code.page) if not _written_over(where, code.page, layout)]
    comparisons = [found for where in words if (found := compare(page, where)) is not None]
    median = median_score(comparisons)
    scores = (("median word", median), ("registration mm", page.error))
    if median < thresholds.PAGE_WORST:
        return Finding(code, doubts=(("poor_image", ""),), scores=scores)
    ink, coloured = extra(page)
    has_slip = layout.sign_box.page == code.page
    mark = find_mark(page, ink, coloured, layout) if has_slip else _edges_only(page, ink, coloured, layout)
    loose = unexplained(ink, mark)
    altered, doubts = _print(page, code.page, pdf, layout, comparisons)
    more_altered, more_doubts = _elsewhere(page, loose, mark, code.page, layout)
    remarked, slip_doubts = _slip(ink, loose, layout) if has_slip else ((), ())
    return Finding(
        code,
        altered + more_altered,
        remarked,
        doubts + more_doubts + slip_doubts,
        mark.found if has_slip else "",
        scores,
        _picture(page, ink, layout) if has_slip else b"",
        _seals(page, mark, layout) if has_slip else b"",
    )


def _written_over(where: Region, number: int, layout: Layout) -> bool:
    """Labels such as 年 月 日 inside the fields for name and date, which are meant to be written over."""
    y, x = (where[0].start + where[0].stop) / 2 / PPM, (where[1].start + where[1].stop) / 2 / PPM
    fields = (layout.name_field, layout.date_field)
    return any(
        box.page == number and box.x - 1 < x < box.x + box.width + 1 and box.y - 1 < y < box.y + box.height + 1
        for box in fields
    )


def _edges_only(page: Registered, ink: Mask, coloured: Mask, layout: Layout) -> Mark:
    """On pages without the slip only a seal across the edge may stand."""
    found = find_mark(page, ink, coloured, layout)
    return Mark("none", (), found.riding)


def _print(
    page: Registered, number: int, pdf: bytes, layout: Layout, comparisons: list[Comparison]
) -> tuple[Reasons, Reasons]:
    """(altered, doubts) of our print: digits against our own alphabet, then every word."""
    altered: list[tuple[str, str]] = []
    doubts: list[tuple[str, str]] = []
    for figure, lead, drop in worst_by_figure(read_digits(page, pdf, number, layout)):
        if lead < -thresholds.DIGIT_ALTERED:
            altered.append(("figure_altered", figure.text))
        elif lead < thresholds.DIGIT_MARGIN or drop > thresholds.DIGIT_DROP:
            doubts.append(("figure_doubt", figure.text))
    median = median_score(comparisons)
    verdicts = [suspicious(comparison, median) for comparison in comparisons]
    if "altered" in verdicts:
        altered.append(("word_altered", str(number)))
    if "doubt" in verdicts:
        doubts.append(("word_doubt", str(number)))
    return tuple(altered), tuple(doubts)


def _elsewhere(page: Registered, loose: Mask, mark: Mark, number: int, layout: Layout) -> tuple[Reasons, Reasons]:
    """(altered, doubts): ink outside every field that is made to be written in."""
    figures = tuple(figure for figure in layout.figures if figure.box.page == number)
    covered = _covered(page, mark, figures)
    doubts: list[tuple[str, str]] = [("ink_over_figure", figure.text) for figure in covered]
    open_ink = loose.copy()
    for box, grow in _fields(layout):
        if box.page == number:
            open_ink[region(box, grow)] = False
    found = [piece for piece in pieces(open_ink) if max(piece.width, piece.height) > thresholds.DUST]
    table = [piece for piece in found if _in_table(piece, figures) and not _at_edge(piece)]
    if sum(piece.area for piece in table) > thresholds.TABLE_ALTERED:
        return (("table_ink", str(number)),), tuple(doubts)
    doubts += [("ink_over_figure", figure.text) for figure in figures if area(loose[region(figure.box, 0.3)]) > 0.1]
    if sum(piece.area for piece in found) > thresholds.ELSEWHERE:
        doubts.append(("ink_elsewhere", str(number)))
    return (), tuple(doubts)


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


def _slip(ink: Mask, loose: Mask, layout: Layout) -> tuple[Reasons, Reasons]:
    """(remarked, doubts) of the slip's fields."""
    remarked: list[tuple[str, str]] = []
    doubts: list[tuple[str, str]] = []
    differs = area(ink[region(layout.differ, 0.2)]) > thresholds.TICKED
    if differs:
        remarked.append(("differ_ticked", ""))
    if any(area(ink[region(box, 0.2)]) > thresholds.TICKED for box in layout.cause_ticks):
        remarked.append(("cause_ticked", ""))
    inside = region(layout.remark_box, -0.8)
    if area(loose[inside]) > thresholds.WRITTEN:
        remarked.append(("remark", ""))
    elif area(ink[inside]) > thresholds.WRITTEN:
        doubts.append(("seal_over_remark", ""))
    if any(area(loose[region(box, -0.2)]) > thresholds.WRITTEN for box in layout.differ_fields):
        (remarked if differs else doubts).append(("their_balance", ""))
    return tuple(remarked), tuple(doubts)


def _picture(page: Registered, ink: Mask, layout: Layout) -> bytes:
    """The slip as found, foreign ink in red, as a PNG of 4 pixels a millimetre."""
    rows, _ = region(layout.sign_box, 45)
    grey = (255 * (1 - page.dark[rows])).astype(np.uint8)
    picture = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    picture[ink[rows]] = (40, 40, 220)
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    done, encoded = cv2.imencode(".png", small, [cv2.IMWRITE_PNG_COMPRESSION, 3])
    return encoded.tobytes() if done else b""


def _seals(page: Registered, mark: Mark, layout: Layout) -> bytes:
    """The box and the seals that reach out of it, in colour on white, as a PNG of 8 pixels a millimetre."""
    if not mark.seals and mark.found != "grey_seal":
        return b""
    white = np.full_like(page.flat, 255)
    wanted = [region(layout.sign_box, -0.8)]
    wanted += [region(Box(0, seal.x, seal.y, seal.width, seal.height), 1.0) for seal in mark.seals]
    for where in wanted:
        white[where] = page.flat[where]
    rows = slice(min(where[0].start for where in wanted), max(where[0].stop for where in wanted))
    columns = slice(min(where[1].start for where in wanted), max(where[1].stop for where in wanted))
    patch = cv2.cvtColor(white[rows, columns], cv2.COLOR_RGB2BGR)
    done, encoded = cv2.imencode(".png", patch, [cv2.IMWRITE_PNG_COMPRESSION, 2])
    return encoded.tobytes() if done else b""
