"""Topics by BERTopic, and BERTopic's own methods on the model."""

from __future__ import annotations

import json
import subprocess
import sys
from html import escape

import numpy as np
import pandas as pd
import pytest

from analysis.schema import LABELS, MAP_COLUMNS, TOPIC_COLUMNS, TOPIC_STABILITY_COLUMNS
from analysis.topics.fitting import fit_topics
from analysis.topics.neighbours import VectorError
from analysis.topics.result import NoTopicsError, load_model
from corpus.schema import TableError
from tests.analysis.topics.topic_corpus import FIELDS, WORDS, make_corpus


@pytest.fixture(scope="module")
def corpus():
    return make_corpus(240)


@pytest.fixture(scope="module")
def topics(corpus):
    articles, vectors, _ = corpus
    return fit_topics(articles, vectors)


def test_known_topics_are_found(corpus, topics):
    from sklearn.metrics import adjusted_mutual_info_score

    _, _, fields = corpus
    assert adjusted_mutual_info_score(fields, topics.assignments["topic"]) > 0.95
    assert topics.note is None


def test_tables_keep_the_contract(corpus, topics):
    articles, _, _ = corpus
    assert list(topics.assignments) == ["article_id", "topic", "topic_strength"]
    assert topics.assignments["article_id"].tolist() == articles["article_id"].tolist()
    assert topics.assignments["topic_strength"].between(0, 1).all()
    assert list(topics.topics) == [*TOPIC_COLUMNS[:4], *TOPIC_STABILITY_COLUMNS, LABELS]
    assert topics.topics["n_articles"].sum() == len(articles)
    assert topics.topics["n_articles"].is_monotonic_decreasing
    assert list(topics.map) == list(MAP_COLUMNS)


def test_terms_are_the_fields_own_in_every_language(corpus, topics):
    _, _, fields = corpus
    for topic, terms in zip(topics.topics["topic"], topics.topics["terms"], strict=True):
        field = FIELDS[fields[(topics.assignments["topic"] == topic).to_numpy()][0]]
        for lang, words in json.loads(terms).items():
            assert set(words) <= set(WORDS[lang][field])
        assert set(json.loads(terms)) == {"en", "ja", "zh"}
    assert topics.topics["label"].str.contains(" · ").all()


def test_every_topic_has_a_label_in_each_of_its_languages(topics):
    assert topics.topics["label"].is_unique
    for row in topics.topics.itertuples():
        labels = json.loads(row.labels)
        assert set(labels) == {"en", "ja", "zh"}
        assert row.label == next(iter(labels.values()))
        for lang, label in labels.items():
            assert len(set(label.split(" · "))) == 3
            assert set(label.split(" · ")) <= {word for words in WORDS[lang].values() for word in words}


@pytest.fixture(scope="module")
def encoded(corpus):
    """The encoder, its vectors of the corpus, and the topics found on them."""
    import embeddings

    articles, _, _ = corpus
    encoder = embeddings.load_encoder()
    vectors = embeddings.centre_languages(
        embeddings.embed(articles["text"].tolist(), encoder), articles["lang"].tolist()
    )
    return encoder, vectors, fit_topics(articles, vectors, encoder=encoder)


@pytest.mark.parametrize("representation", ["keybert", "mmr"])
def test_representations_by_the_encoder_are_in_tables_and_model(corpus, encoded, representation, tmp_path):
    articles, _, _ = corpus
    encoder, vectors, topics = encoded
    found = fit_topics(articles, vectors, representation=representation, encoder=encoder)
    again = fit_topics(articles, vectors, representation=representation, encoder=encoder)
    pd.testing.assert_frame_equal(found.topics, again.topics)
    assert found.assignments["topic"].tolist() == topics.assignments["topic"].tolist()
    assert found.topics["terms"].tolist() != topics.topics["terms"].tolist()
    for terms in found.topics["terms"]:
        assert all(len(words) == len(set(words)) <= 10 for words in json.loads(terms).values())
    assert found.model.get_topics() == again.model.get_topics() != topics.model.get_topics()
    loaded = load_model(found.save(tmp_path))
    assert [word for word, _ in loaded.get_topic(0)] == [word for word, _ in found.model.get_topic(0)]


def test_a_representation_needs_its_encoder(corpus):
    articles, vectors, _ = corpus
    with pytest.raises(ValueError, match="'mmr' needs an encoder"):
        fit_topics(articles, vectors, representation="mmr")
    with pytest.raises(ValueError, match="unknown representation 'lda'"):
        fit_topics(articles, vectors, representation="lda")


def test_order_of_the_articles_makes_no_difference(corpus, topics):
    articles, vectors, _ = corpus
    order = np.random.default_rng(3).permutation(len(articles))
    again = fit_topics(articles.iloc[order].reset_index(drop=True), vectors[order])
    pd.testing.assert_frame_equal(again.topics, topics.topics)
    pd.testing.assert_frame_equal(again.assignments, topics.assignments.iloc[order].reset_index(drop=True))


def test_reprints_are_not_typical(corpus):
    articles, vectors, _ = corpus
    reprinted = articles.assign(reprint_of=[None, *["a0000"] * (len(articles) - 1)])
    shown = fit_topics(reprinted, vectors).representatives
    assert shown["article_id"].tolist() == ["a0000"]


@pytest.mark.filterwarnings("ignore:n_jobs value 1 overridden:UserWarning")
@pytest.mark.parametrize("plot", ["topics", "barchart", "heatmap", "hierarchy", "term_rank"])
def test_bertopic_draws(topics, plot):
    figure = getattr(topics.model, f"visualize_{plot}")(custom_labels=True)
    assert len(figure.data) > 0


def test_bertopic_draws_documents(corpus, topics):
    articles, _, _ = corpus
    places = topics.map[["x", "y"]].to_numpy()
    assert topics.model.visualize_documents(articles["text"].tolist(), reduced_embeddings=places).data


def test_bertopic_draws_over_time_by_class_and_by_levels(corpus, topics):
    articles, _, _ = corpus
    documents, model = articles["text"].tolist(), topics.model
    dates = [f"20{10 + at % 5}-01-01" for at in range(len(documents))]
    assert len(model.visualize_topics_over_time(model.topics_over_time(documents, dates)).data) == 4
    by_lang = model.topics_per_class(documents, articles["lang"].tolist())
    assert len(model.visualize_topics_per_class(by_lang).data) == 4
    levels = model.hierarchical_topics(documents)
    places = topics.map[["x", "y"]].to_numpy()
    drawn = model.visualize_hierarchical_documents(documents, levels, reduced_embeddings=places)
    assert len(drawn.data) > 4


def test_bertopic_weighs_the_words_of_a_chinese_text(corpus, topics):
    text = "学校和教师，记者看到小麦。"
    shares, by_word = topics.model.approximate_distribution([text], calculate_tokens=True)
    assert shares.shape == (1, 4)
    assert by_word[0].shape == (3, 4)
    styled = topics.model.visualize_approximate_distribution(text, by_word[0])
    assert [column.strip() for column in styled.data.columns] == ["学校", "教师", "小麦"]
    assert "background-color" in styled.to_html()
    with pytest.raises(ValueError, match="has no word"):
        topics.model.visualize_approximate_distribution("123", by_word[0])


def test_bertopic_tables(corpus, topics):
    articles, _, _ = corpus
    texts = articles["text"].tolist()
    info = topics.model.get_topic_info()
    assert info["Count"].tolist() == topics.topics["n_articles"].tolist()
    assert info["CustomName"].tolist() == topics.topics["label"].tolist()
    assert topics.model.get_document_info(texts)["Topic"].tolist() == topics.assignments["topic"].tolist()
    assert len(topics.model.hierarchical_topics(texts)) == len(topics.topics) - 1
    assert set(topics.model.topics_per_class(texts, articles["lang"].tolist())["Class"]) == {"en", "zh", "ja"}
    assert topics.model.approximate_distribution(texts[:5])[0].shape == (5, len(topics.topics))


def test_bertopic_keeps_every_script(topics):
    words = {word for topic in topics.model.get_topics().values() for word, _ in topic}
    for lang in ("en", "zh", "ja"):
        assert words & {word for field in FIELDS for word in WORDS[lang][field]}, lang


@pytest.mark.parametrize("dates", [[f"{year}-03-01" for year in (2020, 2021)], [2020, 2021]])
def test_topics_over_time_takes_strings_and_leaves_the_terms(corpus, topics, dates):
    articles, _, _ = corpus
    before = topics.model.c_tf_idf_.copy()
    frame = topics.model.topics_over_time(articles["text"].tolist(), dates * (len(articles) // 2))
    assert frame["Timestamp"].nunique() == 2
    assert frame["Frequency"].sum() == len(articles)
    topics.model.topics_per_class(articles["text"].tolist(), articles["lang"].tolist())
    assert (topics.model.c_tf_idf_ != before).nnz == 0


def test_bertopic_merges_topics(corpus):
    articles, vectors, _ = corpus
    model = fit_topics(articles, vectors).model
    model.merge_topics(articles["text"].tolist(), [2, 3])
    assert sorted(set(model.topics_)) == [0, 1, 2]
    assert model.transform(articles["text"].tolist(), vectors)[0] == model.topics_


def test_bertopic_merges_models(corpus, topics):
    from analysis.topics.adapter import BERTopic

    articles, vectors, _ = corpus
    half = fit_topics(articles.head(150), vectors[:150]).model
    merged = BERTopic.merge_models([topics.model, half], min_similarity=0.9)
    assert len(merged.get_topic_info()) >= len(topics.topics)
    found, _ = merged.transform(articles["text"].tolist()[:20], vectors[:20])
    assert set(found) <= set(merged.get_topic_info()["Topic"])


def test_saved_model_predicts_as_when_fitted(corpus, topics, tmp_path):
    articles, vectors, _ = corpus
    texts = articles["text"].tolist()
    again = load_model(topics.save(tmp_path / "model"))
    assert again.transform(texts, vectors)[0] == topics.assignments["topic"].tolist()
    fresh = np.random.default_rng(0).normal(size=(60, vectors.shape[1])).astype(np.float32)
    assert again.transform(["x"] * 60, fresh)[0] == topics.model.transform(["x"] * 60, fresh)[0]
    for topic, terms in topics.model.get_topics().items():
        assert [tuple(pair) for pair in again.get_topic(topic)] == terms
    assert len(again.topics_over_time(texts, ["2020-01-01", "2021-01-01"] * 120)) > 4
    assert not list((tmp_path / "model").glob("*.p*kl*"))


def test_bertopic_itself_opens_the_model(corpus, topics, tmp_path):
    from analysis.topics.adapter import BERTopic

    articles, vectors, _ = corpus
    topics.save(tmp_path)
    model = BERTopic.load(str(tmp_path))
    assert type(model) is BERTopic
    found = np.array(model.transform(articles["text"].tolist(), vectors)[0])
    assert (found == topics.assignments["topic"]).mean() > 0.9


def test_the_same_model_is_saved_to_the_same_bytes(corpus, topics, tmp_path):
    articles, vectors, _ = corpus
    first, second = topics.save(tmp_path / "a"), fit_topics(articles, vectors).save(tmp_path / "b")
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    assert [(first / name).read_bytes() for name in names] == [(second / name).read_bytes() for name in names]


def test_umap_and_hdbscan(corpus, tmp_path):
    from sklearn.metrics import adjusted_mutual_info_score

    articles, vectors, fields = corpus
    found = fit_topics(articles, vectors, method="umap-hdbscan")
    assert adjusted_mutual_info_score(fields, found.assignments["topic"]) > 0.8
    assert found.resolution is None
    again = load_model(found.save(tmp_path))
    assert again.transform(articles["text"].tolist(), vectors)[0] == found.assignments["topic"].tolist()


def test_too_few_articles_say_so(corpus, tmp_path):
    articles, vectors, _ = corpus
    found = fit_topics(articles.head(40), vectors[:40])
    assert found.model is None
    assert (found.assignments["topic"] == -1).all()
    assert found.topics.empty
    assert list(found.topics) == [*TOPIC_COLUMNS[:4], *TOPIC_STABILITY_COLUMNS, LABELS]
    assert len(found.map) == 40
    assert "40 different articles" in found.note
    folder = found.save(tmp_path / "model")
    with pytest.raises(NoTopicsError, match="40 different articles"):
        load_model(folder)


def test_a_notebook_shows_topics_and_why_there_are_none(corpus, topics):
    html = topics._repr_html_()
    assert f"<b>{len(topics.topics)} topics of 240 articles</b>" in html
    assert html.count("<tr>") == min(8, len(topics.topics))
    advised = int((topics.topics["advice"] == "do not interpret").sum())
    assert ("with the advice not to interpret" in html) == (advised > 0)
    articles, vectors, _ = corpus
    none = fit_topics(articles.head(40), vectors[:40])
    assert f"<li>{escape(none.note)}</li>" in none._repr_html_()


def test_copies_do_not_make_a_corpus_large(corpus):
    articles, vectors, _ = corpus
    found = fit_topics(articles.assign(text="same"), np.repeat(vectors[:40], 6, axis=0))
    assert "40 different articles" in found.note


def test_missing_model(tmp_path):
    with pytest.raises(FileNotFoundError, match="holds no topic model"):
        load_model(tmp_path)


def test_bad_arguments(corpus):
    articles, vectors, _ = corpus
    with pytest.raises(TableError, match="articles lacks lang"):
        fit_topics(articles.drop(columns="lang"), vectors)
    with pytest.raises(VectorError, match="240 articles but 10 vectors"):
        fit_topics(articles, vectors[:10])
    with pytest.raises(ValueError, match="unknown method 'lda'"):
        fit_topics(articles, vectors, method="lda")
    with pytest.raises(ValueError, match="only the method graph"):
        fit_topics(articles, vectors, method="umap-hdbscan", resolution=1.0)


def test_importing_topics_loads_nothing_heavy():
    heavy = {"bertopic", "torch", "umap", "sklearn", "rjieba", "sudachipy"}
    code = f"import sys, analysis; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_with_the_bundled_encoder():
    """Texts in three languages find their fields, and the model encodes new texts by itself."""
    from sklearn.metrics import adjusted_mutual_info_score

    import embeddings

    articles, _, fields = make_corpus(132)
    texts, encoder = articles["text"].tolist(), embeddings.load_encoder()
    vectors = encoder.encode(texts)
    found = fit_topics(articles, vectors, encoder=encoder)
    assert found.model.transform(texts[:12])[0] == found.assignments["topic"].tolist()[:12]
    assert len(found.model.find_topics("法官和律师在法庭", top_n=2)[0]) == 2
    centred = fit_topics(articles, embeddings.centre_languages(vectors, articles["lang"].tolist()))
    assert adjusted_mutual_info_score(fields, centred.assignments["topic"]) > 0.8


def test_a_place_that_cannot_be_written_to_is_the_systems_error(topics, tmp_path):
    (tmp_path / "communities.safetensors").mkdir()
    with pytest.raises(IsADirectoryError, match="the model can't be written"):
        topics.save(tmp_path)


def test_a_corpus_without_words_says_so(corpus):
    articles, vectors, _ = corpus
    with pytest.raises(ValueError, match="no article has a word to name topics with"):
        fit_topics(articles.assign(text="2021 3 4", title=None), vectors)


def test_merged_topics_can_be_reduced_and_joined_to_another_model(corpus):
    articles, vectors, _ = corpus
    texts = articles["text"].tolist()
    model, other = (fit_topics(articles, vectors).model for _ in range(2))
    model.merge_topics(texts, [0, 1])
    assert sorted(set(model.topics_)) == list(range(len(set(model.topics_))))
    model.reduce_topics(texts, nr_topics=2)
    assert len(set(model.topics_)) == 2
    merged = type(model).merge_models([other, model], min_similarity=0.999)
    assert len(merged.get_topics()) >= 4
