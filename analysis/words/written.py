"""How words are written in the articles: `supreme court` as Supreme Court, `eu` as EU."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

_SENTENCE_BEGINS: Final = re.compile(r"(?:^|[.!?:。！？：\n“\"«„(])\s*$")


def written_forms(words: Iterable[str], texts: Sequence[str]) -> dict[str, str]:
    """Return every word as the texts write it most often.

    What stands at the beginning of a sentence counts only where the word stands nowhere else, since it has a
    capital there for that alone. Ties go to the form with fewer capitals. A word that is not found (cut out
    of a longer one, or brought to another character) stays as it is.

    Parameters
    ----------
    words
        In the normal form of tokens; phrases with a space.
    texts
        Texts of one language.
    """
    wanted = sorted(
        {word for word in words if word.upper() != word.lower()}, key=lambda word: (-len(word), word)
    )
    forms = {word: word for word in words}
    if not wanted:
        return forms
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in wanted) + r")(?!\w)",
        re.IGNORECASE,
    )
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for match in pattern.finditer(text):
            form = " ".join(match.group().split())
            begins = _SENTENCE_BEGINS.search(text, max(0, match.start() - 3), match.start())
            (first if begins else inside)[form.casefold()][form] += 1
    for word in wanted:
        counts = inside.get(word) or first.get(word)
        if counts:
            forms[word] = min(counts, key=lambda form: (-counts[form], sum(map(str.isupper, form)), form))
    return forms
