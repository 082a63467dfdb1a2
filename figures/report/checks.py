"""The validation in words: what each number of validation.json means, and the rest as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from figures.report.listing import Cell, Listing, Row, Words, columns, number, words_of
from figures.report.material import Material

_SKIPPED: Final = frozenset({"by_topic", "sizes"})
"""Told elsewhere: the table of topics has them a topic."""


def checks(material: Material) -> Listing:
    """What validation.json says, one line a value, with what it means where the words know it."""
    known: Mapping[str, str] = material.words["checks"]
    said = material.words["tables"]["checks"]
    rows = []
    for path, value in flatten(material.run.validation):
        name, _, meaning = known.get(path, "").partition(" | ")
        label = words_of(name) if name else Cell((Words(path.replace("_", " "), "en"),), path)
        rows.append(Row((label, words_of(value), words_of(meaning or None))))
    heads = columns(material.words["columns"], ("check", "value", "meaning"), ("", "value", ""))
    return Listing(
        "checks",
        said["title"],
        said["caption"],
        heads,
        tuple(rows),
        "validation.json",
        len(rows),
        said["empty"],
    )


def flatten(found: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Values with the path that leads to each, dots between; what is missing or empty is left out."""
    for key, value in found.items():
        path = f"{above}.{key}" if above else str(key)
        if key in _SKIPPED or value is None or value == []:
            continue
        if isinstance(value, Mapping):
            yield from flatten(value, path)
        elif isinstance(value, list):
            yield path, ", ".join(map(str, value))
        elif isinstance(value, float):
            yield path, number(value, 3)
        else:
            yield path, str(value)
