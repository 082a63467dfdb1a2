"""What a site stamps on a story: days and times, counters, ids, names of files.

Such lines are told by what is left of them when the stamps are taken away.
"""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.site_words import read_words

_MONTH: Final = (
    r"(?:jan|feb|fév|f[ée]v|mar|mär|apr|avr|abr|ma[iyj]|mag|jun|juin|giu|jul|juil|lug|aug|ago|août|sep|set|oct"
    r"|okt|ott|out|nov|dec|dez|déc|dic|ene|gen|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]{0,7}\.?"
)
_NUMERIC: Final = (
    r"\d{4}\s?[年/.\-]\s?\d{1,2}\s?[月/.\-]\s?\d{1,2}\s?日?|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)"
)
_NAMED: Final = (
    rf"\d{{1,2}}(?:\.|st|nd|rd|th)?º?\s(?:de\s)?{_MONTH},?\s(?:de\s)?\d{{4}}|{_MONTH}\s\d{{1,2}},?\s\d{{4}}"
)
_CLOCK: Final = r"(?<![\d:])[0-2]?\d[:：h][0-5]\d(?:[:：][0-5]\d)?(?!\d)|\d{1,2}\s?(?:uhr|[ap]\.?m\.?)(?!\w)"
_MOMENT: Final = r"(?:19|20)\d\d[-/](?:0\d|1[0-2])[-/][0-3]\d\s[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d+)?"
"""A day with its seconds, which a counter may stand in front of without a blank."""
_DAY: Final = re.compile(rf"{_MOMENT}|(?<!\d)(?:{_NUMERIC}|{_NAMED})(?!\d)|{_CLOCK}")
_AGO: Final = re.compile(
    r"\d+\s?(?:sec|min|hour|hr|day|week|month|year)[a-z]*\sago|vor\s\d+\s(?:std|stunde|tag|min|woche|monat)\w*"
    r"|il y a \d+ \w+|hace \d+ \w+|há \d+ \w+|\d+ \w+ fa(?!\w)"
    r"|\d+\s(?:час|минут|дн|день|недел|месяц)\w*\sназад"
    r"|\d+\s?(?:秒|分|分钟|分鐘|小时|小時|時間|天|日|个月|か月|ヶ月|年)前"
)
_COUNT: Final = re.compile(
    r"(?<![\d.])\d[\d.,]*\s?[kwк万]?\+?\s(?:views?|reads?|hits|comments?|shares?|min(?:ute)?s? read"
    r"|просмотр\w*|прочтени\w*"
    r"|комментари\w*|kommentare?|aufrufe|mal\s\w+|vues?|lectures?|commentaires?|visitas|lecturas|comentarios?)(?!\w)"
    r"|(?:浏览|瀏覽|阅读|閱讀|点击|點擊|人气|访问|评论)\S{0,3}[:：]?\s*\d+"
    r"|\d+\s?(?:次(?:浏览|阅读|点击)?|人阅读|阅读|浏览|条评论)(?!\w)"
    r"|字[数數]\s?[:：]?\s?\d+|-?\d+\s?°\s?[cf]?(?!\w)"
)
_ID: Final = re.compile(
    r"(?<!\w)(?=[0-9a-f-]*\d)[0-9a-f]{6,}-[0-9a-f-]{10,}|[\w-]+\.(?:jpe?g|png|gif|webp|svg)(?!\w)|content_\d{4,}\S*|_fororder_"
    r"|!?\[\]\(\S*\)?|(?:www\.|https?://)\S+|(?<![@\w])@[\w-]{2,20}$",
    re.IGNORECASE,
)
_JUNK: Final = re.compile(
    r"enpproperty|<!--|-->|_fororder_|!\[\]\(|content_\d{5,}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|(?<!\w)404 not found"
    r"|\$?\{\{?\s?\w*\s?\}|\[/?\w+_\w+(?:\s[^\]]*)?\]"
)
"""What a site's program left behind, places that a template was to fill among it."""
_LICENCE: Final = re.compile(
    r"ICP\s?[备備证證]|[网網]安[备備]|[备備]案[号號]"
    r"|(?:许可|許可)[证證](?:[号號]|编号)?\s?[:：（(]\s?[\w第]",
    re.IGNORECASE,
)
_MEDIA: Final = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:[报報]|[网網](?:站)?|[电電][视視]?[台臺]|新华社|通讯社|客户端|在[线線]|发布|[频頻]道|融媒体中心)(?![\u4e00-\u9fff])"
)
_MEDIUM: Final = re.compile(rf"{_MEDIA.pattern}|[\u4e00-\u9fff]{{2,6}}新[闻聞]")
_ANY: Final = re.compile(
    "|".join(rule.pattern for rule in (_ID, _DAY, _AGO, _COUNT, _JUNK, _LICENCE)), re.IGNORECASE
)
_LABEL: Final = re.compile(
    r"\W*(?:(?:您?正在|当前|當前)(?:阅读|浏览|閱讀|瀏覽|播放)|原[标標][题題]|(?:本文|信息|文章|稿件|新闻|新聞|资料|图片)?[来來]\s?源|稿源|出处|(?:发布|更新|发表|發佈)?(?:时间|時間"
    r"|日期)"
    r"|(?:浏览|阅读|点击)(?:次数|量|数)?|栏目|分类|频道|标签|標籤|编号|作者(?=\s?[：:]\s*$)"
    r"|source|published|posted|updated|categor(?:y|ies)|tags?|filed under|views|topics"
    r"|источник|опубликовано|рубрика|раздел|теги|метки|просмотров|дата"
    r"|quelle|stand|rubrik|schlagw[oö]rter?|datum"
    r"|publié|catégories?|mots[- ]clés|étiquettes|fuente|etiquetas"
    r"|categorías?|publicado|fecha|fonte|pubblicato"
    r"|categorias?)\s?[：:]\s?[^。！？]{0,40}"
)
"""A label that sites put before what they say of a story, with a short value."""
_EMPTY: Final = re.compile(r"\W*[^\W\d_]{2,14}\s?[：:]")
"""A label whose value stands on the next line, or nowhere."""
_EDITED: Final = re.compile(
    r"\W*[\u4e00-\u9fff]{0,4}(?:编辑|編輯|编审|編審|校对|校對|审核|審核|监制|監製)(?:[：:]\s?|\s)"
    r"[\u4e00-\u9fff]{2,4}(?:[\s、]+[\u4e00-\u9fff]{2,4}){0,3}\W*"
)
"""Who edited, checked or let pass a page."""
_LABELLED: Final = 0.8
_SIGN: Final = re.compile(r"[\d@<\[{]|-->|_fororder_|enpproperty|://|www\.|\.(?:jpg|png|gif)")
"""What no stamp is without."""
_HINT: Final = re.compile(rf"[：:编編校审審监監]|{_SIGN.pattern}")
"""What no stamp and no label is without."""
_NUMBERS: Final = re.compile(r"\d+")
_BARE: Final = re.compile(r"[\W\d_]*")
_REST: Final = {True: 8, False: 24}
_WIDEST: Final = 110
_MARK_ALONE: Final = 0.7
_KEPT: Final = 0.6


def stamp_score(text: str) -> float:
    """Return how surely a line is a stamp, from 0 to 1.

    It has a day, a time, a counter or an id, and beside them little more than words said of stories and the
    length of a name. A number alone, or a mark, is one as well.
    """
    if len(text) > _WIDEST:
        return 0.0
    if not text[0].isalpha() and _BARE.fullmatch(text):
        return 1.0 if _DAY.search(text) else _MARK_ALONE
    if not _HINT.search(text):
        return 0.0
    low = text.casefold()
    labelled = _LABELLED * bool(_LABEL.fullmatch(low) or _EDITED.fullmatch(low))
    return max(labelled, _stamped(text, low)) if _SIGN.search(text) else labelled


def _stamped(text: str, low: str) -> float:
    """Score what is left of a line when days, times, counters and ids are taken away."""
    if not _ANY.search(low):
        return 0.0
    if is_junk(low) or _LICENCE.search(text):
        return 1.0
    rest = low
    for stamp in (_ID, _DAY, _AGO, _COUNT):
        rest = stamp.sub(" ", rest)
    if rest == low:
        return 0.0
    reading = read_words(_NUMBERS.sub(" ", _MEDIA.sub(" ", rest)))
    left = reading.letters * (1.0 - reading.known)
    dense = bool(re.search(r"[\u3400-\u9fff]", rest))
    if left > _REST[dense]:
        return 0.0
    size = len("".join(low.split()))
    return max(0.0, min(1.0, (1.0 - left / size) / _KEPT - 0.5)) if size else 0.0


def is_junk(text: str) -> bool:
    """Tell whether a line has in it what a site's program left behind and no page shows."""
    return _JUNK.search(text) is not None


def is_medium(text: str) -> bool:
    """Tell whether a line is a paper's or site's name and nothing else."""
    return _MEDIUM.fullmatch(text.strip("@ ")) is not None


def is_label(text: str) -> bool:
    """Tell whether a line is only a label of a site's, without a value."""
    return _EMPTY.fullmatch(text) is not None and _LABEL.fullmatch(text.casefold()) is not None
