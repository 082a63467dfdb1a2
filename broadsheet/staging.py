"""Where an update is made: beside the run, in a folder of its own, so that the run stays whole until the end.

Then its files are put in place one by one. That can be broken off and taken up again: a list, written before
the first file is moved, says that all of them are ready.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

from broadsheet import manifest
from broadsheet.run_files import BASE, INPUT_LIST, OUTPUTS, READING, THEMES, TOPICS
from broadsheet.stage_store import StageStore
from broadsheet.storage import STAGING, STORE, is_content, is_inside, read_json, sha256, write_json
from figures.tables import FILES

_READY: Final = ".ready.json"
_FROM: Final = ".from.json"
_CODING: Final = "coding"
_FIRST: Final = (READING, TOPICS, THEMES)


def open_staging(folder: Path) -> Path:
    """Give the folder in which a run is updated, with what stays of the run.

    That of an update that was broken off is taken up, if it began from the run as it is.
    """
    staging = folder / STAGING
    state = {"manifest": sha256(folder / manifest.NAME)}
    if (staging / _FROM).is_file() and read_json(staging / _FROM) == state:
        _bring_coding(folder, staging)
        return staging
    _remove(staging)
    part = staging.with_name(f"{STAGING}.part")
    _remove(part)
    _copy_first(folder, part / BASE)
    _bring_coding(folder, part)
    write_json(state, part / _FROM)
    part.rename(staging)
    return staging


def _bring_coding(folder: Path, staging: Path) -> None:
    """Copy the coders' sheets, which the report reads. They never go back: coders may be at work on them."""
    _remove(staging / _CODING)
    if (folder / _CODING).is_dir():
        shutil.copytree(folder / _CODING, staging / _CODING)


def _copy_first(folder: Path, base: Path) -> None:
    """Copy what a run began with: its first articles, their topics and themes."""
    if (folder / BASE).is_dir():
        shutil.copytree(folder / BASE, base)
        return
    store = StageStore(folder)
    (base / STORE).mkdir(parents=True)
    for stage in _FIRST:
        for name in store.outputs(stage):
            (base / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, base / name)
    store.copy_records(_FIRST, base)


def put_in_place(folder: Path, *, ready: bool = False) -> bool:
    """Move the files of an update that is ready into its run; False where there is none.

    Parameters
    ----------
    folder
        The run folder, held by this process. What an update that was not ready left there is not touched.
    ready
        Declare the update ready first.
    """
    staging = folder / STAGING
    if ready:
        (staging / _FROM).unlink(missing_ok=True)
        made = [name for name in _files(staging) if not name.startswith(f"{_CODING}/")]
        write_json({"files": sorted(made)}, staging / _READY)
    if not (staging / _READY).is_file():
        return False
    files = [str(name) for name in read_json(staging / _READY)["files"]]
    if strange := [name for name in files if not is_inside(name)]:
        raise manifest.NotARunError(
            f"{staging / _READY}: names a file outside of the run folder, {strange[0]!r}; Broadsheet did not "
            f"make this update. Delete {staging}"
        )
    _mark_as_updating(folder)
    for name in [name for name in files if name != manifest.NAME]:
        _move(staging / name, folder / name)
    for name in set(_files(folder)) - set(files):
        if _is_made_by_runs(name):
            (folder / name).unlink()
    _move(staging / manifest.NAME, folder / manifest.NAME)
    _remove(staging)
    return True


def drop_staging(folder: Path) -> None:
    """Give up an update that was broken off before it was ready: the run becomes another one."""
    _remove(folder / STAGING)


def _mark_as_updating(folder: Path) -> None:
    """Let nobody read the run while its files are of two kinds."""
    path = folder / manifest.NAME
    content = json.loads(path.read_text("utf-8"))
    if content.get("status") != manifest.UPDATING and (folder / STAGING / manifest.NAME).is_file():
        write_json({**content, "status": manifest.UPDATING}, path)


def _move(source: Path, target: Path) -> None:
    """Move a file, unless that was done before."""
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)


def _files(folder: Path) -> list[str]:
    """The files below a folder, but for those of an update."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [
        path.as_posix() for path in found if path.parts[0] != STAGING and path.name not in (_READY, _FROM)
    ]


def _is_made_by_runs(name: str) -> bool:
    """Whether a file is one that stages write, so that it goes where the update has none of it."""
    tops = {*FILES.values(), *(output for outputs in OUTPUTS.values() for output in outputs)} - {INPUT_LIST}
    if not is_content(name):
        return name.startswith(f"{STORE}/")
    return any(name == top or name.startswith(f"{top}/") for top in tops)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
