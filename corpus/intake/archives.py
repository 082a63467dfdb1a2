"""Files inside `.gz` and `.zip`: listed and unpacked in memory, with limits; nothing is written to disk.

An archive is not to be trusted: it may name paths outside itself, unpack to a thousand times its size, be
encrypted or broken. Whatever can't be read is told with its reason, and the rest is read.
"""

from __future__ import annotations

import gzip
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from corpus.errors import CorpusError
from corpus.intake.addresses import Place

GZIP_SUFFIX: Final = ".gz"
ZIP_SUFFIX: Final = ".zip"
ARCHIVE_SUFFIXES: Final = frozenset({GZIP_SUFFIX, ZIP_SUFFIX})
LARGEST_ARCHIVE: Final = 8_000_000_000
"""Bytes that all members of one archive may unpack to."""
MOST_MEMBERS: Final = 500_000
LARGEST_RATIO: Final = 200
"""Times its packed size that a member may unpack to: text packs 3 to 20 times smaller, a bomb 1,000 times."""
_ALWAYS_ALLOWED: Final = 1_000_000
"""Bytes that a member may unpack to whatever the ratio."""
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The methods that can be unpacked in pieces, so that a limit on size holds in memory too."""
_PIECE: Final = 1 << 20
_MARK: Final = b"PK\x03\x04"
_HEADER: Final = 30
"""Bytes of the header before each member; its last four are the lengths of a name and of an extra field."""
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1
_COMMON_ROWS: Final = (("gb18030", 0xB0, 0xD7), ("big5hkscs", 0xA4, 0xC6))
"""Chinese encodings with the first and last lead byte of their characters in common use."""
_LEAST_COMMON: Final = 0.7


class ArchiveError(CorpusError):
    """An archive, or a file in it, can't be unpacked; the message says why."""


@dataclass(frozen=True)
class Member:
    """A file in a `.zip`: its path in there, where its packed bytes stand, and what they unpack to.

    It opens the archive for itself, so that members can be read one by one and in other processes, without
    listing the archive again.
    """

    name: str
    offset: int
    packed: int
    size: int
    checksum: int
    deflated: bool

    def read(self, archive: Path) -> bytes:
        """Unpack the member; it gives `size` bytes, or an error.

        Raises
        ------
        ArchiveError
            If the archive is damaged there.
        """
        with archive.open("rb") as stream:
            stream.seek(max(0, self.offset))
            header = stream.read(_HEADER)
            if self.offset < 0 or not header.startswith(_MARK) or len(header) < _HEADER:
                raise ArchiveError("broken member of the archive (it doesn't stand where the archive says)")
            lengths = header[-4:]
            stream.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
            data = stream.read(self.packed)
        try:
            if self.deflated:
                data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, self.size + 1)
        except zlib.error as error:
            raise ArchiveError(f"broken member of the archive ({error})") from error
        if len(data) != self.size or zlib.crc32(data) != self.checksum:
            raise ArchiveError("broken member of the archive (its checksum or size is not what it says)")
        return data


@dataclass(frozen=True)
class Refused:
    """A file in a `.zip` that is not read, and why."""

    name: str
    reason: str


def read_gzip(path: Place, limit: int) -> bytes:
    """Unpack a `.gz` file of at most `limit` unpacked bytes.

    Raises
    ------
    ArchiveError
        If it is broken, larger than `limit` or packed more tightly than any text.
    """
    packed = path.stat().st_size
    pieces: list[bytes] = []
    size = 0
    try:
        with path.open("rb") as packed_file, gzip.GzipFile(fileobj=packed_file) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if problem := _too_large(size, packed, limit):
                    raise ArchiveError(problem)
                pieces.append(piece)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ArchiveError(f"broken gzip file ({error})") from error
    return b"".join(pieces)


def list_zip(path: Path, limit_of: Callable[[str], int]) -> list[Member | Refused]:
    """List the files in a `.zip`, sorted by name.

    Parameters
    ----------
    path
        The archive.
    limit_of
        Says of a member's name how many bytes it may unpack to.

    Raises
    ------
    ArchiveError
        If the archive itself is broken, has too many members, or they unpack to too much in all.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, struct.error, IndexError, NotImplementedError, ValueError) as error:
        raise ArchiveError(f"broken zip archive ({error})") from error
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_MEMBERS or total > LARGEST_ARCHIVE:
        raise ArchiveError(
            f"unpacks to {len(infos):,} files of {total:,} bytes in all, more than the limit of "
            f"{MOST_MEMBERS:,} files and {LARGEST_ARCHIVE:,} bytes: unpack it yourself if you trust it"
        )
    seen: set[str] = set()
    members: list[Member | Refused] = []
    for info, name in zip(infos, _names(infos), strict=True):
        if name in seen:
            members.append(Refused(name, "the archive holds this name twice; the first is read"))
        elif problem := _problem(info, name, limit_of(name)):
            members.append(Refused(name, problem))
        else:
            members.append(_member(info, name))
        seen.add(name)
    return sorted(members, key=lambda member: member.name)


def _member(info: zipfile.ZipInfo, name: str) -> Member:
    return Member(
        name,
        offset=info.header_offset,
        packed=info.compress_size,
        size=info.file_size,
        checksum=info.CRC,
        deflated=info.compress_type == zipfile.ZIP_DEFLATED,
    )


def _problem(info: zipfile.ZipInfo, name: str, limit: int) -> str | None:
    """Why a member can't be read, or None."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")):
        return "path leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "link in an archive, not a file"
    if path.suffix.lower() in ARCHIVE_SUFFIXES:
        return "archive within an archive, which is not opened: unpack it first"
    if info.flag_bits & _ENCRYPTED:
        return "encrypted member of the archive: unpack it with its password first"
    if info.compress_type not in _METHODS:
        return "packed by a method other than deflate: pack the archive again"
    return _too_large(info.file_size, info.compress_size, limit)


def _too_large(size: int, packed: int, limit: int) -> str | None:
    if size > limit:
        return f"unpacks to more than the limit of {limit:,} bytes: split it"
    if size > max(_ALWAYS_ALLOWED, LARGEST_RATIO * packed):
        return f"unpacks to more than {LARGEST_RATIO} times its {packed:,} bytes, as no text does"
    return None


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """Names as they were meant: those not marked as UTF-8 are in the encoding of whoever packed them."""
    raw = [
        None if info.flag_bits & _UTF8_NAME else info.orig_filename.split("\0")[0].encode("cp437")
        for info in infos
    ]
    foreign = b"\n".join(name for name in raw if name is not None and not name.isascii())
    encoding = _encoding_of_names(foreign)
    return [
        (info.filename if name is None else name.decode(encoding)).replace("\\", "/")
        for info, name in zip(infos, raw, strict=True)
    ]


def _encoding_of_names(names: bytes) -> str:
    """The encoding of all names together: UTF-8, else GB18030 or Big5 by common characters, else cp437.

    Names are too short for a detector of encodings. But both Chinese sets put the characters in common use
    first, so that in the wrong one of the two most characters are rare; and cp437 is what the format says.
    """
    try:
        names.decode("utf-8")
    except UnicodeDecodeError:
        shares = [(_share_common(names, *one), -order, one[0]) for order, one in enumerate(_COMMON_ROWS)]
        share, _, encoding = max(shares)
        return encoding if share >= _LEAST_COMMON else "cp437"
    return "utf-8"


def _share_common(names: bytes, encoding: str, first: int, last: int) -> float:
    """Share of the characters beyond ASCII that stand in the rows of characters in common use."""
    try:
        text = names.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    leads = [code[0] for code in (char.encode(encoding) for char in text if not char.isascii())]
    return sum(first <= lead <= last for lead in leads) / len(leads)
