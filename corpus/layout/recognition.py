"""Scans to sheets: lines of type found and read by RapidOCR, rules found by their shape.

The models are files inside the `rapidocr` package and are given by their paths, so that nothing is ever
downloaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.cutting.lines import is_dense, width
from corpus.errors import CorpusError
from corpus.layout.sheet import Box, Sheet, TypeLine
from corpus.layout.type_setting import merge_words

Pixels = NDArray[np.uint8]
"""An image: height × width × 3, RGB."""

MOST_PIXELS: Final = 120_000_000
"""Pixels of the largest image that is read."""
_MODELS: Final = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Cls.model_path": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
}
_LONGEST_SIDE: Final = 4_000
_MOST_LINES: Final = 5_000
_INK: Final = 0.72
_SURE: Final = 5.0
_RULE: Final = 0.06
_RULE_THICKNESS: Final = 0.004


class OcrMissingError(CorpusError):
    """The extra that reads scans is not installed."""


class UnreadableImageError(ValueError):
    """A file is no image that can be read."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line as recognised: its box and its text."""

    box: Box
    text: str


def read_images(data: bytes) -> Iterator[Pixels]:
    """Yield the pages of an image file (a TIFF may hold several).

    Raises
    ------
    UnreadableImageError
        If it is no image, broken, or has more than `MOST_PIXELS`.
    """
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(BytesIO(data)) as image:
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > MOST_PIXELS:
                    raise UnreadableImageError(
                        f"image of {frame.width} × {frame.height} pixels, more than {MOST_PIXELS:,}: "
                        "scale it down"
                    )
                yield np.asarray(ImageOps.exif_transpose(frame).convert("RGB"))
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableImageError(
            "no image that can be read (broken, or no image): save it again as PNG"
        ) from error


def recognise(image: Pixels, number: int) -> Sheet:
    """Read one page image into a sheet.

    Raises
    ------
    OcrMissingError
        If the extra `broadsheet[ocr]` is not installed.
    """
    height, wide = image.shape[:2]
    rules = _rules(image)
    lines = tuple(_type_lines(list(_read(image))))
    return Sheet(number, float(wide), float(height), merge_words(lines, rules), rules, exact=False)


def require_ocr() -> None:
    """Raise `OcrMissingError` unless the extra is installed."""
    if any(find_spec(name) is None for name in ("rapidocr", "onnxruntime", "cv2")):
        raise OcrMissingError("reading scans needs the extra: pip install 'broadsheet[ocr]'")


@lru_cache(maxsize=1)
def _engine() -> Any:
    require_ocr()
    module = import_module("rapidocr")
    folder = Path(str(module.__file__)).parent / "models"
    lacking = [name for name in _MODELS.values() if not (folder / name).is_file()]
    if lacking:
        raise OcrMissingError(
            f"rapidocr lacks its models {', '.join(lacking)}: reinstall it, pip install 'broadsheet[ocr]'"
        )
    models = {key: str(folder / name) for key, name in _MODELS.items()}
    return module.RapidOCR(
        params=models
        | {
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.max_side_len": _LONGEST_SIDE,
            "Det.max_candidates": _MOST_LINES,
        }
    )


def _read(image: Pixels) -> Iterator[Found]:
    """Yield the lines of an image, upright boxes around them."""
    found = _engine()(image[:, :, ::-1])
    if found.boxes is None or found.txts is None:
        return
    for corners, text in zip(found.boxes, found.txts, strict=True):
        clean = text.strip()
        if clean:
            left, top = np.min(corners, axis=0)
            right, bottom = np.max(corners, axis=0)
            yield Found(Box(float(left), float(top), float(right), float(bottom)), clean)


def _type_lines(found: list[Found]) -> Iterator[TypeLine]:
    """Estimate sizes of type: from the width of Han text; else from the box's height.

    A box stands off from the ink by some share of its height, which the page's Han text shows.
    """
    shares = sorted(
        _han_size(line) / line.box.height
        for line in found
        if is_dense(line.text) and width(line.text) >= _SURE
    )
    ink = shares[len(shares) // 2] if shares else _INK
    for line in found:
        tall = line.box.height
        size = _han_size(line) if is_dense(line.text) and width(line.text) >= _SURE else ink * tall
        yield TypeLine(line.box, line.text, size)


def _han_size(line: Found) -> float:
    """The size of type that the width of a line of Han text tells, within what its height allows."""
    return float(min(max(line.box.width / width(line.text), 0.5 * line.box.height), 1.1 * line.box.height))


def _rules(image: Pixels) -> tuple[Box, ...]:
    """Find the straight horizontal and vertical lines of an image."""
    cv2 = import_module("cv2")
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    height, wide = grey.shape
    found = []
    for kernel in ((max(40, int(_RULE * wide)), 1), (1, max(40, int(_RULE * height)))):
        opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        _, _, stats, _ = cv2.connectedComponentsWithStats(opened)
        for left, top, across, down, _ in stats[1:]:
            if min(across, down) <= max(4, _RULE_THICKNESS * max(height, wide)):
                found.append(Box(float(left), float(top), float(left + across), float(top + down)))
    return tuple(sorted(found, key=lambda box: (box.top, box.left, box.right)))
