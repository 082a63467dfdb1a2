import numpy as np
import pandas as pd
import pytest

from analysis.schema import DRIFT_COLUMNS
from analysis.trends.methods.drift import SUMMARY_COLUMNS, estimate_drift
from analysis.trends.periods import DateError
from corpus.schema import TableError

COMMON = [
    "village",
    "council",
    "school",
    "budget",
    "election",
    "road",
    "teacher",
    "harvest",
    "mayor",
    "bridge",
]


def articles(seed: int, *, drifting: bool, months: int = 24) -> pd.DataFrame:
    """Articles of two sources; from the second year on `drone` stands where `tractor` stood."""
    rng = np.random.default_rng(seed)
    rows = []
    for month in range(months):
        for source in ("a", "b"):
            for day in (4, 11, 18):
                word = "drone" if drifting and month >= 12 else "tractor"
                said = [*rng.choice(COMMON, 25), *([word] * rng.poisson(2)), *(["drone"] * rng.poisson(0.3))]
                date = f"{2020 + month // 12}-{month % 12 + 1:02d}-{day:02d}"
                rows.append((source, date, "en", " ".join(rng.permutation(said)), "farming"))
    frame = pd.DataFrame(rows, columns=["source", "date", "lang", "text", "theme"])
    return frame.assign(article_id=[f"a{place}" for place in range(len(frame))])


def test_the_words_that_carry_a_drift_come_first() -> None:
    drift = estimate_drift(articles(0, drifting=True), split="2021-01-01")
    assert list(drift.words.columns) == list(DRIFT_COLUMNS)
    assert set(drift.words["word"][:2]) == {"drone", "tractor"}
    first = drift.words.set_index("word")
    assert first.loc["drone", "log_odds"] > 1 > -1 > first.loc["tractor", "log_odds"]
    assert first.loc["drone", "after"] > 3 * first.loc["drone", "before"]
    assert (first.loc[["drone", "tractor"], "q"] < 1e-6).all()
    assert tuple(drift.themes.columns) == SUMMARY_COLUMNS
    assert drift.themes["p"].tolist() == drift.themes["q"].tolist() == [0.005]


def test_without_a_drift_words_are_called_at_their_rate() -> None:
    p = np.concatenate([
        estimate_drift(articles(seed, drifting=False), permutations=19).words["p"] for seed in range(12)
    ])  # fmt: skip
    assert len(p) == 12 * 12
    assert (p < 0.05).sum() <= 15  # of 144 at 5 %: more with probability .003


def test_parts_by_half_by_year_and_by_date_and_languages_apart() -> None:
    frame = articles(1, drifting=True, months=36)
    half = estimate_drift(frame, permutations=19)
    assert half.themes["since"].tolist() == ["2021-07-04"]
    year = estimate_drift(frame, split="year", permutations=19)
    assert year.themes["since"].tolist() == ["2021-01-01", "2022-01-01"]
    assert year.words.groupby("since")["z"].apply(lambda z: z.abs().max()).is_monotonic_decreasing
    both = pd.concat([frame, frame.assign(article_id=frame["article_id"] + "d", lang="de")])
    assert sorted(estimate_drift(both, permutations=19).themes["lang"]) == ["de", "en"]


def test_tokens_given_are_used_and_the_order_of_articles_decides_nothing() -> None:
    frame = articles(2, drifting=True)
    tokens = {key: ["given", *["words"] * (n % 3)] for n, key in enumerate(frame["article_id"])}
    assert set(estimate_drift(frame, tokens=tokens, permutations=19).words["word"]) == {"given", "words"}
    turned, usual = (estimate_drift(part, permutations=19) for part in (frame[::-1], frame))
    pd.testing.assert_frame_equal(turned.words, usual.words)
    pd.testing.assert_frame_equal(turned.themes, usual.themes)


def test_probabilities_and_too_few_articles() -> None:
    frame = articles(3, drifting=True).drop(columns="theme")
    soft = frame.assign(p_farming=0.9, p_rare=np.where(np.arange(len(frame)) < 15, 0.8, 0.1))
    drift = estimate_drift(soft, permutations=19)
    assert drift.themes["theme"].tolist() == ["farming"]
    nothing = estimate_drift(soft, themes=["rare"], permutations=19)
    assert nothing.words.empty
    assert list(nothing.words.columns) == list(DRIFT_COLUMNS)


@pytest.mark.parametrize(
    "change, arguments, error, words",
    [
        ({}, {"prior": 0}, ValueError, "prior is 0"),
        ({}, {"themes": ["fishing"]}, TableError, "no article has the theme 'fishing'; there are farming"),
        ({"text": None}, {}, TableError, "text"),
        ({}, {"split": "May"}, DateError, "expected an ISO date"),
    ],
)
def test_what_cannot_be_is_refused(change, arguments, error, words) -> None:
    frame = articles(4, drifting=False)
    frame = frame.drop(columns=list(change))
    with pytest.raises(error, match=words):
        estimate_drift(frame, **arguments)
