"""Whether a customer's own statement, as a PDF, bears something like a seal; whose it is, finance looks."""

import pypdfium2
from PIL import ImageChops

_MOST_PAGES = 10
_DPI, _MM = 72, 72 / 25.4
_SEAL_MM = (14.0, 70.0)
_LEAST_INK = 0.03


def sealed(data: bytes) -> bool:
    """Whether a page bears red ink of a seal's size and roundness; a red line, a logo in a corner of it is none."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            return any(_red_seal(document[place]) for place in range(min(len(document), _MOST_PAGES)))
    except Exception:  # noqa: BLE001  # pdfium raises whatever a broken file provokes; then no seal was seen
        return False


def _red_seal(page: pypdfium2.PdfPage) -> bool:
    width, height = page.get_size()
    if max(width, height) > _LARGEST:
        return False
    pixels = page.render(scale=_DPI / 72).to_pil().convert("RGB").resize((int(width), int(height)))
    red, green, blue = pixels.split()
    ink = ImageChops.subtract(red, ImageChops.lighter(green, blue)).point(lambda value: 255 if value > _RED else 0)
    box = ink.getbbox()
    if box is None:
        return False
    wide, high = (box[2] - box[0]) / _MM, (box[3] - box[1]) / _MM
    round_ = max(wide, high) <= 2 * min(wide, high)
    share = ink.crop(box).histogram()[255] / ((box[2] - box[0]) * (box[3] - box[1]))
    return round_ and all(_SEAL_MM[0] <= side <= _SEAL_MM[1] for side in (wide, high)) and share >= _LEAST_INK


_LARGEST = 2000  # points of a page's side that is rendered
_RED = 60  # by how much red exceeds the other channels in a seal's ink
