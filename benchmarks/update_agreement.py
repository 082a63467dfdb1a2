"""How far articles that are placed later agree with a study that finds everything anew.

    python -m benchmarks.update_agreement [MONTHS]

Topics and themes are found in the bundled sample study without its last months, whose articles are then
placed as `broadsheet update` does; beside it all articles are fitted at once. Of the later articles this
prints how their topics agree (adjusted mutual information, AMI) between the two and with the true themes, and
how often their likeliest theme is the same, and the true one. It does so as things are, and with one theme
kept out of the first part, whose articles should then lie far from every topic.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import adjusted_mutual_info_score

import analysis
import corpus
import embeddings
from analysis.topics.placing import FAR
from broadsheet import sample
from embeddings import Embeddings

_NEW = "military"
"""A theme of the sample that the first part lacks in the second trial."""


def labelled(folder: Path) -> pd.DataFrame:
    """The articles of the sample as they are read, with their true themes."""
    study = sample.build(folder)
    read = corpus.read(folder / "corpus").articles

    def first(lines: pd.Series[str]) -> list[int]:
        return [json.loads(cell)[0][0] for cell in lines]

    truth = study.articles.assign(first=first(study.articles["lines"]))[["file", "first", "theme"]]
    truth = truth.drop_duplicates(["file", "first"]).rename(columns={"theme": "truth"})
    joined = read.assign(first=first(read["lines"])).merge(truth, on=["file", "first"])
    return joined.dropna(subset=["date"]).reset_index(drop=True)


def found_at_once(
    articles: pd.DataFrame, vectors: Embeddings
) -> tuple[analysis.Topics, analysis.Themes, embeddings.LanguageCentres | None]:
    """Topics and themes fitted on articles, and the languages' centres."""
    langs = articles["lang"].tolist()
    centres = embeddings.LanguageCentres.of(vectors, langs)
    topics = analysis.fit_topics(articles, centres.take_out(vectors, langs) if centres else vectors)
    themes = analysis.assign_themes(
        articles,
        vectors,
        codebook=analysis.load_codebook("local_governance"),
        encoder=embeddings.load_encoder(),
        cache=embeddings.default_cache(),
    )
    return topics, themes, centres


def compare(articles: pd.DataFrame, vectors: Embeddings, late: NDArray[np.bool_]) -> dict[str, float]:
    """Place the later articles after a fit of the earlier ones, fit all at once, and compare."""
    early, later = articles[~late].reset_index(drop=True), articles[late].reset_index(drop=True)
    topics, themes, centres = found_at_once(early, vectors[~late])
    langs = later["lang"].tolist()
    given = centres.take_out(vectors[late], langs) if centres else vectors[late]
    with tempfile.TemporaryDirectory() as folder:
        runs = topics.assignments[["article_id", "topic"]]
        fitted = analysis.FittedTopics.load(topics.save(folder), runs, topics.map, seed=0)
    placed = analysis.place_articles(later["article_id"], given, fitted)
    themed = analysis.assign_later(
        later,
        vectors[late],
        themes.model,
        codebook=analysis.load_codebook("local_governance"),
        encoder=embeddings.load_encoder(),
        cache=embeddings.default_cache(),
    ).assignments
    whole, whole_themes, _ = found_at_once(articles, vectors)
    topic = whole.assignments["topic"].to_numpy()[late]
    theme = whole_themes.assignments["theme"].to_numpy()[late]
    truth = later["truth"].to_numpy()
    shares = [table.filter(like="p_").mean() for table in (themed, whole_themes.assignments[late])]
    return {
        "earlier articles": len(early),
        "later articles": len(later),
        "topics of the earlier": len(topics.topics),
        "topics of all": len(whole.topics),
        "AMI of topics, placed with at once": adjusted_mutual_info_score(placed["topic"], topic),
        "AMI of topics with true themes, placed": adjusted_mutual_info_score(placed["topic"], truth),
        "AMI of topics with true themes, at once": adjusted_mutual_info_score(topic, truth),
        "same likeliest theme": float((themed["theme"] == theme).mean()),
        "true theme, placed": float((themed["theme"] == truth).mean()),
        "true theme, at once": float((theme == truth).mean()),
        "largest difference of a theme's share": float((shares[0] - shares[1]).abs().max()),
        "far from every topic": float(placed[FAR].mean()),
        f"far, of {_NEW}": float(placed[FAR][truth == _NEW].mean()),
    }


def main(months: int) -> None:
    """Print both trials."""
    with tempfile.TemporaryDirectory() as name:
        articles = labelled(Path(name))
    texts = (articles["title"].fillna("") + "\n" + articles["text"]).str.strip().tolist()
    vectors = embeddings.embed(texts, embeddings.load_encoder(), cache=embeddings.default_cache())
    days = pd.PeriodIndex(articles["date"], freq="M")
    late = np.asarray(days > days.max() - months)
    known = np.asarray((articles["truth"] != _NEW) | late)
    for what, rows in ((f"the last {months} months", np.ones_like(late)), (f"and no {_NEW} before", known)):
        print(f"{what}:")
        chosen = articles[rows].reset_index(drop=True)
        for measure, value in compare(chosen, vectors[rows], late[rows]).items():
            print(
                f"  {measure}: {value:,}" if isinstance(value, int) else f"  {measure}: {value:.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
