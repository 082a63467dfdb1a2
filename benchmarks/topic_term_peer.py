"""Terms by BERTopic's defaults, in the peers' environment: `python topic_term_peer.py FOLDER LANG`.

Reads `texts.json` and `vectors.npy` of the folder and writes `found.json`: the ten terms of every topic but
the outliers, and the words of every text. In Chinese the vectorizer is the one that BERTopic's documentation
advises, with jieba; in English it is the default. UMAP's random state is 0.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import numpy as np


def find_terms(folder: Path, lang: str) -> dict[str, list[list[str]]]:
    """Return terms by topic and words by text."""
    import jieba
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0)
    vectorizer = CountVectorizer(tokenizer=jieba.lcut) if lang == "zh" else CountVectorizer()
    language = {"zh": "chinese", "en": "english"}[lang]
    model = BERTopic(language=language, umap_model=umap, vectorizer_model=vectorizer)
    model.fit(texts, np.load(folder / "vectors.npy"))
    topics = {topic: found for topic, found in model.get_topics().items() if topic != -1}
    analyse = vectorizer.build_analyzer()
    return {
        "terms": [[word for word, _ in found if word] for found in topics.values()],
        "words": [analyse(text) for text in texts],
    }


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    where = Path(sys.argv[1])
    (where / "found.json").write_text(json.dumps(find_terms(where, sys.argv[2])), encoding="utf-8")
