"""Rows of a site's furniture: labels with their values, buttons side by side, the stamp of date and source.

Such a line has no form of its own; it is known by being nothing else: take away the labels with what stands
behind them, or the words of buttons, and no words are left.
"""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.lines import Line

_ROW: Final = 90.0
_STAMP_ROW: Final = 80.0
_EVENT: Final = (
    r"(?:发布|發布|發佈|发表|發表|刊发|刊登|更新|公开|公開|成文|生成|编辑|上传|录入|創建|创建)"
    r"(?:时间|時間|日期|机构|者|人|單位|单位)"
)
_COUNT: Final = (
    r"(?:浏览|瀏覽|点击|點擊|點閱|阅读|閱讀|访问|訪問|人气|人氣|下载|下載)"
    r"(?:次数|次數|人次|人数|量|率|数|數)?"
)
_SIZE: Final = r"(?:改变)?(?:字号|字體|字体|字級)(?:大小)?|(?:改变)?文字大小|语音阅读|朗读"
_HANDS: Final = (
    r"(?:责任)?编辑|責任編輯|編輯|责编|審核|审核|审校|校对|校對|初审|复审|终审|审稿|签发|录入|摄影|供稿"
)
_PLACE: Final = (
    r"版面|版次|版名|分类|分類|索\s?引\s?号|发文字号|主题分类|有效性|报纸名称|報紙名稱|关键词|關鍵詞|标签"
)
_AUTHOR: Final = r"作者|记者|記者|通讯员|撰稿"
_SOURCE: Final = r"(?:信息|文章|稿件|新闻|資料|资料)?(?:来\s?源|來\s?源|稿源|出处)"
_ALONE: Final = f"{_EVENT}|{_COUNT}|{_SIZE}|{_SOURCE}|日期"
_ANY: Final = re.compile(
    rf"(?:当前)?(?P<label>{_ALONE}|{_HANDS}|{_PLACE}|{_AUTHOR}|时间|時間)\s?[:：]"
    rf"|(?P<bare>{_COUNT})(?=\s*$)"
)
_WORDLESS: Final = re.compile(rf"(?:{_ALONE})")
_FURNISHES: Final = re.compile(rf"(?:{_EVENT}|{_COUNT}|{_SIZE}|{_HANDS}|{_PLACE}|{_SOURCE}|日期)")
_SUBJECT: Final = re.compile(r"(?:关键词|關鍵詞|标签|分类|分類)\s?[:：]")
_FRAME: Final = frozenset({"date and source line", "site links", "page label", "editors' line", "breadcrumb"})
_VALUE: Final = 24
_NAMED: Final = 14
_EMPTY: Final = re.compile(r"(?:報導|报道|未知|未詳|未详|\s|[。.,\d\-/_年月日:：[\]()（）【】|])*")
_BUTTON: Final = re.compile(
    r"上一?[篇条版页期]|下一?[篇条版页期]|打印(?:此页|本页|本文|文章)?|列印|关闭(?:此页|本页|窗口)?|關閉|收藏(?:此页|本页|本文|本站)?"
    r"|(?:发表|我要|查看|网友|條?評|评)评?论|发表评论|评论|評論|推荐(?:给好友)?|转发|转载|分享(?:到|至)?|纠错|举报|复制链接|返回(?:首页|顶部|列表|目录)?"
    r"|回(?:頁首|首頁|上頁|列表)|更多(?:新闻|内容|文章|精彩)?|[日周月]?点击排行|字号|放大|缩小|默认|正常|朗读|订阅|登录|注册|短信(?:推荐)?|E-?Mail"
    r"|邮件(?:推荐)?|微信|微博|QQ空间|朋友圈|Facebook|Twitter|WhatsApp|WeChat|电邮|文字|參與互動|参与互动|\d+\s?条"
)
_ARROWED: Final = re.compile(rf"[34]?\s?(?:{_BUTTON.pattern})\s?[34]?(?!\d)")
_PAGE: Final = re.compile(r"第?[A-Z]?\d{1,3}版\w{0,8}")
_LEAST: Final = 2
_SIZES: Final = re.compile(r"[大中小]")
_CELL: Final = re.compile(r"[】【|｜\]\[]+")
_CELLS: Final = 3
_CELL_LENGTH: Final = 6
_WEEKDAY: Final = re.compile(r"(?:星期|周|週)[一二三四五六日天]?")
_MARKS: Final = re.compile(r"[\W_]+")
_DATE: Final = r"\d{4}\s?[年/.\-]\s?\d{1,2}\s?[月/.\-]\s?\d{1,2}\s?日?"
_MEDIA: Final = (
    r"[\u4e00-\u9fff·]{1,12}(?:[报報网網社台臺刊]|在线|在線|客户端|发布|新闻|频道|广播|政府|[委局办])"
)
_STAMP: Final = re.compile(
    rf"(?:{_MEDIA}\s+)?(?P<address>(?:https?://|www\.)\S+\s+)?{_DATE}[\s日,，|]{{0,3}}(?P<time>\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?"
    rf"\s*(?:(?:{_MEDIA}[-—－·\s]?){{1,3}})?(?P<rest>.*)"
)


def row_reason(line: Line) -> str | None:
    """Return why a line is a row of a site's furniture, or None.

    `date and source line` for labels and stamps, `site links` for buttons, `editors' line` for those who
    edited the page.
    """
    if line.width > _ROW:
        return None
    text = line.text
    if line.width <= _STAMP_ROW and _is_stamp(text):
        return "date and source line"
    if _is_buttons(text):
        return "site links"
    if _PAGE.fullmatch(_without_buttons(text)):
        return "page label"
    return _labels(text)


def _without_buttons(text: str) -> str:
    """Return a line without its buttons, if it has two or more, and without the figures 3 and 4 beside them.

    In the fonts of symbols that papers' sites use for arrows, these figures are triangles.
    """
    if len(_BUTTON.findall(text)) < _LEAST:
        return ""
    return _MARKS.sub("", _ARROWED.sub("", text))


def _is_stamp(text: str) -> bool:
    """Tell whether a line is a day with its time or the page's address, and a medium's name at most."""
    found = _STAMP.fullmatch(text)
    if not found:
        return False
    rest = _WEEKDAY.sub("", found["rest"], count=1)
    if not (found["address"] or found["time"]):
        return _is_buttons(rest)
    return not _MARKS.sub("", rest) or _is_buttons(rest) or _labels(rest.strip()) is not None


def _is_buttons(text: str) -> bool:
    """Tell whether a line is only words of buttons (`打印】【关闭`), at least two, or one of a clear kind."""
    words = _BUTTON.findall(text)
    rest = _MARKS.sub("", _ARROWED.sub("", text) if len(words) >= _LEAST else _BUTTON.sub("", text))
    framed = len(words) == 1 and bool(re.search(r"[】【>»\]\[|｜]", text))
    return ((len(words) >= _LEAST or framed) and not _SIZES.sub("", rest)) or _is_button_bar(text)


def _is_button_bar(text: str) -> bool:
    """Tell whether a line is short cells parted by bars or brackets, and most of them are known buttons."""
    cells = [cell.strip() for cell in _CELL.split(text) if cell.strip()]
    if len(cells) < _CELLS or any(len(cell) > _CELL_LENGTH for cell in cells):
        return False
    return 2 * sum(_BUTTON.fullmatch(cell) is not None for cell in cells) > len(cells)


def _labels(text: str) -> str | None:
    """Return why a line of labels is furniture: each with a short value, and one of them a site's."""
    found = list(_ANY.finditer(text))
    if not found or len(text[: found[0].start()].strip()) > _NAMED:
        return None
    names = [match["label"] or match["bare"] for match in found]
    ends = [match.start() for match in found[1:]] + [len(text)]
    values = [
        _BUTTON.sub("", text[match.end() : end]).strip() for match, end in zip(found, ends, strict=True)
    ]
    if any(len(value) > _VALUE or "，" in value for value in values):
        return None
    if len(found) == 1:
        return _one_label(text, found[0], names[0], values[0])
    if not any(_FURNISHES.fullmatch(name) for name in names):
        return None
    edited = all(re.fullmatch(f"{_HANDS}|{_AUTHOR}", name) for name in names)
    return "editors' line" if edited else "date and source line"


def _one_label(text: str, match: re.Match[str], name: str, value: str) -> str | None:
    """Return why a line with one label is furniture: it has no words, or a name and who edited before it."""
    if match.start() and not re.match(r"[\W_]*$", text[: match.start()]):
        edited = re.fullmatch(_HANDS, name) and re.match(_MEDIA + r"\s+$", text[: match.start()])
        return "editors' line" if edited else None
    empty = _EMPTY.fullmatch(value) is not None
    if empty and (_WORDLESS.fullmatch(name) or "導" in value or "报道" in value):
        return "date and source line"
    return "page label" if re.fullmatch(_PLACE, name) and not _SUBJECT.match(text) else None


def mark_subjects(lines: list[Line], marks: list[str | None]) -> None:
    """Mark a site's own words on the subject (`关键词：…`), which stand beside other furniture of its.

    On a newspaper's page such a line is a headline or a subhead.
    """
    for index, line in enumerate(lines):
        near = marks[max(index - 2, 0) : index + 3]
        if marks[index] is None and line.width <= _ROW and _SUBJECT.match(line.text) and _FRAME & set(near):
            marks[index] = "page label"
