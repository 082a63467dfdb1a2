"""The manifest of a run: everything needed to know what was run, on what, with what, and what came out."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import pandas as pd
from packaging.requirements import Requirement
from pydantic import BaseModel, ValidationError
from threadpoolctl import threadpool_info

from broadsheet.config import Study
from broadsheet.stopwatch import Stage
from broadsheet.storage import hashes, refuse_links, write_json

NAME = "manifest.json"
RUNNING, UPDATING, FINISHED = "running", "updating", "finished"

ThemeNames = Mapping[str, Mapping[str, str]]
"""Theme id → language → name."""


class _Input(BaseModel):
    file: str
    sha256: str | None


class _Finished(BaseModel):
    """What others rely on in the manifest of a finished run."""

    title: str
    config: dict[str, Any]
    theme_names: dict[str, dict[str, str]]
    versions: dict[str, str]
    notes: list[str]
    inputs: list[_Input]
    files: dict[str, str] = {}
    outputs: dict[str, str]


class NotARunError(OSError):
    """A folder is no finished run; the message says which folder, and what it has or lacks."""


def versions() -> dict[str, str]:
    """Versions of Python, Broadsheet and everything that Broadsheet declares it needs."""
    needed = [Requirement(line) for line in requires("broadsheet") or ()]
    names = [requirement.name for requirement in needed if requirement.marker is None]
    return {"python": platform.python_version(), **{name: version(name) for name in ["broadsheet", *names]}}


def machine() -> dict[str, str]:
    """What of the machine may change last digits: system, processor, and numpy's BLAS with its kernel.

    The kernel is the set of routines that the BLAS has chosen for the processor; others add up in another
    order.
    """
    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    pools = [pool for pool in pools if "numpy" in pool["filepath"]] or pools
    blas = [f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')}" for pool in pools[:1]]
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "blas": (blas or ["unknown"])[0].strip(),
    }


def write_running(folder: Path, study: Study, *, home: Path, theme_names: ThemeNames) -> None:
    """Mark a folder as a run that has begun and not ended; paths in its settings start from `home`."""
    write_json(
        {"status": RUNNING, "config": study.seen_from(home).to_dict(), "theme_names": theme_names},
        folder / NAME,
    )


def write_finished(
    folder: Path,
    study: Study,
    *,
    home: Path,
    theme_names: ThemeNames,
    inputs: pd.DataFrame,
    files: Mapping[str, str],
    stages: Sequence[Stage],
    notes: Sequence[str],
) -> None:
    """Write the manifest of a run that is whole; paths in its settings start from `home`.

    `home` is the folder itself, or the run folder that an update will put these files into.
    `files` are the hashes of the files that settings name, beside the inputs (`fingerprints.files_of`).
    """
    content = {
        "status": FINISHED,
        "title": study.title,
        "config": study.seen_from(home).to_dict(),
        "seed": study.seed,
        "theme_names": theme_names,
        "versions": versions(),
        "machine": machine(),
        "notes": list(notes),
        "inputs": json.loads(inputs.to_json(orient="records", force_ascii=False)),
        "files": dict(files),
        "stages": [asdict(stage) for stage in stages],
        "outputs": hashes(folder),
    }
    write_json(content, folder / NAME)


def read(folder: str | Path) -> dict[str, Any]:
    """Read the manifest of a finished run.

    Raises
    ------
    NotARunError
        The folder or its manifest is missing, or the run in it did not end.
    LinkInRunError
        The folder has a link that leads out of it.
    """
    path = Path(folder) / NAME
    if not path.is_file():
        raise NotARunError(f"{folder}: no run folder (it has no {NAME}); make one with 'broadsheet run'")
    try:
        content = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotARunError(f"{path}: not readable as JSON ({error}); run the study again") from error
    if not isinstance(content, dict):
        raise NotARunError(f"{path}: holds no JSON object; run the study again")
    refuse_links(Path(folder))
    if content.get("status") == UPDATING:
        raise NotARunError(
            f"{folder}: an update was stopped while it put its files in place; "
            f"'broadsheet update {folder}' finishes it"
        )
    if content.get("status") != FINISHED:
        raise NotARunError(f"{folder}: the run in this folder did not end; run the study again")
    _check(content, path)
    return content


def _check(content: dict[str, Any], path: Path) -> None:
    """Raise unless a finished manifest has what others rely on."""
    try:
        _Finished.model_validate(content, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(key) for key in first["loc"])
        raise NotARunError(
            f"{path}: {where}: {first['msg']}, so it is no manifest that a run wrote; run the study again"
        ) from error
