"""Articles printed more than once, against a simulated truth."""

from __future__ import annotations

import random
from functools import cache

import pandas as pd
import pytest
from opencc import OpenCC

from broadsheet.sample import compose_articles
from corpus.reprints import _by_a_twin, find_reprints
from corpus.schema import TableError

WORDS = [
    f"{a}{b}" for a in "春夏秋冬东南西北山河湖海城乡村镇" for b in "学校工厂医院道路桥梁公园市场农田渔港车站"
]


def sentence(rng: random.Random) -> str:
    return "".join(rng.choices(WORDS, k=rng.randint(6, 12))) + "。"


def article(rng: random.Random, sentences: int = 14) -> list[str]:
    return [sentence(rng) for _ in range(sentences)]


def table(texts: list[str], dates: list[str | None] | None = None) -> pd.DataFrame:
    days = dates or [None] * len(texts)
    ids = [f"a{place:04d}" for place in range(len(texts))]
    frame = pd.DataFrame({"article_id": ids, "text": texts, "date": days, "date_start": days})
    return frame.astype("str")


@cache
def converter() -> OpenCC:
    return OpenCC("s2t")


def in_traditional(text: str) -> str:
    return str(converter().convert(text))


def changed(rng: random.Random, lines: list[str], how: str) -> str:
    if how == "headline":
        return sentence(rng) + "".join(lines)
    if how == "tail cut":
        return "".join(lines[: round(len(lines) * 0.55)])
    if how == "words":
        text = list("".join(lines))
        for place in rng.sample(range(len(text)), k=len(text) // 60):
            text[place] = "某"
        return "".join(text)
    if how == "traditional":
        return in_traditional("".join(lines)).replace("。", "，")
    return "\n".join(lines)


@pytest.mark.parametrize("how", ["headline", "tail cut", "words", "traditional", "wrapped"])
def test_every_kind_of_change_is_seen_through(how: str) -> None:
    rng = random.Random(how)
    originals = [article(rng) for _ in range(40)]
    reprints = [changed(rng, lines, how) for lines in originals[:20]]
    frame = table(["".join(lines) for lines in originals] + reprints)
    found = find_reprints(frame)
    assert found[:40].isna().all()
    assert found[40:].tolist() == frame["article_id"][:20].tolist()


def test_precision_and_recall_on_a_mixed_corpus() -> None:
    rng = random.Random(11)
    originals = [article(rng, rng.randint(5, 25)) for _ in range(400)]
    kinds = ["headline", "tail cut", "words", "wrapped"]
    truth = rng.sample(range(400), k=80)
    copies = [changed(rng, originals[place], rng.choice(kinds)) for place in truth]
    shared = ["".join(originals[place][:1] + article(rng, 12)) for place in rng.sample(range(400), k=40)]
    frame = table(["".join(lines) for lines in originals] + copies + shared)
    found = find_reprints(frame)
    wanted = {400 + place: f"a{original:04d}" for place, original in enumerate(truth)}
    right = sum(found[place] == original for place, original in wanted.items())
    assert right / len(wanted) >= 0.95
    assert right / found.notna().sum() >= 0.99


def test_the_first_print_is_the_earliest_then_the_smallest_id() -> None:
    text = "".join(article(random.Random(1)))
    frame = table([text] * 4, [None, "2023-07-05", "2023-07-04", "2023-07-04"])
    assert find_reprints(frame).fillna("").tolist() == ["a0002", "a0002", "", "a0002"]


def test_the_order_of_rows_does_not_matter() -> None:
    rng = random.Random(5)
    originals = [article(rng) for _ in range(30)]
    texts = ["".join(lines) for lines in originals] + [
        changed(rng, lines, "headline") for lines in originals[:9]
    ]
    frame = table(texts)
    mixed = frame.sample(frac=1, random_state=3)
    pd.testing.assert_series_equal(find_reprints(frame), find_reprints(mixed).sort_index())


def test_more_processes_find_the_same() -> None:
    rng = random.Random(6)
    originals = [article(rng) for _ in range(60)]
    copies = [changed(rng, lines, "tail cut") for lines in originals]
    frame = table(["".join(lines) for lines in originals] + copies)
    found = find_reprints(frame, workers=2)
    assert found.notna().sum() == 60
    pd.testing.assert_series_equal(found, find_reprints(frame, workers=1))


def test_short_and_empty_texts_are_left_alone() -> None:
    assert find_reprints(table(["本报讯", "本报讯", "", ""])).isna().all()
    assert find_reprints(table([])).empty


def test_a_quotation_is_no_reprint() -> None:
    rng = random.Random(2)
    speech = article(rng, 8)
    report = [*article(rng, 30), *speech]
    assert find_reprints(table(["".join(speech), "".join(report)])).isna().all()


def test_an_old_pattern_with_new_figures_is_no_reprint() -> None:
    rng = random.Random(4)
    pattern = "，{}人参加".join(article(rng, 10)) + "{}{}"
    weekly = [pattern.format(*(rng.randint(100, 9999) for _ in range(11))) for _ in range(4)]
    copied = "据江城日报报道，" + weekly[0]
    assert find_reprints(table([*weekly, copied])).fillna("").tolist() == ["", "", "", "", "a0000"]


def test_a_table_without_its_columns_is_an_error() -> None:
    with pytest.raises(TableError, match="lacks text"):
        find_reprints(pd.DataFrame({"article_id": ["a"], "date": ["x"], "date_start": ["x"]}))


LETTERS = "天地人和中国上下大小多少来去东西南北山水火土金木日月年时分秒春夏秋冬"


def misread(rng: random.Random, text: str, rate: float) -> str:
    """Every character dropped or read as another with probability `rate`."""
    read = (
        character if rng.random() >= rate else rng.choice(["", rng.choice(LETTERS)]) for character in text
    )
    return "".join(read)


@pytest.mark.parametrize("lang, characters", [("zh", 500), ("en", 1500), ("ru", 1200)])
@pytest.mark.parametrize("rate", [0.0, 0.05, 0.1])
def test_reprints_are_found_however_badly_they_were_read(lang: str, characters: int, rate: float) -> None:
    """Articles of one bank of patterns, so that unrelated ones share sentences but not names and figures."""
    rng = random.Random(f"{lang}{rate}")
    originals = compose_articles(300, lang=lang, characters=characters, seed=3)
    texts, dates = originals["text"].tolist(), originals["date"].tolist()
    truth = rng.sample(range(300), k=100)
    for place in truth:
        text = texts[place]
        if rng.random() < 0.5:
            text = text[: round(len(text) * rng.uniform(0.55, 0.95))]
        if rng.random() < 0.5:
            text = texts[rng.randrange(300)][: rng.randint(10, 30)] + "\n" + text
        if lang == "zh" and rng.random() < 0.5:
            text = changed(rng, [text], "traditional")
        texts.append(misread(rng, text, rate))
        dates.append(f"{pd.Timestamp(dates[place]) + pd.Timedelta(days=rng.randint(0, 9)):%Y-%m-%d}")
    found = find_reprints(table(texts, dates)).tolist()
    right = sum(found[300 + number] == f"a{place:04d}" for number, place in enumerate(truth))
    said = sum(isinstance(name, str) for name in found)
    assert right / len(truth) >= 0.95
    # One wrong family in a hundred is allowed: short texts of one pattern can differ less than two readings.
    assert right / said >= 0.98


def test_other_names_are_another_article_when_the_pattern_comes_back() -> None:
    rng = random.Random(8)
    lines = article(rng, 20)
    renamed = [
        line[:6] + rng.choice(WORDS) + line[10:] if place % 3 else line for place, line in enumerate(lines)
    ]
    frame = table(
        ["".join(lines), "".join(lines), "".join(renamed)], ["2022-03-01", "2023-03-01", "2023-03-01"]
    )
    assert find_reprints(frame).fillna("").tolist() == ["", "a0000", ""]


def test_a_text_is_compared_with_the_first_print_of_its_twins() -> None:
    assert _by_a_twin({(0, 3): False, (3, 5): False, (7, 7): True}).tolist() == [[0, 5]]
    assert _by_a_twin({(0, 4): True, (2, 4): True}).tolist() == [[0, 2]]
    assert _by_a_twin({}).shape == (0, 2)


def test_a_family_in_which_all_are_twins_of_their_neighbours_gives_few_pairs() -> None:
    chain = {(place, place + 1): False for place in range(500)}
    assert len(_by_a_twin(chain)) <= 2 * len(chain)
    everyone = {(one, other): False for other in range(60) for one in range(other)}
    assert len(_by_a_twin(everyone)) == 0
