"""The words of web sites: how much of a line they are, and the sentences that sites say of themselves."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from corpus.cutting.site_words import count_requests, is_request, read_words


@pytest.mark.parametrize(
    "line",
    [
        "登录 | 注册",
        "下载客户端",
        "打印 关闭 收藏本站",
        "Share this article",
        "Log in",
        "Leave a comment",
        "Версия для печати",
        "Оставить комментарий",
        "Artikel drucken",
        "Impressum · Datenschutz · AGB",
        "Partager cet article",
        "Mentions légales",
        "Política de cookies",
        "Riproduzione riservata",
        "利用規約",
        "개인정보처리방침",
    ],
)
def test_a_sites_words_are_all_of_its_lines(line: str) -> None:
    assert read_words(line).site == 1.0


@pytest.mark.parametrize(
    "line",
    [
        "新校区图书馆月底开放",
        "Council approves plan for new library",
        "В районе открыли новую школу",
        "Gemeinderat beschließt neuen Haushalt",
        "Le conseil municipal vote le budget",
        "El pleno aprueba el nuevo presupuesto",
    ],
)
def test_headlines_have_few(line: str) -> None:
    reading = read_words(line)
    assert reading.site < 0.3
    assert not reading.lists


def test_menus_run_together_are_read() -> None:
    reading = read_words("首页新闻时政财经体育娱乐视频图片论坛")
    assert reading.words == 9
    assert reading.menu == 1.0
    assert reading.site < 0.3


@pytest.mark.parametrize(
    "line",
    [
        "猜你喜欢",
        "Most read",
        "More from Sport",
        "Читайте также",
        "Mehr aus Neustadt",
        "À lire aussi",
        "Lo más leído",
        "Leggi anche",
    ],
)
def test_headings_of_links(line: str) -> None:
    assert read_words(line).lists


@pytest.mark.parametrize("line", ["下一篇", "Nächster Artikel", "Previous post", "Noticia anterior"])
def test_headings_of_one_link(line: str) -> None:
    assert read_words(line).turns


def test_a_line_without_letters_has_no_words() -> None:
    assert read_words("2024 — 17") == read_words("···")


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies to improve your experience on our website.",
        "Мы обрабатываем файлы cookie, чтобы сайт работал лучше.",
        "Diese Seite verwendet Cookies.",
        "转载请注明出处。",
        "为达最佳浏览效果，请换用新版浏览器。",
    ],
)
def test_requests(line: str) -> None:
    assert is_request(line)


@pytest.mark.parametrize(
    "line",
    [
        "居民用手机扫一扫就能预约挂号，全程不到一分钟。",
        "Der Landtag berät über ein neues Gesetz zum Datenschutz.",
        "The council will vote on a privacy policy for its cameras.",
        "Администрация района опубликовала персональные данные по ошибке.",
    ],
)
def test_news_about_such_things_asks_nothing(line: str) -> None:
    assert not is_request(line)


def test_no_word_stands_twice_in_a_list() -> None:
    languages = tomllib.loads((files("corpus") / "data" / "site_words.toml").read_text("utf-8"))
    for language, lists in languages.items():
        for name, words in lists.items():
            assert len(words) == len(set(words)), (language, name)
            assert all(word == word.strip() for word in words), (language, name)


def test_phrases_of_sentences_are_in_small_letters() -> None:
    languages = tomllib.loads((files("corpus") / "data" / "site_words.toml").read_text("utf-8"))
    phrases = [phrase for lists in languages.values() for phrase in lists["requests"]]
    assert phrases == [phrase.lower() for phrase in phrases]


def test_requests_are_counted_in_short_lines_only() -> None:
    line = "转载请注明出处，如有侵权请联系删除。"
    assert count_requests(line) >= 2
    assert count_requests(line + "学校有三十六个班。" * 40) == 0


def test_a_word_at_a_runs_end_counts_its_own_letters() -> None:
    # “打” begins longer words than “打印”, which are not in the line.
    reading = read_words("“打印”出来的教学楼")
    assert reading.site == pytest.approx(2 / 8)
