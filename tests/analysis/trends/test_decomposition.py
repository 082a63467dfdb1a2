import numpy as np
import pandas as pd
import pytest

from analysis.schema import DECOMPOSITION_COLUMNS
from analysis.trends.estimation import estimate_trends
from analysis.trends.simulate import Design, Signal, simulate_study


def months(counts) -> pd.DataFrame:
    """Make articles from (month, source, articles on the theme, articles off it)."""
    rows = [
        (source, f"{month}-{day % 28 + 1:02d}", theme)
        for month, source, on, off in counts
        for day, theme in enumerate(["x"] * on + ["unmapped"] * off)
    ]
    frame = pd.DataFrame(rows, columns=["source", "date", "theme"])
    return frame.assign(article_id=range(len(frame)))


def decomposed(frame) -> pd.DataFrame:
    return estimate_trends(frame).decomposition


def test_parts_are_kitagawas_by_hand() -> None:
    counts = [("2024-01", "a", 10, 90), ("2024-01", "b", 120, 180)]
    counts += [("2024-02", "a", 60, 240), ("2024-02", "b", 50, 50)]
    row = decomposed(months(counts)).iloc[0]
    # Shares .1 → .2 (a), .4 → .5 (b); parts of all articles .25 → .75 (a), .75 → .25 (b).
    assert row["within"] == pytest.approx(0.5 * 0.1 + 0.5 * 0.1)
    assert row["between"] == pytest.approx(0.5 * 0.15 - 0.5 * 0.45)
    assert row["change"] == pytest.approx(110 / 400 - 130 / 400)
    assert (row["since"], row["period_start"]) == ("2024-01-01", "2024-02-01")


def test_parts_add_up_to_the_change() -> None:
    design = Design({"x": Signal(0.2, leanings=(0.5, -0.5))}, {"a": 40, "b": [0] * 4 + [60] * 4}, months=8)
    frame = simulate_study(design, seed=1).articles
    found = estimate_trends(frame[["article_id", "source", "date", "theme"]])
    share = found.trends.query("source == 'ALL'")["share"].to_numpy()
    table = found.decomposition
    assert tuple(table.columns) == DECOMPOSITION_COLUMNS
    assert table["change"].to_numpy() == pytest.approx(np.diff(share))
    assert (table["within"] + table["between"]).sum() == pytest.approx(share[-1] - share[0])


def test_a_source_that_comes_is_a_change_of_the_mix() -> None:
    counts = [("2024-01", "a", 20, 80), ("2024-02", "a", 20, 80), ("2024-02", "b", 60, 40)]
    row = decomposed(months(counts)).iloc[0]
    assert (row["within"], row["between"]) == pytest.approx((0.0, 0.2))


def test_periods_without_articles_are_passed_over() -> None:
    table = decomposed(months([("2024-01", "a", 20, 80), ("2024-04", "a", 40, 60)]))
    assert table[["since", "period_start"]].to_numpy().tolist() == [["2024-01-01", "2024-04-01"]]
    assert decomposed(months([("2024-01", "a", 20, 80)])).empty


def test_the_interval_of_the_part_within_covers() -> None:
    inside = []
    design = Design({"x": Signal(0.2, leanings=(0.5, -0.5))}, {"a": [80, 160], "b": [160, 80]}, months=2)
    for seed in range(60):
        frame = simulate_study(design, seed=seed).articles
        row = decomposed(frame[["article_id", "source", "date", "theme"]]).iloc[0]
        inside.append(row["within_low"] <= 0 <= row["within_high"])
        assert row["within_low"] < row["within"] < row["within_high"]
    assert np.mean(inside) > 0.85
