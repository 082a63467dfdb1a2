"""The tables of the report: what the run's tables say, rounded for reading, with nothing computed anew.

Each function gives rows of plain text; the template escapes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.schema import (
    ADVICE,
    ALL_SOURCES,
    ASSIGNMENT_COLUMNS,
    CHANGE_POINT_COLUMNS,
    HIGH,
    LOW,
    N_ARTICLES,
    N_THEME,
    OUTLIER,
    SHARE,
    STATUS,
    STATUSES,
    TEST_COLUMNS,
    THEME,
    THEME_COLUMNS,
    THEME_PROBABILITY,
    TOPIC,
    TOPIC_COLUMNS,
    UNMAPPED,
)
from corpus.schema import (
    ARTICLE_ID,
    DATE,
    DROPPED_COLUMNS,
    FILE,
    LANG,
    LINES,
    SOURCE,
    TEXT,
    TITLE,
    require_columns,
)
from figures.change_points import SURE
from figures.shares import by_size, trends_of
from figures.tables import Tables
from figures.topic_sizes import terms_of
from figures.words import Voice, percent

ARTICLES_A_THEME: Final = 200
LEDGER_ROWS: Final = 300
TABLE_ROWS: Final = 400
TERMS: Final = 8
_UNTITLED: Final = 40
"""Characters of the text that stand for the title of an article without one."""
NOTHING: Final = "–"


@dataclass(frozen=True)
class Words:
    """A piece of text in its language (BCP-47), None where the language isn't known."""

    text: str
    lang: str | None = None


def number(value: Any, digits: int = 2) -> str:
    """A number to so many digits after the point, with a true minus; a dash where there is none."""
    return NOTHING if pd.isna(value) else f"{value:.{digits}f}".replace("-", "−")


def probability(value: Any) -> str:
    """A p or q value: three digits, or < 0.001."""
    return NOTHING if pd.isna(value) else "< 0.001" if value < 0.001 else f"{value:.3f}"


def share(value: Any) -> str:
    """A share in per cent."""
    return NOTHING if pd.isna(value) else percent(float(value))


def terms(value: Any) -> list[Words]:
    """The first terms of each language."""
    return [Words(", ".join(found[:TERMS]), lang) for lang, found in sorted(terms_of(value).items()) if found]


def source_languages(articles: pd.DataFrame) -> dict[str, str]:
    """Source → the language of most of its articles, for the lang attribute of its name."""
    known = articles[[SOURCE, LANG]].dropna()
    if known.empty:
        return {}
    counts = known.value_counts().reset_index().sort_values(["count", LANG], ascending=[False, True])
    first = counts.drop_duplicates(SOURCE)
    return dict(zip(first[SOURCE], first[LANG], strict=True))


def themes(tables: Tables, voice: Voice) -> list[dict[str, Any]]:
    """Themes, the largest first."""
    table = tables["themes"]
    require_columns(table, THEME_COLUMNS, name="themes")
    table = table.sort_values([N_ARTICLES, THEME], ascending=[False, True])
    return [
        {
            "name": voice.theme(row[THEME]),
            "n": f"{row[N_ARTICLES]:,.0f}",
            "share": share(row[SHARE]),
            "terms": terms(row["terms"]),
        }
        for row in table.to_dict("records")
    ]


def topics(tables: Tables, voice: Voice) -> list[dict[str, Any]]:
    """Topics, the largest first, without the articles outside every topic."""
    table = tables["topics"]
    require_columns(table, TOPIC_COLUMNS, name="topics")
    table = table[table[TOPIC] != OUTLIER].sort_values([N_ARTICLES, TOPIC], ascending=[False, True])
    return [
        {
            "topic": f"{row[TOPIC]:.0f}",
            "n": f"{row[N_ARTICLES]:,.0f}",
            "label": _advised(row) if isinstance(row["label"], str) else NOTHING,
            "theme": voice.theme(row[THEME]) if isinstance(row[THEME], str) else NOTHING,
            "terms": terms(row["terms"]),
        }
        for row in table.to_dict("records")
    ]


def _advised(row: Mapping[Any, Any]) -> str:
    """Return a topic's label, with the advice not to interpret it where it doesn't come back."""
    advice = row.get(ADVICE)
    return f"{row['label']} ({advice})" if isinstance(advice, str) and advice else str(row["label"])


def trends(tables: Tables, voice: Voice) -> list[dict[str, str]]:
    """For each theme in all sources together: how many periods carry a share, its lowest and its highest."""
    table = trends_of(tables)
    table = table[table[SOURCE] == ALL_SOURCES]
    rows = []
    for theme in by_size(table, THEME, N_THEME):
        own = table[table[THEME] == theme]
        sure = own[(own[STATUS] == "ok") & own[SHARE].notna()].sort_values([SHARE, "period_start"])
        counts = own[STATUS].value_counts()
        rows.append(
            {
                "theme": voice.theme(theme),
                "periods": " / ".join(str(counts.get(status, 0)) for status in STATUSES),
                "lowest": _when(sure.iloc[0]) if len(sure) else NOTHING,
                "highest": _when(sure.iloc[-1]) if len(sure) else NOTHING,
            }
        )
    return rows


def _when(row: pd.Series[Any]) -> str:
    """A share with its interval and its period."""
    interval = f"{share(row[LOW])}–{share(row[HIGH])}"
    return f"{share(row[SHARE])} ({interval}), {row['period_start']} – {row['period_end']}"


def tests(tables: Tables, voice: Voice) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of the tests for all sources together, and for single sources."""
    table = tables["tests"]
    require_columns(table, TEST_COLUMNS, name="tests")
    table = table.sort_values(["q", "p", THEME, SOURCE], kind="stable")
    together = table[SOURCE] == ALL_SOURCES
    both = (table[together], table[~together].head(TABLE_ROWS))
    first, second = ([_test(row, voice) for row in part.to_dict("records")] for part in both)
    return first, second


def _test(row: dict[Any, Any], voice: Voice) -> dict[str, Any]:
    return {
        "theme": voice.theme(row[THEME]),
        "source": None if row[SOURCE] == ALL_SOURCES else voice.source(row[SOURCE]),
        "effect": number(row["effect"]),
        "interval": f"{number(row[LOW])} – {number(row[HIGH])}" if pd.notna(row[LOW]) else NOTHING,
        "p": probability(row["p"]),
        "q": probability(row["q"]),
        "seasonal": None if pd.isna(row["seasonal"]) else bool(row["seasonal"]),
    }


def change_points(tables: Tables, voice: Voice) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Change points that count as found, and those too uncertain to count, each with the surest first."""
    table = tables["change_points"]
    require_columns(table, CHANGE_POINT_COLUMNS, name="change_points")
    table = table.sort_values(["q", "p", THEME, SOURCE], kind="stable")
    sure = table["q"] <= SURE
    both = (table[sure], table[~sure].head(TABLE_ROWS))
    found, uncertain = ([_step(row, voice) for row in part.to_dict("records")] for part in both)
    return found, uncertain


def _step(row: dict[Any, Any], voice: Voice) -> dict[str, Any]:
    return {
        "theme": voice.theme(row[THEME]),
        "source": None if row[SOURCE] == ALL_SOURCES else voice.source(row[SOURCE]),
        "date": row["date"] if isinstance(row["date"], str) else NOTHING,
        "interval": f"{row[LOW]} – {row[HIGH]}" if isinstance(row[LOW], str) else NOTHING,
        "before": share(row["before"]),
        "after": share(row["after"]),
        "q": probability(row["q"]),
    }


def reading(tables: Tables, voice: Voice) -> list[dict[str, Any]]:
    """For each theme its most probable articles, the largest theme first, articles without a theme last."""
    articles, assignments = tables["articles"], tables["assignments"]
    needed = [ARTICLE_ID, SOURCE, DATE, TITLE, LANG, TEXT, FILE]
    require_columns(articles, needed, name="articles")
    require_columns(assignments, ASSIGNMENT_COLUMNS, name="assignments")
    # Columns carried through from the input may be called as ours are: only the contract's are taken.
    own = [*needed, LINES] if LINES in articles.columns else needed
    table = articles[own].merge(
        assignments[[ARTICLE_ID, THEME, THEME_PROBABILITY]], on=ARTICLE_ID, validate="1:1"
    )
    table[THEME] = table[THEME].fillna(UNMAPPED)
    sizes = table[THEME].value_counts().reset_index()
    sizes = sizes.assign(last=sizes[THEME] == UNMAPPED)
    sizes = sizes.sort_values(["last", "count", THEME], ascending=[True, False, True])
    groups = []
    for theme, n in zip(sizes[THEME], sizes["count"], strict=True):
        own = table[table[THEME] == theme]
        own = own.sort_values([THEME_PROBABILITY, ARTICLE_ID], ascending=[False, True]).head(ARTICLES_A_THEME)
        rows = [_article(row, voice) for row in own.to_dict("records")]
        groups.append({"theme": voice.theme(theme), "n": int(n), "shown": len(rows), "rows": rows})
    return groups


def _article(row: dict[Any, Any], voice: Voice) -> dict[str, Any]:
    return {
        "title": Words(title_of(row), row[LANG] if isinstance(row[LANG], str) else None),
        "source": voice.source(row[SOURCE]),
        "date": row[DATE] if isinstance(row[DATE], str) and row[DATE] else NOTHING,
        "probability": number(row[THEME_PROBABILITY]),
        "file": row[FILE] if isinstance(row[FILE], str) else NOTHING,
        "lines": ranges(row.get(LINES)),
    }


def title_of(row: Mapping[Any, Any]) -> str:
    """An article's title, or the first words of its text in square brackets."""
    title = row[TITLE]
    if isinstance(title, str) and title.strip():
        return " ".join(title.split())
    text = " ".join(row[TEXT].split()) if isinstance(row[TEXT], str) else ""
    return f"[{text[:_UNTITLED]}{'…' if len(text) > _UNTITLED else ''}]" if text else NOTHING


def ranges(value: Any) -> str:
    """Lines as they are kept (JSON ranges) as people write them: 3–9, 14."""
    if not isinstance(value, str) or not value:
        return ""
    try:
        found = json.loads(value)
    except json.JSONDecodeError:
        return value
    if not isinstance(found, list):
        return str(found)
    return ", ".join(_range(item) for item in found)


def _range(item: Any) -> str:
    if isinstance(item, list) and len(item) == 2:
        return f"{item[0]}" if item[0] == item[1] else f"{item[0]}–{item[1]}"
    return str(item)


def ledger(tables: Tables) -> tuple[list[tuple[str, str]], list[dict[str, str]]]:
    """Reasons with their counts, the commonest first, and the first rows of the ledger."""
    table = tables["dropped"]
    require_columns(table, DROPPED_COLUMNS, name="dropped")
    counts = table["reason"].fillna(NOTHING).value_counts().reset_index()
    counts = counts.sort_values(["count", "reason"], ascending=[False, True])
    reasons = [(str(reason), f"{n:,}") for reason, n in zip(counts["reason"], counts["count"], strict=True)]
    rows = [
        {
            "file": str(row["file"]) if pd.notna(row["file"]) else NOTHING,
            "lines": ranges(row["lines"]),
            "reason": str(row["reason"]) if pd.notna(row["reason"]) else NOTHING,
            "text": str(row["text"]) if pd.notna(row["text"]) else "",
        }
        for row in table.head(LEDGER_ROWS).to_dict("records")
    ]
    return reasons, rows


def checks(validation: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What validation.json says, one line a value; lists and tables in it stay there."""
    rows: list[tuple[str, str]] = []
    for key, value in validation.items():
        if isinstance(value, Mapping):
            rows += [(f"{key}: {inner}", text) for inner, text in checks(value)]
        elif not isinstance(value, list) and value is not None:
            plain = isinstance(value, float)
            rows.append((str(key).replace("_", " "), number(value, 3) if plain else str(value)))
    return rows
