"""A page's source, the words it was read from, and how far each kind of evidence can be relied on.

CONFIDENCE is set from simulated pages that mislead (`python -m benchmarks.source_accuracy`; `docs/reading.md`
has the figures), rounded down where every simulated page was right: real ones have more ways to mislead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "given",
    "metadata",
    "site",
    "label",
    "masthead",
    "dated masthead",
    "imprint",
    "programme",
    "account",
    "bylines",
    "byline",
    "file name",
    "inferred, own voice",
    "inferred, offices",
]

CONFIDENCE: Final[dict[Kind, float]] = {
    "given": 1.0,
    "metadata": 0.95,
    "site": 0.85,
    "label": 0.95,
    "masthead": 0.9,
    "dated masthead": 0.98,
    "imprint": 0.95,
    "programme": 0.98,
    "account": 0.95,
    "bylines": 0.95,
    "byline": 0.75,
    "file name": 0.9,
    "inferred, own voice": 0.65,
    "inferred, offices": 0.6,
}
"""Probability that a source of this kind of evidence is right."""


@dataclass(frozen=True)
class Source:
    """A paper's or site's name.

    Attributes
    ----------
    name
        As printed, or inferred; None if nothing names it.
    evidence
        How it was read (`explicit`, `file name`, `metadata` or `inferred`) and the words it was read from.
    confidence
        Probability from 0 to 1 that it is right, from the kind of evidence; None without a name.
    """

    name: str | None
    evidence: str | None
    confidence: float | None = None


UNKNOWN: Final = Source(None, None)
"""A page that doesn't say."""


def source_by(kind: Kind, name: str, evidence: str) -> Source:
    """Give a source with the confidence of its kind of evidence."""
    return Source(name, evidence, CONFIDENCE[kind])
