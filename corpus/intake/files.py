"""Paths to input files: folders walked, archives listed, names made unique, everything in one fixed order.

The order in which paths are given never matters: files are known by where they stand, and sorted by name.
"""

from __future__ import annotations

import glob
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from corpus.errors import CorpusError, MissingInputError
from corpus.intake.addresses import Address, Place, place_of
from corpus.intake.archives import (
    ARCHIVE_SUFFIXES,
    GZIP_SUFFIX,
    ZIP_SUFFIX,
    ArchiveError,
    Member,
    Refused,
    list_zip,
    read_gzip,
)
from corpus.ledger import Ledger

PAGE_SUFFIXES: Final = frozenset({".txt"})
WEB_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml", ".shtml"})
IMAGE_SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".jp2", ".webp", ".bmp", ".gif"})
LAYOUT_SUFFIXES: Final = IMAGE_SUFFIXES | {".pdf"}
TABLE_SUFFIXES: Final = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"})
_READ: Final = PAGE_SUFFIXES | WEB_SUFFIXES | LAYOUT_SUFFIXES | TABLE_SUFFIXES
_ADVICE: Final = {
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".wps", ".epub", ".md"), "save it as .txt or .pdf"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "save the sheet as .csv"),
    **dict.fromkeys((".json", ".xml"), "write one object a line as .jsonl"),
    **dict.fromkeys((".mht", ".mhtml", ".webarchive"), "save the page as .html"),
    **dict.fromkeys((".rar", ".7z", ".tar", ".tgz", ".bz2", ".xz", ".zst"), "unpack it, or pack it as .zip"),
    **dict.fromkeys((".caj", ".djvu", ".ofd", ".heic"), "save it as .pdf or .png"),
    GZIP_SUFFIX: "its name must say what it packs, as page.txt.gz does",
}
"""What to do with files that often come with pages and can't be read as they are."""
LARGEST_PAGE: Final = 8_000_000
"""Bytes of the largest page file that is read: a page is some 20,000 characters, a whole issue a million."""
LARGEST_WEB_PAGE: Final = 50_000_000
"""Bytes of the largest saved web page that is read: one that holds its pictures may have some ten million."""
LARGEST_SCAN: Final = 500_000_000
"""Bytes of the largest PDF or image that is read."""
LARGEST_TABLE: Final = 4_000_000_000
"""Bytes of the largest table of ready-made articles that is read."""

InputPaths = str | Path | Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read, which may be a member of an archive.

    Attributes
    ----------
    location
        The path or address where it stands, or where the archive does that holds it: as a string, which is
        small.
    name
        What the articles' `file` says: the path below the folder or archive that was given, or the file's own
        name; with as many folders before it as it takes to be unique. A member of an archive is called
        `archive.zip/member`.
    member
        If `location` is a `.zip`, the file in it.
    """

    location: str
    name: str
    member: Member | None = None

    @property
    def path(self) -> Place:
        """Its location."""
        return place_of(self.location)

    @property
    def suffix(self) -> str:
        """The suffix in lower case; of a `.gz`, that of the file in it."""
        return _suffix(self.name)

    @property
    def is_page(self) -> bool:
        """Whether it is the text of a page, to be cut."""
        return self.suffix in PAGE_SUFFIXES

    @property
    def is_table(self) -> bool:
        """Whether it is a table of ready-made articles."""
        return self.suffix in TABLE_SUFFIXES

    @property
    def has_layout(self) -> bool:
        """Whether it is a PDF or an image, whose text is read by its place."""
        return self.suffix in LAYOUT_SUFFIXES

    @property
    def is_web_page(self) -> bool:
        """Whether it is a page saved from the web."""
        return self.suffix in WEB_SUFFIXES

    @property
    def place(self) -> str:
        """Where it stands, for messages: its path, with the member if it is one of an archive's."""
        return f"{self.location}/{self.member.name}" if self.member else self.location

    @property
    def is_packed(self) -> bool:
        """Whether its bytes stand packed, so that `path` is not to be read directly."""
        return self.member is not None or self.location.lower().endswith(GZIP_SUFFIX)

    def read_bytes(self) -> bytes:
        """Give the file's bytes, unpacked.

        Raises
        ------
        corpus.intake.archives.ArchiveError
            If its archive is broken, or it unpacks to more than the limits.
        """
        if self.member:
            return self.member.read(Path(self.location))
        return read_gzip(self.path, _limit(self.name)) if self.is_packed else self.path.read_bytes()

    def fingerprint(self) -> tuple[str | None, int]:
        """SHA-256 in hexadecimal and number of the file's bytes.

        For a member of a `.zip` these are its unpacked bytes; the hash is None if they can't be unpacked.
        """
        if self.member is None:
            return sha256(self.path), self.path.stat().st_size
        try:
            data = self.member.read(Path(self.location))
            return hashlib.sha256(data).hexdigest(), self.member.size
        except ArchiveError:
            return None, self.member.size


def find_inputs(paths: InputPaths, ledger: Ledger) -> tuple[InputFile, ...]:
    """Find the files that `paths` name, sorted by name; what can't be an input goes to the ledger.

    Parameters
    ----------
    paths
        Files, folders (searched to the bottom) and patterns (`pages/2023-*.txt`, `pages/**/*.html`), also at
        addresses that fsspec knows (`s3://bucket/articles/`); a `.zip` stands for the files in it, a `.gz`
        for the file it packs.
    ledger
        Where files that can't be read are written down.

    Raises
    ------
    MissingInputError
        If a path doesn't exist, or nothing fits a pattern.
    corpus.intake.addresses.AddressError
        If an address can't be opened, or a package is missing for it.
    CorpusError
        If no path is given, a folder holds no file, or a file given by its name has an unsupported suffix.
    """
    given = [place_of(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    if not given:
        raise CorpusError("no input: give at least one page (.txt), table (.jsonl, .csv, .parquet) or folder")
    found: dict[Place, str] = {}
    for file, name in (item for path in given for item in _files_of(path)):
        absolute = file.resolve()
        found[absolute] = max(found.get(absolute, ""), name, key=lambda text: (len(text), text))
    inputs = [file for path, name in _unique_names(found).items() for file in _inputs_of(path, name, ledger)]
    return tuple(sorted(inputs, key=lambda file: file.name))


def sha256(path: Place) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _files_of(path: Place) -> Iterable[tuple[Place, str]]:
    """The files that a path names, each with its name below that path."""
    if path.is_file():
        if not _is_supported(path.name):
            raise CorpusError(f"{path}: {_unsupported(path.name)}")
        return [(path, path.name)]
    if isinstance(path, Address):
        return path.below()
    if not path.exists():
        return _fitting(path)
    below = _below(path, path)
    if not below:
        raise CorpusError(f"{path}: the folder holds no file; expected {', '.join(_supported())} in it")
    return below


def _fitting(pattern: Path) -> list[tuple[Path, str]]:
    """The files that fit a pattern, and those in folders that do, named below the pattern's fixed part."""
    if not glob.has_magic(str(pattern)):
        raise MissingInputError(f"{pattern}: no such file or folder")
    plain = [part for part in pattern.parts if not glob.has_magic(part)]
    fixed = Path(*pattern.parts[: next(n for n, part in enumerate(pattern.parts) if part not in plain)])
    matches = [Path(match) for match in sorted(glob.glob(str(pattern), recursive=True))]  # noqa: PTH207
    found = [item for match in matches for item in _below(match, fixed)]
    if not found:
        raise MissingInputError(f"{pattern}: no file or folder fits this pattern")
    return found


def _below(path: Path, base: Path) -> list[tuple[Path, str]]:
    """A file, or the files in a folder, named as they stand below `base`."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return [(file, file.relative_to(base).as_posix()) for file in files]


def _inputs_of(path: Place, name: str, ledger: Ledger) -> Iterator[InputFile]:
    """What is to be read of one file: itself, or what it packs."""
    size = path.stat().st_size
    if path.suffix.lower() == ZIP_SUFFIX and not _is_hidden(name):
        if isinstance(path, Address):
            ledger.add(name, (), "an archive at an address: fetch it, or unpack it there")
        else:
            yield from _members(path, name, ledger)
    elif problem := _problem(name, size):
        ledger.add(name, (), problem)
    else:
        yield InputFile(str(path), name)


def _members(path: Path, name: str, ledger: Ledger) -> Iterator[InputFile]:
    """The files in a `.zip` that can be read."""
    try:
        members = list_zip(path, _limit)
    except ArchiveError as error:
        ledger.add(name, (), str(error))
        return
    if not members:
        ledger.add(name, (), "empty archive")
    for member in members:
        full = f"{name}/{member.name}"
        if _is_hidden(member.name):
            ledger.add(full, (), "hidden file")
        elif isinstance(member, Refused):
            ledger.add(full, (), member.reason)
        elif problem := _problem(member.name, member.size):
            ledger.add(full, (), problem)
        else:
            yield InputFile(str(path), full, member)


def _problem(name: str, size: int) -> str | None:
    """Why a file can't be read, or None."""
    if _is_hidden(name):
        return "hidden file"
    if not _is_supported(name):
        return _unsupported(name)
    if size == 0:
        return "empty file"
    limit = _limit(name)
    return f"file of {size:,} bytes, larger than the limit of {limit:,}: split it" if size > limit else None


def _unsupported(name: str) -> str:
    """Say that a suffix can't be read, which ones can, and what to do."""
    suffix = PurePosixPath(name).suffix.lower()
    tarred = suffix == GZIP_SUFFIX and _suffix(name) == ".tar"
    advice = _ADVICE.get(".tar" if tarred else suffix)
    told = f": {advice}" if advice else ""
    return f"unsupported suffix “{suffix}” (expected {', '.join(_supported())}){told}"


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") and part != ".." for part in PurePosixPath(name).parts)


def _is_supported(name: str) -> bool:
    return _suffix(name) in _READ or PurePosixPath(name).suffix.lower() == ZIP_SUFFIX


def _suffix(name: str) -> str:
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix == GZIP_SUFFIX else path.suffix


def _limit(name: str) -> int:
    """Bytes that a file of this name may have, unpacked."""
    kinds = (
        (LAYOUT_SUFFIXES, LARGEST_SCAN),
        (WEB_SUFFIXES, LARGEST_WEB_PAGE),
        (TABLE_SUFFIXES, LARGEST_TABLE),
    )
    return next((limit for suffixes, limit in kinds if _suffix(name) in suffixes), LARGEST_PAGE)


def _unique_names(found: dict[Place, str]) -> dict[Place, str]:
    """Put as many parent folders before equal names as it takes to tell them apart."""
    names = dict(found)
    depth = {path: name.count("/") + 1 for path, name in names.items()}
    while True:
        holders: dict[str, list[Place]] = defaultdict(list)
        for path, name in names.items():
            holders[name].append(path)
        clashing = [path for group in holders.values() if len(group) > 1 for path in group]
        if not clashing:
            return names
        for path in clashing:
            depth[path] += 1
            names[path] = "/".join(path.parts[-depth[path] :]).replace("//", "/")


def _supported() -> list[str]:
    return sorted(_READ | ARCHIVE_SUFFIXES)
