"""The fixed words of coding sheets, in English and in Chinese."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "guide": "Guide",
        "articles": "Articles",
        "codebook": "Codebook",
        "word_task": "Words",
        "topic_task": "Topics",
        "item": "item",
        "lang": "language",
        "title": "title",
        "text": "text",
        "first": "main theme",
        "second": "second theme",
        "third": "third theme",
        "unsure": "unsure",
        "note": "note",
        "yes": "yes",
        "word": "word",
        "topic": "topic",
        "odd": "which doesn't belong",
        "choice": "choice",
        "definition": "definition",
        "rules": "rules",
        "belongs": "examples that belong",
        "seems": "examples that only seem to",
        "before": "comes before",
        "none": "none of these themes",
        "cut": "… [the text goes on]",
        "advice": "Code alone; don't talk to other coders before all sheets are in.\n"
        "Sheet “Articles”: read title and text and choose the main theme from the list, by the codebook on "
        "the next sheet: what the story is mainly about. Add a second and third theme only where the article "
        "clearly belongs to them as well. If no theme fits, choose “none of these themes”. Mark “unsure” "
        "where you hesitated. Leave the main theme empty only for what you did not read.\n"
        "Sheet “Words”: five of the six words belong together; choose the number of the one that doesn't.\n"
        "Sheet “Topics”: three of the four groups of words fit the article; choose the number of the one "
        "that doesn't.\n"
        "Don't add, delete or sort rows, and don't change other columns.",
        "kit": "kit",
    },
    "zh": {
        "guide": "说明",
        "articles": "文章",
        "codebook": "编码手册",
        "word_task": "词语",
        "topic_task": "话题",
        "item": "编号",
        "lang": "语言",
        "title": "标题",
        "text": "正文",
        "first": "主要主题",
        "second": "第二主题",
        "third": "第三主题",
        "unsure": "不确定",
        "note": "备注",
        "yes": "是",
        "word": "词",
        "topic": "话题",
        "odd": "哪一个不属于",
        "choice": "选项",
        "definition": "定义",
        "rules": "规则",
        "belongs": "属于该主题的例子",
        "seems": "看似属于、实则不属于的例子",
        "before": "优先于",
        "none": "不属于任何主题",
        "cut": "……（正文未完）",
        "advice": "请独立编码，全部交齐之前不要与其他编码员讨论。\n"
        "“文章”表：阅读标题和正文，依据编码手册从列表中选择这篇报道主要讲的主题。只有明显同时属于其他主题时，"
        "才填第二、第三主题。没有合适主题时选“不属于任何主题”。拿不准时标“不确定”。没有读的才留空。\n"
        "“词语”表：六个词中有五个属于一组，请选出不属于的那一个的序号。\n"
        "“话题”表：四组词中有三组与文章相符，请选出不符的那一组的序号。\n"
        "请勿增删或排序行，也不要改动其他列。",
        "kit": "编号",
    },
}
