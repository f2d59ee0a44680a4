"""One line of text as a picture → what it says, with the certainty of every character (RapidOCR, models in its wheel).

Nothing is fetched; without RapidOCR (the extra ``scan``) ``engine`` is None.
"""

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan.seal_name import Read

Pixels = npt.NDArray[np.uint8]


@lru_cache(maxsize=1)
def engine() -> Any:  # noqa: ANN401  # the package ships no types
    """The recogniser, loaded once per process; None where it isn't installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    options = {
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return RapidOCR(params=options)


def recognise(line: Pixels) -> Read:
    """One line, black on white; empty with certainty 0 where there is none."""
    return _recognised(line.tobytes(), line.shape[0], line.shape[1])


@lru_cache(maxsize=64)
def _recognised(pixels: bytes, height: int, width: int) -> Read:
    """The same line is looked at for the box, the name and the slip: it is read once."""
    from rapidocr.ch_ppocr_rec import TextRecInput

    line = np.frombuffer(pixels, np.uint8).reshape(height, width)
    found = _recogniser()(TextRecInput(img=cv2.cvtColor(line, cv2.COLOR_GRAY2BGR), return_word_box=True))
    if not found.txts or not found.txts[0]:
        return Read("", 0.0)
    text, sure = str(found.txts[0]), tuple(map(float, found.word_results[0].confs))
    return Read(text, float(found.scores[0]), sure if len(sure) == len(text) else ())


@lru_cache(maxsize=1)
def _recogniser() -> Any:  # noqa: ANN401  # as above
    """The part that reads lines; the engine loads it with its first picture, all three flags passed."""
    whole = engine()
    whole(np.full((48, 96, 3), 255, np.uint8), use_det=False, use_cls=False, use_rec=True)
    return whole.text_rec
