"""PDF files to sheets: every character with its place and size, rules, frames, pictures (through PDFium)."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from typing import Any, Final

from corpus.cutting.lines import width as ems
from corpus.layout.sheet import Box, Sheet
from corpus.layout.type_setting import Glyph, set_lines

MOST_PAGES: Final = 2_000
"""Pages of the longest PDF that is read."""
_THIN: Final = 3.0
_SHORTEST_RULE: Final = 18.0
_SMALLEST_FRAME: Final = 24.0
_LARGEST_FRAME: Final = 0.85
_BOLD: Final = ("bold", "black", "heavy", "semibold", "demi", "simhei", "heiti", "fzhtk", "fzxbs", "fzdbs")
"""Words in the names of bold faces; Chinese pages set in Hei and Biaosong what others set in bold."""
_BOLD_WEIGHT: Final = 600
_HYPHENS: Final = {"\x02": "-", "\ufffe": "-"}
_NO_LETTERS: Final = ("Cc", "Cf", "Cn", "Cs")
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LOOSEST_BOX: Final = 3.0


class UnreadablePdfError(ValueError):
    """A file is no PDF that can be opened: broken, encrypted or too long; the message says what to do."""


def read_sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the pages of a PDF; a page without text has no lines.

    Raises
    ------
    UnreadablePdfError
        If the file is broken, needs a password, has no page or more than `MOST_PAGES`.
    """
    with closing(_open(data)) as document:
        for number in range(len(document)):
            yield _sheet(document, number)


def render(data: bytes, number: int, *, scale: float) -> Any:
    """Draw page `number` (1-based) of a PDF as an RGB array; `scale` is in pixels a point."""
    with closing(_open(data)) as document:
        return document[number - 1].render(scale=scale, rev_byteorder=True).to_numpy().copy()


def _open(data: bytes) -> Any:
    pdfium = import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            what = "encrypted PDF: it needs a password; save it without one"
        else:
            what = f"broken PDF ({error}): open it in a viewer and save it again"
        raise UnreadablePdfError(what) from error
    if not 0 < pages <= MOST_PAGES:
        raise UnreadablePdfError(f"PDF of {pages:,} pages; expected 1 to {MOST_PAGES:,}: split it")
    return document


def _sheet(document: Any, number: int) -> Sheet:
    pdfium = import_module("pypdfium2")
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise UnreadablePdfError(f"broken PDF: page {number + 1} can't be loaded ({error})") from error
    left, bottom, right, top = page.get_cropbox()
    shape = (left, bottom, right, top)
    rules, frames, pictures = _drawings(page, shape)
    text = page.get_textpage()
    try:
        turned: list[str] = []
        nameless: list[int] = []
        lines = set_lines(list(_glyphs(text, shape, turned, nameless)), rules)
    finally:
        text.close()
        page.close()
    return Sheet(
        number + 1,
        right - left,
        top - bottom,
        lines,
        rules,
        frames,
        pictures,
        turned="".join(turned),
        nameless=len(nameless),
    )


def _glyphs(
    text: Any, shape: tuple[float, float, float, float], turned: list[str], nameless: list[int]
) -> Iterator[Glyph]:
    """Yield the characters that stand upright on the page; add the others to `turned`.

    `nameless` gets the places of those of which the file doesn't say what they are.
    """
    raw = import_module("pypdfium2.raw")
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    spaced, weights = False, _Weights(raw, text)
    before = (math.nan, math.nan)
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, index))
        char = _HYPHENS.get(char, char)
        if char.isspace() or unicodedata.category(char) in _NO_LETTERS:
            if not char.isspace() and char not in _INVISIBLE:
                nameless.append(index)
            spaced = spaced or (char.isspace() and not raw.FPDFText_IsGenerated(text, index))
            continue
        raw.FPDFText_GetMatrix(text, index, matrix)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.b, matrix.d)
        upright = abs(matrix.b) <= 0.1 * abs(matrix.a) + 1e-9 and size > 0
        inside = shape[0] <= x.value <= shape[2] and shape[1] <= y.value <= shape[3]
        if upright and inside:
            origin = x.value - shape[0]
            right = origin + size if ems(char) >= 1 else text.get_charbox(index)[2] - shape[0]
            if before == (x.value, y.value) and _is_second_half(text, index):
                # One glyph of two characters, as some fonts have for a Chinese dash of two.
                origin, right = (edge - shape[0] for edge in text.get_charbox(index)[::2])
            right = min(max(right, origin), origin + _LOOSEST_BOX * size)
            bold = weights.is_bold(index)
            yield Glyph(char, origin, right, shape[3] - y.value, size, bold, spaced)
        else:
            turned.append(char)
        spaced, before = False, (x.value, y.value)


def _is_second_half(text: Any, index: int) -> bool:
    """Tell whether a character drawn where the one before it begins stands behind it and not upon it."""
    return bool(text.get_charbox(index)[0] >= text.get_charbox(index - 1)[2])


class _Weights:
    """Tells bold characters, by their font's weight or name."""

    def __init__(self, raw: Any, text: Any) -> None:
        self._raw, self._text = raw, text
        self._buffer = ctypes.create_string_buffer(128)

    def is_bold(self, index: int) -> bool:
        """Tell whether a character's font is bold."""
        if self._raw.FPDFText_GetFontWeight(self._text, index) >= _BOLD_WEIGHT:
            return True
        flags = ctypes.c_int()
        length = self._raw.FPDFText_GetFontInfo(self._text, index, self._buffer, 128, flags)
        if not 0 < length <= len(self._buffer):
            return False
        name = self._buffer.value.decode("utf-8", errors="replace").lower()
        return any(word in name for word in _BOLD)


def _drawings(
    page: Any, shape: tuple[float, float, float, float]
) -> tuple[tuple[Box, ...], tuple[Box, ...], tuple[Box, ...]]:
    """Return the rules, frames and pictures of a page."""
    raw = import_module("pypdfium2.raw")
    area = (shape[2] - shape[0]) * (shape[3] - shape[1])
    rules: set[Box] = set()
    frames: set[Box] = set()
    pictures: set[Box] = set()
    for item in page.get_objects(max_depth=1):
        if item.type not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        left, bottom, right, top = item.get_bounds()
        box = Box(left - shape[0], shape[3] - top, right - shape[0], shape[3] - bottom)
        thin, long = sorted((box.width, box.height))
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.add(box)
        elif thin <= _THIN and long >= _SHORTEST_RULE:
            rules.add(box)
        elif thin >= _SMALLEST_FRAME and box.width * box.height <= _LARGEST_FRAME * area:
            frames.add(box)
    kept = frames - pictures
    return _ordered(rules), _ordered(kept), _ordered(pictures)


def _ordered(boxes: set[Box]) -> tuple[Box, ...]:
    return tuple(sorted(boxes, key=lambda box: (box.top, box.left, box.bottom, box.right)))


def without_lines(sheet: Sheet) -> bool:
    """Tell whether a sheet has no text to speak of, and so is a scan (or blank)."""
    return sum(len(line.text) for line in sheet.lines) < 20 and bool(sheet.pictures or not sheet.lines)
