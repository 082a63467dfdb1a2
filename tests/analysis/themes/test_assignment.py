"""Themes of short articles of our own, in several languages, with the bundled encoder."""

import json
from collections import Counter
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

import embeddings
from analysis.themes.assignment import assign_later, assign_themes
from analysis.themes.calibration import EvidenceModel
from analysis.themes.codebook import load_codebook
from analysis.themes.evidence import similarity_evidence
from analysis.themes.model import ThemeModel
from analysis.themes.seed_terms import AnywhereMatcher, TermIndex, WordMatcher, guess_language
from corpus.schema import TableError

ARTICLES = [
    (
        "zh",
        "anti_corruption",
        "区纪委监委通报三起典型案例",
        "三名党员干部违规收受礼金被立案审查，区里随即开展警示教育。",
    ),
    (
        "zh",
        "anti_corruption",
        "清廉之风进校园",
        "实验小学师生排演廉洁故事，教师签订拒收红包承诺书，学校公开采购账目，把廉洁文化带进家庭。",
    ),
    (
        "zh",
        "environment",
        "鱼塘尾水变清了",
        "镇里建起三级沉淀池，养殖尾水先过湿地再入湖，水质监测点每周公布数据，河长带队巡查。",
    ),
    ("zh", "transport", "", "跨江大桥今晨通车，公交六条线路同步调整，司机进城不再绕行，高峰拥堵缓解。"),
    (
        "zh-Hant",
        "business_environment",
        "招商引資再傳捷報",
        "三家高新技術企業簽約落戶開發區，總投資二十億元，區裡優化營商環境，審批全程代辦。",
    ),
    (
        "en",
        "public_security",
        "Man held over warehouse thefts",
        "Police arrested a suspect after officers found stolen tools in a van. He will appear in court.",
    ),
    (
        "en",
        "education",
        "New term starts with smaller classes",
        "Teachers at the primary school welcomed pupils to four new classrooms.",
    ),
    (
        "en",
        "charity",
        "",
        "Donations to the food bank doubled this winter, and volunteers packed parcels for families in need.",
    ),
    (
        "ru",
        "health",
        "Поликлиника приняла первых пациентов",
        "Врачи начали приём в новом здании, прививки от гриппа ставят без записи.",
    ),
    (
        "ru",
        "rural_governance",
        "",
        "Фермеры района закончили уборку зерновых: урожай пшеницы выше прошлогоднего, агрономы довольны.",
    ),
    (
        "ru",
        "military",
        "Призывники уехали служить",
        "Из военкомата в воинские части отправили тридцать новобранцев.",
    ),
    (
        "en",
        "unmapped",
        "Crossword number 4,512",
        "Across: 1 a large yellow fruit. Down: 2 what a cat says when the milk is late.",
    ),
    ("zh", "unmapped", "今日谜语", "打一字：一口咬掉牛尾巴。谜底明天揭晓。"),
]


@pytest.fixture(scope="session")
def encoder():
    return embeddings.load_encoder()


@pytest.fixture(scope="session")
def codebook():
    return load_codebook()


@pytest.fixture(scope="session")
def assign(codebook, encoder, tmp_path_factory):
    return partial(
        assign_themes, codebook=codebook, encoder=encoder, cache=tmp_path_factory.mktemp("vectors")
    )


@pytest.fixture(scope="session")
def articles():
    table = pd.DataFrame(ARTICLES, columns=["lang", "expected", "title", "text"])
    table.insert(0, "article_id", [f"a{i:02d}" for i in range(len(table))])
    return table


@pytest.fixture(scope="session")
def vectors(articles, encoder):
    return np.asarray(encoder.encode([f"{a.title}\n{a.text}" for a in articles.itertuples()]))


@pytest.fixture(scope="session")
def result(articles, vectors, assign):
    return assign(articles, vectors)


def test_each_article_gets_its_theme(articles, result):
    assert dict(zip(articles.title + articles.text, result.assignments.theme, strict=True)) == dict(
        zip(articles.title + articles.text, articles.expected, strict=True)
    )


def test_tables_have_the_columns_of_the_contract(result, codebook):
    assert list(result.assignments.columns) == [
        "article_id",
        "theme",
        "theme_probability",
        *(f"p_{theme}" for theme in codebook.ids),
    ]
    assert list(result.themes.columns) == ["theme", "n_articles", "share", "terms"]
    p = result.assignments.filter(like="p_").to_numpy()
    assert np.all((p > 0) & (p < 1))
    assert result.themes.share.to_numpy() == pytest.approx(p.mean(axis=0))
    assert result.themes.n_articles.tolist() == (p >= 0.5).sum(axis=0).tolist()
    none = np.prod(1 - p, axis=1)
    likeliest = np.maximum(p.max(axis=1), none)
    assert result.assignments.theme_probability.to_numpy() == pytest.approx(likeliest, abs=1e-6)
    assert ((result.assignments.theme == "unmapped").to_numpy() == (none > p.max(axis=1))).all()


def test_a_notebook_shows_themes_by_share_and_what_they_rest_on(articles, result):
    html = result._repr_html_()
    assert (
        f"<b>13 themes of local_governance {result.codebook['version']}, {len(articles)} articles</b>" in html
    )
    assert "probabilities rest on fixed coefficients" in html
    assert (
        f"{(result.assignments.theme == 'unmapped').sum()} articles likelier in no theme than in any" in html
    )
    assert html.count("<tr>") == 13
    assert "terms" not in html


def test_terms_are_those_found_in_the_articles(articles, result):
    terms = {row.theme: json.loads(row.terms) for row in result.themes.itertuples()}
    assert "纪委监委" in terms["anti_corruption"]["zh"]
    assert "police" in terms["public_security"]["en"]
    assert "урожай" in terms["rural_governance"]["ru"]
    text = "".join((articles.title + articles.text)[articles.lang == "en"]).casefold()
    assert all(term in text for by_lang in terms.values() for term in by_lang.get("en", []))


def test_words_weigh_what_the_articles_of_a_theme_find_in_them(articles, result, codebook):
    """Oracle: each article's hits one by one, times its probability of the theme where that is .5 or more."""
    from analysis.themes.evidence import languages
    from analysis.themes.seed_evidence import seed_evidence

    p = result.assignments[[f"p_{theme}" for theme in codebook.ids]].to_numpy()
    expected: Counter[tuple[str, str, str]] = Counter()
    for row in range(len(articles)):
        one = articles.iloc[[row]]
        hits = seed_evidence(one, languages(one), codebook).hits
        assert set(hits.article.tolist()) <= {0}
        for form, evidence in zip(hits.form.tolist(), hits.evidence.tolist(), strict=True):
            theme, lang, words = hits.forms[form]
            if theme < len(codebook.ids) and p[row, theme] >= 0.5:
                expected[codebook.ids[theme], lang, words] += evidence * p[row, theme]
    found = {(row.theme, row.lang, row.words): row.weight for row in result.carried.itertuples()}
    assert len(found) > 50
    assert found == pytest.approx(dict(expected), rel=1e-12)


def test_one_article_alone_gets_what_it_gets_in_company(articles, vectors, assign, result):
    for row in (0, 8, 11):
        alone = assign(
            articles.iloc[[row]],
            vectors[[row]],
        ).assignments
        together = result.assignments.iloc[[row]].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, together, rtol=1e-9)


def test_order_of_the_articles_changes_nothing(articles, vectors, assign, result):
    order = np.random.default_rng(3).permutation(len(articles))
    shuffled = assign(articles.iloc[order], vectors[order])
    back = shuffled.assignments.set_index("article_id").loc[articles.article_id].reset_index()
    pd.testing.assert_frame_equal(back, result.assignments, check_exact=True)
    pd.testing.assert_frame_equal(shuffled.themes, result.themes, check_exact=True)


def test_number_of_threads_changes_nothing(articles, vectors, assign):
    rng = np.random.default_rng(8)
    rows = rng.integers(0, len(articles), 400)
    many = articles.iloc[rows].assign(article_id=[f"m{i}" for i in range(400)])
    near = vectors[rows] + 0.03 * rng.normal(size=(400, vectors.shape[1])).astype(np.float32)
    found = []
    for threads in (1, 2):
        with threadpool_limits(limits=threads):
            found.append(assign(many, near).assignments)
    pd.testing.assert_frame_equal(*found, check_exact=True)


def test_language_is_guessed_where_the_table_has_none(articles, vectors, assign, result):
    bare = assign(articles.drop(columns="lang"), vectors)
    assert bare.assignments.theme.tolist() == result.assignments.theme.tolist()


def test_language_without_seed_terms_is_told_by_likeness_alone(assign, encoder):
    text = "Polícia deteve dois suspeitos de roubo; os criminosos foram presos e vão a tribunal."
    table = pd.DataFrame({"article_id": ["x"], "text": [text], "lang": ["pt"]})
    themes = assign(table, encoder.encode([text]))
    assert themes.calibration["compared_with"] == {"pt": "all"}
    p = themes.assignments.filter(like="p_").iloc[0]
    assert p.idxmax() == "p_public_security"


def test_what_lies_outside_the_themes_draws_articles_from_them(assign, codebook, encoder):
    """A sitting at which every theme's office is named; a theme's own report is not drawn away."""
    sitting = "市委常委会会议听取市纪委、市法院、市检察院党组工作汇报，市委书记主持会议并讲话。"
    report = "市纪委通报三起违规收受礼金案例，三人受到党内严重警告处分。"
    table = pd.DataFrame({"article_id": ["s", "r"], "text": [sitting, report], "lang": ["zh", "zh"]})
    vectors = encoder.encode([sitting, report])
    with_it = assign(table, vectors).assignments
    without = assign(table, vectors, codebook=replace(codebook, outside=None)).assignments
    assert with_it.theme.tolist() == ["unmapped", "anti_corruption"]
    p, q = (frame.p_anti_corruption.to_numpy() for frame in (with_it, without))
    assert q[0] > p[0] + 0.1
    assert list(with_it.columns) == list(without.columns)


def test_a_language_without_examples_borrows_those_of_the_others(codebook, encoder):
    texts = [
        "La soupe de la semaine\nÉplucher les légumes, ajouter le sel, laisser mijoter et servir.",
        "Elle recoud les vies\nÀ minuit le chirurgien pose ses gants ; le cœur du garçon bat de nouveau.",
    ]
    assert {example.lang for theme in codebook.themes for example in theme.examples}.isdisjoint({"fr"})
    found = similarity_evidence(encoder.encode(texts), ["fr"] * 2, codebook, encoder)
    assert found.compared == {"fr": "fr"}
    outside, health = len(codebook.themes), codebook.ids.index("health")
    assert found.scores.argmax(axis=1).tolist() == [outside, health]


def test_what_lies_outside_scores_nothing_where_no_language_has_examples_of_it(codebook, encoder, vectors):
    bare = replace(codebook, outside=replace(codebook.outside, examples=()))
    found = similarity_evidence(vectors, ["fr"] * len(vectors), bare, encoder)
    assert (found.scores[:, -1] == 0).all()
    assert (found.scores[:, :-1] != 0).all()


def test_an_offset_of_a_language_that_the_codebook_lacks_changes_nothing(codebook, encoder, vectors):
    """From 50 articles on they are compared from their own mean; fewer stay where the encoder put them."""
    rows = np.arange(60) % len(vectors)
    moved = vectors[rows] + 0.05
    found = similarity_evidence(vectors[rows], ["pt"] * 60, codebook, encoder)
    shifted = similarity_evidence(moved, ["pt"] * 60, codebook, encoder)
    assert found.compared == {"pt": "all"}
    assert shifted.scores == pytest.approx(found.scores, abs=1e-4)
    few = similarity_evidence(vectors[rows][:40], ["pt"] * 40, codebook, encoder)
    few_shifted = similarity_evidence(moved[:40], ["pt"] * 40, codebook, encoder)
    assert np.abs(few_shifted.scores - few.scores).max() > 0.05
    later = similarity_evidence(moved[:40], ["pt"] * 40, codebook, encoder, shifts=shifted.shifts)
    assert later.scores == pytest.approx(shifted.scores[:40], abs=1e-9)


def test_self_training_starts_at_two_hundred_articles(articles, vectors, assign):
    rows = np.arange(200) % len(articles)
    many = articles.iloc[rows].assign(article_id=[f"m{i:03d}" for i in range(200)])
    large = assign(many, vectors[rows])
    small = assign(many[:199], vectors[rows[:199]])
    assert (large.calibration["basis"], small.calibration["basis"]) == ("self-training", "fixed coefficients")
    assert large.assignments.theme.tolist() == many.expected.tolist()


def test_coded_sample_calibrates(articles, vectors, assign):
    # 65 copies of the articles, coded so that what looks like a charity story never is one.
    rows = np.arange(65) % len(articles)
    many = articles.iloc[rows].assign(article_id=[f"m{i:02d}" for i in range(65)])
    labels = many[["article_id", "expected"]].rename(columns={"expected": "theme"})
    labels["theme"] = labels["theme"].replace("charity", "unmapped")
    themes = assign(many, vectors[rows], labels=labels)
    assert themes.calibration["basis"] == "coded sample"
    assert themes.calibration["n_coded"] == 65
    assert themes.calibration["coded_share"]["charity"] == 0
    assert themes.calibration["brier"] < 0.05


def test_wrong_input_is_named(articles, vectors, assign):
    with pytest.raises(
        ValueError, match=r"13 articles need as many rows of vectors; their shape is \(12, 512\)"
    ):
        assign(articles, vectors[:12])
    with pytest.raises(ValueError, match="there are no articles"):
        assign(articles[:0], vectors[:0])
    with pytest.raises(TableError, match="lacks text"):
        assign(articles.drop(columns="text"), vectors)
    with pytest.raises(ValueError, match="'a00' stands twice"):
        assign(articles.assign(article_id="a00"), vectors)
    with pytest.raises(ValueError, match=r"have 100 dimensions, the encoder .* makes 512"):
        assign(articles, vectors[:, :100])


def test_longest_term_wins_across_themes(codebook):
    index = TermIndex(codebook)
    found = [
        (words, codebook.ids[index.terms[term].theme]) for term, words in index.count("优化营商 环境", "zh")
    ]
    assert found == [("营商环境", "business_environment")]
    assert list(index.count("公安县的菜园", "zh")) == []
    assert [words for _, words in index.count("優化營商環境", "zh-Hant")] == ["营商环境"]


@pytest.mark.parametrize(
    ("lang", "text", "words", "theme"),
    [
        ("ru", "Противодействию коррупции учат всех", "противодействию коррупции", "anti_corruption"),
        ("en", "The ANTI-CORRUPTION office", "anti corruption", "anti_corruption"),
        ("de", "Der Bahnverkehr ruht", "bahnverkehr", "transport"),
        ("ar", "وقالت الشرطة أمس", "شرطة", "public_security"),
        ("ko", "경찰이 조사했다", "경찰", "public_security"),
        ("ja", "小学校の前で", "小学校", "education"),
    ],
)
def test_terms_are_found_in_inflected_and_joined_forms(codebook, lang, text, words, theme):
    index = TermIndex(codebook)
    found = [(words, codebook.ids[index.terms[term].theme]) for term, words in index.count(text, lang)]
    assert found == [(words, theme)]


def test_a_run_of_thousands_of_letters_is_searched_for_parts_as_long_as_a_term():
    words = WordMatcher([("bank*", 0), ("*ing*", 1), ("*bank", 2)])
    assert words._longest_stem == 4
    assert list(words.count("x" * 20_000 + "bank")) == [(2, "x" * 20_000 + "bank")]
    assert list(words.count("x" * 9 + "ing" + "x" * 9)) == [(1, "x" * 9 + "ing" + "x" * 9)]


def test_matchers_take_the_most_exact_of_overlapping_patterns():
    words = WordMatcher([("bank*", 0), ("bank", 1), ("bank holiday", 2), ("holiday*", 3), ("*bank", 4)])
    assert list(words.count("Bank holiday at the bank, banks and databank")) == [
        (2, "bank holiday"),
        (1, "bank"),
        (0, "banks"),
        (4, "databank"),
    ]
    anywhere = AnywhereMatcher([("环境", 0), ("营商环境", 1), ("三资", 2)], "zh")
    assert [number for number, _ in anywhere.count("营商环境、环境、“三 资”")] == [1, 0, 2]
    short = AnywhereMatcher([("橋", 0), ("橋梁", 1), ("薬", 2)], "ja")
    assert [number for number, _ in short.count("橋梁と橋と薬")] == [1, 0, 2]
    assert list(AnywhereMatcher([], "zh").count("环境")) == []
    mixed = AnywhereMatcher([("夥伴", 0), ("干净", 1), ("乾坤", 2)], "zh")
    assert [number for number, _ in mixed.count("合作夥伴，乾淨，乾坤，伙伴")] == [0, 1, 2]
    assert anywhere.count("环境好，环境美，营商环境") == {(0, "环境"): 2, (1, "营商环境"): 1}
    assert words.count("Bank, bank and bank holiday") == {(1, "bank"): 2, (2, "bank holiday"): 1}


@pytest.mark.parametrize(
    ("text", "lang"),
    [("新しい学校です", "ja"), ("학교", "ko"), ("学校", "zh"), ("школа", "ru"), ("school", "en")],
)
def test_script_tells_the_language(text, lang):
    assert guess_language(text) == lang


def test_later_articles_are_themed_as_if_they_had_been_there(articles, vectors, codebook, encoder, tmp_path):
    """By a model saved and read again, with self-training and a coded sample, in any order, one by one."""
    rows = np.arange(220) % len(articles)
    many = articles.iloc[rows].assign(article_id=[f"m{i:03d}" for i in range(220)])
    labels = many[["article_id", "expected"]].rename(columns={"expected": "theme"})[:120]
    first = assign_themes(
        many.reset_index(drop=True), vectors[rows], codebook=codebook, encoder=encoder, labels=labels
    )
    first.model.save(tmp_path / "themes.safetensors")
    model = ThemeModel.load(tmp_path / "themes.safetensors")
    assert model.training is not None
    assert model.lines is not None
    added = assign_later(articles, vectors, model, codebook=codebook, encoder=encoder)
    later, carried = added.assignments, added.carried
    assert later.theme.tolist() == articles.expected.tolist()
    assert list(later.columns) == list(first.assignments.columns)
    assert set(carried["theme"]) <= set(codebook.ids)
    alone = [
        assign_later(articles.iloc[[n]], vectors[[n]], model, codebook=codebook, encoder=encoder).assignments
        for n in (3, 0)
    ]
    assert pd.concat(alone).reset_index(drop=True).equals(later.iloc[[3, 0]].reset_index(drop=True))


def test_without_training_later_articles_are_themed_by_their_evidence_alone(
    articles, vectors, codebook, encoder
):
    whole = assign_themes(articles, vectors, codebook=codebook, encoder=encoder)
    first = assign_themes(articles[:5], vectors[:5], codebook=codebook, encoder=encoder)
    later = assign_later(articles[5:], vectors[5:], first.model, codebook=codebook, encoder=encoder)
    assert later.assignments.equals(whole.assignments[5:].reset_index(drop=True))


def test_later_articles_are_themed_by_the_coefficients_of_the_first(
    articles, vectors, codebook, encoder, tmp_path
):
    given = EvidenceModel(intercept=-4.0, similarity=0.2)
    parts = {"codebook": codebook, "encoder": encoder}
    whole = assign_themes(articles, vectors, model=given, **parts)
    assign_themes(articles[:5], vectors[:5], model=given, **parts).model.save(tmp_path / "m.safetensors")
    model = ThemeModel.load(tmp_path / "m.safetensors")
    later = assign_later(articles[5:], vectors[5:], model, **parts).assignments
    assert later.equals(whole.assignments[5:].reset_index(drop=True))
    usual = assign_themes(articles, vectors, **parts).assignments[5:].reset_index(drop=True)
    assert not later.equals(usual)


def test_later_articles_say_which_texts_they_were_compared_with(articles, vectors, codebook, encoder):
    first = assign_themes(articles, vectors, codebook=codebook, encoder=encoder)
    foreign = articles[:2].assign(lang=["pt", "zh"])
    later = assign_later(foreign, vectors[:2], first.model, codebook=codebook, encoder=encoder)
    assert later.compared_with == {"pt": "all", "zh": "zh"}


def test_of_more_articles_than_are_trained_on_a_sample_teaches_the_others(
    articles, vectors, codebook, encoder, tmp_path
):
    """Noise about the articles' vectors makes six hundred; half of them are trained on."""
    times = -(-600 // len(articles))
    many = pd.concat([articles] * times, ignore_index=True)[:600]
    many["article_id"] = [f"m{at}" for at in range(600)]
    random = np.random.default_rng(0)
    rows = np.tile(vectors, (times, 1))[:600]
    rows = (rows + random.normal(scale=0.02, size=rows.shape)).astype(np.float32)
    given = partial(assign_themes, many, rows, codebook=codebook, encoder=encoder, cache=tmp_path)
    whole, part = given(), given(fit_on=300)
    assert "trained_on" not in whole.calibration
    assert part.calibration["trained_on"] == 300
    assert (whole.assignments["theme"] == part.assignments["theme"]).mean() > 0.95
    assert len(part.assignments) == 600
    pd.testing.assert_frame_equal(given(fit_on=600).assignments, whole.assignments)
