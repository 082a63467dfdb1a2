import numpy as np
import pandas as pd
import pytest

from analysis.trends.panel import gather_issues, sum_by


def articles(rows):
    frame = pd.DataFrame(rows, columns=["source", "date", "date_start", "date_end", "p_x"])
    return frame.assign(article_id=[f"n{n}" for n in range(len(frame))])


FRAME = articles(
    [
        ("b", "2024-01-30", None, None, 0.5),
        ("a", "2024-01-30", None, None, 1.0),
        ("b", "2024-01-30", "2024-01-01", "2024-06-30", 0.2),
        ("b", None, "2024-01-30", "2024-02-02", 0.4),
        ("b", None, "2024-01-30", None, 0.4),
    ]
)


def test_an_issue_is_one_source_on_one_day() -> None:
    panel = gather_issues(FRAME, period="month")
    assert (panel.themes, panel.sources) == (("x",), ("a", "b"))
    assert panel.source.tolist() == [0, 1, 1, 1]
    assert panel.period.tolist() == [0, 0, 0, 1]
    assert panel.issue.tolist() == [0, 1, 2, 2]
    assert panel.weight.tolist() == [1, 2, 0.5, 0.5]
    assert panel.weight_squared.tolist() == [1, 2, 0.25, 0.25]
    assert panel.members[:, 0].tolist() == pytest.approx([1, 0.7, 0.2, 0.2])
    p = np.array([1, 0.5, 0.2, 0.4])
    assert panel.moments[:, 0].tolist() == pytest.approx([(p**power).sum() for power in range(4)])
    assert panel.extremes[:, 0].tolist() == [0.2, 1]
    assert panel.undated == 1


@pytest.mark.parametrize("labelled", [False, True])
def test_sums_of_blocks_are_those_of_all_articles(labelled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    start = np.datetime64("2023-01-01") + rng.integers(0, 90, size=200)
    end = start + rng.integers(0, 40, size=200)
    frame = pd.DataFrame(
        {
            "article_id": [f"n{n:03}" for n in rng.permutation(200)],
            "source": rng.choice(["a", "b"], 200),
            "date_start": start.astype(str),
            "date_end": end.astype(str),
        }
    )
    if labelled:
        frame["theme"] = rng.choice(["x", "y", "unmapped"], 200)
        frame.loc[:9, "theme"] = None
    else:
        frame[["p_x", "p_y"]] = rng.random((200, 2))
    whole = gather_issues(frame, period="month")
    monkeypatch.setattr("analysis.trends.partial_sums._ARTICLES", 7)
    parts = gather_issues(frame, period="month")
    assert parts.themes == whole.themes == ("x", "y")
    for name in ("members", "moments"):
        assert np.allclose(getattr(parts, name), getattr(whole, name), rtol=1e-12, atol=1e-12)
    for name in ("extremes", "weight", "period", "issue", "source"):
        assert np.array_equal(getattr(parts, name), getattr(whole, name))
    of_themes = frame["theme"].eq("x") if labelled else frame["p_x"]
    assert parts.members[:, 0].sum() == pytest.approx(of_themes.sum())


def test_a_day_that_is_known_comes_before_an_interval() -> None:
    assert len(gather_issues(FRAME.iloc[:3], period="month").calendar) == 1


def test_the_middle_of_an_interval_is_the_issues_day() -> None:
    panel = gather_issues(FRAME, period="month")
    first = np.datetime64("2024-01-30").astype(int)
    assert panel.day.tolist() == [first, first, first + 1.5, first + 1.5]


def test_no_article_is_lost_or_doubled() -> None:
    rng = np.random.default_rng(0)
    start = np.datetime64("2023-01-01") + rng.integers(0, 700, size=500)
    end = start + rng.integers(0, 90, size=500)
    rows = zip(
        rng.choice(["a", "b"], 500),
        [None] * 500,
        start.astype(str),
        end.astype(str),
        rng.random(500),
        strict=True,
    )
    frame = articles(list(rows))
    for period in ("day", "week", "month", "quarter", "year"):
        panel = gather_issues(frame, period=period)
        assert panel.weight.sum() == pytest.approx(500)
        assert panel.members.sum() == pytest.approx(frame["p_x"].sum())
        assert np.bincount(panel.issue, panel.weight).tolist() == pytest.approx(
            np.bincount(panel.issue, panel.weight).round()
        )


def test_order_of_rows_does_not_matter_to_the_last_bit() -> None:
    shuffled = gather_issues(FRAME.iloc[[3, 1, 4, 2, 0]], period="week")
    for name, values in vars(gather_issues(FRAME, period="week")).items():
        if isinstance(values, np.ndarray):
            assert values.tobytes() == getattr(shuffled, name).tobytes()


def test_sum_by() -> None:
    assert sum_by(np.array([2, 0, 2]), np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), 4).tolist() == [
        [3, 4],
        [0, 0],
        [6, 8],
        [0, 0],
    ]


def test_intervals_need_no_column_of_days() -> None:
    panel = gather_issues(FRAME.drop(columns="date"), period="month")
    # January to June from one article's interval, four days from another's; the others have none.
    assert len(panel.calendar) == 6
    assert panel.weight.sum() == pytest.approx(2)
    assert panel.undated == 3
