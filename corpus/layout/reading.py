"""PDF and image files to article rows; what can't be read, or not without the extra, goes to the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from corpus.intake.encoding import replace_surrogates
from corpus.intake.files import IMAGE_SUFFIXES, InputFile
from corpus.intake.row_readers import Row
from corpus.intake.tables import Defaults
from corpus.layout.cut import cut_sheets
from corpus.layout.pdf import UnreadablePdfError, read_sheets, render, without_lines
from corpus.layout.recognition import (
    OcrMissingError,
    UnreadableImageError,
    read_images,
    recognise,
    require_ocr,
)
from corpus.layout.sheet import Sheet
from corpus.ledger import Ledger
from corpus.pages import rows_of

PAGE: Final = "page"
"""The carried column: number of the page in its file, 1-based."""
_SCALE: Final = 200 / 72
_LONGEST_RENDERING: Final = 4_000
_NAMELESS: Final = "drawn without saying which characters they are"


def read_layout(file: InputFile, ledger: Ledger, *, defaults: Defaults) -> list[Row]:
    """Read a PDF or an image into article rows, each with its `page`.

    A broken or encrypted file, a blank page, and a scan without the extra `broadsheet[ocr]` each give a row
    of the ledger and no article.
    """
    read = _image_sheets if file.suffix in IMAGE_SUFFIXES else _pdf_sheets
    try:
        sheets = list(read(file, file.read_bytes(), ledger))
    except (UnreadablePdfError, UnreadableImageError) as error:
        ledger.add(file.name, (), str(error))
        return []
    rows: list[Row] = []
    for cut in cut_sheets(sheets):
        text = replace_surrogates("\n".join(cut.lines))
        found = rows_of(file, text, cut.page, ledger, defaults=defaults, first_line=cut.first_line)
        rows += [row | {PAGE: cut.number} for row in found]
    return rows


def _image_sheets(file: InputFile, data: bytes, ledger: Ledger) -> Iterator[Sheet]:
    """Recognise each page of an image file."""
    if not _ocr_ready(file, ledger, "image"):
        return
    for number, image in enumerate(read_images(data), 1):
        sheet = recognise(image, number)
        if not sheet.lines:
            ledger.add(file.name, (), f"page {number}: no text found in the image")
        yield sheet


def _pdf_sheets(file: InputFile, data: bytes, ledger: Ledger) -> Iterator[Sheet]:
    """Read each page of a PDF by its text; recognise those that are scans."""
    for sheet in read_sheets(data):
        if sheet.turned:
            reason = (
                f"page {sheet.number}: {len(sheet.turned)} characters set sideways or off the page, not read"
            )
            ledger.add(file.name, (), reason, sheet.turned)
        if _is_nameless(sheet) and _ocr_ready(file, ledger, f"page {sheet.number}: {_NAMELESS}"):
            yield _recognised(file, data, sheet, ledger)
            continue
        if sheet.nameless:
            count = f"{sheet.nameless} characters, {_NAMELESS}"
            ledger.add(file.name, (), f"page {sheet.number}: {count}: save it as an image to have it read")
        if not without_lines(sheet):
            yield sheet
        elif not sheet.pictures:
            if sheet.lines:
                yield sheet
            elif not (sheet.turned or sheet.nameless):
                ledger.add(file.name, (), f"page {sheet.number}: blank, neither text nor pictures")
        elif _ocr_ready(file, ledger, f"page {sheet.number}: a scan without text"):
            yield _recognised(file, data, sheet, ledger)


def _is_nameless(sheet: Sheet) -> bool:
    """Tell whether most of a sheet's characters can only be read by their looks."""
    return sheet.nameless > sum(len(line.text) for line in sheet.lines)


def _recognised(file: InputFile, data: bytes, sheet: Sheet, ledger: Ledger) -> Sheet:
    scale = min(_SCALE, _LONGEST_RENDERING / max(sheet.width, sheet.height))
    found = recognise(render(data, sheet.number, scale=scale), sheet.number)
    if not found.lines:
        ledger.add(file.name, (), f"page {sheet.number}: no text found in the scan")
    return found


def _ocr_ready(file: InputFile, ledger: Ledger, what: str) -> bool:
    """Tell whether scans can be read; if not, the ledger gets the reason and what to install."""
    try:
        require_ocr()
    except OcrMissingError as error:
        ledger.add(file.name, (), f"{what}: {error}")
        return False
    return True
