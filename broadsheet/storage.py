"""Files of a run folder: tables and JSON, whole or not at all, the same bytes for the same content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd

from figures.tables import FILES


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as the ending of `path` says (.parquet or .csv); a reader never sees half of it."""
    part = path.with_name(path.name + ".part")
    if path.suffix == ".parquet":
        table.to_parquet(part, index=False)
    else:
        table.to_csv(part, index=False, lineterminator="\n")
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


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a run folder, by relative path, without the manifest and a sample's inputs."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder).as_posix() for path in files}
    return {
        name: sha256(path)
        for path, name in names.items()
        if name != "manifest.json" and not name.startswith("sample/") and path.suffix != ".part"
    }
