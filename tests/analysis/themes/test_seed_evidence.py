"""Seed terms are weighed as one would by hand, whatever is read beside an article."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis import load_codebook
from analysis.themes import seed_evidence as module
from analysis.themes.seed_evidence import seed_evidence
from analysis.themes.seed_terms import TermIndex

_STEMS = ("bribe", "police", "harvest", "court", "flood", "school", "budget")


@pytest.fixture(scope="module")
def codebook():
    return load_codebook("local_governance")


@pytest.fixture(scope="module")
def articles(codebook):
    """Articles of seed terms, some under a title that the text repeats; one language has no terms."""
    random = np.random.default_rng(5)
    rows = []
    for number, lang in enumerate(("zh", "en", "ru", "pt", "zh", "en") * 8):
        words = [term.text.replace("*", "a") for one in codebook.themes for term in one.terms.get(lang, ())]
        words = [*words, *codebook.ignored.get(lang, ()), "营商环境", "word"]
        chosen = [str(word) for word in random.choice(words, 80 if number % 3 else 2)]
        title = chosen[0] if number % 2 else ""
        body = (" " if lang != "zh" else "，").join(chosen) if number % 7 else ""
        rows.append({"article_id": str(number), "title": title, "text": title + body, "lang": lang})
    return pd.DataFrame(rows)


def by_hand(codebook, articles):
    """Scores, and (article, form, evidence) of every hit, counted zone by zone and article by article."""
    index = TermIndex(codebook)
    scores = np.zeros((len(articles), len(codebook.contenders)))
    hits = []
    for row, (title, text, lang) in enumerate(zip(articles.title, articles.text, articles.lang, strict=True)):
        found: dict[tuple[int, str], float] = {}
        zones = module._zones(title, text, lang)
        for zone, weight in zip(zones, module._zone_weights(zones[2], lang), strict=True):
            for (term, words), n in index.count(zone, lang).items():
                evidence = index.terms[term].weight * weight * float(np.log2(1 + n))
                found[term, words] = found.get((term, words), 0.0) + evidence
        for (term, words), evidence in found.items():
            scores[row, index.terms[term].theme] += evidence
            hits.append((row, (index.terms[term].theme, lang, words), evidence))
    return scores, hits


@pytest.mark.parametrize("block", [1, 7, 1_000])
def test_evidence_is_what_counting_by_hand_gives(monkeypatch, codebook, articles, block):
    monkeypatch.setattr(module, "_ARTICLES", block)
    found = seed_evidence(articles, articles.lang.tolist(), codebook)
    scores, hits = by_hand(codebook, articles)
    assert np.array_equal(found.scores, scores)
    columns = (found.hits.article, found.hits.form, found.hits.evidence)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    assert [(row, found.hits.forms[form], evidence) for row, form, evidence in rows] == hits
    assert found.seeded.tolist() == [lang != "pt" for lang in articles.lang]
    assert len(hits) > 300


def test_articles_without_a_term_have_no_evidence(codebook):
    table = pd.DataFrame({"text": ["", "word", "词"], "lang": ["en", "en", "zh"]})
    found = seed_evidence(table, table.lang.tolist(), codebook)
    assert not found.scores.any()
    assert (len(found.hits.forms), len(found.hits.form)) == (0, 0)


@pytest.fixture
def often_switched():
    """Threads that take turns a thousand times as often as usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1_000)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("often_switched")
def test_threads_share_what_finds_the_terms(codebook):
    """Every block has endings that no other has; a worker's threads share one index."""
    ends = ["".join(pair) for pair in product("abcdefgh", repeat=2)]
    texts = [[f"{stem}{end}{n}" for stem in _STEMS for end in ends] for n in range(24)]
    blocks = [([""] * 20, [" ".join(words)] * 20, ["en"] * 20) for words in texts]
    weigh = module._Weigher(codebook)
    alone = [weigh(block) for block in blocks]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(module._Weigher(codebook), blocks))
    for one, other in zip(alone, together, strict=True):
        assert one.hits.forms == other.hits.forms
        assert np.array_equal(one.scores, other.scores)
    assert any(one.hits.forms for one in alone)
