"""Turns filled sheets into a coded sample, which calibrates the next run (`themes.coded`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from analysis.coding.filled import Codes
from analysis.coding.kit import ITEM, Kit
from analysis.coding.sampling import WEIGHT
from analysis.schema import THEME
from analysis.themes.coded import CODER
from corpus.schema import ARTICLE_ID

LABEL_COLUMNS: Final = (ARTICLE_ID, CODER, THEME, WEIGHT)
DISAGREEMENT_COLUMNS: Final = (ITEM, ARTICLE_ID)


def coded_labels(codes: Sequence[Codes], kit: Kit) -> pd.DataFrame:
    """All codes, one row an article, coder and theme, with the article's weight: `LABEL_COLUMNS`."""
    rows = [
        (article_id, coder.coder, theme, weight)
        for item, article_id, weight in zip(
            kit.articles[ITEM], kit.articles[ARTICLE_ID], kit.articles[WEIGHT], strict=True
        )
        for coder in codes
        for theme in coder.themes.get(item, ())
    ]
    return pd.DataFrame(rows, columns=list(LABEL_COLUMNS))


def disagreements(codes: Sequence[Codes], kit: Kit) -> pd.DataFrame:
    """Articles whose coders gave different main themes, with what each gave, for a talk among the coders."""
    rows = []
    for item, article_id in zip(kit.articles[ITEM], kit.articles[ARTICLE_ID], strict=True):
        given = {coder.coder: coder.themes[item] for coder in codes if item in coder.themes}
        if len({found[0] for found in given.values()}) > 1:
            rows.append([item, article_id, *(", ".join(given.get(coder.coder, ())) for coder in codes)])
    return pd.DataFrame(rows, columns=[*DISAGREEMENT_COLUMNS, *(coder.coder for coder in codes)])
