"""The names on seals: the ring of text laid straight, columns of square seals put in a row, read by RapidOCR.

``judge_seals(picture, names)`` runs in the sandbox's judging child. Without RapidOCR (the extra ``scan``) it finds
nothing. The models are inside the wheel; nothing is fetched.
"""

from dataclasses import replace

import cv2
import numpy as np

from parsers.scan import seal_thresholds as limits
from parsers.scan.hand_read import sense_of
from parsers.scan.recognise import engine, recognise
from parsers.scan.seal_find import PPM, Pixels, Seal, find_seals
from parsers.scan.seal_grid import lines
from parsers.scan.seal_name import Read, SealVerdict, fits, is_company, judge_reads, kind_of
from parsers.scan.seal_ring import Polar, bands, blanks, gap, inner_lines, strip, unroll
from parsers.scan.seal_words import COMPANY, SPECIAL


def judge_seals(picture: bytes, names: tuple[str, ...], others: tuple[str, ...] = ()) -> tuple[SealVerdict, ...]:
    """One verdict per seal on the picture (PNG or JPEG, 8 pixels a mm); empty where none is found or nothing can read.

    ``names`` are the customer's, ``others`` those of other firms that are known by name.
    """
    if not picture or engine() is None:
        return ()
    return tuple(_judged(seal, names, others) for seal in find_seals(pixels_of(picture)))


def pixels_of(picture: bytes) -> Pixels:
    """The picture in RGB; a single pixel where it is none."""
    decoded = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None:
        return np.zeros((1, 1, 3), np.uint8)
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)


def _judged(seal: Seal, names: tuple[str, ...], others: tuple[str, ...]) -> SealVerdict:
    if seal.shape == "square":
        reads = _read_square(seal)
        personal = 2 * max(seal.axes) <= limits.PERSONAL * PPM and not any(
            sense_of(read) == "differs" for read in reads
        )
        return replace(judge_reads(reads, "", names, others, square=True), personal=personal)
    reads, title = read_round(seal, names)
    return judge_reads(reads, title, names, others)


def _read_square(seal: Seal) -> tuple[Read, ...]:
    """Readings in the three orders; the first that is a whole name ends it, for the others only shuffle it."""
    reads: list[Read] = []
    for line in lines(seal):
        reads.append(recognise(line))
        if is_company(reads[-1].text):
            break
    return tuple(reads)


def read_round(seal: Seal, names: tuple[str, ...]) -> tuple[tuple[Read, ...], str]:
    """(readings of the ring, the lines inside); it stops when two or more are theirs beyond doubt and most are."""
    polar = unroll(seal)
    tried = bands(polar)
    title = _title(polar, tried[0])
    reads: list[Read] = []
    for picture in (seal.ink, seal.plain):
        for band in tried:
            reads.append(recognise(strip(polar, picture, band, gap(polar, band))))
            theirs = sum(fits(read.text, names) for read in reads)
            if theirs >= 2 and theirs > len(reads) - theirs and judge_reads(reads, title, names).verdict == "theirs":
                return tuple(reads), title
    return tuple(reads), title


def _title(polar: Polar, band: tuple[float, float]) -> str:
    """The lines inside the ring; pens that cross them are looked past first, then through.

    Where none stands opposite the name, the seal is turned by each wide gap: a short name's gaps are as wide as the
    space below it. Then only words that name a kind count.
    """
    text = ""
    for picture in (polar.seal.ink, polar.seal.plain):
        text = _inside(polar, picture, band, gap(polar, band))
        if not text or kind_of(text) not in {COMPANY, SPECIAL}:
            break
    if kind_of(text) != COMPANY:
        return text
    turned = (_inside(polar, polar.seal.ink, band, blank) for blank in blanks(polar, band))
    return next((found for found in turned if kind_of(found) not in {COMPANY, SPECIAL}), text)


def _inside(polar: Polar, picture: Pixels, band: tuple[float, float], blank: tuple[int, int]) -> str:
    return "".join(recognise(line).text for line in inner_lines(polar, picture, band, blank))
