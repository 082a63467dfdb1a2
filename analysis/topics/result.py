"""The topics of a corpus as a result: tables, model, what they were fitted with; saved and opened again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from analysis.schema import ADVICE, OUTLIER, TOPIC
from analysis.topics.communities import GraphCommunities
from analysis.topics.neighbours import Indices
from analysis.topics.placing import Neighbourhoods, first_rows
from analysis.topics.representations import Representation
from corpus.rich_display import numbered, show_html
from corpus.spreadsheets import write_csv

if TYPE_CHECKING:
    from analysis.topics.adapter import PressBERTopic
    from embeddings import Encoder

Method = Literal["graph", "umap-hdbscan"]
LEVELS_FILE: Final = "levels.csv"
_NO_TOPICS_FILE: Final = "no_topics.json"


class NoTopicsError(ValueError):
    """The saved run has no topic model, and the message says why."""


@dataclass(frozen=True)
class TopicParameters:
    """What topics were fitted with; `fit_on` is the most different articles that all take part in the fit."""

    method: Method
    seed: int
    min_articles: int
    min_topic_size: int
    resolution: float | None
    representation: Representation
    fit_on: int


@dataclass(frozen=True)
class Topics:
    """The topics of a corpus.

    Attributes
    ----------
    assignments
        article_id, topic (-1: none), topic_strength (0 to 1: the share of the article's neighbours that are
        in its topic; with umap-hdbscan HDBSCAN's probability), in the order of the articles.
    topics
        `TOPIC_COLUMNS` without theme, and `TOPIC_STABILITY_COLUMNS`, the greatest topic first. Empty when
        there are too few articles.
    representatives
        topic, rank, article_id: the articles that show each topic best, no reprints.
    levels
        topic, level_1, level_2 …: the broader group of each topic, see `topic_levels`; topic alone for
        umap-hdbscan and for fewer than four topics.
    note
        Why there are no topics, in plain words; None when there are.
    parameters
        What the topics were fitted with.
    resolution
        The resolution of the communities, given or chosen; None for other methods.
    n_neighbours
        The neighbourhood they were found with; None for other methods.
    sample
        Positions of the articles that the topics were fitted on, where these are a sample; None where all
        took part. The others were then placed among them (`analysis.topics.placing`): assignments, sizes and
        the map are those of all articles; numbers (the greatest topic of the sample is 0), terms, labels,
        representatives, stability and the model come from the sample, whose texts are the model's documents.
    """

    assignments: pd.DataFrame
    topics: pd.DataFrame
    representatives: pd.DataFrame
    levels: pd.DataFrame
    note: str | None
    parameters: TopicParameters
    resolution: float | None
    n_neighbours: int | None
    sample: Indices | None
    _lay_out: Callable[[], pd.DataFrame]
    _clusterer: GraphCommunities | None
    _langs: tuple[str, ...]
    _encoder: Encoder | None = None
    _make_model: Callable[[], PressBERTopic] | None = None
    _others: Neighbourhoods | None = None

    @property
    def map(self) -> pd.DataFrame:
        """`MAP_COLUMNS`, in the order of the articles; laid out when it is first asked for."""
        return self._lay_out()

    @property
    def model(self) -> PressBERTopic | None:
        """The fitted BERTopic; None when there are too few articles.

        It is made when it is first asked for, which takes some seconds. Its documents are the articles in
        their order, title and text; those that represent a topic are no reprints.
        """
        return None if self._make_model is None else self._make_model()

    @property
    def encoder(self) -> Encoder | None:
        """The encoder that the topics were fitted with, if one was given."""
        return self._encoder

    def under_other_seeds(self, runs: int) -> pd.DataFrame:
        """Return the articles' topics from as many fits with other seeds.

        They are for `estimate_trends(topic_runs=…)`. Only the communities are found anew, on the same graph;
        that takes a small part of the time of a fit.

        Returns
        -------
        pandas.DataFrame
            One column a run, `topic_1` and on, in the order of the articles; no column without topics, and
            for umap-hdbscan, where a run is a whole fit.
        """
        if self.resolution is None or self._clusterer is None:
            return pd.DataFrame(index=self.assignments.index)
        seeds = range(1, runs + 1)
        found = {f"{TOPIC}_{n}": self._clusterer.regrouped(self.parameters.seed + n) for n in seeds}
        spread = {name: self._of_all(labels) for name, labels in found.items()}
        return pd.DataFrame(spread, index=self.assignments.index)

    def _of_all(self, fitted: Indices) -> Indices:
        """Return the topic of every article, given that of the fitted ones."""
        if self.sample is None or self._others is None or self._clusterer is None:
            return fitted
        topics = np.empty(len(self.assignments), dtype=np.int64)
        topics[self.sample] = fitted
        of_points = topics[first_rows(self._clusterer)]
        topics[others_than(self.sample, len(topics))] = self._others.vote(of_points)[0]
        return topics

    def on_sample(self) -> Topics:
        """Return the topics of the articles that they were fitted on alone, as if there were no others."""
        if self.sample is None:
            return self
        return replace(
            self,
            assignments=self.assignments.iloc[self.sample].reset_index(drop=True),
            sample=None,
            _lay_out=lambda: self.map.iloc[self.sample].reset_index(drop=True),
            _others=None,
        )

    def _repr_html_(self) -> str:
        """Show topics in a notebook: how many, the greatest, or why there are none."""
        head = f"{numbered(len(self.topics), 'topic')} of {numbered(len(self.assignments), 'article')}"
        notes = [self.note] if self.note else []
        outliers = int((self.assignments[TOPIC] == OUTLIER).sum())
        if self.sample is not None:
            notes.append(f"found in a sample of {numbered(len(self.sample), 'article')}, the others placed")
        if outliers and self.note is None:
            notes.append(f"{numbered(outliers, 'article')} in no topic")
        unsure = int((self.topics[ADVICE].fillna("") != "").sum())
        if unsure:
            notes.append(f"{numbered(unsure, 'topic')} with the advice not to interpret")
        return show_html(head, self.topics.drop(columns="terms"), notes=notes, rows=8, whole="topics.topics")

    def save(self, folder: str | Path) -> Path:
        """Write the model to `folder` as safetensors and JSON (nothing pickled), and return the folder.

        `BERTopic.load(folder)` opens it, with predictions by the nearest mean vector and BERTopic's own
        tokenizer; `analysis.load_model(folder)` puts the clusterer and the tokenizer back, so that it
        predicts as when it was fitted. Without topics the note is written instead.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        model = self.model
        if model is None or self._clusterer is None:
            # Nothing was fitted, on a sample or on all.
            fitted_with = {key: value for key, value in asdict(self.parameters).items() if key != "fit_on"}
            about = {"note": self.note, "parameters": fitted_with}
            text = json.dumps(about, indent=2, ensure_ascii=False)
            (folder / _NO_TOPICS_FILE).write_text(text + "\n", encoding="utf-8")
            return folder
        from analysis.topics.adapter import save_model

        save_model(model, folder, clusterer=self._clusterer, langs=self._langs)
        write_csv(self.levels, folder / LEVELS_FILE)
        return folder


def load_model(folder: str | Path, *, encoder: Encoder | None = None) -> PressBERTopic:
    """Return the BERTopic that `Topics.save` wrote, predicting as when it was fitted.

    Parameters
    ----------
    folder
        A run's `model` folder.
    encoder
        What `transform` shall encode texts with when no vectors are given.

    Raises
    ------
    NoTopicsError
        If the run had too few articles for topics.
    FileNotFoundError
        If there is no model in the folder.
    """
    folder = Path(folder)
    if (folder / _NO_TOPICS_FILE).is_file():
        about = json.loads((folder / _NO_TOPICS_FILE).read_text(encoding="utf-8"))
        raise NoTopicsError(f"{folder} holds no topic model: {about['note']}")
    if not (folder / "topics.json").is_file():
        raise FileNotFoundError(f"{folder} holds no topic model; give the folder that Topics.save wrote")
    from analysis.topics import adapter

    model: PressBERTopic = adapter.load_model(folder, encoder=encoder)
    return model


def others_than(sample: Indices, n: int) -> Indices:
    """Return the positions among `n` that are not in the sample."""
    outside = np.ones(n, dtype=bool)
    outside[sample] = False
    return np.flatnonzero(outside)
