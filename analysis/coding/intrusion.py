"""Word and topic intrusion: can people tell what does not belong.

If a topic's terms belong together, a person finds the one that was smuggled in from another topic; if an
article's topics fit it, a person finds the one that doesn't. The share of intruders found is the *model
precision*; by chance it is one sixth for words and one fourth for topics.

Chang, Boyd-Graber, Gerrish, Wang and Blei (2009): Reading Tea Leaves: How Humans Interpret Topic Models.
NeurIPS 22.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analysis.schema import OUTLIER, TOPIC
from corpus.schema import ARTICLE_ID, LANG

if TYPE_CHECKING:
    from embeddings import Embeddings

Terms = Mapping[int, Mapping[str, Sequence[str]]]
"""Topic → language → its terms, best first."""

WORDS_SHOWN: Final = 5
"""Terms of the topic in a word-intrusion task; the intruder is the sixth."""
TOPICS_SHOWN: Final = 3
"""Topics near the article in a topic-intrusion task; the intruder is the fourth."""
_TOPIC_TERMS: Final = 6
CHANCE: Final = {"word": 1 / (WORDS_SHOWN + 1), "topic": 1 / (TOPICS_SHOWN + 1)}


@dataclass(frozen=True)
class WordTask:
    """Six words, of which one (`intruder`, counted from 1) is not the topic's."""

    topic: int
    lang: str
    words: tuple[str, ...]
    intruder: int


@dataclass(frozen=True)
class TopicTask:
    """Four topics, shown by their terms, of which one (`intruder`, from 1) is far from the article."""

    article_id: str
    topics: tuple[int, ...]
    shown: tuple[str, ...]
    intruder: int


def terms_of(topics: pd.DataFrame) -> Terms:
    """Read the terms of a table of topics."""
    return {
        int(topic): json.loads(terms)
        for topic, terms in zip(topics[TOPIC], topics["terms"], strict=True)
        if int(topic) != OUTLIER
    }


def word_tasks(terms: Terms, *, size: int, seed: int = 0) -> list[WordTask]:
    """Make at most `size` word-intrusion tasks, one a topic and language, in random order.

    The intruder is a leading term of another topic in the same language that is not among the topic's own.
    Topics with fewer than five terms in a language, and languages of one topic, give no task.
    """
    generator = np.random.default_rng(seed)
    tasks = []
    for topic, by_lang in sorted(terms.items()):
        for lang, own in sorted(by_lang.items()):
            known = {term.casefold() for term in own}
            others = [
                term
                for other, others_terms in sorted(terms.items())
                if other != topic
                for term in others_terms.get(lang, ())[:WORDS_SHOWN]
                if term.casefold() not in known
            ]
            if len(own) < WORDS_SHOWN or not others:
                continue
            intruder = str(generator.choice(others))
            order = generator.permutation(WORDS_SHOWN + 1)
            words = np.array([*own[:WORDS_SHOWN], intruder], dtype=object)[order]
            tasks.append(
                WordTask(topic, lang, tuple(words), int(np.flatnonzero(order == WORDS_SHOWN)[0]) + 1)
            )
    return [tasks[i] for i in generator.permutation(len(tasks))[:size]]


def topic_tasks(
    articles: pd.DataFrame, vectors: Embeddings, terms: Terms, *, size: int, seed: int = 0
) -> list[TopicTask]:
    """Make at most `size` topic-intrusion tasks.

    Topics are ranked by the cosine of the article to their mean vectors. Shown are the article's own topic
    and the two nearest others, and as intruder one of the farther half. With fewer than five topics there
    is no far half, and no task.

    Parameters
    ----------
    articles
        With article_id, lang and topic; articles without a topic are not drawn.
    vectors
        Their vectors, row for row, as the topics were fitted on.
    """
    numbers = articles[TOPIC].to_numpy()
    known = sorted(topic for topic in set(numbers.tolist()) & set(terms) if topic != OUTLIER)
    if len(known) < TOPICS_SHOWN + 2:
        return []
    means = np.stack([vectors[numbers == topic].mean(axis=0) for topic in known])
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
    generator = np.random.default_rng(seed)
    rows = np.flatnonzero(np.isin(numbers, known))
    tasks = []
    for row in generator.permutation(rows)[:size]:
        own = known.index(int(numbers[row]))
        ranked = [int(place) for place in np.argsort(-(means @ vectors[row]), kind="stable") if place != own]
        far = ranked[max(TOPICS_SHOWN - 1, len(ranked) // 2) :]
        chosen = [own, *ranked[: TOPICS_SHOWN - 1], int(generator.choice(far))]
        order = generator.permutation(TOPICS_SHOWN + 1)
        shown = [known[chosen[i]] for i in order]
        lang = articles[LANG].iloc[row]
        tasks.append(
            TopicTask(
                article_id=str(articles[ARTICLE_ID].iloc[row]),
                topics=tuple(shown),
                shown=tuple(_words(terms[topic], lang) for topic in shown),
                intruder=int(np.flatnonzero(order == TOPICS_SHOWN)[0]) + 1,
            )
        )
    return tasks


def _words(by_lang: Mapping[str, Sequence[str]], lang: object) -> str:
    """A topic's first terms in the article's language, else in the language it has most of."""
    found = by_lang.get(str(lang)) or by_lang.get(str(lang).partition("-")[0])
    found = found or max(by_lang.values(), key=len, default=[])
    return ", ".join(found[:_TOPIC_TERMS])
