"""The commands `coding-sheet` and `coding-score`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    import pandas as pd


def coding_sheet(
    run_dir: Path,
    *,
    n: int = 200,
    coders: int = 2,
    tasks: int = 40,
    lang: Literal["en", "zh"] = "en",
    seed: int = 0,
    out: Annotated[Path | None, Parameter(name=["--out", "-o"])] = None,
) -> None:
    """Draw a blind sample of a run and write a spreadsheet for each coder.

    For example:

        broadsheet coding-sheet runs/first
        broadsheet coding-sheet runs/first --n 300 --coders 3 --lang zh

    Give the sheets to the coders and keep the key (key.json) to yourself. Then: broadsheet coding-score.

    Parameters
    ----------
    run_dir
        A run folder.
    n
        Articles to code, drawn from every theme and language.
    coders
        Sheets to write.
    tasks
        Word- and topic-intrusion tasks of each kind at most; 0 for none.
    lang
        Language of the instructions.
    seed
        Another seed draws other articles.
    out
        The folder of the kit; coding/ in the run folder by default.
    """
    from broadsheet.coding import KEY, make_coding_sheets

    sheets = make_coding_sheets(run_dir, size=n, coders=coders, tasks=tasks, lang=lang, seed=seed, out=out)
    for path in sheets:
        _say(f"sheet: {path}")
    _say(f"key:   {sheets[0].parents[1] / KEY}  (not for the coders)")


def coding_score(run_dir: Path, *sheets: Path, key: Path | None = None, seed: int = 0) -> None:
    """Read filled sheets: how far coders agree, and how far the themes agree with them.

    For example:

        broadsheet coding-score runs/first runs/first/coding/sheets/coder_1.xlsx
            runs/first/coding/sheets/coder_2.xlsx

    Writes tables and coded.csv beside the key. With  [themes] coded = "…/coded.csv"  in the study file, the
    next run calibrates its probabilities on it.

    Parameters
    ----------
    run_dir
        The run that the sheets were drawn from.
    sheets
        The filled sheets, one a coder, two or more.
    key
        The kit's key; coding/key.json in the run folder by default.
    seed
        Of the bootstrap.
    """
    from broadsheet.coding import CODED, score_coding_sheets

    scores = score_coding_sheets(run_dir, sheets, key=key, seed=seed)
    _say("How far coders agree (95 % intervals by bootstrap over articles, not weighted)\n")
    _say(_shown(scores.agreement))
    _say("\nThemes against coders (weighted for the sample; Wilson's 95 % intervals)\n")
    _say(_shown(scores.themes[scores.themes["lang"] == "ALL"]))
    if len(scores.intrusion):
        _say("\nIntruders found\n")
        _say(_shown(scores.intrusion))
    _say(f"\n{len(scores.disagreements)} articles whose main theme the coders see differently")
    _say(f"tables, all languages: {scores.folder}\ncoded sample:          {scores.folder / CODED}")


def _shown(table: pd.DataFrame) -> str:
    """A table for the terminal."""
    return str(table.to_string(index=False, float_format="{:.2f}".format, na_rep="–"))


def _say(words: str) -> None:
    """Print what a command was asked for."""
    sys.stdout.write(words + "\n")
