import numpy as np
import pandas as pd
import pytest

from analysis.themes.topic_profile import PROFILE_COLUMNS, topic_theme_profile
from corpus.schema import TableError


def test_shares_and_lifts_of_each_topic():
    table = pd.DataFrame(
        {
            "topic": [0, 0, 1, 1, -1],
            "theme": ["health", "health", "unmapped", "charity", "charity"],
            "p_health": [0.9, 0.7, 0.0, 0.0, 0.4],
            "p_charity": [0.0, 0.0, 0.0, 0.8, 0.7],
            "p_military": 0.0,
        }
    )
    found = topic_theme_profile(table).set_index(["topic", "theme"])
    assert len(found) == 2 * 4
    assert found.loc[(0, "health"), "n_articles"] == 2
    assert found.loc[(0, "health"), "share"] == pytest.approx(0.8)
    assert found.loc[(0, "health"), "lift"] == pytest.approx(0.8 / 0.4)
    assert found.loc[(1, "unmapped"), "share"] == pytest.approx(0.5)
    assert found.loc[(1, "charity"), "lift"] == pytest.approx(0.4 / 0.3)
    assert np.isnan(found.loc[(1, "military"), "lift"])


def test_no_topics_no_rows():
    table = pd.DataFrame({"topic": [-1], "theme": ["unmapped"], "p_health": [0.1]})
    assert list(topic_theme_profile(table).columns) == list(PROFILE_COLUMNS)
    assert topic_theme_profile(table).empty
    with pytest.raises(TableError, match="lacks topic"):
        topic_theme_profile(table.drop(columns="topic"))
