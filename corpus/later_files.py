"""Which files are new to a corpus that was read before, and which were read already, by their bytes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from corpus.intake.files import InputFile, InputPaths, find_inputs
from corpus.ledger import Ledger
from corpus.reading import Corpus, ReadSettings, named_paths, read_files
from corpus.rich_display import numbered
from corpus.schema import FILE, KEPT

UPDATE: Final = "update"
"""Column of the inputs of a corpus that was added to: 0 for the files it began with, then 1, 2 …"""


@dataclass(frozen=True)
class LaterFiles:
    """Files that paths name: those that are new, and what the ledger says of the others."""

    new: tuple[InputFile, ...]
    ledger: Ledger


def read_first(paths: InputPaths, settings: ReadSettings, *, later: Collection[str]) -> Corpus:
    """Read a corpus without the files (by SHA-256) that were added to it later, wherever they stand."""
    ledger = Ledger()
    files = [file for file in find_inputs(paths, ledger) if file.fingerprint()[0] not in later]
    return read_files(files, ledger, settings, names=named_paths(paths), partly=True)


def find_later(
    known: Corpus, paths: InputPaths, *, number: int, only: Collection[str] | None = None
) -> LaterFiles:
    """Find the files that `paths` name and that a corpus doesn't have yet.

    Parameters
    ----------
    known
        The corpus.
    paths
        As for `corpus.read`.
    number
        Of the update; a file whose name is taken is called `update-<number>/…`.
    only
        Where given, SHA-256 of the files that belong to this update; others that are new are left alone.

    Raises
    ------
    MissingInputError, CorpusError
        As `corpus.intake.files.find_inputs` does.
    """
    found, ledger = Ledger(), Ledger()
    files = find_inputs(paths, found)
    before = dict(zip(known.inputs["sha256"], known.inputs[FILE], strict=True))
    names = set(known.inputs[FILE])
    new, again = [], []
    for file in files:
        digest, _ = file.fingerprint()
        if digest is not None and digest in before:
            same = _own_name(before[digest]) == file.name
            if same:
                again.append(file.name)
            else:
                ledger.add(file.name, (), f"the same bytes as {before[digest]}, read before")
        elif digest is None or only is None or digest in only:
            new.append(replace(file, name=_free_name(file.name, names, number)))
    if again:
        count = numbered(len(again), "file")
        reason = f"{KEPT}{count} read before, with the same name and bytes: not read again"
        ledger.add(again[0], (), reason)
    told = set(zip(known.dropped["file"], known.dropped["reason"], strict=True))
    ledger.entries.extend(entry for entry in found.entries if (entry.file, entry.reason) not in told)
    return LaterFiles(tuple(new), ledger)


def _own_name(name: str) -> str:
    """The name of a file without the mark of an update."""
    first, _, rest = name.partition("/")
    return rest if first.startswith("update-") and first[7:].isdecimal() else name


def _free_name(name: str, taken: Collection[str], number: int) -> str:
    while name in taken:
        name = f"update-{number}/{name}"
    return name
