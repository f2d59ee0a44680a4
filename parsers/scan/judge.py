"""One captured page against our own: is it the same print, is anything written where it matters, is it signed?

This is the *judging* half: it sees only pixels that we rendered ourselves and runs in a warm child.
"""

import cv2
import numpy as np

from parsers.attachment import PageCode
from parsers.scan import thresholds
from parsers.scan.elsewhere import elsewhere, written_off
from parsers.scan.finding import Finding
from parsers.scan.ink import Mask, Region, extra, region
from parsers.scan.layout import Box, Layout
from parsers.scan.mark import Mark, find_mark, unexplained
from parsers.scan.noted import Noted, of_weight
from parsers.scan.overlay import Frame, draw
from parsers.scan.pages import Raster
from parsers.scan.patch import patched
from parsers.scan.register import PPM, Pixels, Registered, register
from parsers.scan.slip import slip
from parsers.scan.streaks import cleaned
from parsers.scan.template import page_count
from parsers.scan.text_layer import differs
from parsers.scan.words import (
    Comparison,
    compare,
    faint_signs,
    median_score,
    read_digits,
    suspicious,
    words_of,
    worst_by_figure,
)


def judge_page(raster: Raster, code: PageCode, pdf: bytes, layout: Layout) -> Finding:
    """The page as found; a page that can't be laid over ours is a doubt, never an error."""
    if code.page > page_count(pdf):
        return Finding(code, doubts=(("page_count", ""),))
    rgb: Pixels = np.frombuffer(raster.rgb, np.uint8).reshape(raster.height, raster.width, 3)
    page = register(rgb, pdf, code.page, layout.mark_ids)
    if isinstance(page, str):
        return Finding(code, doubts=((page, ""),))
    page = cleaned(page)
    ink, coloured = extra(page)
    has_slip = layout.sign_box.page == code.page
    mark = find_mark(page, ink, coloured, layout) if has_slip else _edges_only(page, ink, coloured, layout)
    loose = unexplained(ink, mark)
    words = [where for where in words_of(pdf, code.page) if not _written_over(where, code.page, layout)]
    open_page = written_off(page, loose, code.page, layout)
    comparisons = [found for where in words if (found := compare(open_page, where)) is not None]
    median = median_score(comparisons)
    scores = (("median word", median), ("registration mm", page.error))
    if median < thresholds.PAGE_WORST:
        return Finding(code, doubts=(("poor_image", ""),), scores=scores)
    noted = (*_print(page, code.page, pdf, layout, comparisons), *elsewhere(page, loose, mark, code.page, layout))
    noted += _text(raster, pdf, code.page, layout)
    noted += (*slip(page, ink, loose, layout), *_words(mark, layout), *_patch(page, layout)) if has_slip else ()
    return Finding(
        code,
        of_weight(noted, "altered"),
        of_weight(noted, "remarked"),
        of_weight(noted, "doubt"),
        mark.found if has_slip else "",
        scores,
        _picture(page, ink, layout) if has_slip else b"",
        _seals(page, mark, layout) if has_slip else b"",
        draw(page.flat, _frames(mark, noted, layout, has_slip=has_slip)),
        mark.names if has_slip else (),
    )


def _frames(mark: Mark, noted: tuple[Noted, ...], layout: Layout, *, has_slip: bool) -> list[Frame]:
    """The mark where it was found (the box where there is none), and whatever was noted somewhere."""
    frames = [Frame(piece.region, "mark") for piece in (*mark.seals, *mark.riding, *mark.hands)]
    if has_slip and mark.found not in {"seal", "hand"}:
        frames.append(Frame(region(layout.sign_box), "doubt"))
    frames += [Frame(one.where, "doubt" if one.weight == "doubt" else "differs") for one in noted if one.where]
    return frames


def _words(mark: Mark, layout: Layout) -> tuple[Noted, ...]:
    """Words in the box that say that the account differs."""
    box = region(layout.sign_box)
    return (Noted("remarked", "words_in_box", mark.text, box),) if mark.found == "differs" else ()


def _text(raster: Raster, pdf: bytes, number: int, layout: Layout) -> tuple[Noted, ...]:
    """What the text layer says, where the page has one; nobody sees it, so no place is framed."""
    found = differs(raster.words, pdf, number, layout, picture=raster.picture) if raster.words else ""
    if not found:
        return ()
    return (Noted(found, "word_altered" if found == "altered" else "word_doubt", str(number)),)


def _patch(page: Registered, layout: Layout) -> tuple[Noted, ...]:
    """A picture that was laid over the box."""
    return (Noted("doubt", "patch", "", region(layout.sign_box)),) if patched(page, layout) else ()


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
) -> tuple[Noted, ...]:
    """What is wrong with our print: digits against our own alphabet, then every word."""
    noted: list[Noted] = []
    for figure, lead, drop in worst_by_figure(read_digits(page, pdf, number, layout)):
        if lead < -thresholds.DIGIT_ALTERED:
            noted.append(Noted("altered", "figure_altered", figure.text, region(figure.box)))
        elif lead < thresholds.DIGIT_MARGIN or drop > thresholds.DIGIT_DROP:
            noted.append(Noted("doubt", "figure_doubt", figure.text, region(figure.box)))
    for figure, share in faint_signs(page, pdf, number, layout):
        if share < thresholds.SIGN_GONE:
            noted.append(Noted("altered", "sign_removed", figure.text, region(figure.box)))
        elif share < thresholds.SIGN_WEAK:
            noted.append(Noted("doubt", "figure_doubt", figure.text, region(figure.box)))
    median = median_score(comparisons)
    for comparison in comparisons:
        verdict = suspicious(comparison, median)
        if verdict == "altered":
            noted.append(Noted("altered", "word_altered", str(number), comparison.where))
        elif verdict:
            noted.append(Noted("doubt", "word_doubt", str(number), comparison.where))
    return tuple(noted)


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
