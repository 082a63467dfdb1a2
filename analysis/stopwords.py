"""Words that no topic is about: the lists of `stopwordsiso`, and the formulas of newspapers (`formulas.toml`).

Stop words are kept in the normal form of tokens (NFKC, casefolded, Chinese in simplified characters).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from analysis.scripts import is_latin_script, normalise, primary_subtag, simplify


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
    words = {*_general(base), *_formulas().get(base, ())}
    if not is_latin_script(base):
        words |= {*_general("en"), *_formulas()["en"]}
    normal = {normalise(word) for word in words}
    return frozenset(map(simplify, normal) if base == "zh" else normal)


def stop_words_of(langs: Iterable[str | None]) -> frozenset[str]:
    """Return the stop words of several languages together."""
    return frozenset[str]().union(*(stop_words(lang) for lang in langs))


def is_stopword(word: str, lang: str | None) -> bool:
    """Return whether `word` is a stop word of `lang`, in whatever case or Chinese script it is written."""
    normal = normalise(word)
    return (simplify(normal) if primary_subtag(lang) == "zh" else normal) in stop_words(lang)


def _general(base: str) -> frozenset[str]:
    """Return the stopwordsiso list of a language; empty when the package has none for it."""
    import stopwordsiso

    return frozenset(stopwordsiso.stopwords(base)) if stopwordsiso.has_lang(base) else frozenset()


@cache
def _formulas() -> dict[str, list[str]]:
    """Return the newspaper formulas by language."""
    table: dict[str, list[str]] = tomllib.loads(
        (files("analysis") / "formulas.toml").read_text(encoding="utf-8")
    )
    return table
