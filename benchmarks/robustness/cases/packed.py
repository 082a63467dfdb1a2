"""Archives: bombs, paths out of the archive, damage."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from pathlib import Path

from benchmarks.robustness.cases.case import Case, Kind, damaged, lines, read, written

_PATHS = (
    "../../etc/passwd.txt",
    "/etc/passwd.txt",
    "C:\\windows\\a.txt",
    "..\\..\\a.txt",
    "a/../../b.txt",
    "./a.txt",
    "a//b.txt",
    "\u202etxt.exe.txt",
    "nul.txt",
    "a\x00b.txt",
    " .txt",
    "x" * 4000 + ".txt",
    "目录/新闻.txt",
    "~/a.txt",
    "$(reboot).txt",
)


def _page(generator: random.Random) -> bytes:
    return "\n".join(lines(generator, 10)).encode()


def _archive(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()


def _paths(generator: random.Random, folder: Path) -> Case:
    members = [(generator.choice(_PATHS), _page(generator)), ("good.txt", _page(generator))]
    return Case(read, written(folder, "a.zip", _archive(members)))


def _links(generator: random.Random, folder: Path) -> Case:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo(generator.choice(("link.txt", "a/link.txt", "link.jsonl")))
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, generator.choice(("/etc/passwd", "../../../secret.txt", "link.txt")))
        archive.writestr("good.txt", _page(generator))
    return Case(read, written(folder, "a.zip", stream.getvalue()))


def _bombs(generator: random.Random, folder: Path) -> Case:
    size = generator.choice((20_000_000, 60_000_000))
    members = [("bomb.txt", b"\0" * size), ("good.txt", _page(generator))]
    content = _archive(members)
    if generator.random() < 0.4:
        content = _archive([("inner.zip", content), ("good.txt", _page(generator))])
    return Case(read, written(folder, "a.zip", content))


def _damaged(generator: random.Random, folder: Path) -> Case:
    content = _archive([(f"{n}.txt", _page(generator)) for n in range(generator.randint(1, 5))])
    return Case(read, written(folder, "a.zip", damaged(generator, content)))


def _names_twice(generator: random.Random, folder: Path) -> Case:
    name = generator.choice(("a.txt", "b/a.txt"))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("first.txt", _page(generator))
        archive.writestr(name, _page(generator))
    content = stream.getvalue().replace(b"first.txt", name.encode().rjust(9, b"_")[:9])
    return Case(read, written(folder, "a.zip", content))


def _gzip(generator: random.Random, folder: Path) -> Case:
    how = generator.choice(("damaged", "bomb", "not gzip", "twice", "trailing"))
    page = gzip.compress(_page(generator))
    content = {
        "damaged": damaged(generator, page),
        "bomb": gzip.compress(b"\0" * 50_000_000),
        "not gzip": _page(generator),
        "twice": gzip.compress(page),
        "trailing": page + b"trailing",
    }[how]
    return Case(read, written(folder, f"a.{generator.choice(('txt', 'jsonl', 'csv', 'html'))}.gz", content))


PACKED: dict[str, Kind] = {
    "zip: tricks with paths": _paths,
    "zip: links": _links,
    "zip: bombs": _bombs,
    "zip: damaged": _damaged,
    "zip: names": _names_twice,
    "gzip: damaged, bombs": _gzip,
}
