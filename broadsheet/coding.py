"""The kit for human coders: sheets drawn from a finished run, and what the filled ones say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from broadsheet.config import Study
from broadsheet.results import Run
from broadsheet.storage import write_json, write_table
from corpus.schema import ARTICLE_ID, KIND, LANG, NOTICE, REPRINT_OF

if TYPE_CHECKING:
    from analysis import Codebook
    from analysis.coding.kit import Kit
    from embeddings import Embeddings

FOLDER: Final = "coding"
"""Folder of the kit inside the run folder."""
KEY: Final = "key.json"
SHEETS: Final = "sheets"
CODED: Final = "coded.csv"


class CodingError(ValueError):
    """A kit can't be made or scored; the message says what to do."""


@dataclass(frozen=True)
class CodingScores:
    """What the filled sheets say; each table is also a file of the coding folder."""

    agreement: pd.DataFrame
    themes: pd.DataFrame
    intrusion: pd.DataFrame
    disagreements: pd.DataFrame
    folder: Path


def make_coding_sheets(
    run_dir: str | Path,
    *,
    size: int = 200,
    coders: int = 2,
    tasks: int = 40,
    lang: str = "en",
    seed: int = 0,
    out: str | Path | None = None,
) -> list[Path]:
    """Draw a blind sample of a run's articles and write a sheet for each coder, and the key.

    Notices and reprints are not drawn. The sheets show no theme, topic, source or date of an article.

    Parameters
    ----------
    run_dir
        A finished run.
    size
        Articles to code; a few hundred tell a share to within about seven points.
    coders
        Sheets to write; all have the same articles in the same order.
    tasks
        Word-intrusion tasks at most, and topic-intrusion tasks at most; 0 for none.
    lang
        Language of the instructions, `en` or `zh`.
    seed
        Of the draw.
    out
        Folder of the kit; `coding` in the run folder by default.

    Returns
    -------
    list of Path
        The sheets; the key lies beside their folder.

    Raises
    ------
    CodingError
        The folder holds a kit already, or a number makes no sense.
    SampleError
        The run has too few articles for the sample.
    """
    from analysis.coding.workbook import write_sheet

    run = Run(run_dir)
    folder = Path(out) if out else run.folder / FOLDER
    if coders < 1 or size < 1 or tasks < 0:
        raise CodingError(f"size {size}, coders {coders}, tasks {tasks}: give positive numbers")
    if (folder / KEY).exists():
        raise CodingError(
            f"{folder / KEY}: is there already, and sheets that coders are filling in may belong to it; "
            "give another folder with --out, or delete this one"
        )
    kit = _draw(run, size=size, tasks=tasks, seed=seed)
    (folder / SHEETS).mkdir(parents=True, exist_ok=True)
    kit.write(folder / KEY)
    paths = [folder / SHEETS / f"coder_{number}.xlsx" for number in range(1, coders + 1)]
    codebook = _codebook(run)
    for path in paths:
        write_sheet(path, kit, run.articles, codebook=codebook, lang=lang)
    return paths


def score_coding_sheets(
    run_dir: str | Path,
    sheets: Sequence[str | Path],
    *,
    key: str | Path | None = None,
    seed: int = 0,
) -> CodingScores:
    """Read filled sheets, and say how far coders agree with each other and the run's themes with them.

    Beside the key are written `agreement.csv`, `theme_scores.csv`, `intrusion.csv`, `disagreements.csv`,
    `scores.json` with all of them, and `coded.csv`, which a study file may name as `themes.coded`.

    Parameters
    ----------
    run_dir
        The run that the sheets were drawn from, or a later one of the same articles.
    sheets
        Filled sheets, one a coder.
    key
        The kit's key; `coding/key.json` in the run folder by default.
    seed
        Of the bootstrap.

    Raises
    ------
    FilledSheetError
        A sheet can't be used; one line a fault.
    TooFewCodersError
        There is nobody to agree with.
    CodingError
        The run no longer holds the articles of the key.
    """
    from analysis.coding import agreement, labels, theme_scores
    from analysis.coding.filled import read_filled
    from analysis.coding.kit import Kit

    run, path = Run(run_dir), Path(key) if key else Path(run_dir) / FOLDER / KEY
    kit, codebook = Kit.read(path), _codebook(run)
    codes = [read_filled(sheet, kit, codebook=codebook) for sheet in sheets]
    assigned = _assigned(run, kit)
    scores = CodingScores(
        agreement=agreement.agreement(codes, codebook.ids, seed=seed),
        themes=theme_scores.theme_scores(codes, kit, assigned, themes=codebook.ids),
        intrusion=theme_scores.intrusion_scores(codes, kit),
        disagreements=labels.disagreements(codes, kit),
        folder=path.parent,
    )
    tables = {
        "agreement": scores.agreement,
        "theme_scores": scores.themes,
        "intrusion": scores.intrusion,
        "disagreements": scores.disagreements,
    }
    for name, table in tables.items():
        write_table(table, path.parent / f"{name}.csv")
    write_table(labels.coded_labels(codes, kit), path.parent / CODED)
    plain = {name: table.astype(object).where(table.notna(), None) for name, table in tables.items()}
    write_json(
        {name: table.to_dict(orient="records") for name, table in plain.items()}, path.parent / "scores.json"
    )
    return scores


def _draw(run: Run, *, size: int, tasks: int, seed: int) -> Kit:
    """Draw the articles and make the tasks."""
    from analysis.coding.intrusion import terms_of, topic_tasks, word_tasks
    from analysis.coding.kit import Kit
    from analysis.coding.sampling import draw_sample

    told = (run.articles[KIND] != NOTICE) & run.articles[REPRINT_OF].isna()
    articles = run.articles[told].merge(run.assignments, on=ARTICLE_ID, validate="1:1")
    sample = draw_sample(articles, size=size, seed=seed)
    terms = terms_of(run.topics)
    words = word_tasks(terms, size=tasks, seed=seed)
    topics = []
    if tasks and terms:
        vectors = _vectors(run)[told.to_numpy()]
        topics = topic_tasks(articles, vectors, terms, size=tasks, seed=seed)
    return Kit.from_tasks(sample, words, topics)


def _vectors(run: Run) -> Embeddings:
    """The vectors that the topics were fitted on, from the cache where it has them."""
    from broadsheet import stages
    from broadsheet.stopwatch import Stopwatch

    study, watch = _study(run), Stopwatch(total=2, quiet=True)
    return stages.embed_articles(study, run.articles, stages.prepare(study, watch), watch).centred


def _assigned(run: Run, kit: Kit) -> pd.DataFrame:
    """The assignments of the drawn articles, with their languages."""
    table = run.assignments.merge(run.articles[[ARTICLE_ID, LANG]], on=ARTICLE_ID, validate="1:1")
    table = table.assign(**{ARTICLE_ID: table[ARTICLE_ID].astype(str)})
    gone = sorted(set(kit.articles[ARTICLE_ID]) - set(table[ARTICLE_ID]))
    if gone:
        raise CodingError(
            f"{run.folder}: {len(gone)} articles of the key are not in this run, {gone[0]!r} among them; "
            "give the run that the sheets were drawn from"
        )
    return table


def _study(run: Run) -> Study:
    """The run's settings, with paths that work from here."""
    return Study.from_dict(run.manifest["config"]).relative_to(run.folder)


def _codebook(run: Run) -> Codebook:
    """The codebook of the run."""
    import analysis

    return analysis.load_codebook(_study(run).themes.codebook)
