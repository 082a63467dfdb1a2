"""Documents as topics read them: title and text, composed when asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.topics import documents as module
from analysis.topics.documents import Documents

ARTICLES = pd.DataFrame(
    {
        "title": ["Rain", None, "", "Floods", float("nan")],
        "text": ["It rained.", "No title.", "Empty title.", "Floods came.", ""],
    }
)
COMPOSED = ["Rain\nIt rained.", "No title.", "Empty title.", "Floods came.", ""]


@pytest.mark.parametrize("block", [1, 2, 1_000])
def test_title_stands_over_a_text_that_does_not_open_with_it(monkeypatch, block):
    monkeypatch.setattr(module, "_ARTICLES", block)
    documents = Documents(ARTICLES)
    assert list(documents) == COMPOSED
    assert len(documents) == 5
    assert [documents[at] for at in (0, 3, -1)] == [COMPOSED[0], COMPOSED[3], COMPOSED[-1]]
    assert documents[1:4] == COMPOSED[1:4]
    with pytest.raises(IndexError):
        documents[5]


def test_rows_may_have_any_index():
    shuffled = ARTICLES.iloc[[3, 0]]
    assert list(Documents(shuffled)) == [COMPOSED[3], COMPOSED[0]]
    assert np.array_equal(Documents(shuffled)[:1], [COMPOSED[3]])


def test_texts_alone_do():
    assert list(Documents(ARTICLES[["text"]])) == ARTICLES["text"].tolist()
