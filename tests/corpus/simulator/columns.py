"""Pages of many short items: columns of briefs, the text of a news broadcast, the pages of an archive."""

from __future__ import annotations

from random import Random

from broadsheet.sample.pages import BOILERPLATE, Page
from tests.corpus.simulator import bodies, furniture
from tests.corpus.simulator.headlines import Head, head_of
from tests.corpus.simulator.layout import Layout
from tests.corpus.simulator.material import Material

_FLAGS = {
    "zh": ("◎ 简明新闻", "【一周简讯】", "县区短波", "要闻速览", "简讯"),
    "en": ("News in brief", "BRIEFS"),
    "ru": ("Коротко",),
}


def fill(page: Page, layout: Layout, articles: list[Material], rng: Random) -> dict[str, Head]:
    """Fill a page of one of these kinds; return the headline blocks by story."""
    if layout.kind == "briefs":
        return _briefs(page, layout, articles, rng)
    if layout.kind == "bulletin":
        return _bulletin(page, layout, articles, rng)
    return _archive(page, layout, articles, rng)


def _briefs(page: Page, layout: Layout, articles: list[Material], rng: Random) -> dict[str, Head]:
    """A headline and a paragraph each, nothing between; or run-in headlines, bullets, numbers without."""
    if rng.random() < layout.masthead:
        page.add(*furniture.masthead(layout.lang, rng), owner=BOILERPLATE)
    if rng.random() < layout.flag:
        page.add(rng.choice(_FLAGS[layout.lang]), owner=BOILERPLATE)
    heads: dict[str, Head] = {}
    joiner = "" if layout.lang == "zh" else " "
    wide = rng.randint(*layout.width)
    for number, article in enumerate(articles):
        owner, text = f"s{number}", joiner.join(article.paragraphs)
        if rng.random() < layout.opening:
            text = (
                bodies.written(article, layout, rng, dateline=True)[0][0]
                + joiner
                + joiner.join(article.paragraphs[1:])
            )
        heads[owner] = Head((article.title,), article.title)
        if layout.brief == "headline":
            page.add(article.title, owner=owner)
        elif layout.brief == "run-in":
            text = f"【{article.title}】{text}"
        else:
            text = f"● {text}" if layout.brief == "bullet" else f"{number + 1}、{text}"
            del heads[owner]
        wrapped = layout.setting == "wrapped"
        page.add(*(bodies.wrap(text, wide, lang=layout.lang) if wrapped else [text]), owner=owner)
        for _ in range(rng.randint(*layout.apart)):
            page.blank()
    return heads


def _bulletin(page: Page, layout: Layout, articles: list[Material], rng: Random) -> dict[str, Head]:
    """The text of a broadcast: its date, perhaps a list of contents, then item after item."""
    page.add("澜津新闻联播 2024年4月17日 星期三", owner=BOILERPLATE)
    page.blank()
    if rng.random() < layout.contents:
        page.add(rng.choice(("本期节目主要内容：", "主要内容", "今日节目单：")), owner=BOILERPLATE)
        numbered = rng.random() < 0.6
        for number, article in enumerate(articles):
            entry = f"{number + 1}.{article.title}；" if numbered else article.title
            page.add(entry, owner=BOILERPLATE)
        page.blank()
    heads: dict[str, Head] = {}
    opener = rng.choice(("澜津台消息（新闻联播）：", "", "【新闻联播】", "澜津网消息：", "本台消息："))
    flash = rng.randint(len(articles) // 2, len(articles)) if layout.flag else len(articles)
    spaced = rng.random() < 0.5
    for number, article in enumerate(articles):
        owner = f"s{number}"
        if number == flash:
            page.blank()
            page.add(rng.choice(("国内联播快讯", "联播快讯")), owner=BOILERPLATE)
        heads[owner] = Head((article.title,), article.title)
        page.add(article.title, owner=owner)
        paragraphs = list(article.paragraphs)
        if number >= flash:
            paragraphs = ["".join(paragraphs[:2])]
        else:
            paragraphs[0] = opener + paragraphs[0]
        for text in paragraphs:
            if spaced:
                page.blank()
            page.add(text, owner=owner)
        if number < flash or spaced:
            page.blank()
    return heads


def _archive(page: Page, layout: Layout, articles: list[Material], rng: Random) -> dict[str, Head]:
    """A page of an archive: a label line over every story, its headline block and text without blanks."""
    page.add(f"2024年4月17日澜津日报 第{rng.randint(1, 8)}版", owner=BOILERPLATE)
    label = rng.choice((("第2版()", "专栏:"), ("第2版(要闻)", "专栏：社会"), ("版面：要闻",)))
    heads: dict[str, Head] = {}
    for number, article in enumerate(articles):
        owner = f"s{number}"
        page.blank()
        page.add(*label, owner=BOILERPLATE)
        page.blank()
        dateline = rng.random() < layout.opening
        heads[owner] = head_of(article, layout, rng, dateline=dateline)
        page.add(*heads[owner].lines, owner=owner)
        page.add(*bodies.written(article, layout, rng, dateline=dateline)[0], owner=owner)
    return heads
