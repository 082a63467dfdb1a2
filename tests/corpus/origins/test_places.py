"""Chinese places named in a text."""

from __future__ import annotations

import pytest

from corpus.origins.places import count_places, name_place, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("荆州市", "荆州"),
        ("湖北省", "湖北"),
        ("恩施土家族苗族自治州", "恩施"),
        ("广西壮族自治区", "广西"),
        ("内蒙古自治区", "内蒙古"),
        ("德宏傣族景颇族自治州", "德宏"),
        ("神农架林区", "神农架"),
        ("大兴安岭地区", "大兴安岭"),
        ("沙市区", "沙市"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_a_county_counts_for_its_city_and_province() -> None:
    counts = count_places("江陵县和松滋市的代表来到荆州。")
    assert counts.cities["湖北省", "荆州市"] == 3
    assert counts.provinces["湖北省"] == 3
    assert counts.counties["湖北省", "荆州市", "江陵县"] == 1


def test_a_shared_name_counts_in_part() -> None:
    counts = count_places("鼓楼区")
    assert len(counts.provinces) > 1
    assert sum(counts.provinces.values()) == pytest.approx(1)


def test_words_that_look_like_places_are_left_alone() -> None:
    assert count_places("来宾祝愿国家长治久安，公安干警和平时一样东方既白。").provinces.total() == 0


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("江陵县召开会议，江陵县县长与荆州客商座谈。", "江陵县"),
        ("北京的会议之后，北京和上海继续合作。", "北京市"),
        ("没有地名。", None),
        ("The mayor spoke.", None),
    ],
)
def test_an_article_s_place(text: str, place: str | None) -> None:
    assert name_place(text) == place
