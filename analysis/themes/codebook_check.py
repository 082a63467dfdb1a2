"""Reads a codebook as a colleague would: what loads, and still makes the themes weaker than need be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from analysis.themes.codebook import Codebook, load_codebook
from analysis.themes.codebook_errors import KeyLines, at

FEWEST_TERMS: Final = 8
"""Seed terms a theme needs in a language to be found there."""
FEWEST_EXAMPLES: Final = 2
"""Example articles in that a theme should have."""


def check_codebook(name_or_path: str | Path = "local_governance") -> list[str]:
    """Warnings about a codebook that loads, each as `file:line: …`, in the order of the lines.

    Looks for seed terms shared by themes or written twice, languages that some themes have and others lack,
    too few seed terms or examples, themes without an example that only seems to belong, and languages without
    an example of what belongs to no theme. Raises as `load_codebook`.
    """
    codebook = load_codebook(name_or_path)
    lines = KeyLines(codebook.path.read_text("utf-8-sig"))
    found = [
        remark
        for look in (_shared_terms, _languages, _examples, _outside)
        for remark in look(codebook, lines)
    ]
    return [at(codebook.path, line, message) for line, message in sorted(found)]


def _shared_terms(codebook: Codebook, lines: KeyLines) -> Iterator[tuple[int, str]]:
    """Seed terms that several themes have, or one theme twice."""
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, theme in enumerate(codebook.contenders):
        for lang, terms in theme.terms.items():
            for seed_term in terms:
                owners[lang, seed_term.text.casefold()].append(number)
    for (lang, term), numbers in owners.items():
        if len(numbers) > 1:
            names = ", ".join(sorted({_called(codebook, number) for number in numbers}))
            outside = numbers[-1] == len(codebook.themes)
            line = lines.find(
                ("outside", "terms", lang) if outside else ("theme", numbers[-1], "terms", lang)
            )
            what = "is a seed term of" if len(set(numbers)) > 1 else "stands twice among the seed terms of"
            yield line, f"{term!r} ({lang}) {what} {names}"


def _called(codebook: Codebook, number: int) -> str:
    """The id of a theme, or what the table of what lies outside them is called."""
    return codebook.ids[number] if number < len(codebook.themes) else "outside"


def _outside(codebook: Codebook, lines: KeyLines) -> Iterator[tuple[int, str]]:
    """Whether the codebook says what belongs to no theme, in each language that its themes speak."""
    spoken = {example.lang for theme in codebook.themes for example in theme.examples}
    described = {example.lang for example in codebook.outside.examples} if codebook.outside else set()
    lacking = sorted(spoken - described)
    if lacking:
        yield (
            lines.find(("outside",)),
            f"no [[outside.example]] in {', '.join(lacking)}: say what articles of no theme are like",
        )


def _languages(codebook: Codebook, lines: KeyLines) -> Iterator[tuple[int, str]]:
    """Languages that a theme lacks though others have them, and languages with too few seed terms."""
    spoken = sorted({lang for theme in codebook.themes for lang in theme.terms})
    for number, theme in enumerate(codebook.themes):
        parts = {"name": theme.names, "definition": theme.definitions, "terms": theme.terms}
        for part, by_lang in parts.items():
            lacking = [lang for lang in spoken if lang not in by_lang]
            if lacking:
                yield (
                    lines.find(("theme", number, part)),
                    f"theme {theme.id!r} has no {part} in {', '.join(lacking)}",
                )
        for lang, terms in theme.terms.items():
            if len(terms) < FEWEST_TERMS:
                line = lines.find(("theme", number, "terms", lang))
                yield (
                    line,
                    f"theme {theme.id!r} has {len(terms)} seed terms in {lang}; aim at {FEWEST_TERMS}",
                )


def _examples(codebook: Codebook, lines: KeyLines) -> Iterator[tuple[int, str]]:
    """Themes with too few examples in, or none out."""
    for number, theme in enumerate(codebook.themes):
        line = lines.find(("theme", number, "id"))
        inside = sum(example.belongs for example in theme.examples)
        if inside < FEWEST_EXAMPLES:
            yield (
                line,
                f"theme {theme.id!r} has {inside} examples that belong; aim at {FEWEST_EXAMPLES} or more",
            )
        if inside == len(theme.examples):
            yield line, f"theme {theme.id!r} has no example that only seems to belong (belongs = false)"
