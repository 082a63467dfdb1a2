"""Files of a run folder: tables and JSON, whole or not at all, the same bytes for the same content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from corpus.spreadsheets import write_csv
from figures.tables import FILES

STORE = ".stages"
"""The part of a run folder that says which stages are whole, with the tables that they hand each other."""
STAGING = ".update"
"""Where a run's next state is made while an update is under way."""
LOCK = ".lock"
"""The file that a run holds while it writes to its folder."""


class LinkInRunError(OSError):
    """A run folder holds a link to something outside of it, which writing to the folder would change."""


def is_inside(name: str) -> bool:
    """Whether a file that a run folder names lies in it: a folder from a stranger may name any."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def refuse_links(folder: Path) -> None:
    """Raise where a run folder has a link that leads out of it.

    Raises
    ------
    LinkInRunError
        There is one; what is written there would change a file elsewhere.
    """
    home = folder.resolve()
    for path in folder.rglob("*"):
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            raise LinkInRunError(
                f"{path}: is a link that leads out of the run folder; a run has none, and writing there "
                "would change a file elsewhere. Delete the link, or take another folder"
            )


def is_content(name: str) -> bool:
    """Whether a file of a run folder, by its relative path, is part of what the run says.

    The manifest, the log, a sample's inputs, half-written files and the run's own bookkeeping are not.
    """
    return not (
        name in ("manifest.json", "run.log") or name.startswith(("sample/", ".")) or name.endswith(".part")
    )


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as the ending of `path` says (.parquet or .csv); a reader never sees half of it."""
    part = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        table.to_parquet(part, index=False)
    else:
        write_csv(table, part)
    part.replace(path)


def write_tables(folder: Path, **tables: pd.DataFrame) -> None:
    """Write tables under their names in the run folder."""
    for name, table in tables.items():
        write_table(table, folder / FILES[name])


def write_json(content: Any, path: Path) -> None:
    """Write JSON for people to read: indented, in the order given, text as text."""
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8")
    part.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object that `write_json` wrote."""
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file that is part of what a run says, by relative path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder).as_posix() for path in files}
    return {name: sha256(path) for path, name in names.items() if is_content(name)}
