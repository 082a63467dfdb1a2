"""Words that no topic is about: the lists of `stopwordsiso` and newspaper formulas (`formulas.toml`).

Stop words are kept in the normal form of tokens (NFKC, casefolded, Chinese in simplified characters).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from analysis.words.scripts import is_latin_script, normalise, primary_subtag, simplify


@cache
def stop_words(lang: str | None) -> frozenset[str]:
    """Return the stop words of a language.

    Parameters
    ----------
    lang
        A BCP-47 tag; region and script don't matter. A language without a list has the newspaper formulas
        of English alone, or nothing. None has no stop words.

    Returns
    -------
    frozenset of str
        In the normal form of tokens. A language that isn't written in Latin letters has the English ones too,
        for the English words inside its articles.
    """
    base = primary_subtag(lang)
    if base is None:
        return frozenset()
    words = _listed(base) if is_latin_script(base) else _listed(base) | _listed("en")
    normal = {normalise(word) for word in words}
    return frozenset(map(simplify, normal) if base == "zh" else normal)


def stop_words_of(langs: Iterable[str | None]) -> frozenset[str]:
    """Return the stop words of several languages together."""
    return frozenset[str]().union(*(stop_words(lang) for lang in langs))


def _listed(base: str) -> set[str]:
    """Return the words of one language's lists as they are written there."""
    import stopwordsiso

    general = stopwordsiso.stopwords(base) if stopwordsiso.has_lang(base) else set[str]()
    lists = _lists()
    return (set(general) - set(lists["keep"].get(base, ()))) | set(lists["formulas"].get(base, ()))


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    """Return our own lists: which words, language by language."""
    text = (files("analysis.words") / "formulas.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return table
