"""Word drift: whether articles on a theme say it in other words than before, and in which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import DRIFT_COLUMNS, THEME, UNMAPPED, probability_column
from analysis.trends.methods.word_odds import WordCounts, compare_words, divergence_p
from analysis.trends.multiplicity import false_discovery_rates
from analysis.trends.panel import UNKNOWN_SOURCE
from analysis.trends.periods import Days, read_days
from corpus.schema import ARTICLE_ID, DATE, LANG, SOURCE, TEXT, TableError, require_columns

LEAST_ARTICLES: Final = 20
"""A theme needs so many articles in a language on either side."""
LEAST_ISSUES: Final = 8
"""A word that stands in fewer issues than this isn't tested."""
PERMUTATIONS: Final = 199
SUMMARY_COLUMNS: Final = (THEME, "lang", "since", "n_before", "n_after", "divergence", "p", "q")


@dataclass(frozen=True)
class Drift:
    """What `estimate_drift` found.

    Attributes
    ----------
    words
        One row a word tested: `theme`, `lang`, `since` (first day of the later part), `word`, `before`,
        `after` (times a thousand words), `log_odds`, `low`, `high`, `z`, `p`, `q`; the most changed first.
    themes
        One row a theme, language and comparison: `since`, articles before and after, `divergence` (of Jensen
        and Shannon, in bits), `p`, `q`.
    """

    words: pd.DataFrame
    themes: pd.DataFrame


def estimate_drift(
    frame: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
    split: str = "half",
    prior: float = 500.0,
    level: float = 0.95,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
    tokens: Mapping[str, Sequence[str]] | None = None,
) -> Drift:
    """Compare the words of each theme's articles before and after a day, in each language by itself.

    For a word w with y articles' words before (0) and after (1) out of n, log_odds = log[(y_1 + α_w) /
    (n_1 + α - y_1 - α_w)] - log[(y_0 + α_w) / (n_0 + α - y_0 - α_w)], α_w = `prior` · its frequency in
    both parts together, α = `prior`: the log-odds ratio with an informative Dirichlet prior (Monroe,
    Colaresi & Quinn 2008, "Fightin' Words", *Political Analysis* 16, 372, eq. 15), which draws rare words
    to no difference. Their variance takes every word for an independent draw; but a word that is said
    once in an article is said again, and one desk's articles of a day share their words. So the variance
    here is the sandwich over issues: Σ_g (y_gw - p_w n_g)² of each part, times what a count more does to
    the log-odds; `z` is log_odds over its root, and p is of t with as many degrees of freedom as there
    are issues that hold the word, less one, and no more than 3 (Σ u²)² / Σ u⁴, u being the issues'
    deviations: a word that a few issues are full of has few (after Satterthwaite 1946, *Biometrics* 2,
    110). Articles are weighted so that each source has the same part of the articles before and after: a
    source that comes or goes brings its own style, not a drift. The variance of a side is never taken for
    less than that of independent words.

    `themes` of the result tells whether the wording as a whole drifted: the Jensen–Shannon divergence of the
    two word distributions against that of `permutations` in which issues change sides within their source.

    Parameters
    ----------
    frame
        `article_id`, `source`, `date`, `lang`, `text`, and `p_<theme>` columns or `theme`. An article belongs
        to the themes of a probability of .5 or more. Articles without a date are left out.
    themes
        The themes to look at; all by default.
    split
        "half" (the median day of the theme's articles in the language), "year" (each calendar year against
        the one before), or an ISO date, the first day of the later part.
    prior
        Weight of the prior in words, above 0.
    level
        Confidence level of `low` and `high`.
    permutations, seed
        Number of permutations, and their seed.
    tokens
        `article_id` → words, where they are known already; else `analysis.words` cuts the texts.

    Returns
    -------
    Drift
        `q` is Benjamini–Hochberg over all words of the table, and over all rows of `themes`.

    Raises
    ------
    corpus.schema.TableError
        If a column is missing or a theme isn't in the table.
    DateError
        If a date can't be read.
    ValueError
        If a parameter is out of its range.

    Notes
    -----
    Assumptions: issues are independent; halves that aren't whole years let seasonal words look like drift
    (choose `split` so that the parts are). Not tested: a theme with fewer than twenty articles on a side; a
    word in fewer than eight issues. Don't use it to follow what one word means: it counts words. Don't read
    it for a theme whose articles were found by those very words.
    """
    if not prior > 0 or not 0 < level < 1 or permutations < 19:
        raise ValueError(
            f"prior is {prior}, level {level}, permutations {permutations}; expected a number above 0, one "
            "between 0 and 1, and 19 or more"
        )
    require_columns(frame, (ARTICLE_ID, SOURCE, DATE, LANG, TEXT), name="the table of articles")
    frame = frame.sort_values(ARTICLE_ID, kind="stable")
    articles = _articles(frame)
    members = _members(frame, themes)
    words, rows = [], []
    rng = np.random.default_rng(seed)
    known = dict(tokens) if tokens is not None else {}
    for theme, inside in members.items():
        mine = articles[inside & ~np.isnat(articles["day"].to_numpy())]
        for lang, group in mine.groupby(LANG, sort=True, dropna=False):
            for since, before, after in _parts(group["day"].to_numpy().astype("datetime64[D]"), split):
                part = group[before | after]
                later = after[before | after]
                if min(later.sum(), (~later).sum()) < LEAST_ARTICLES:
                    continue
                counts = _count(part, later, known)
                found = compare_words(counts, prior=prior, level=level, least=LEAST_ISSUES)
                names = {THEME: theme, "lang": lang, "since": since}
                words.append(pd.DataFrame(found).assign(**names))
                divergence, p = divergence_p(counts, permutations, rng)
                rows.append((*names.values(), int((~later).sum()), int(later.sum()), divergence, p))
    return Drift(_word_table(words), _theme_table(rows))


def _word_table(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the words of all comparisons together, those that changed most first in each."""
    if not parts:
        return pd.DataFrame(columns=list(DRIFT_COLUMNS))
    parts = [part.sort_values("z", key=lambda z: -np.abs(z), kind="stable") for part in parts]
    table = pd.concat(parts, ignore_index=True)
    table["q"] = false_discovery_rates(table["p"])
    return table[list(DRIFT_COLUMNS)]


def _theme_table(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Lay the comparisons as a whole out."""
    table = pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS[:-1]))
    return table.assign(q=false_discovery_rates(table["p"].to_numpy(dtype=np.float64)))


def _articles(frame: pd.DataFrame) -> pd.DataFrame:
    """Return id, source, language, text and day of the articles."""
    day = read_days(frame[DATE], name=DATE)
    source = frame[SOURCE].fillna(UNKNOWN_SOURCE).astype(str)
    columns = {
        ARTICLE_ID: frame[ARTICLE_ID].astype(str),
        SOURCE: source,
        LANG: frame[LANG],
        TEXT: frame[TEXT],
    }
    return pd.DataFrame(columns).assign(day=day)


def _members(frame: pd.DataFrame, themes: Sequence[str] | None) -> dict[str, NDArray[np.bool_]]:
    """Return which articles belong to each theme."""
    columns = [str(name) for name in frame.columns if str(name).startswith(probability_column(""))]
    if columns:
        kept = [name.removeprefix(probability_column("")) for name in columns] if themes is None else themes
        require_columns(frame, map(probability_column, kept), name="the table of articles")
        return {theme: frame[probability_column(theme)].to_numpy(dtype=np.float64) >= 0.5 for theme in kept}
    require_columns(frame, (THEME,), name="the table of articles (which has no p_<theme> either)")
    found = sorted(set(frame[THEME].dropna().astype(str)) - {UNMAPPED})
    missing = sorted(set(themes or ()) - set(found))
    if missing:
        raise TableError(f"no article has the theme {missing[0]!r}; there are {', '.join(found)}")
    return {theme: (frame[THEME] == theme).to_numpy(dtype=bool) for theme in themes or found}


def _parts(day: Days, split: str) -> list[tuple[str, NDArray[np.bool_], NDArray[np.bool_]]]:
    """Return the first day of the later part, and who belongs to the earlier and to the later one."""
    if split == "year":
        year = day.astype("datetime64[Y]")
        return [
            (str(this.astype("datetime64[D]")), year == this - 1, year == this) for this in np.unique(year)
        ]
    if split == "half":
        since = np.sort(day)[len(day) // 2]
    else:
        since = read_days(pd.Series([split], dtype=object), name="split")[0]
        if np.isnat(since):
            raise ValueError("split is empty; expected 'half', 'year' or an ISO date")
    return [(str(since), day < since, day >= since)]


def _count(part: pd.DataFrame, later: NDArray[np.bool_], known: dict[str, Sequence[str]]) -> WordCounts:
    """Count the words of each issue; words of articles are remembered from theme to theme."""
    from analysis.words.tokens import tokenize

    for article, text, lang in zip(part[ARTICLE_ID], part[TEXT], part[LANG], strict=True):
        if article not in known:
            known[article] = tokenize(str(text), lang if isinstance(lang, str) else None)
    lists = [known[article] for article in part[ARTICLE_ID]]
    source = pd.factorize(part[SOURCE])[0]
    issue = pd.factorize(part[SOURCE] + "\n" + part["day"].astype(str))[0]
    return WordCounts.of(lists, later, source, issue)
