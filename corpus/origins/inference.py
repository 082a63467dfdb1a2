"""Guesses the paper of a page that doesn't name it, from the level it writes at and the places it names.

A page that says `我市` and names one city's places comes from that city's daily; a page that says `全省` and
names places all over one province from the province's. The guess is said to be one in `source_evidence`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

from corpus.data_tables import read_data
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
_MANY_CITIES: Final = 3


@dataclass(frozen=True)
class Guess:
    """A guessed paper, and what it was guessed from."""

    paper: str
    evidence: str


def infer_source(text: str) -> Guess | None:
    """Guess the paper; None where the places are too few or lie all over the country."""
    counts = count_places(text[:MOST_TEXT])
    total = sum(counts.provinces.values())
    if total < _FEWEST_MENTIONS:
        return None
    province, in_province = _top(counts.provinces)
    if in_province / total < _ONE_PROVINCE:
        return None
    cities = Counter({city: count for (home, city), count in counts.cities.items() if home == province})
    place = _whose(text, province, cities)
    paper = _paper_of(place)
    return Guess(paper, f"inferred from {_said(text, province, cities, counts)}") if paper else None


def _whose(text: str, province: str, cities: Counter[str]) -> str:
    """The place whose paper it is: a city, or the province."""
    if not cities:
        return province
    city, mentions = _top(cities)
    share = mentions / sum(cities.values())
    if _PROVINCE_VOICE.search(text) and not _CITY_VOICE.search(text):
        return province
    if _CITY_VOICE.search(text) or _COUNTY_VOICE.search(text):
        return city if share >= _ONE_CITY / 2 else province
    many = sum(count >= 1 for count in cities.values()) >= _MANY_CITIES
    if share >= _ONE_CITY or (
        not many and len(_CITY_WORDS.findall(text)) > len(_PROVINCE_WORDS.findall(text))
    ):
        return city
    return province


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
