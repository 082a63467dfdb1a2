"""Bytes to text."""

from __future__ import annotations

import zlib
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.intake.encoding import UndecodableError, decode, replace_surrogates

CHINESE = "市长昨天出席了新学校的落成典礼。约三百名市民到场，孩子们合唱了两首歌曲，校长致辞感谢。\n" * 8
TRADITIONAL = "市長昨天出席了新學校的落成典禮。約三百名市民到場，孩子們合唱了兩首歌曲，校長致辭感謝。\n" * 8
RUSSIAN = "Мэр вчера открыл новую школу. На празднике собрались около трёхсот жителей города.\n" * 8
JAPANESE = (
    "市長は昨日、新しい学校の完成式に出席した。市民およそ三百人が集まり、子どもたちが歌を二曲うたった。\n" * 8
)
KOREAN = (
    "시장은 어제 새 학교의 준공식에 참석했다. 시민 약 삼백 명이 모였고 아이들이 노래를 두 곡 불렀다.\n" * 8
)
GERMAN = "Der Bürgermeister eröffnete gestern die neue Schule. Über dreihundert Gäste kamen.\n" * 8


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "utf-16"),
        (CHINESE, "utf-16-le"),
        (CHINESE, "utf-16-be"),
        (CHINESE, "utf-32"),
        (CHINESE, "gb18030"),
        (CHINESE, "gbk"),
        (TRADITIONAL, "big5"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "iso8859_5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "utf-16-be"),
        (KOREAN, "cp949"),
        (TRADITIONAL, "utf-16-le"),
        (RUSSIAN, "utf-16-le"),
        (GERMAN, "cp1252"),
        ("plain words\n", "utf-16-be"),
    ],
)
def test_a_text_comes_back_from_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_short_texts_in_legacy_encodings(encoding: str) -> None:
    text = "今天下午，市民在公园散步。"
    text = text.replace("园", "園") if encoding == "big5" else text
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("begin", range(0, 80, 16))
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16-le"),
        (TRADITIONAL, "big5"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (JAPANESE, "shift_jis"),
        (KOREAN, "cp949"),
        (GERMAN, "cp1252"),
    ],
)
def test_forty_characters_are_enough(text: str, encoding: str, begin: int) -> None:
    text = text.replace("\n", "")[begin : begin + 40]
    assert decode(text.encode(encoding)).text == text


def test_a_legacy_text_cut_within_a_character_keeps_the_rest() -> None:
    decoded = decode(CHINESE.encode("gb18030")[:-2])
    assert (decoded.text[:-1], decoded.encoding, decoded.damaged) == (CHINESE[:-2], "gb18030", 1)


@pytest.mark.parametrize("size", [60, 300, 5_000])
@pytest.mark.parametrize("high", [False, True])
def test_bytes_drawn_at_random_are_no_text(size: int, high: bool) -> None:
    """Bytes above 127 are letters in every single-byte encoding, and pairs of them ideographs."""
    for seed in range(20):
        data = Random(seed).randbytes(size)
        with pytest.raises(UndecodableError, match=r"binary file|unknown encoding"):
            decode(bytes(byte | 0x80 for byte in data) if high else data)


def test_packed_text_without_zero_bytes_is_no_text() -> None:
    packed = zlib.compress(CHINESE.encode() + Random(1).randbytes(400)).replace(b"\0", b"")
    with pytest.raises(UndecodableError, match=r"binary file|unknown encoding"):
        decode(packed)


def test_line_numbers_agree_with_split_whatever_the_line_ends() -> None:
    assert decode(b"one\r\ntwo\rthree\nfour").text.split("\n") == ["one", "two", "three", "four"]


def test_a_few_broken_bytes_are_counted_and_the_rest_is_kept() -> None:
    decoded = decode(CHINESE.encode()[:-2])
    assert (decoded.encoding, decoded.damaged) == ("utf-8", 1)
    assert decoded.text.startswith(CHINESE[:50])


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(256)) * 20, b"\x00" * 400, bytes(range(1, 32)) * 40],
)
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(UndecodableError, match=r"binary file|unknown encoding"):
        decode(data)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_taken_for_something_else(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text.removeprefix("\ufeff")
    assert decoded.encoding in ("utf-8", "utf-8-sig")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data).text
    except UndecodableError:
        return
    assert "\r" not in text


def test_lone_surrogates_become_writable() -> None:
    assert replace_surrogates("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize("encoding", ["hz", "iso2022_jp_2", "iso2022_kr"])
def test_encodings_of_seven_bits_are_known_by_their_marks(encoding: str) -> None:
    text = {"hz": "石桥修好", "iso2022_jp_2": "新聞の記事です", "iso2022_kr": "다리가 열렸다"}[
        encoding
    ] + "。" * (encoding != "iso2022_kr")
    assert decode(f"{text}\n{text}".encode(encoding)).text == f"{text}\n{text}"
    assert decode(b"a ~{ b \x1b$ c").encoding == "utf-8"


@pytest.mark.parametrize("text", ["The council met.\x00 It spoke\x00.", "石桥修好\x00，通车。", "\x00a"])
def test_a_few_zero_bytes_in_utf8_are_damage_and_not_the_end_of_it(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text.replace("\x00", "\ufffd")
    assert (decoded.encoding, decoded.damaged) == ("utf-8", text.count("\x00"))
    assert decode("The council met.".encode("utf-16-le")).encoding == "utf-16-le"
