"""Pages saved from the web: invented ones, in layouts that Chinese government and newspaper sites have."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus
from corpus import NoArticlesError
from corpus.schema import ARTICLE_COLUMNS

BODY = [
    "7月3日，春江市在东门水文站举行夏季防汛演练，市应急管理局、水利局和沿江各乡镇三百余人参加。",
    "演练模拟连续强降雨导致江水上涨，险情出现在老桥下游两公里处的堤段。抢险队员用四十分钟筑起一道子堤。",
    "市水利局局长郑川说，今年全市已检查堤防一百二十公里，整改隐患三十七处。“我们要把各项准备做在前面。”他说。",
]
GOVERNMENT = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>春江市启动夏季防汛演练_春江要闻_春江市人民政府门户网站</title>
<meta name="SiteName" content="春江市人民政府门户网站">
<meta name="ArticleTitle" content="春江市启动夏季防汛演练">
<meta name="PubDate" content="2023-07-04 10:22">
<meta name="ContentSource" content="春江日报">
<script>var t = new Date(); document.write("今天是" + t); if (1 < 2) {{ alert("<p>不是正文。</p>") }}</script>
<style>.a {{color: red}}</style>
</head>
<body>
<div class="top"><a href="/">首页</a> | <a href="/x">要闻动态</a> | <a href="/y">政务公开</a></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/x">要闻动态</a> &gt; 春江要闻</div>
<div class="main">
<h1>春江市启动夏季防汛演练</h1>
<div class="info"><span>发布时间：2023-07-04 10:22</span>&nbsp;&nbsp;<span>来源：春江日报</span>
<span>作者：周宁</span> <span>浏览次数：<script>getHits(12)</script></span> <span>字号：[大] [中]</span></div>
<div class="TRS_Editor">
<p>　　{BODY[0]}</p>
<p>　　{BODY[1]}</p>
<p>　　{BODY[2]}</p>
</div>
<div class="share">分享到：微信 微博 QQ空间</div>
<div>【打印】 【关闭】</div>
<div class="related"><h3>相关链接</h3><ul><li><a href="1">春江市召开防汛工作会议</a></li></ul></div>
</div>
<div class="footer">主办：春江市人民政府办公室<br>春ICP备00000000号<br>版权所有 © 2015-2024</div>
</body></html>
"""
TABLES = f"""<html><head><meta charset="gb2312"><title>老桥翻修月底完工-春江新闻网</title></head><body>
<table width=980><tr><td><img src=a.gif></td><td>今天是2024年1月5日 星期五</td></tr></table>
<table><tr><td><a href=a>首页</a></td><td><a href=b>时政</a></td><td><a href=c>社会</a></td></tr></table>
<table><tr><td align=center><font size=5><b>老桥翻修月底完工</b></font></td></tr>
<tr><td>2023年07月05日 08:15　来源：春江晚报　责任编辑：李江</td></tr>
<tr><td><p>　　{BODY[0]}<br>　　{BODY[1]}<br>　　{BODY[2]}</p></td></tr></table>
<table><tr><td>关于我们 | 联系方式 | 广告服务 | 版权声明</td></tr>
<tr><td>春江新闻网版权所有 未经书面授权不得转载 2003-2024</td></tr></table>
</body></html>
"""
ENGLISH = """<!DOCTYPE html><html lang=en><head><title>Bridge to reopen in August | The Gazette</title>
<meta property="og:site_name" content="The Harbour Gazette">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Bridge to reopen in August", "datePublished": "2023-07-04T08:00:00Z",
"author": {"@type": "Person", "name": "Jane Miller"}}</script>
</head><body><nav><a>Home</a></nav><article><h1>Bridge to reopen in August</h1><p>By Jane Miller</p>
<p>The harbour bridge will reopen to traffic in August after fourteen months of repairs, the council said.</p>
<p>Engineers replaced two hundred metres of the deck &amp; strengthened both piers, at a cost of &pound;3.</p>
<p>Cyclists will have a lane of their own, which residents had asked for since the consultation of 2021.</p>
</article><footer>&copy; 2023 Harbour Media</footer></body></html>
"""


def read(folder: Path, page: str | bytes, name: str = "page.html") -> corpus.Corpus:
    (folder / name).write_bytes(page.encode() if isinstance(page, str) else page)
    return corpus.read(folder / name)


def test_a_government_page(tmp_path: Path) -> None:
    found = read(tmp_path, GOVERNMENT)
    assert tuple(found.articles.columns) == ARTICLE_COLUMNS
    row = found.articles.iloc[0]
    assert len(found.articles) == 1
    assert row["text"].split("\n") == BODY
    assert (row["title"], row["byline"], row["kind"]) == ("春江市启动夏季防汛演练", "周宁", "article")
    assert (row["source"], row["source_evidence"]) == ("春江日报", "metadata: contentsource")
    assert (row["date"], row["date_basis"]) == ("2023-07-04", "metadata")
    assert row["date_evidence"] == "meta pubdate: 2023-07-04 10:22"


def test_lines_point_at_the_source_and_the_rest_is_in_the_ledger(tmp_path: Path) -> None:
    found = read(tmp_path, GOVERNMENT)
    source = GOVERNMENT.split("\n")
    (title, body) = json.loads(found.articles.loc[0, "lines"])
    assert source[title[0] - 1] == "<h1>春江市启动夏季防汛演练</h1>"
    assert [line[5:-4] for line in source[body[0] - 1 : body[1]]] == BODY
    told = found.dropped.set_index("reason")["text"]
    assert told["site furniture above the article"].startswith("首页 | 要闻动态")
    assert "来源：春江日报" in told["site furniture amid the article"]
    assert told["site furniture below the article"].startswith("分享到：微信")
    assert not found.dropped["text"].str.contains("alert|getHits|color").any()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_page_laid_out_with_tables(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, TABLES.encode(encoding))
    row = found.articles.iloc[0]
    assert row["text"].split("\n") == BODY
    assert (row["title"], row["source"]) == ("老桥翻修月底完工", "春江晚报")
    assert (row["date"], row["date_basis"]) == ("2023-07-05", "printed")
    assert "2023年07月05日" in row["date_evidence"]
    assert found.inputs.loc[0, "encoding"] == encoding


def test_a_page_in_english_with_json_ld(tmp_path: Path) -> None:
    row = read(tmp_path, ENGLISH).articles.iloc[0]
    assert row["text"].startswith("The harbour bridge")
    assert "the deck & strengthened both piers, at a cost of £3." in row["text"]
    assert (row["title"], row["byline"]) == ("Bridge to reopen in August", "Jane Miller")
    assert (row["source"], row["source_evidence"]) == ("The Harbour Gazette", "metadata: og:site_name")
    assert (row["date"], row["date_evidence"]) == ("2023-07-04", "JSON-LD of the page")


@pytest.mark.parametrize(
    ("declared", "encoding", "recorded"),
    [("gb2312", "gbk", "gb18030"), ("Big5", "big5", "big5hkscs"), ("windows-1251", "cp1251", "cp1251")],
)
def test_a_short_page_is_in_the_encoding_that_it_declares(
    tmp_path: Path, declared: str, encoding: str, recorded: str
) -> None:
    words = {"gbk": "市长昨天出席了新学校的落成典礼。", "big5": "市長昨天出席了新學校的落成典禮。"}
    sentence = words.get(encoding, "Мэр вчера открыл новую школу в городе.") * 3
    page = f'<html><head><meta charset="{declared}"></head><body><p>{sentence}</p></body></html>'
    found = read(tmp_path, page.encode(encoding))
    assert found.articles.loc[0, "text"] == sentence
    assert found.inputs.loc[0, "encoding"] == recorded


def test_a_wrongly_declared_encoding_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, TABLES.encode("utf-8")).articles.loc[0, "text"].split("\n") == BODY


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body></body></html>", "web page without visible text"),
        ("<html><body><script>render()</script></body></html>", "web page without visible text"),
        ("<ul><li><a href=1>首页</a><li><a href=2>要闻</a></ul>", "web page without an article"),
        ("<", "web page without"),
        ("\n \n", "empty file (white space alone)"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary file"),
    ],
)
def test_pages_without_an_article_are_told(tmp_path: Path, page: str | bytes, reason: str) -> None:
    (tmp_path / "good.htm").write_text(GOVERNMENT, "utf-8")
    (tmp_path / "bad.html").write_bytes(page.encode() if isinstance(page, str) else page)
    found = corpus.read(tmp_path)
    assert found.articles["file"].tolist() == ["good.htm"]
    assert found.dropped.set_index("file").loc["bad.html", "reason"].startswith(reason)


def test_broken_markup_is_read_as_browsers_do(tmp_path: Path) -> None:
    page = GOVERNMENT.replace("</p>", "").replace("</div>", "").replace("</body></html>", "<p <b")
    assert read(tmp_path, page).articles.loc[0, "text"].split("\n")[:3] == BODY


def test_deep_nesting_is_no_crash(tmp_path: Path) -> None:
    page = "<div>" * 20_000 + f"<p>{BODY[0]}</p>"
    try:
        found = read(tmp_path, page)
    except NoArticlesError as error:
        assert "web page without" in str(error)  # noqa: PT017
    else:
        assert found.articles.loc[0, "text"] == BODY[0]


def test_a_digital_newspaper_with_its_masthead_above_and_its_headline_after_the_paper(tmp_path: Path) -> None:
    page = f"""<html><head><meta charset=utf-8><title>春江日报数字报-新院区昨天开诊</title></head><body>
<div>今天是2024年1月5日 星期五</div><div>春江日报 2023年7月6日 星期四 第A03版：民生</div>
<ul><li><a>第A01版：要闻</a></li><li><a>新院区昨天开诊</a></li><li><a>公交线路调整</a></li></ul>
<h2>新院区昨天开诊</h2><div>{"".join(f"<p>{one}</p>" for one in BODY)}</div>
<div>春江日报社 版权所有 未经书面允许不得转载</div></body></html>"""
    row = read(tmp_path, page).articles.iloc[0]
    assert (row["title"], row["source"], row["date"]) == ("新院区昨天开诊", "春江日报", "2023-07-06")
    assert row["text"].split("\n") == BODY
    assert json.loads(row["lines"]) == [[4, 4]]


def test_an_index_of_links_is_no_article_and_a_short_warning_is(tmp_path: Path) -> None:
    links = "".join(
        f"<li><a href={n}>春江市召开第{n}次常务会议</a>2023-07-{n:02d}</li>" for n in range(1, 25)
    )
    (tmp_path / "index.html").write_text(f"<title>要闻</title><h2>要闻</h2><ul>{links}</ul>", "utf-8")
    warning = "<title>暴雨预警</title><h1>暴雨预警</h1><div>2023-07-06 09:00 来源：春江晚报</div>"
    (tmp_path / "w.html").write_text(f"{warning}<div>市气象台今天8时发布暴雨预警，请防范。</div>", "utf-8")
    found = corpus.read(tmp_path)
    assert found.articles[["file", "title", "source", "date"]].values.tolist() == [
        ["w.html", "暴雨预警", "春江晚报", "2023-07-06"]
    ]
    assert (
        found.dropped.set_index("file").loc["index.html", "reason"].startswith("web page without an article")
    )


def test_what_is_given_for_the_run_fills_what_a_page_does_not_say(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text(f"<p>{BODY[1]}</p><p>{BODY[1]}另一段。</p>", "utf-8")
    row = corpus.read(tmp_path / "p.html", source="江城日报", date="2021-05-06").articles.iloc[0]
    assert (row["source"], row["date"], row["date_evidence"]) == (
        "江城日报",
        "2021-05-06",
        "given for the run",
    )
    assert pd.isna(row["title"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<td>",
                "<tr>",
                "<!--",
                "-->",
                "<script>",
                "<br>",
                "&nbsp;",
                "&#0;",
                "<title>",
                "<![if x]>",
                "<![x[",
                BODY[0],
                BODY[1],
                "<a href='",
                ">",
                "\n",
                "<?php",
                "\x0b",
            ]
        ),
        max_size=25,
    )
)
def test_any_markup_is_an_article_or_told(tmp_path: Path, pieces: list[str]) -> None:
    (tmp_path / "a.html").write_text("".join(pieces), "utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "One ready-made article."}', "utf-8")
    found = corpus.read(tmp_path, reprints=False)
    assert (found.articles["file"] == "a.html").any() or (found.dropped["file"] == "a.html").any()
