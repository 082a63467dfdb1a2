from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from broadsheet.config import ConfigError, EventSettings, Study, TrendSettings
from broadsheet.run_files import COMPARISONS
from broadsheet.stages.comparing import write_comparisons
from figures.tables import read_table

WORDS = ["road", "school", "budget", "harvest", "council", "bridge"]


def articles(*, sources: int = 2, months: int = 36) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles that count and all articles, on one theme that doubles halfway through."""
    rng = np.random.default_rng(0)
    rows = []
    for month in range(months):
        for source in range(sources):
            for day in (3, 9, 15, 21, 27):
                for _ in range(4):
                    chance = float(rng.random() < (0.2 if month < months // 2 else 0.4))
                    text = " ".join(rng.choice(WORDS, 20))
                    date = f"{2020 + month // 12}-{month % 12 + 1:02d}-{day:02d}"
                    rows.append((f"a{len(rows):04d}", f"s{source}", date, None, None, chance, "en", text))
    columns = ["article_id", "source", "date", "date_start", "date_end", "p_x", "lang", "text"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.drop(columns=["lang", "text"]), frame[["article_id", "lang", "text"]]


def read(folder: Path) -> dict[str, pd.DataFrame]:
    return {name: read_table(folder / file) for name, file in COMPARISONS.items()}


def test_all_tables_are_written_and_the_studys_event_is_tested(tmp_path: Path) -> None:
    study = Study(trends=TrendSettings(events=(EventSettings("law", "2021-07-01"),)))
    write_comparisons(study, tmp_path, *articles())
    tables = read(tmp_path)
    assert tables["sources"]["source"].tolist() == ["ALL", "s0", "s1"] * 2
    assert tables["emerging"]["state"].tolist() == ["growing"]
    level = tables["events"].query("kind == 'level'").iloc[0]
    assert (level["event"], level["date"]) == ("law", "2021-07-01")
    assert level["p"] < 0.01
    assert set(tables["drift"]["word"]) == set(WORDS)


def test_a_study_too_small_for_a_table_has_its_columns(tmp_path: Path) -> None:
    write_comparisons(Study(), tmp_path, *articles(sources=1, months=2))
    tables = read(tmp_path)
    assert {name for name, table in tables.items() if table.empty} == set(COMPARISONS)
    write_comparisons(Study(), tmp_path, articles()[0][:0], articles()[1])
    assert all(table.empty and len(table.columns) > 5 for table in read(tmp_path).values())


def test_events_come_from_the_study_file(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text('[trends]\nevents = [{name = "law", date = "2021-01-01"}]\n', "utf-8")
    assert Study.from_toml(path).trends.events == (EventSettings("law", "2021-01-01"),)


@pytest.mark.parametrize(
    "events, words",
    [
        ('[{name = "law", date = "May 2021"}]', r"study\.toml:2: trends\.events\.0\.date = 'May 2021'"),
        ('[{name = "law"}]', r"study\.toml:2: trends\.events\.0\.date"),
        (
            '[{name = "e", date = "2021-01-01"}, {name = "e", date = "2021-02-01"}]',
            "two events are called 'e'",
        ),
    ],
)
def test_events_that_cannot_be_read_are_named_with_their_line(
    tmp_path: Path, events: str, words: str
) -> None:
    path = tmp_path / "study.toml"
    path.write_text(f"[trends]\nevents = {events}\n", "utf-8")
    with pytest.raises(ConfigError, match=words):
        Study.from_toml(path)
