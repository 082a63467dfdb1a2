"""How often the source of a page is read or inferred rightly, by what the page prints of it.

    python -m benchmarks.source_accuracy [SEED]

Pages are simulated from the gazetteer: four to eight items of a city's or province's paper, some about
other places, with agencies' datelines, reports of other papers and reprints signed by them. A third of the
city papers are evening papers, which no place can tell from the daily.
"""

from __future__ import annotations

import sys
from random import Random
from typing import Final

from corpus.data_tables import read_data
from corpus.origins.places import short_name
from corpus.origins.sources import find_source

_PAGES: Final = 300
_FORMS: Final = (
    "dated masthead",
    "masthead without a date",
    "publisher in the footer",
    "label",
    "own bylines",
    "one own byline",
    "我市 or 我省",
    "市委 or 省委",
    "no word of its own",
    "national bulletin",
)


def page_of(form: str, random: Random) -> tuple[str, str | None]:
    """One page that prints its source in this form, and the paper that it is from."""
    rows = [
        row for row in read_data("divisions.csv") if row["city"].endswith("市") and row["counties"].split()
    ]
    home = random.choice(rows)
    kin = [row for row in rows if row["province"] == home["province"]]
    city = random.random() < 0.7
    daily = {row["place"]: row["paper"] for row in read_data("dailies.csv")}
    whose = home["city"] if city else home["province"]
    paper = daily.get(whose, f"{short_name(whose)}日报")
    if city and random.random() < 1 / 3:
        paper = f"{short_name(whose)}晚报"
    items = [
        _item(home if city else random.choice(kin), kin, rows, random) for _ in range(random.randint(4, 8))
    ]
    if form == "我市 or 我省":
        items.append(f"{'我市' if city else '我省'}各地也都作了部署。")
    if form == "市委 or 省委":
        items.append(f"{'市委' if city else '省委'}召开会议，作了部署。")
    if form == "national bulletin":
        items = [
            f"央视网消息（新闻联播）：{_item(one, rows, rows, random)}" for one in random.choices(rows, k=6)
        ]
        return "\n\n".join(items), None
    edges = {
        "dated masthead": f"{paper} 2021年3月{random.randint(1, 28)}日 星期二 第2版\n",
        "masthead without a date": f"{paper}\n第{random.randint(2, 16)}版\n",
        "label": f"新桥通车\n2021-03-{random.randint(1, 28):02d} 10:20 来源：{paper} 作者：周宁\n",
    }
    if form in ("own bylines", "one own byline"):
        for item in range(2 if form == "own bylines" else 1):
            items[item] = f"{paper}记者 周宁\n{items[item]}"
    foot = f"\n{paper}社出版 地址：中心路1号" if form == "publisher in the footer" else ""
    return edges.get(form, "") + "\n" + "\n\n".join(items) + foot, paper


def _item(home: dict[str, str], kin: list[dict[str, str]], rows: list[dict[str, str]], random: Random) -> str:
    """One story: mostly about the paper's own places, with what may mislead."""
    chance = random.random()
    row = home if chance < 0.7 else random.choice(kin if chance < 0.9 else rows)
    county = random.choice(row["counties"].split())
    other = f"{short_name(random.choice(rows)['city'])}日报"
    opening = random.choice(
        (
            "本报讯（记者 周宁）",
            f"新华社{short_name(random.choice(rows)['city'])}3月4日电 ",
            f"据《{other}》报道，",
            "",
            f"{other}记者 何平\n" if random.random() < 0.2 else "",
        )
    )
    return f"{opening}{short_name(row['city'])}的新桥日前通车，{county}的居民说出行方便了许多。"


def main() -> None:
    """Print the table: pages, how many got a source, how many of those the right one."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    print("| the page prints | pages | named | right of named | mean confidence |\n|---|---|---|---|---|")
    for form in _FORMS:
        random = Random(f"{seed} {form}")
        pages = [page_of(form, random) for _ in range(_PAGES)]
        found = [(find_source(text), paper) for text, paper in pages]
        named = [(source, paper) for source, paper in found if source.name]
        right = sum(source.name == paper for source, paper in named)
        sure = sum(source.confidence or 0.0 for source, _ in named) / max(1, len(named))
        share = f"{right / len(named):.2f} | {sure:.2f}" if named else "– | –"
        print(f"| {form} | {_PAGES} | {len(named) / _PAGES:.2f} | {share} |")


if __name__ == "__main__":
    main()
