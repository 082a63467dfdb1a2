"""Paths to input files: folders walked, names made unique, bytes hashed, everything in one fixed order.

The order in which paths are given never matters: files are known by where they stand, and sorted by name.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.errors import CorpusError, MissingInputError
from corpus.ledger import Ledger

PAGE_SUFFIXES: Final = frozenset({".txt"})
TABLE_SUFFIXES: Final = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"})
LARGEST_PAGE: Final = 8_000_000
"""Bytes of the largest page file that is read: a page is some 20,000 characters, a whole issue a million."""
LARGEST_TABLE: Final = 4_000_000_000
"""Bytes of the largest table of ready-made articles that is read."""

InputPaths = str | Path | Sequence[str | Path]


@dataclass(frozen=True)
class InputFile:
    """One file to read.

    Attributes
    ----------
    path
        Where it stands.
    name
        What the articles' `file` says: the path below the folder that was given, or the file's own name; with
        as many folders before it as it takes to be unique.
    """

    path: Path
    name: str

    @property
    def suffix(self) -> str:
        """The suffix in lower case."""
        return self.path.suffix.lower()

    @property
    def is_page(self) -> bool:
        """Whether it is a page to be cut (and not a table of ready-made articles)."""
        return self.suffix in PAGE_SUFFIXES


def find_inputs(paths: InputPaths, ledger: Ledger) -> tuple[InputFile, ...]:
    """Find the files below `paths`, sorted by name; what can't be an input goes to the ledger.

    Raises
    ------
    MissingInputError
        If a path doesn't exist.
    CorpusError
        If no path is given, a folder holds no file, or a file given by its name has an unsupported suffix.
    """
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    if not given:
        raise CorpusError("no input: give at least one page (.txt), table (.jsonl, .csv, .parquet) or folder")
    found: dict[Path, str] = {}
    for path in given:
        for file, name in _files_of(path):
            absolute = file.resolve()
            found[absolute] = max(found.get(absolute, ""), name, key=lambda text: (len(text), text))
    named = _unique_names(found)
    return tuple(
        InputFile(path, name)
        for path, name in sorted(named.items(), key=lambda item: item[1])
        if _usable(path, name, ledger)
    )


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _files_of(path: Path) -> Iterable[tuple[Path, str]]:
    if path.is_file():
        if path.suffix.lower() not in PAGE_SUFFIXES | TABLE_SUFFIXES:
            raise CorpusError(
                f"{path}: unsupported suffix “{path.suffix}”; expected one of {', '.join(_supported())}"
            )
        return [(path, path.name)]
    if not path.exists():
        raise MissingInputError(f"{path}: no such file or folder")
    below = [(file, file.relative_to(path).as_posix()) for file in path.rglob("*") if file.is_file()]
    if not below:
        raise CorpusError(f"{path}: the folder holds no file; expected {', '.join(_supported())} in it")
    return below


def _usable(path: Path, name: str, ledger: Ledger) -> bool:
    """Whether the file can be read; if not, the ledger gets the reason."""
    suffix = path.suffix.lower()
    size = path.stat().st_size
    limit = LARGEST_PAGE if suffix in PAGE_SUFFIXES else LARGEST_TABLE
    if any(part.startswith(".") for part in Path(name).parts):
        ledger.add(name, (), "hidden file")
    elif suffix not in PAGE_SUFFIXES | TABLE_SUFFIXES:
        ledger.add(name, (), f"unsupported suffix “{suffix}” (expected {', '.join(_supported())})")
    elif size == 0:
        ledger.add(name, (), "empty file")
    elif size > limit:
        ledger.add(name, (), f"file of {size:,} bytes, larger than the limit of {limit:,}: split it")
    else:
        return True
    return False


def _unique_names(found: dict[Path, str]) -> dict[Path, str]:
    """Put as many parent folders before equal names as it takes to tell them apart."""
    names = dict(found)
    depth = {path: name.count("/") + 1 for path, name in names.items()}
    while True:
        holders: dict[str, list[Path]] = defaultdict(list)
        for path, name in names.items():
            holders[name].append(path)
        clashing = [path for group in holders.values() if len(group) > 1 for path in group]
        if not clashing:
            return names
        for path in clashing:
            depth[path] += 1
            names[path] = "/".join(path.parts[-depth[path] :]).replace("//", "/")


def _supported() -> list[str]:
    return sorted(PAGE_SUFFIXES | TABLE_SUFFIXES)
