"""Repeating a study from the manifest of an earlier run, and saying what is no longer as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from broadsheet import manifest
from broadsheet.config import Study
from broadsheet.fingerprints import files_of
from corpus.intake.addresses import is_address


def study_of(path: str | Path, inputs: Sequence[str | Path] = ()) -> tuple[Study, list[str]]:
    """The study that a manifest tells of, and what has changed since.

    Parameters
    ----------
    path
        A `manifest.json`, or the run folder that holds it. Paths of inputs start from that folder.
    inputs
        Where the inputs are now, if they have moved.

    Returns
    -------
    Study, list of str
        The settings; and, in plain words, input files, other files that settings name (codebook, coded
        sample, corrections, vectors, an encoder's folder, style), versions, and system, processor and BLAS
        that are not those of the manifest. The same tables can be expected where the list is empty.

    Raises
    ------
    NotARunError
        There is no manifest of a finished run.
    OSError, ValueError
        An input is no longer there.
    """
    path = Path(path)
    folder = path if path.is_dir() else path.parent
    if path.is_file() and path.name != manifest.NAME:
        raise manifest.NotARunError(f"{path}: no {manifest.NAME}; name the manifest of a run, or its folder")
    content = manifest.read(folder)
    study = Study.from_dict(content["config"]).relative_to(folder)
    if inputs:
        study = replace(study, inputs=tuple(str(entry) for entry in inputs))
    _be_there(study.inputs)
    files = content.get("files", {})
    return study, [
        *_changed_inputs(study, content["inputs"]),
        *(
            f"files: the {name} has other bytes"
            for name, now in files_of(study).items()
            if name in files and files[name] != now
        ),
        *_changed("versions", content["versions"], manifest.versions()),
        *_changed("machine", content.get("machine", {}), manifest.machine()),
    ]


def _be_there(inputs: Sequence[str]) -> None:
    """Refuse inputs that are no longer where they were; patterns and addresses are looked at when read."""
    for entry in inputs:
        if not is_address(entry) and not set(entry) & set("*?[") and not Path(entry).exists():
            raise FileNotFoundError(
                f"{entry}: no longer there; if the inputs have moved, name them behind --from MANIFEST"
            )


def _changed_inputs(study: Study, inputs: list[dict[str, Any]]) -> list[str]:
    """Files that came, went or changed, a line a kind."""
    from corpus.intake.files import find_inputs
    from corpus.later_files import UPDATE
    from corpus.ledger import Ledger

    known = {entry["file"]: entry["sha256"] for entry in inputs if not entry.get(UPDATE)}
    later = {entry["file"]: entry["sha256"] for entry in inputs if entry.get(UPDATE)}
    files = {file.name: file.fingerprint()[0] for file in find_inputs(study.inputs, Ledger())}
    found = {name: digest for name, digest in files.items() if digest not in study.later_files}
    added = [file for update in study.updates for file in find_inputs(update.inputs, Ledger())]
    there = {file.fingerprint()[0] for file in added}
    kinds = {
        "other bytes": [name for name in known if name in found and found[name] != known[name]],
        "no longer there": [
            *(name for name in known if name not in found),
            *(name for name, digest in later.items() if digest not in there),
        ],
        "not read then": [name for name in found if name not in known],
    }
    return [
        f"inputs: {kind}: {', '.join(names[:3])}{f' and {len(names) - 3:,} more' if len(names) > 3 else ''}"
        for kind, names in kinds.items()
        if names
    ]


def _changed(kind: str, known: dict[str, str], current: dict[str, str]) -> list[str]:
    return [
        f"{kind}: {name} was {known.get(name, 'not there')}, is {now}"
        for name, now in current.items()
        if known.get(name) != now
    ]
