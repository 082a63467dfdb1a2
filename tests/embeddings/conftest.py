"""What the tests of this room share: the bundled encoder, loaded once, and texts in many shapes."""

from __future__ import annotations

import pytest

from embeddings import load_encoder
from embeddings.loading import UseEncoder

TEXTS = (
    "市纪委监委昨日通报三起违反中央八项规定精神典型问题，并对相关责任人给予党纪政务处分。",
    "The city council approved a new bus line between the harbour and the university on Tuesday.",
    "Мэр города открыл новую школу на восемьсот мест в северном районе.",
    "افتتح الوزير المستشفى الجديد في المدينة صباح اليوم.",
    "県は来年度から、山間部の診療所に医師を派遣する制度を始める。",
    "Der Gemeinderat hat die Sanierung der Kläranlage beschlossen.",
    "Le département consacre deux millions d'euros à la rénovation des collèges.",
    "",
    "好",
    "a",
    "😀",
    " \n\t ",
    "12345 67,8 %",
    "本报讯：" + "今年以来，全市公安机关共破获电信网络诈骗案件三百余起，为群众挽回损失。" * 40,
    "x" * 3_000,
    "村民小组 " * 400,
)


@pytest.fixture(scope="session")
def encoder() -> UseEncoder:
    loaded = load_encoder()
    assert isinstance(loaded, UseEncoder)
    return loaded
