"""The texts that topics are found in, composed when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, overload

import pandas as pd

from analysis.topics.tables import optional_strings
from corpus.schema import TEXT, TITLE

_ARTICLES: Final = 1_000
"""Texts composed at once while all are gone through."""


class Documents(Sequence[str]):
    """Title and text of every article, a title that the text opens with once.

    A list of them would hold every text a second time.
    """

    def __init__(self, articles: pd.DataFrame) -> None:
        self._texts = articles[TEXT]
        self._titles = articles.get(TITLE)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """Return one document, or several."""
        if isinstance(at, slice):
            return self._composed(at)
        one = range(len(self))[at]
        return self._composed(slice(one, one + 1))[0]

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._texts)

    def __iter__(self) -> Iterator[str]:
        """Yield every document."""
        for start in range(0, len(self), _ARTICLES):
            yield from self._composed(slice(start, start + _ARTICLES))

    def _composed(self, part: slice) -> list[str]:
        """Return some documents."""
        texts: list[str] = self._texts.iloc[part].tolist()
        if self._titles is None:
            return texts
        titles = optional_strings(self._titles.iloc[part])
        return [
            text if title is None or text.startswith(title) else f"{title}\n{text}"
            for title, text in zip(titles, texts, strict=True)
        ]
