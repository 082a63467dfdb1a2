"""Inputs that stand at an address, such as `s3://bucket/articles/`: whatever fsspec can open.

An `Address` has of a path what reading asks for, so that files are found and read the same wherever they
stand. `file://` addresses are paths.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

from corpus.errors import CorpusError, MissingInputError

MARK: Final = "://"


class AddressError(CorpusError):
    """An address can't be opened: the message says what is missing or what the place answered."""


class Size(NamedTuple):
    """Of what `Path.stat` says, what is known everywhere."""

    st_size: int


@dataclass(frozen=True, slots=True)
class Address:
    """Where a file or a folder stands, as protocol and place in it; or a pattern of such."""

    text: str

    def __str__(self) -> str:
        """The address as it is written."""
        return self.text

    @property
    def parts(self) -> tuple[str, ...]:
        """Protocol and names of folders and file."""
        return tuple(part for part in self.text.split("/") if part)

    @property
    def name(self) -> str:
        """The last of the names."""
        return self.parts[-1]

    @property
    def suffix(self) -> str:
        """The suffix of the name, with its dot."""
        return Path(self.name).suffix

    def open(self, mode: str = "rb") -> BinaryIO:
        """Open it for reading bytes; to be closed by the caller."""
        system, place = self._opened()
        with self._told():
            return cast("BinaryIO", system.open(place, mode))

    def read_bytes(self) -> bytes:
        """All of its bytes."""
        with self.open() as stream, self._told():
            return stream.read()

    def stat(self) -> Size:
        """How large it is."""
        system, place = self._opened()
        with self._told():
            return Size(int(system.info(place)["size"]))

    def resolve(self) -> Address:
        """The address as its file system writes it, so that one file has one."""
        system, place = self._opened()
        return Address(str(system.unstrip_protocol(place)))

    def is_file(self) -> bool:
        """Whether a file stands there."""
        system, place = self._opened()
        with self._told():
            return bool(system.isfile(place))

    def below(self) -> list[tuple[Address, str]]:
        """The files in a folder, or those that fit a pattern and in folders that do, with their names below.

        Raises
        ------
        MissingInputError
            There is nothing, or nothing fits.
        """
        system, place = self._opened()
        is_pattern = glob.has_magic(place)
        with self._told():
            tops = sorted(system.glob(place)) if is_pattern else [place]
            found = sorted({name for top in tops for name in system.find(top)})
        if not found:
            what = "no file or folder fits this pattern" if is_pattern else "no such file or folder"
            raise MissingInputError(f"{self}: {what}")
        fixed = _fixed(place)
        return [
            (Address(system.unstrip_protocol(name)), name.lstrip("/").removeprefix(fixed)) for name in found
        ]

    def _opened(self) -> tuple[Any, str]:
        """The file system and the place in it."""
        from fsspec.core import url_to_fs
        from fsspec.registry import known_implementations

        try:
            system, place = url_to_fs(self.text)
        except ImportError as error:
            protocol = self.text.partition(MARK)[0]
            package = str(known_implementations.get(protocol, {}).get("class", "")).partition(".")[0]
            do = f"{error}" if package in ("", "fsspec") else f"pip install {package}"
            raise AddressError(f"{self}: a package is missing for {protocol}{MARK}: {do}") from error
        except ValueError as error:
            raise AddressError(
                f"{self}: {error}; expected an address that fsspec knows, such as s3{MARK}bucket/articles/"
            ) from error
        return system, str(place)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Let an error of the file system say at which address it came up."""
        try:
            yield
        except OSError as error:
            raise AddressError(f"{self}: can't be read ({error})") from error


Place = Path | Address
"""Where an input stands."""


def place_of(given: str | Path) -> Place:
    """Take an input as it is given: an address, unless it is a path or says that it is one (`file://`)."""
    text = str(given)
    if MARK not in text:
        return Path(given)
    if text.startswith(f"file{MARK}"):
        return Path(text.removeprefix(f"file{MARK}"))
    return Address(text)


def is_address(given: str) -> bool:
    """Whether an input is given by an address, which is the same seen from every folder."""
    return MARK in given


def _fixed(place: str) -> str:
    """The folders of a place before the first that is a pattern, with the slash behind them."""
    parts = place.strip("/").split("/")
    magic = next((n for n, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    return "".join(f"{part}/" for part in parts[:magic])
