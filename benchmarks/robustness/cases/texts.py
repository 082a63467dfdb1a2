"""Page texts: encodings, control characters, directions of writing, sizes."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.robustness.cases.case import Case, Kind, damaged, lines, read, written

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "big5", "shift_jis", "cp1251")
_CONTROLS = "\x00\x01\x07\x08\x0b\x0c\x1b\x7f\x85\u2028\u2029\ufeff\ufffe\ufffd\u200b\u200d\u00ad"
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


def _encodings(generator: random.Random, folder: Path) -> Case:
    text = "\n".join(lines(generator, generator.randint(1, 30)))
    content = text.encode(generator.choice(_ENCODINGS), "replace")
    return Case(read, written(folder, "a.txt", damaged(generator, content)))


def _two_encodings(generator: random.Random, folder: Path) -> Case:
    parts = [line.encode(generator.choice(_ENCODINGS), "replace") for line in lines(generator, 12)]
    return Case(read, written(folder, "a.txt", b"\n".join(parts)))


def _random_bytes(generator: random.Random, folder: Path) -> Case:
    return Case(read, written(folder, "a.txt", generator.randbytes(generator.choice((1, 10, 1000, 100_000)))))


def _sprinkled(generator: random.Random, characters: str) -> str:
    text = "\n".join(lines(generator, 20))
    some = generator.sample(characters, generator.randint(1, 4))
    places = sorted(generator.sample(range(len(text)), generator.choice((1, 3, 30))), reverse=True)
    for place in places:
        text = text[:place] + generator.choice(some) + text[place:]
    return text


def _controls(generator: random.Random, folder: Path) -> Case:
    return Case(read, written(folder, "a.txt", _sprinkled(generator, _CONTROLS)))


def _directions(generator: random.Random, folder: Path) -> Case:
    return Case(read, written(folder, "a.txt", _sprinkled(generator, _DIRECTIONS)))


def _any_characters(generator: random.Random, folder: Path) -> Case:
    text = "".join(chr(generator.randrange(0x110000)) for _ in range(generator.randint(1, 3000)))
    return Case(read, written(folder, "a.txt", text))


def _line_ends(generator: random.Random, folder: Path) -> Case:
    text = "".join(
        line + generator.choice(("\n", "\r", "\r\n", "\n\r", "\v")) for line in lines(generator, 40)
    )
    return Case(read, written(folder, "a.txt", text))


def _long_lines(generator: random.Random, folder: Path) -> Case:
    unit = generator.choice(("字", "a", " ", "记者", "。", "(", "本报讯", "1月7日", "———", "\t"))
    length = generator.choice((10_000, 100_000, 1_000_000))
    return Case(read, written(folder, "a.txt", unit * (length // len(unit))))


def _many_lines(generator: random.Random, folder: Path) -> Case:
    line = generator.choice(("", " ", "字", "。", "●", "标题", "本报讯"))
    return Case(read, written(folder, "a.txt", f"{line}\n" * generator.choice((1_000, 5_000, 20_000))))


TEXTS: dict[str, Kind] = {
    "encodings, damaged": _encodings,
    "several encodings in a file": _two_encodings,
    "bytes at random": _random_bytes,
    "control characters": _controls,
    "marks of direction": _directions,
    "any character of Unicode": _any_characters,
    "line ends mixed": _line_ends,
    "huge lines": _long_lines,
    "thousands of lines": _many_lines,
}
