"""Guesses the paper of a page that doesn't name it, from the level it writes at and the places it names.

A page that says `我市` and names one city's places comes from that city's daily; a page that says `全省` and
names places all over one province from the province's. The guess is said to be one in `source_evidence`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from corpus.data_tables import read_data
from corpus.origins.evidence import Kind, Source, source_by
from corpus.origins.places import PlaceCounts, count_places, short_name

_CITY_VOICE: Final = re.compile(r"我市|本市(?!场)")
_CITY_WORDS: Final = re.compile(
    r"全市|(?<![\u4e00-\u9fff])市(?:委|政府|政协|人大|纪委|直|[\u4e00-\u9fff]{1,4}局)"
)
_PROVINCE_VOICE: Final = re.compile(r"我省|本省")
_PROVINCE_WORDS: Final = re.compile(
    r"全省|(?<![\u4e00-\u9fff])省(?:委|政府|政协|人大|纪委|直|[\u4e00-\u9fff]{1,4}厅)"
)
_COUNTY_VOICE: Final = re.compile(r"我[县区]|本[县区](?!域)")
MOST_TEXT: Final = 200_000
"""Characters of a page that are read for its places."""
_FEWEST_MENTIONS: Final = 3.0
_ONE_PROVINCE: Final = 0.6
"""Share of a page's places that must lie in one province."""
_ONE_CITY: Final = 0.6
"""Share of the province's places that must lie in one city, where no voice says so."""
_MARGIN: Final = 1.5
"""Times as often as any other of its province that a city must be named for its paper to be guessed."""
_MANY_CITIES: Final = 3
_VOICE: Final = re.compile("|".join(one.pattern for one in (_CITY_VOICE, _PROVINCE_VOICE, _COUNTY_VOICE)))
_SELF: Final = re.compile("|".join(one.pattern for one in (_VOICE, _CITY_WORDS, _PROVINCE_WORDS)))


_DATELINE: Final = re.compile(
    r"(?:新华社|新华网|中新社|中新网|人民网|央视网|央广网|中央社|法新社|路透社|美联社|本报)[^\s，。；：“”（(]{0,14}?"
    r"(?:[0-9０-９一二三四五六七八九十]{1,3}\s?月\s?)?[0-9０-９一二三四五六七八九十]{1,3}\s?日\s?(?:专?电|讯|综合)"
    r"|(?:新华社|中新社)[\u4e00-\u9fff]{2,4}(?:分社)|新华社[\u4e00-\u9fff]{0,6}记者"
)
"""Where agencies and correspondents report from says nothing of where the paper is."""
_NATIONAL: Final = re.compile(r"新闻联播|新闻和报纸摘要|中央广播电视总台|央视网消息|中国之声")


def infer_source(text: str) -> Source | None:
    """Guess the paper; None unless the page speaks as a place's own and its places agree with that.

    A paper is guessed where a self-reference (我市, 全省, 市委) stands in the text, and its places, without
    those in datelines, lie in one province and, for a city's paper, in one city, by a margin.
    """
    read = _DATELINE.sub("", text[:MOST_TEXT])
    if _NATIONAL.search(read) or not _SELF.search(read):
        return None
    counts = count_places(read)
    total = sum(counts.provinces.values())
    if total < _FEWEST_MENTIONS:
        return None
    province, in_province = _top(counts.provinces)
    if in_province / total < _ONE_PROVINCE:
        return None
    cities = Counter({city: count for (home, city), count in counts.cities.items() if home == province})
    paper = _paper_of(place) if (place := _whose(read, province, cities)) else None
    if paper is None:
        return None
    kind: Kind = "inferred, own voice" if _VOICE.search(read) else "inferred, offices"
    return source_by(kind, paper, f"inferred from {_said(read, province, cities, counts)}")


def _whose(text: str, province: str, cities: Counter[str]) -> str | None:
    """The place whose paper it is: a city, the province, or none that is clear."""
    if not cities:
        return province if _speaks(text, _PROVINCE_VOICE, _PROVINCE_WORDS) else None
    city, mentions = _top(cities)
    share = mentions / sum(cities.values())
    rivals = [count for name, count in cities.items() if name != city]
    leads = not rivals or mentions >= _MARGIN * max(rivals)
    if _PROVINCE_VOICE.search(text) and not _CITY_VOICE.search(text):
        return province
    if _CITY_VOICE.search(text) or _COUNTY_VOICE.search(text):
        return city if share >= _ONE_CITY / 2 and leads else None
    many = sum(count >= 1 for count in cities.values()) >= _MANY_CITIES
    of_city, of_province = len(_CITY_WORDS.findall(text)), len(_PROVINCE_WORDS.findall(text))
    if of_city and leads and (share >= _ONE_CITY or (not many and of_city > of_province)):
        return city
    return province if of_province else None


def _speaks(text: str, *patterns: re.Pattern[str]) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _said(text: str, province: str, cities: Counter[str], counts: PlaceCounts) -> str:
    voices = [
        match[0]
        for pattern in (_CITY_VOICE, _PROVINCE_VOICE, _COUNTY_VOICE)
        if (match := pattern.search(text))
    ]
    words = [match[0] for pattern in (_CITY_WORDS, _PROVINCE_WORDS) if (match := pattern.search(text))]
    said = "".join(f"“{word}” " for word in dict.fromkeys([*voices, *words]))
    named = ", ".join(f"{city} {count:.0f} ×" for city, count in sorted(cities.items(), key=_most_first)[:4])
    return f"{said}and its places: {province} {counts.provinces[province]:.0f} ×, {named}".rstrip(", ")


def _most_first(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]


def _top(counts: Counter[str]) -> tuple[str, float]:
    return min(counts.items(), key=_most_first)


def _paper_of(place: str) -> str | None:
    """The party daily of a city or province."""
    known = _dailies()
    if place in known:
        return known[place]
    return f"{short_name(place)}日报" if place.endswith(("市", "州", "盟", "地区")) else None


@cache
def _dailies() -> dict[str, str]:
    return {row["place"]: row["paper"] for row in read_data("dailies.csv")}
