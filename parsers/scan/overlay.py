"""A page as people look at it: what was found of a mark framed in green, what differs in red, what is doubtful orange.

JPEG of at most 200 KB, so that it can be kept with the evidence and put into a mail.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import cv2
import numpy as np

from parsers.scan.ink import Region
from parsers.scan.register import PPM, Pixels

Tone = Literal["mark", "differs", "doubt"]
COLOURS: Final[dict[Tone, tuple[int, int, int]]] = {
    "mark": (30, 150, 60),
    "doubt": (240, 140, 0),
    "differs": (215, 20, 30),
}
"""In the order in which they are drawn: what differs over everything else."""
LARGEST: Final = 200 * 1024
"""Bytes of one picture."""
_SHRINK: Final = 2
"""4 pixels a millimetre: handwriting stays legible, a page has 100 KB."""
_MARGIN: Final = PPM
"""A frame stands a millimetre off what it frames."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on the template, in its pixels, and what is said of it."""

    where: Region
    tone: Tone


def draw(page: Pixels, frames: Iterable[Frame]) -> bytes:
    """The page (RGB at the template's size) with its frames; empty where there are none."""
    ordered = sorted(frames, key=lambda frame: list(COLOURS).index(frame.tone))
    if not ordered:
        return b""
    small = cv2.resize(page, None, fx=1 / _SHRINK, fy=1 / _SHRINK, interpolation=cv2.INTER_AREA)
    for frame in ordered:
        rows, columns = frame.where
        first = (columns.start - _MARGIN) // _SHRINK, (rows.start - _MARGIN) // _SHRINK
        last = (columns.stop + _MARGIN) // _SHRINK, (rows.stop + _MARGIN) // _SHRINK
        cv2.rectangle(small, first, last, COLOURS[frame.tone], 2)
    return _encoded(np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2BGR), np.uint8))


def _encoded(picture: Pixels) -> bytes:
    """As good a JPEG as fits."""
    for quality in (75, 55, 35, 20):
        done, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if done and len(encoded) <= LARGEST:
            return encoded.tobytes()
    return b""
