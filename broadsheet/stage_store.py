"""What a run folder holds already: which stages are whole, from what they were made, and what they wrote.

A stage is kept when two things hold: everything that it was made from (its *needs*: settings, inputs, code,
outputs of earlier stages, each as a hash) is what it was, and the files that it wrote still have the bytes
they had. So a stage that was killed in the middle, or whose files somebody changed, is made again, and a
file half written is never taken for a whole one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from broadsheet.storage import STORE, is_inside, sha256, write_json

Needs: TypeAlias = Mapping[str, str]
"""What a stage is made from: a name that people understand → a hash of it."""

KEPT: Final = "kept: nothing that it is made from has changed"
"""What a run says of a stage that it doesn't make again."""
_RECORDS: Final = "records.json"


@dataclass(frozen=True)
class Record:
    """A whole stage: the hashes of what it was made from, and of the files that it wrote."""

    needs: dict[str, str]
    outputs: dict[str, str]


class StageStore:
    """The stages that a run folder holds; it lives in the folder's `.stages`.

    Parameters
    ----------
    folder
        The run folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / STORE
        self._records = _read(self.home / _RECORDS)

    def path(self, name: str) -> Path:
        """Where a table lies that one stage hands to another and that isn't part of the run's contract."""
        return self.home / name

    def digest(self, stage: str) -> str:
        """One hash over all that a whole stage wrote.

        Raises
        ------
        KeyError
            The stage isn't whole.
        """
        return digest(self._records[stage].outputs)

    def needs(self, stage: str) -> Needs:
        """What a whole stage was made from; nothing where it isn't whole."""
        record = self._records.get(stage)
        return {} if record is None else record.needs

    def outputs(self, stage: str) -> tuple[str, ...]:
        """The files that a whole stage wrote, relative to the folder; none where it isn't whole."""
        record = self._records.get(stage)
        return () if record is None else tuple(record.outputs)

    def changes(self, stage: str, needs: Needs) -> tuple[str, ...]:
        """Why a stage must be made again, in the words of its needs; nothing when it can be kept."""
        record = self._records.get(stage)
        if record is None:
            return ("not made yet",)
        changed = [name for name, value in needs.items() if record.needs.get(name) != value]
        if changed:
            return tuple(changed)
        return tuple(f"{name} is not as it was written" for name in self._altered(record))

    @contextmanager
    def making(self, stage: str, needs: Needs, outputs: tuple[str, ...]) -> Iterator[None]:
        """Make a stage: what it wrote before goes, and what stands there afterwards is recorded.

        Parameters
        ----------
        stage, needs
            Its name, and what it is made from.
        outputs
            The files and folders that it writes, relative to the run folder; those that aren't there
            afterwards are not recorded.
        """
        self._forget(stage, outputs)
        self.home.mkdir(parents=True, exist_ok=True)
        yield
        files = {name: sha256(self.folder / name) for name in _files(self.folder, outputs)}
        self._records[stage] = Record(dict(needs), files)
        self._write()

    def copy_records(self, stages: tuple[str, ...], folder: Path) -> None:
        """Record in another folder that it holds these stages, whose files were copied there."""
        other = StageStore(folder)
        other._records = {stage: self._records[stage] for stage in stages}
        other._write()

    def _altered(self, record: Record) -> list[str]:
        """The files of a stage that are gone or have other bytes."""
        return [
            name
            for name, known in record.outputs.items()
            if not (self.folder / name).is_file() or sha256(self.folder / name) != known
        ]

    def _forget(self, stage: str, outputs: tuple[str, ...]) -> None:
        """Strike a stage from the records before its files go, so that no record outlives its files."""
        if self._records.pop(stage, None):
            self._write()
        for name in outputs:
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def _write(self) -> None:
        self.home.mkdir(exist_ok=True)
        write_json({name: asdict(record) for name, record in self._records.items()}, self.home / _RECORDS)


def digest(content: Any) -> str:
    """SHA-256 of plain values (settings, hashes), the same for the same values in any order of their keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _files(folder: Path, names: tuple[str, ...]) -> list[str]:
    """The files that stand under the given names, relative to the folder."""
    found: list[Path] = []
    for name in names:
        path = folder / name
        found += sorted(path.rglob("*")) if path.is_dir() else [path]
    return [path.relative_to(folder).as_posix() for path in found if path.is_file()]


def _read(path: Path) -> dict[str, Record]:
    """The records of a folder; none where there are none, or where they aren't what this version writes.

    Records say only what needn't be made again, so without them everything is made anew, and nothing is lost.
    """
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text("utf-8"))
        records = {n: Record(dict(entry["needs"]), dict(entry["outputs"])) for n, entry in content.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {n: record for n, record in records.items() if all(map(is_inside, record.outputs))}
