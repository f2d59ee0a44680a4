"""The QR codes on a page, read with zxing-cpp at several scales → page codes of ours."""

import numpy as np
import numpy.typing as npt
import zxingcpp
from PIL import Image

from parsers import number
from parsers.attachment import PageCode

_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_SCALES = (1.0, 0.5, 1.6)


def page_codes(picture: Image.Image) -> tuple[PageCode, ...]:
    """The distinct codes of ours on a page; empty where none is read."""
    grey = picture.convert("L")
    for scale in _SCALES:
        size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
        found = _read(np.asarray(grey if scale == 1.0 else grey.resize(size, Image.Resampling.BICUBIC)))
        if found:
            return found
    return ()


def _read(pixels: npt.NDArray[np.uint8]) -> tuple[PageCode, ...]:
    barcodes = zxingcpp.read_barcodes(np.ascontiguousarray(pixels), formats=_FORMATS)
    decoded = (number.decode(barcode.text) for barcode in barcodes)
    return tuple(dict.fromkeys(code for code in decoded if code is not None))
