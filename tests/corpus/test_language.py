"""The language of a text, without a network."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.language import detect_language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("我市旅游市场加速回暖，多个景区迎来游客。", "zh"),
        ("我市旅遊市場加速回暖，多個景區迎來遊客。", "zh-Hant"),
        ("2023年GDP增长5.2%，AI企业达100家，市长表示满意。", "zh"),
        ("Mayor opens a new school in the harbour district", "en"),
        ("Мэр открыл новую школу на берегу реки", "ru"),
        ("市長は昨日、新しい学校を訪れた。", "ja"),
        ("시장은 어제 새 학교를 방문했다", "ko"),
        ("El alcalde inauguró ayer la nueva escuela del puerto", "es"),
        ("Le maire a inauguré hier la nouvelle école du port", "fr"),
        ("Der Bürgermeister eröffnete gestern die neue Schule", "de"),
        ("افتتح رئيس البلدية المدرسة الجديدة أمس", "ar"),
        ("12345 !!!", None),
        ("", None),
    ],
)
def test_languages(text: str, tag: str | None) -> None:
    assert detect_language(text) == tag


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the language model reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert detect_language("Mayor opens a new school in the harbour district") == "en"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=100))
def test_no_text_breaks_it(text: str) -> None:
    tag = detect_language(text)
    assert tag is None or tag.replace("-", "").isalpha()
