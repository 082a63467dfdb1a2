"""Samples that stand for a corpus: shares of groups, seeds, order, reprints."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.sampling import stratified_sample


def make_articles(n: int = 3000) -> pd.DataFrame:
    """Articles of three papers of unlike size over three years, some without source or date."""
    random = np.random.default_rng(1)
    source = random.choice(["Daily", "Herald", "Post"], n, p=[0.7, 0.25, 0.05])
    date = [f"{year}-05-01" for year in random.choice([2019, 2020, 2021], n, p=[0.2, 0.3, 0.5])]
    return pd.DataFrame(
        {
            "article_id": [f"a{at}" for at in range(n)],
            "source": pd.Series(source, dtype="str").where(random.random(n) > 0.02),
            "date": pd.Series(date, dtype="str").where(random.random(n) > 0.05),
            "lang": random.choice(["en", "zh"], n, p=[0.9, 0.1]),
            "reprint_of": pd.Series([None] * n, dtype="str"),
        }
    )


def test_every_group_has_its_share():
    articles = make_articles()
    drawn = articles.iloc[stratified_sample(articles, 600, seed=0)]
    assert len(drawn) == 600
    keys = [articles["source"].fillna(""), articles["date"].fillna("").str[:4], articles["lang"]]
    of_all = articles.groupby(keys).size()
    of_sample = drawn.groupby([key.loc[drawn.index] for key in keys]).size().reindex(of_all.index)
    assert (of_sample - of_all * 0.2).abs().max() < 2
    assert of_sample.min() >= 1


def test_the_sample_is_the_same_in_any_order_and_another_with_another_seed():
    articles = make_articles()
    shuffled = articles.sample(frac=1, random_state=3).reset_index(drop=True)
    ids = set(articles["article_id"].iloc[stratified_sample(articles, 500, seed=0)])
    assert set(shuffled["article_id"].iloc[stratified_sample(shuffled, 500, seed=0)]) == ids
    other = set(articles["article_id"].iloc[stratified_sample(articles, 500, seed=1)])
    assert len(other & ids) < 200


def test_reprints_are_drawn_only_when_there_is_nothing_else():
    articles = make_articles(1000)
    articles.loc[:399, "reprint_of"] = "a900"
    drawn = articles.iloc[stratified_sample(articles, 600, seed=0)]
    assert drawn["reprint_of"].isna().all()
    more = articles.iloc[stratified_sample(articles, 700, seed=0)]
    assert more["reprint_of"].notna().sum() == 100
    assert set(drawn["article_id"]) <= set(more["article_id"])


def test_of_more_groups_than_places_the_greatest_are_drawn_from():
    articles = pd.DataFrame({"article_id": list("abcdefg"), "source": ["A", "A", "A", "B", "B", "C", "D"]})
    drawn = articles["source"].iloc[stratified_sample(articles, 2, seed=0)]
    assert sorted(drawn) == ["A", "B"]


def test_positions_come_in_order_and_a_small_corpus_is_whole():
    articles = make_articles(50)
    found = stratified_sample(articles, 20, seed=0)
    assert (np.diff(found) > 0).all()
    assert stratified_sample(articles, 50, seed=0).tolist() == list(range(50))
    with pytest.raises(ValueError, match="a sample of 0 articles"):
        stratified_sample(articles, 0, seed=0)
