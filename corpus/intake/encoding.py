"""Bytes to text: which encoding a file is in, decided once and recorded.

Byte-order marks decide first, then strict UTF-8, then UTF-8 with a few damaged bytes, then the legacy
encodings: the one whose reading is the most plausible text (`corpus.intake.plausibility`), if any is.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from corpus.intake.plausibility import cost_of

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SHIFTS: Final = ((b"~{", "hz"), (b"\x1b$", "iso2022_jp_2"), (b"\x1b$)C", "iso2022_kr"))
"""Marks by which encodings of seven bits, of old mail and news, begin a stretch of ideographs."""
_LEGACY: Final = (
    "gb18030",
    "big5hkscs",
    "shift_jis",
    "euc_jp",
    "cp949",
    "cp1251",
    "koi8_r",
    "iso8859_5",
    "cp1256",
    "cp1252",
)
_MOST_DAMAGE: Final = 0.01
"""Share of unreadable characters up to which a file still counts as (damaged) UTF-8."""
_SAMPLE: Final = 65_536
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TRIED: Final = 4_000
"""Characters at the beginning of a file by which encodings are compared."""
_UTF16: Final = ("utf-16-le", "utf-16-be")
_MOST_PER_CHARACTER: Final = 8.0
_MOST_PER_BYTE: Final = 3.8
_SLACK: Final = 12.0
"""Costs above which a reading is no text: pages have 2.5 to 3.5 a byte, bytes drawn at random 5 to 7."""
_MOST_PER_ACCENT: Final = 6.3
"""The same for cp1252, whose single bytes stand for accented letters among ASCII."""
_RARER: Final = {
    "gb18030": 0.0,
    "big5hkscs": 2.0,
    "cp1251": 2.0,
    "cp1252": 2.0,
    "utf-16-le": 8.0,
    "utf-16-be": 8.0,
    "shift_jis": 3.0,
    "cp949": 4.0,
    "euc_jp": 4.0,
    "koi8_r": 4.0,
    "iso8859_5": 5.0,
    "cp1256": 4.0,
}
"""How much rarer files in an encoding are, in nats; it decides between readings of a few characters."""
_BEYOND_ASCII: Final = re.compile(r"[\x00-\x7f]+")
_CHARSET: Final = re.compile(
    rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.I
)
_HEAD: Final = 8_192
"""Bytes of a page in which its encoding is declared."""
_WIDER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
}
"""Encodings that pages declare, and the wider ones that browsers read them in."""
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


class UndecodableError(ValueError):
    """The bytes are no text in any encoding we know; the message says why."""


@dataclass(frozen=True)
class Decoded:
    r"""Text with line ends as `\n`, the encoding it was in, and how many characters could not be read."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    r"""Decode `data`, choosing the encoding.

    Line ends become `\n`, as `Path.read_text` makes them, so that line numbers agree with it.

    Parameters
    ----------
    data
        The bytes of a whole file.
    declared
        The encoding that the file names of itself, as an HTML page may. It decides where the bytes are
        neither marked nor UTF-8, and they can be read so.

    Raises
    ------
    UndecodableError
        If the bytes are binary, or text in no encoding that fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    if b"\x00" in data:
        return _with_strays(data) or _unmarked_utf16(data)
    shifted = _shifted(data)
    if shifted is not None:
        return shifted
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _as_declared(data, declared) or _without_mark(data, error)


def _with_strays(data: bytes) -> Decoded | None:
    """UTF-8 with a few zero bytes, as damage leaves them; each becomes U+FFFD. None if it is not that."""
    strays = data.count(b"\x00")
    if strays > _most_controls(len(data)):
        return None
    try:
        text = data.decode("utf-8").replace("\x00", "\ufffd")
    except UnicodeDecodeError:
        return None
    return _checked(text, "utf-8", damaged=strays)


def _shifted(data: bytes) -> Decoded | None:
    """The text of an encoding that writes ideographs in ASCII between marks of its own, or None."""
    for mark, encoding in _SHIFTS:
        if mark in data and data.isascii():
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if not text.isascii():
                return _checked(text, encoding)
    return None


def declared_charset(data: bytes) -> str | None:
    """The encoding that an HTML page's own head names, as Python calls it; None if none, or none we know."""
    match = _CHARSET.search(data[:_HEAD])
    if match is None:
        return None
    label = match[1].decode("ascii").lower()
    try:
        return _WIDER.get(label) or codecs.lookup(label).name
    except LookupError:
        return None


def replace_surrogates(text: str) -> str:
    """Text with lone surrogates (which no encoding can write) replaced by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    """The text in the encoding that it declares; None if it declares none, or too much is unreadable."""
    if declared is None or declared.startswith("utf"):
        return None
    text = data.decode(declared, errors="replace")
    damaged = text.count("\ufffd")
    return None if damaged > _MOST_DAMAGE * len(text) else _checked(text, declared, damaged=damaged)


def _marked(data: bytes, encoding: str) -> Decoded:
    try:
        return _checked(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") > _MOST_DAMAGE * len(text):
            raise UndecodableError(f"starts as {encoding}, but byte {error.start} is not") from error
        return _checked(text, encoding, damaged=text.count("\ufffd"))


def _without_mark(data: bytes, error: UnicodeDecodeError) -> Decoded:
    patched = data.decode("utf-8", errors="replace")
    damaged = patched.count("\ufffd")
    if damaged <= _MOST_DAMAGE * len(patched) and re.search(r"[^\x00-\x7f\ufffd]", patched):
        return _checked(patched, "utf-8", damaged=damaged)
    return _legacy(data, error)


def _readings(data: bytes, encodings: Iterable[str]) -> Iterator[tuple[float, str, str]]:
    """The bytes as text of each encoding that fits but for a little damage: its cost, encoding and text."""
    for encoding in encodings:
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") <= max(1, _MOST_DAMAGE * len(text)):
            yield cost_of(text[:_TRIED]) + _RARER.get(encoding, 0.0), encoding, text


def _unmarked_utf16(data: bytes) -> Decoded:
    """UTF-16 without a mark, which has zero bytes: of its byte orders the one that reads as text."""
    readings = list(_readings(data, _UTF16)) if len(data) % 2 == 0 else []
    cost, encoding, text = min(readings, default=(0.0, "", ""))
    if not text or cost > _MOST_PER_CHARACTER * len(text[:_TRIED]):
        raise UndecodableError("binary file (it has zero bytes)")
    return _checked(text, encoding, damaged=text.count("\ufffd"))


def _legacy(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """The bytes in the encoding that makes them the most plausible text, if one makes them plausible."""
    encodings = (*_LEGACY, *_UTF16) if len(data) % 2 == 0 else _LEGACY
    even = data[: 2 * _TRIED]
    _, encoding, begin = min(_readings(even, encodings), default=(0.0, "", ""))
    if encoding and _is_plausible(begin[:_TRIED], encoding):
        text = data.decode(encoding, errors="replace")
        damaged = text.count("\ufffd")
        if damaged <= max(1, _MOST_DAMAGE * len(text)):
            return _checked(text, encoding, damaged=damaged)
    raise UndecodableError(
        f"unknown encoding (not UTF-8 at byte {error.start}, and no likely text in "
        f"{', '.join(encodings)}); save it as UTF-8"
    ) from error


def _is_plausible(text: str, encoding: str) -> bool:
    """Whether the characters beyond ASCII are such as people write, by what their bytes cost."""
    beyond = _BEYOND_ASCII.sub("", text)
    size = len(beyond.encode(encoding, errors="replace"))
    most = _MOST_PER_ACCENT if encoding == "cp1252" else _MOST_PER_BYTE
    return cost_of(text) - cost_of("a") * (len(text) - len(beyond)) <= most * size + _SLACK


def _most_controls(length: int) -> int:
    """Control characters that a text of a length may have by some damage."""
    return max(2, length // 500)


def _checked(text: str, encoding: str, *, damaged: int = 0) -> Decoded:
    """Refuse control characters that no text has, then bring line ends to one form."""
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if controls > _most_controls(len(text[:_SAMPLE])):
        raise UndecodableError(f"binary file ({controls} control characters in its beginning)")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, damaged)
