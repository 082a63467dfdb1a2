"""What the folders of a data set say of all rows below them: `source=晨报/year=2023/part-0.parquet`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from corpus.intake.row_readers import Row
from corpus.schema import DATE, DATE_END, DATE_EVIDENCE, DATE_START, SOURCE, SOURCE_EVIDENCE

_FOLDER: Final = re.compile(r"(\w+)=(.+)")
_MISSING: Final = "__HIVE_DEFAULT_PARTITION__"
"""What writers call the folder of the rows that have no value."""
_YEAR: Final = "year"


@dataclass(frozen=True)
class Partitions:
    """Columns that folders hold, and the year if they do.

    Attributes
    ----------
    columns
        Their names and values, as text.
    year
        The year of all rows; it is no column, since a row's date says more.
    """

    columns: dict[str, str]
    year: str | None = None

    @classmethod
    def of(cls, place: str, *, claimed: Collection[str] = ()) -> Partitions:
        """Read them off the folders of a file; names in `claimed` are columns whatever they are."""
        folders = [_FOLDER.fullmatch(part) for part in place.replace("\\", "/").split("/")[:-1]]
        found = {match[1]: unquote(match[2]) for match in folders if match}
        columns = {name: value for name, value in found.items() if value != _MISSING}
        year = columns.get(_YEAR, "")
        if _YEAR in claimed or not re.fullmatch(r"\d{4}", year):
            return cls(columns)
        return cls({name: value for name, value in columns.items() if name != _YEAR}, year)

    def fill(self, row: Row) -> Row:
        """Add to a row what it doesn't say itself."""
        return {**self.columns, **row}

    def explain(self, row: Row) -> Row:
        """Say of a row, with its columns named as ours, what comes from a folder.

        A row without a date gets the year, which stands for the interval from its first to its last day.
        """
        told: Row = {}
        if self.columns.get(SOURCE) == row.get(SOURCE) is not None:
            told[SOURCE_EVIDENCE] = f"metadata: folder {SOURCE}={row[SOURCE]}"
        if self.year is not None and not {DATE, DATE_START, DATE_END} & row.keys():
            told |= {DATE: self.year, DATE_EVIDENCE: f"folder {_YEAR}={self.year}"}
        return {**told, **row}
