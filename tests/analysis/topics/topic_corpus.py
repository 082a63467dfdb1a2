"""A made corpus with known topics for the tests of topics: words of four fields in three languages."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_WORDS = {
    "en": {
        "school": [
            "school",
            "teacher",
            "pupil",
            "classroom",
            "exam",
            "university",
            "lesson",
            "textbook",
            "campus",
            "scholarship",
        ],
        "health": [
            "hospital",
            "doctor",
            "patient",
            "vaccine",
            "nurse",
            "clinic",
            "surgery",
            "disease",
            "medicine",
            "ward",
        ],
        "farm": [
            "harvest",
            "wheat",
            "farmer",
            "village",
            "irrigation",
            "orchard",
            "tractor",
            "seed",
            "livestock",
            "grain",
        ],
        "court": [
            "court",
            "judge",
            "bribery",
            "verdict",
            "prosecutor",
            "trial",
            "lawyer",
            "sentence",
            "corruption",
            "inspector",
        ],
    },
    "zh": {
        "school": ["学校", "教师", "学生", "教室", "考试", "大学", "课程", "教材", "校园", "奖学金"],
        "health": ["医院", "医生", "患者", "疫苗", "护士", "诊所", "手术", "疾病", "药品", "病房"],
        "farm": ["丰收", "小麦", "农民", "村庄", "灌溉", "果园", "拖拉机", "种子", "畜牧业", "粮食"],
        "court": ["法院", "法官", "贿赂", "判决", "检察官", "庭审", "律师", "刑期", "腐败", "纪检"],
    },
    "ja": {
        "school": ["学校", "教師", "生徒", "教室", "試験", "大学", "授業", "教科書", "校舎", "奨学金"],
        "health": ["病院", "医師", "患者", "ワクチン", "看護師", "診療所", "手術", "疾病", "医薬品", "病棟"],
        "farm": ["収穫", "小麦", "農家", "農村", "灌漑", "果樹園", "トラクター", "種子", "家畜", "穀物"],
        "court": ["裁判所", "裁判官", "賄賂", "判決", "検察官", "公判", "弁護士", "懲役", "汚職", "監察"],
    },
}
_JOIN = {
    "en": (" and the ", "The ", " today."),
    "zh": ("和", "记者看到", "。"),
    "ja": ("と", "これは", "である。"),
}
FIELDS = ("court", "farm", "health", "school")
WORDS = _WORDS


def make_corpus(
    n: int = 240, *, seed: int = 0, noise: float = 0.6, langs: tuple[str, ...] = ("en", "zh", "ja")
) -> tuple[pd.DataFrame, NDArray[np.float32], NDArray[np.int64]]:
    """Return articles, unit vectors scattered around one centre a field, and the field of every article."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(len(FIELDS), 64))
    fields = random.permutation(np.resize(np.repeat(np.arange(4), (4, 3, 2, 1)), n))
    vectors = centres[fields] + random.normal(size=(n, 64)) * noise
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = []
    for at, field in enumerate(fields):
        lang = langs[at % len(langs)]
        join, opening, end = _JOIN[lang]
        words = random.choice(_WORDS[lang][FIELDS[field]], 6)
        rows.append((f"a{at:04d}", f"{opening}{join.join(words)}{end}", lang, None, None))
    articles = pd.DataFrame(rows, columns=["article_id", "text", "lang", "title", "reprint_of"])
    return articles, vectors.astype(np.float32), fields
