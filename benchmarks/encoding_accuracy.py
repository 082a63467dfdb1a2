"""How many texts come back from an encoding, by their length, and what becomes of bytes that are no text.

    python -m benchmarks.encoding_accuracy FILE.jsonl.gz   texts: `text` and `lang` a line

One row an encoding: of up to forty texts of each length how many come back as they were, how many are read as
something else, and how many are refused.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.reprint_accuracy import stories_of
from corpus.intake.encoding import UndecodableError, decode

_ENCODINGS: Final = {
    "zh": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"),
    "zh-Hant": ("big5", "utf-16-le"),
    "ru": ("cp1251", "koi8_r", "iso8859_5", "utf-16-le"),
    "ja": ("shift_jis", "euc_jp", "utf-16-be"),
    "ar": ("cp1256",),
    "de": ("cp1252", "utf-16-le"),
    "fr": ("cp1252",),
    "es": ("cp1252",),
}
_LENGTHS: Final = (10, 20, 50, 200, 1000)
_TEXTS: Final = 40


def outcome(data: bytes, text: str) -> str:
    """What becomes of bytes: `right`, `wrong` or `refused`."""
    try:
        return "right" if decode(data).text == text else "wrong"
    except UndecodableError:
        return "refused"


def rows(stories: dict[str, list[str]]) -> Iterator[list[str]]:
    """Rows of the table."""
    rng = Random(3)
    for lang, encodings in _ENCODINGS.items():
        for encoding in encodings:
            cells = []
            for length in _LENGTHS:
                counts = Counter(
                    outcome(part.encode(encoding), part)
                    for part in _parts(stories.get(lang, []), encoding, length, rng)
                )
                cells.append(f"{counts['right']} / {counts['wrong']} / {counts['refused']}")
            yield [lang, encoding, *cells]
    for name, low in (("random bytes", 0), ("random bytes above 127", 0x80)):
        cells = []
        for length in _LENGTHS:
            made = [bytes(byte | low for byte in rng.randbytes(length)) for _ in range(_TEXTS)]
            counts = Counter(outcome(data, "") for data in made)
            cells.append(f"{counts['right']} / {counts['wrong']} / {counts['refused']}")
        yield ["none", name, *cells]


def _parts(stories: list[str], encoding: str, length: int, rng: Random) -> Iterator[str]:
    """A part of each story, with what the encoding has not left out."""
    for story in stories[:_TEXTS]:
        begin = rng.randrange(max(1, len(story) - length))
        part = story[begin : begin + length].encode(encoding, errors="ignore").decode(encoding)
        if part.strip() and "\r" not in part:
            yield part


def main(paths: list[Path]) -> None:
    """Print the table."""
    from opencc import OpenCC

    stories = stories_of(paths)
    stories["zh-Hant"] = [OpenCC("s2t").convert(story) for story in stories["zh"][:_TEXTS]]
    heads = ["language", "encoding", *(f"{length} characters" for length in _LENGTHS)]
    for cells in (heads, ["---"] * len(heads), *rows(stories)):
        sys.stdout.write("| " + " | ".join(cells) + " |\n")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
