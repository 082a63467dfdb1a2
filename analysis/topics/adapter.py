"""BERTopic behind one door: nothing else imports `bertopic`, `umap` or `hdbscan`.

Imported inside functions only, since it loads torch and numba. What it works around in BERTopic 0.17:
with vectors given and no language set, every character but A–Z is stripped before words are counted;
topics of equal size are numbered by the order of the articles; a reloaded model predicts by the nearest
mean vector, not as the fitted one did, unless its clusterer is put back; and see `PressBERTopic`.
"""

from __future__ import annotations

import errno
import json
import logging
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file
from scipy.sparse import csr_array, csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from analysis.topics.communities import CLUSTERER_FILE, GraphCommunities
from analysis.topics.neighbours import Indices
from analysis.topics.representations import DIVERSITY, Representation
from analysis.words.cut_texts import CutTexts
from analysis.words.table import WordTable
from analysis.words.tokens import Analyzer
from embeddings import Embeddings, Encoder

with warnings.catch_warnings():
    # UMAP warns that TensorFlow isn't there, and old releases of hdbscan have stray escapes in strings.
    warnings.simplefilter("ignore", ImportWarning)
    warnings.simplefilter("ignore", SyntaxWarning)
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.representation import BaseRepresentation, KeyBERTInspired, MaximalMarginalRelevance
    from bertopic.vectorizers import ClassTfidfTransformer
    from hdbscan import HDBSCAN
    from umap import UMAP

SETTINGS_FILE: Final = "broadsheet.json"
_M = TypeVar("_M", bound="PressBERTopic")
_LEVELS: Final = 10
"""Levels that BERTopic draws unless told otherwise."""


class EncoderBackend(BaseEmbedder):  # type: ignore[misc]
    """Any of our encoders as BERTopic's embedding model; nothing is loaded before a text is encoded."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(embedding_model=encoder)

    def embed(self, documents: Sequence[str], verbose: bool = False) -> Embeddings:
        """Return the vectors of texts or words."""
        encoder: Encoder = self.embedding_model
        return encoder.encode(list(documents), progress=verbose)


class PressVectorizer(CountVectorizer):  # type: ignore[misc]
    """Counts of words as the articles' languages cut them, for BERTopic's windows of words too."""

    def build_tokenizer(self) -> Callable[[str], list[str]]:
        """Return the analyzer; scikit-learn's own tokenizer takes a Chinese sentence for one word."""
        analyzer: Callable[[str], list[str]] = self.analyzer
        return analyzer

    def fit_counts(self, counts: csr_array, vocabulary: Sequence[str]) -> csr_matrix:
        """Take the words that were counted already, (topics, words), for those of the joined documents."""
        used = np.flatnonzero(counts.sum(axis=0))
        self.vocabulary_ = {vocabulary[word]: at for at, word in enumerate(used.tolist())}
        self.fixed_vocabulary_ = False
        return csr_matrix(counts[:, used])


class PressBERTopic(BERTopic):  # type: ignore[misc]
    """A BERTopic that reads dates given as strings, whose terms stay as fitted, and that draws with pandas 3.

    BERTopic's own `topics_over_time` passes pandas an argument for strings that pandas 3 no longer has, and
    both it and `topics_per_class` rescale the topics' weights in place; `visualize_approximate_distribution`
    calls a method that pandas 3 no longer has; `visualize_hierarchical_documents` fails where fewer topics
    were joined than levels are wanted.
    """

    c_tf_idf_: Any
    ctfidf_model: Any
    words_of_documents: WordTable | None = None
    """The documents' words while it is fitted, where they were cut before; it then cuts nothing itself."""

    def _c_tf_idf(
        self, documents_per_topic: pd.DataFrame, fit: bool = True, partial_fit: bool = False
    ) -> tuple[Any, Any]:
        """Weigh the words of each topic as BERTopic does, of documents that are cut already as well."""
        if self.words_of_documents is None or not fit:
            weighed: tuple[Any, Any] = super()._c_tf_idf(
                documents_per_topic, fit=fit, partial_fit=partial_fit
            )
            return weighed
        topics = documents_per_topic["Topic"].to_numpy()
        group = np.searchsorted(topics, np.asarray(self.topics_, dtype=np.int64))
        counts = self.words_of_documents.by_group(group, len(topics))
        matrix = self.vectorizer_model.fit_counts(counts, self.words_of_documents.vocabulary)
        self.ctfidf_model = self.ctfidf_model.fit(matrix)
        return self.ctfidf_model.transform(matrix), self.vectorizer_model.get_feature_names_out()

    def _save_representative_docs(self, documents: pd.DataFrame) -> None:
        """Leave them to `show` while it is fitted: BERTopic would cut 500 documents of each topic."""
        if self.words_of_documents is None:
            super()._save_representative_docs(documents)

    def show(self, documents: Mapping[int, Sequence[str]]) -> None:
        """Take the documents that represent each topic, best first."""
        self.representative_docs_ = {
            topic: list(documents.get(topic, ())) for topic in sorted(self.topic_sizes_)
        }

    def topics_over_time(
        self, docs: Sequence[str], timestamps: Sequence[Any], *arguments: Any, **options: Any
    ) -> pd.DataFrame:
        """Return BERTopic's topics over time."""
        if len(timestamps) and isinstance(timestamps[0], str):
            timestamps = list(pd.to_datetime(list(timestamps), format=options.pop("datetime_format", None)))
        with self._terms_kept():
            return super().topics_over_time(docs, timestamps, *arguments, **options)

    def topics_per_class(self, *arguments: Any, **options: Any) -> pd.DataFrame:
        """Return BERTopic's topics by class."""
        with self._terms_kept():
            return super().topics_per_class(*arguments, **options)

    def visualize_hierarchical_documents(
        self, docs: Sequence[str], hierarchical_topics: pd.DataFrame, *arguments: Any, **options: Any
    ) -> Any:
        """Return BERTopic's figure of documents and levels, with no more levels than topics were joined."""
        if not arguments:
            most = max(1, len(hierarchical_topics) - 1)
            options["nr_levels"] = min(options.get("nr_levels", _LEVELS), most)
        return super().visualize_hierarchical_documents(docs, hierarchical_topics, *arguments, **options)

    def visualize_approximate_distribution(
        self, document: str, topic_token_distribution: Any, normalize: bool = False
    ) -> Any:
        """Return BERTopic's table of a text's words by topic, the darker the nearer."""
        words = self.vectorizer_model.build_tokenizer()(document)
        if not words:
            raise ValueError("the document has no word; give one that has")
        shares = np.asarray(topic_token_distribution, dtype=np.float64).T
        shares = shares / shares.sum() if normalize else shares
        names = list(self.topic_labels_.values())[self._outliers :]
        columns = [f"{word}{' ' * at}" for at, word in enumerate(words)]  # styles want names that differ
        table = pd.DataFrame(shares, index=names, columns=columns)
        table = table[table.sum(axis=1) != 0]
        if table.empty:
            return table
        return table.style.format("{:.3f}").background_gradient(cmap="Blues", axis=None)

    @contextmanager
    def _terms_kept(self) -> Iterator[None]:
        """Put the topics' weights back as they were."""
        fitted = self.c_tf_idf_
        self.c_tf_idf_ = fitted.copy()
        try:
            yield
        finally:
            self.c_tf_idf_ = fitted


class _Found:
    """Communities that were found before, as a clusterer that BERTopic asks for them."""

    def __init__(self, clusterer: GraphCommunities) -> None:
        self.labels_, self.probabilities_ = clusterer.labels_, clusterer.probabilities_

    def fit(self, X: NDArray[np.floating], y: object = None) -> _Found:  # noqa: N803
        """Find nothing anew."""
        return self


class GraphBERTopic(PressBERTopic):
    """A BERTopic whose topics keep the clusterer's numbers, which already go by size."""

    def _sort_mappings_by_frequency(self, documents: pd.DataFrame) -> pd.DataFrame:
        """Leave the topics of a fit as they are: BERTopic's sort breaks ties by the order of the articles."""
        if self.words_of_documents is None:
            return super()._sort_mappings_by_frequency(documents)
        return documents


def fit_graph(
    documents: Sequence[str],
    vectors: Embeddings,
    words: CutTexts,
    *,
    clusterer: GraphCommunities,
    representation: Representation,
    encoder: Encoder | None,
) -> GraphBERTopic:
    """Return a BERTopic of graph communities that were found in the vectors as they are.

    `words` are the documents' own; topics are weighed by them, each article's stop words being those of its
    language. Which documents represent a topic is left to `show`.
    """
    model = GraphBERTopic(
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=_Found(clusterer),
        **_common(words.bases, representation, encoder),
    )
    _fitted(model, documents, vectors, words)
    model.hdbscan_model = clusterer
    return model


def fit_umap_hdbscan(
    documents: Sequence[str],
    vectors: Embeddings,
    words: CutTexts,
    *,
    min_topic_size: int,
    seed: int,
    representation: Representation,
    encoder: Encoder | None,
) -> BERTopic:
    """Return a BERTopic fitted with its usual UMAP and HDBSCAN, UMAP's random state fixed.

    Reproducible on one machine; UMAP's layout, and so the topics, can differ between machines.
    """
    projection = UMAP(
        n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed, n_jobs=1
    )
    clusterer = HDBSCAN(min_cluster_size=min_topic_size, metric="euclidean", prediction_data=True)
    model = PressBERTopic(
        umap_model=projection, hdbscan_model=clusterer, **_common(words.bases, representation, encoder)
    )
    return _fitted(model, documents, vectors, words)


def _fitted(model: _M, documents: Sequence[str], vectors: Embeddings, words: CutTexts) -> _M:
    """Fit a model on documents whose words are given."""
    model.words_of_documents = words.words()
    try:
        model.fit(list(documents), vectors)
    finally:
        model.words_of_documents = None
    return model


def save_model(model: BERTopic, folder: Path, *, clusterer: GraphCommunities, langs: Sequence[str]) -> None:
    """Write the model as BERTopic writes safetensors, and beside it the clusterer and the languages.

    Raises
    ------
    OSError
        The folder can't be written to, or its disk is full.
    """
    try:
        with _quiet():
            model.save(str(folder), serialization="safetensors", save_ctfidf=True, save_embedding_model=False)
        save_file(clusterer.arrays(), str(folder / CLUSTERER_FILE))
    except SafetensorError as error:
        raise OSError(_errno(error), f"the model can't be written ({error})", str(folder)) from error
    settings = {"langs": list(langs), "outliers": int(model._outliers)}
    (folder / SETTINGS_FILE).write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def _errno(error: SafetensorError) -> int:
    """The system's number of an error that safetensors gives in words alone."""
    found = re.search(r"os error (\d+)", str(error))
    return int(found.group(1)) if found else errno.EIO


def load_model(folder: Path, *, encoder: Encoder | None = None) -> BERTopic:
    """Return the saved model with its clusterer and tokenizer put back, to predict as when fitted."""
    settings = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
    with _quiet():
        model = BERTopic.load(
            str(folder), embedding_model=None if encoder is None else EncoderBackend(encoder)
        )
    model.__class__ = PressBERTopic  # BERTopic.load makes a BERTopic whatever class it is called on
    model.hdbscan_model = GraphCommunities.from_arrays(load_file(str(folder / CLUSTERER_FILE)))
    model.vectorizer_model.__class__ = PressVectorizer
    model.vectorizer_model.analyzer = Analyzer(settings["langs"])
    return model


def strengths(model: BERTopic, n: int) -> Embeddings:
    """Return how firmly each fitted article belongs to its topic."""
    found = model.probabilities_
    return np.zeros(n, dtype=np.float32) if found is None else np.asarray(found, dtype=np.float32)


def topic_numbers(model: BERTopic) -> Indices:
    """Return the topic of each fitted article, -1 for none."""
    return np.asarray(model.topics_, dtype=np.int64)


def _common(
    langs: Sequence[str | None], representation: Representation, encoder: Encoder | None
) -> dict[str, Any]:
    """Return the settings that both methods share."""
    return {
        "language": "multilingual",
        "embedding_model": None if encoder is None else EncoderBackend(encoder),
        "vectorizer_model": PressVectorizer(analyzer=Analyzer(langs)),
        "ctfidf_model": ClassTfidfTransformer(reduce_frequent_words=True),
        "representation_model": _representation_model(representation),
        "calculate_probabilities": False,
    }


def _representation_model(representation: Representation) -> BaseRepresentation | None:
    """Return BERTopic's own model of the representation; None for class-based tf–idf alone."""
    if representation == "keybert":
        return KeyBERTInspired()
    return MaximalMarginalRelevance(diversity=DIVERSITY) if representation == "mmr" else None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep BERTopic from advising to save an embedding model: vectors come from outside."""
    logger = logging.getLogger("BERTopic")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
