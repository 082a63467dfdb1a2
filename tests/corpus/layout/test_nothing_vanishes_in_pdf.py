"""Every character laid on a page of a PDF is in an article's line or in the ledger, wherever it stands."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus
from corpus.intake.files import InputFile
from corpus.intake.tables import Defaults
from corpus.layout import recognition
from corpus.layout.cut import cut_sheets
from corpus.layout.pdf import read_sheets
from corpus.layout.reading import read_layout
from corpus.ledger import Ledger
from corpus.schema import LINES

WIDTH, HEIGHT = 600, 800
PHRASES = (
    "Council votes to keep old bridge",
    "By JANE ROE",
    "The city council voted on Monday night to keep the bridge open, and the mayor signed the order.",
    "(Continued from page 1)",
    "Page 3",
    "4 July 2023",
    "Photo: A. Smith",
    "x",
)
WORDS = st.one_of(
    st.sampled_from(PHRASES),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60),
)
PLACED = st.tuples(
    WORDS,
    st.integers(0, WIDTH - 20),
    st.integers(0, 55),
    st.sampled_from([7.0, 9.0, 9.0, 9.0, 12.0, 20.0]),
    st.sampled_from([0, 0, 0, 0, 0, 90]),
    st.booleans(),
)
PAGES = st.lists(st.lists(PLACED, max_size=25, unique_by=lambda placed: placed[2]), min_size=1, max_size=3)
often = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def lay(pages: list[list[tuple[str, int, int, float, int, bool]]]) -> bytes:
    """A PDF of lines of type: text, left edge, row, size, turn in degrees, whether bold."""
    pdfium = pytest.importorskip("pypdfium2")
    raw = pytest.importorskip("pypdfium2.raw")
    import io

    document = pdfium.PdfDocument.new()
    for placed in pages:
        page = document.new_page(WIDTH, HEIGHT)
        for text, left, row, size, turn, bold in placed:
            font = b"Helvetica-Bold" if bold else b"Helvetica"
            item = raw.FPDFPageObj_NewTextObj(document.raw, font, ctypes.c_float(size))
            letters = (text + "\0").encode("utf-16-le")
            raw.FPDFText_SetText(item, ctypes.cast(letters, raw.FPDF_WIDESTRING))
            cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            raw.FPDFPageObj_Transform(item, cos, sin, -sin, cos, left, HEIGHT - 14 * (row + 1))
            raw.FPDFPage_InsertObject(page.raw, item)
        raw.FPDFPage_GenerateContent(page.raw)
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text if not char.isspace())


def check(data: bytes, laid: Counter[str]) -> None:
    """Count every character in the cut's lines and among those set sideways: as many as were laid.

    And every line that was written is in one article or in one row of the ledger.
    """
    sheets = list(read_sheets(data))
    cuts = cut_sheets(sheets)
    lines = {cut.first_line + k: line for cut in cuts for k, line in enumerate(cut.lines)}
    read = letters("".join(lines.values())) + letters("".join(sheet.turned for sheet in sheets))
    assert read == laid
    told: Counter[int] = Counter()
    for cut in cuts:
        ranges = [pair for segment in cut.page.segments for pair in segment.lines]
        ranges += [(first, last) for first, last, _ in cut.page.boilerplate]
        told.update(number for first, last in ranges for number in range(first, last + 1))
    written = {number for number, line in lines.items() if line.strip()}
    assert {number for number in written if told[number] == 1} == written
    assert set(told) <= set(lines)


@often
@given(PAGES)
def test_text_laid_anywhere_is_read_or_told(
    pages: list[list[tuple[str, int, int, float, int, bool]]],
) -> None:
    check(lay(pages), letters("".join(text for placed in pages for text, *_ in placed)))


@often
@given(PAGES)
def test_rows_and_ledger_name_every_line(pages: list[list[tuple[str, int, int, float, int, bool]]]) -> None:
    data = lay(pages)
    ledger = Ledger()
    file = _Held(Path("p.pdf"), "p.pdf")
    _Held.data = data
    rows = read_layout(file, ledger, defaults=Defaults())
    spans = [row[LINES] for row in rows] + [entry.lines for entry in ledger.entries]
    told = Counter(n for ranges in spans for first, last in ranges for n in range(first, last + 1))
    lines = {
        cut.first_line + k
        for cut in cut_sheets(list(read_sheets(data)))
        for k, line in enumerate(cut.lines)
        if line.strip()
    }
    assert {number for number in lines if told[number] >= 1} == lines
    blank = {f"page {k}" for k, placed in enumerate(pages, 1) if not placed}
    assert blank <= {entry.reason.split(":")[0] for entry in ledger.entries}


class _Held(InputFile):
    """A file whose bytes stand in memory."""

    data = b""

    def read_bytes(self) -> bytes:
        return self.data


def test_the_check_can_fail() -> None:
    page = [("Council votes", 40, 3, 9.0, 0, False), ("to keep the bridge", 40, 9, 9.0, 90, False)]
    check(lay([page]), letters("Council votes to keep the bridge"))
    with pytest.raises(AssertionError):
        check(lay([page[:1]]), letters("Council votes to keep the bridge"))


NAMELESS = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R
/Resources <</Font <</F 5 0 R>>>>>> endobj
4 0 obj <</Length 50>> stream
BT /F 12 Tf 20 100 Td <0003000400050006> Tj ET    \nendstream endobj
5 0 obj <</Type /Font /Subtype /Type0 /BaseFont /N /Encoding /Identity-H /DescendantFonts [6 0 R]>> endobj
6 0 obj <</Type /Font /Subtype /CIDFontType2 /BaseFont /N /FontDescriptor 7 0 R
/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>>> endobj
7 0 obj <</Type /FontDescriptor /FontName /N /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0
/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80>> endobj
trailer <</Root 1 0 R /Size 8>>
"""


def test_characters_without_a_name_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A font without a table of its characters: they can be seen, and read by their looks alone."""
    monkeypatch.setattr(recognition, "find_spec", lambda name: None)
    (tmp_path / "p.pdf").write_bytes(NAMELESS)
    with pytest.raises(corpus.NoArticlesError, match="4 characters, drawn without saying which"):
        corpus.read(tmp_path / "p.pdf", workers=1)
