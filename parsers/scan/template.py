"""Our own page as pixels: 8 a millimetre, as ink: 0 is paper, 1 is black."""

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

from parsers.scan import thresholds
from parsers.scan.layout import PAGE_HEIGHT, PAGE_WIDTH

Pixels = npt.NDArray[np.uint8]
Ink = npt.NDArray[np.float32]
PPM = thresholds.PIXELS_PER_MM
WIDTH, HEIGHT = round(PAGE_WIDTH * PPM), round(PAGE_HEIGHT * PPM)


@lru_cache(maxsize=16)
def page_count(pdf: bytes) -> int:
    """Pages of our own PDF, with an annex."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


@lru_cache(maxsize=6)
def template(pdf: bytes, page: int) -> Ink:
    """Our own page (counted from 1) as ink."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        rendered = document[page - 1].render(scale=PPM * 25.4 / 72, grayscale=True, may_draw_forms=True).to_numpy()
    grey = np.ascontiguousarray(rendered.reshape(rendered.shape[0], rendered.shape[1]))
    if grey.shape != (HEIGHT, WIDTH):
        grey = np.asarray(cv2.resize(grey, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(1.0 - grey / 255.0, np.float32)


@lru_cache(maxsize=6)
def bled_template(pdf: bytes, page: int) -> npt.NDArray[np.bool_]:
    """Where our own print may appear when it is blurred a little."""
    side = round(2 * thresholds.PRINT_MARGIN * PPM) | 1
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.dilate((template(pdf, page) > 0.10).astype(np.uint8), round_) > 0, np.bool_)
