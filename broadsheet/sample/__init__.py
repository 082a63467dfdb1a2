"""The bundled sample study: four invented newspapers in three languages, and the truth about them.

**Everything here is invented.** No newspaper, place, person, company, figure or event in it exists, and no
sentence was taken from anywhere: all were written for this package. Any likeness to real ones is chance.

The papers, from January 2021 to December 2023:

- 澜津日报, a Chinese city daily: page files (`corpus/lanjin_daily`) in four layouts;
- 云泽晚报, of the invented province of Yunze, which reprints some of the daily's articles: JSONL;
- The Averley Courier, a growing paper: page files (`corpus/averley_courier`), from July 2022 JSONL;
- Каменноборский вестник, in Russian: JSONL.

`build` writes pages and truth, `compose_articles` makes any number of articles for benchmarks. Read `plan`
first (who publishes how much of what: all the truth about trends), then `bank` and `fill` (the hand-written
sentences), `compose` (an article), `issues` (the articles of a day), `layouts` (pages), `truth` (the tables),
`study` (it all).
"""

from broadsheet.sample.study import build, compose_articles
from broadsheet.sample.truth import SampleStudy

__all__ = ["SampleStudy", "build", "compose_articles"]
