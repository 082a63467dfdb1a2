"""Reads the small tables that ship with the package, in `corpus/data`."""

from __future__ import annotations

import csv
import io
from importlib.resources import files


def read_data(name: str) -> list[dict[str, str]]:
    """The rows of the table `name` (a CSV file in `corpus/data`)."""
    text = files("corpus").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), strict=True))
