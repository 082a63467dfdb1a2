"""Bytes to text: which encoding a file is in, decided once and recorded.

Byte-order marks decide first, then strict UTF-8, then UTF-8 with a few damaged bytes, then the legacy
encodings, between which `charset-normalizer` chooses.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY: Final = (
    "gb18030",
    "big5hkscs",
    "shift_jis",
    "euc_jp",
    "cp949",
    "cp1251",
    "koi8_r",
    "cp1256",
    "cp1252",
)
_MOST_DAMAGE: Final = 0.01
"""Share of unreadable characters up to which a file still counts as (damaged) UTF-8."""
_SAMPLE: Final = 65_536
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_COMMON: Final = re.compile(
    r"[\t\n\r -~\u00a0-\u052f\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u2010-\u203b"
    r"\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f]"
)
"""Characters of the scripts that papers are printed in."""
_LEAST_COMMON: Final = 0.9
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
        return _unmarked_utf16(data)
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _as_declared(data, declared) or _without_mark(data, error)


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


def _unmarked_utf16(data: bytes) -> Decoded:
    """UTF-16 without a mark: of its two byte orders, the one that reads as text in common scripts."""
    even = data[: len(data) // 2 * 2]
    readings = (
        (even.decode(encoding, errors="replace"), encoding) for encoding in ("utf-16-le", "utf-16-be")
    )
    share, text, encoding = max((_share_common(text), text, encoding) for text, encoding in readings)
    if share < _LEAST_COMMON or len(data) % 2:
        raise UndecodableError("binary file (it has zero bytes)")
    return _checked(text, encoding, damaged=text.count("\ufffd"))


def _share_common(text: str) -> float:
    sample = text[:_SAMPLE]
    return len(_COMMON.findall(sample)) / max(1, len(sample))


def _legacy(data: bytes, error: UnicodeDecodeError) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_LEGACY), threshold=0.3).best()
    if best is None:
        raise UndecodableError(
            f"unknown encoding (not UTF-8 at byte {error.start}, nor {', '.join(_LEGACY)}); save it as UTF-8"
        ) from error
    return _checked(data.decode(best.encoding), best.encoding)


def _checked(text: str, encoding: str, *, damaged: int = 0) -> Decoded:
    """Refuse control characters that no text has, then bring line ends to one form."""
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if controls > max(2, len(text[:_SAMPLE]) // 500):
        raise UndecodableError(f"binary file ({controls} control characters in its beginning)")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, damaged)
