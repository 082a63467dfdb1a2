"""The formulas that open, sign and continue a story: datelines, bylines, signatures, jump lines.

Each function looks at the beginning or the end of a text only, so a line of a million characters costs
no more than a short one.
"""

from __future__ import annotations

import re

_HEAD = 160
_MARK = r"[\s\u3000]*(?:[■□●○◎◆◇▲△▼▶★☆※✦◼]\s*)?"
_AGENCY = (
    r"(?:新华社|中新社|中新网|央视网|央广网|人民网|新华网|法新社|路透社|美联社|塔斯社|共同社"
    r"|本台|本网|本刊|本报"
    r"|新華社|中央社|[\u4e00-\u9fff]{2,8}(?:日报|晚报|早报|时报|商报|都市报|晨报|周报|日報"
    r"|晚報|時報|网|网讯|客户端|融媒))"
)
_OPENING = [
    re.compile(
        _MARK
        + r"[【\[（(]?"
        + _AGENCY
        + r"[^。，,\n]{0,24}?(?:[讯訊]|[電电](?![话影视力器子动脑商梯线信台源网池费机缆竞報报])"
        r"|消息(?=[\s（(：:])|报道(?=[（(：:]))"
    ),
    re.compile(
        _MARK + r"(?:综合|据)[\u4e00-\u9fff]{0,8}(?:社|网|报|台)[^。，]{0,14}?(?:[讯訊]|[電电](?![话影视力器"
        r"子动脑商]))"
    ),
    re.compile(_MARK + r"[\u4e00-\u9fff]{1,10}讯\s*[（(【]?\s*(?:记者|通讯员|见习|特约|实习|全媒体)"),
    re.compile(
        _MARK + r"[（(【](?:本报|首席|特派|驻[\u4e00-\u9fff]{1,8})?(?:全媒体?)?(?:记者|通讯员)[^）)】]{1,40"
        r"}[）)】]\S"
    ),
    re.compile(
        r"[\s\u3000]*[（(〔【\[［](?:中央社|本報|本报|新華社|路透|法新社|美聯社)?(?:記者|记者"
        r"|特派員)[^）)〕】\]］]{2,40}(?:報導|报道|報道|電|电|訊|讯|攝影)?[）)〕】\]］]\s*\S"
    ),
    re.compile(r"[（(【\[][가-힣]{2,8}=[^）)】\]]{2,20}[）)】\]]"),
    re.compile(
        # The look-behind keeps a run of capitals from being tried as every possible row of words.
        r"(?:(?<![\w.'’-])[A-Z][\w.'’-]*[ ,]*){1,6}(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}))?"
        r"(?: ?\((?:[A-Z][\w’' /.-]{1,30})\))? ?(?:—|–|--| - |- )\s?\S"
    ),
    re.compile(r"[А-ЯЁ][А-ЯЁа-яё\- ]{2,30}, \d{1,2} [а-я]{3,9}(?: \d{4})?[.,]? ?(?:[/—–\-(]|г\.)"),
    re.compile(r"[А-ЯЁ][А-ЯЁ\- ]{3,30}\.? ?[—–/]\s?\S|[А-ЯЁ]{4,}(?:[- ][А-ЯЁ]{3,})?\. [А-ЯЁ«]"),
]
_AGENCY_LATIN = re.compile(
    r"\((?:Reuters|AP|AFP|Xinhua|TASS|UPI|EFE|dpa|ANSA|PTI|IANS|Bernama|CNA|Kyodo|Yonhap|BBC"
    r"|CNN)[^)]{0,20}\)",
    re.I,
)
_UPPER_PLACE = re.compile(r"[A-Z][A-Z.' ]{2,}")
_ROLE = (
    r"(?:记者|記者|通讯员|通訊員|实习生|見習記者|见习记者|特约记者|特约撰稿|特约通讯员|撰稿"
    r"|撰文|作者|评论员|編譯|编译|整理|供稿"
    r"|摄影|摄|攝|文/图|文／图|图/文|图／文|文图|图文|文|图)"
)
_PAPER = (
    r"(?:本报|本刊|本台|本网|见习|首席|特派|驻|全媒体|全媒|融媒体|[\u4e00-\u9fff]{2,10}(?:日报"
    r"|晚报|早报|时报|周报|报业|融媒体?中心|社|网))"
)
_BYLINE_CN = re.compile(
    r"[（(]?[□■◎○●▲◇◆☆★\s]*(?:" + _PAPER + r"\s*)*(?:全媒体?)?" + _ROLE + r"(?P<gap>[\s：:/／|｜]*)\S"
)
_BYLINE_MARK = re.compile(r"[□■◎◇◆○]\s*[\u4e00-\u9fff]")
_BYLINE_EN = re.compile(
    r"(?:Story |Text |Written |Reported )?(?:[Bb]y|BY)[: ]+[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*"
    r"| and| &|,| of)*(?: ?[|•/–] ?.{2,40})?"
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,2},? (?:[Ss]taff|[Cc]orrespondent|[Rr]eporter|[Ee]ditor"
    r"|[Ww]riter)\b.{0,30}"
)
_BYLINE_RU = re.compile(r"(?:Автор|Текст|Корреспондент|Беседовал[аи]?|Подготовил[аи]?)[\s:]")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭"
    "郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹"
    "狄米贝明臧计伏成戴谈宋茅庞熊"
    "纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫"
    "经房裘缪干解应宗丁宣贲邓郁单"
    "杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车"
    "侯宓蓬全郗班仰秋仲伊宫宁仇栾"
    "暴甘斜厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党"
    "翟谭贡劳逄姬申扶堵冉宰郦雍"
    "璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘"
    "匡国文寇广禄阙东欧殳沃利蔚越"
    "夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督晋楚闫"
    "法汝鄢涂钦岳帅缑亢况郈有琴"
    "归海墨哈谯笪年爱阳佟肖覃付代兰涂尧牟苟库劉張陳楊趙黃吳鄭馮許呂蘇盧蔣葉鄧羅蕭譚賴鍾"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_CLOSE = re.compile(r"[（(][^（）()]{2,60}[）)]")
_CREDIT = re.compile(r"(?:摄影报道|摄影|攝影|摄|攝|供图|图/[\u4e00-\u9fff ]{2,12}|发)\s*[）)】]?\s*$")
_CAPTION_START = re.compile(
    r"[▲▼↑↓◀▶]?\s*(?:[上下左右本题题资]{1,2}图[：:为]?|图[为①②③④⑤⑥⑦⑧⑨一二三四\d]|图片[：:]"
    r"|资料图|Photos?:|PHOTO|Pictured|Caption:|Фото:|На фото|На снимке)"
)
_CREDIT_EN = re.compile(
    r"(?:\((?:Photo|Фото)[^)]{0,60}\)|(?:Photo|Фото):? (?:by )?[^.]{2,40}|/ ?(?:AP|Reuters"
    r"|AFP|Xinhua|ТАСС) ?(?:Photo)?\)?)\s*$"
)
_CREDIT_OTHER = re.compile(r"[（(](?:新华社|本报)?(?:记者)?[\u4e00-\u9fff 、]{2,20}(?:摄|攝|图)[）)]$")
_CREDIT_END = re.compile(r"(?:摄影报道|摄影|摄|攝|供图)\s*[）)】]?\s*(?:[（(][^（）()]{2,16}[）)])?\s*$")
_JUMP_IN = re.compile(
    r"[▲▼△◀▶]?[（(【\[]?\s*(?:紧?上接|緊?上接|紧接|接)\s*(?:本报)?(?:第?\s*[\dA-Z一二三四五六七八九"
    r"十]{1,4}\s*版|[一二三四]版|头版)"
)
_JUMP_EN = re.compile(
    r"(?:\W?\s*)(?:[Cc]ontinued from|CONTINUED FROM|FROM PAGE|From [Pp]age|Окончание\.? Начало|Начало на)\b"
)
_JUMP_OUT = re.compile(
    r"[▲▼△◀▶]?[（(【\[]?\s*下[转轉]\s*(?:第?\s*[\dA-Z一二三四五六七八九十]{1,4}\s*版)[^。]{0,10}$"
    r"|(?:Continued|Continues|CONTINUED) on .{0,20}$"
    r"|^(?:Please )?[Ss](?:ee|EE) [A-Z][A-Za-z ]{1,20},? (?:Page|PAGE|page) \w{1,4}$|Окончание на .{0,12}$"
)
_EMBEDDED = re.compile(
    r"(?:(?<=[\s\u3000”！？])|(?<=[\u4e00-\u9fff]))(?:本报讯|本報訊|本报[\u4e00-\u9fff\d]{2,14}[电電"
    r"](?=\s*[（(])|新华社[\u4e00-\u9fff\d]{2,14}[电電]"
    r"|[\u4e00-\u9fff]{2,4}(?:日报|晚报)讯)(?=\s*[（(：:\s])"
)
_RUN_IN = re.compile(r"[■●◆▲★◎▶]?\s*[【〖\[]([^】〗\]\n]{3,40})[】〗\]]\s*\S")
_EDITORIAL = re.compile(
    r"(?:本报|新华社|人民日报|[\u4e00-\u9fff]{2,6}报)?(?:特约)?评论员|本刊编辑部|本报编辑部"
    r"|Staff (?:[Ww]riter|[Rr]eporter)s?|Associated Press|STAFF (?:WRITER|REPORTER)|Соб\. ?инф\.?"
    r"|Наш корр\.?|[\w.]+@[\w.]+"
)
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]\s*|第[一二三四五六七八九十]{1,3}[章节编部]"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff（）()]{2,22}(?:人民政府|委员会|办公室|公司|编辑部|指挥部|法院|检察院|中心|协会|[^结布格大开]局)"
)
_COUNTED = re.compile(r"[（(]?\d{1,2}(?:[）)、．]|[.](?=\D))")
_ITEM = re.compile(r"[●■◆▲★◎▶◼•]\s*\S")


def opens_story(text: str) -> bool:
    """Tell whether a paragraph begins with a dateline or the paper's opening formula (本报讯, LONDON —)."""
    head = text[:_HEAD].lstrip()
    if any(pattern.match(head) for pattern in _OPENING[:6]):
        return not _byline_alone(head)
    if len(text) < 60:
        return False
    if _OPENING[6].match(head):
        return _UPPER_PLACE.match(head) is not None or _AGENCY_LATIN.search(head) is not None
    return any(pattern.match(head) for pattern in _OPENING[7:])


def _byline_alone(head: str) -> bool:
    """Tell whether the text is a byline that stands alone."""
    return len(head) <= 60 and is_byline(head)


def _is_name(token: str) -> bool:
    """Tell whether a token has the form of a Chinese personal name."""
    return bool(_NAME.fullmatch(token)) and len(token) <= 4 and token[0] in _SURNAMES


def names_only(text: str) -> bool:
    """Tell whether `text` is nothing but Chinese personal names (“吴 凯” with its space counts as one)."""
    tokens = re.split(r"[\s\u3000、,，/；;]+", text.strip(" （）()"))
    merged: list[str] = []
    for token in tokens:
        if len(token) == 1 and merged and len(merged[-1]) == 1:
            merged[-1] += token
        else:
            merged.append(token)
    return bool(merged) and len(merged) <= 10 and all(_is_name(token) and len(token) <= 3 for token in merged)


def is_byline(text: str) -> bool:
    """Tell whether a short text names who wrote or photographed, and no more."""
    if len(text) > 80 or text.endswith(("。", "，", "；")):
        return False
    if _EDITORIAL.fullmatch(text.strip(" □■◎○●()（）")):
        return True
    if _BYLINE_EN.fullmatch(text) or _BYLINE_RU.match(text):
        return True
    if "。" in text or "，" in text or len(text) > 60:
        return False
    found = _BYLINE_CN.match(text)
    if found:
        return _mostly_names(text) and (found.group("gap") != "" or _names_first(text[found.end("gap") :]))
    if _BYLINE_MARK.match(text):
        return _mostly_names(text)
    return len(re.findall(r"\S+", text)) >= 2 and names_only(text)


def _names_first(rest: str) -> bool:
    """Tell whether a text begins with a personal name: what follows 记者 directly is one, or no byline."""
    token = re.split(r"[\s\u3000、,，/／;；）)]+", rest, maxsplit=1)[0]
    return bool(token) and (not re.match(r"[\u4e00-\u9fff]", token) or _is_name(token) or _is_name(token[:3]) and re.search(_ROLE, token[2:]) is not None)


def _mostly_names(text: str) -> bool:
    """Tell whether the words left after roles and papers are gone are short enough to be names."""
    rest = re.sub(_PAPER + "|" + _ROLE + r"|[□■◎○●▲◇◆☆★（）()：:/／|｜]", " ", text)
    tokens = re.split(r"[\s\u3000、,，]+", rest.strip())
    tokens = [token for token in tokens if token]
    return len(tokens) <= 14 and all(
        len(token) <= 4 or not re.match(r"[\u4e00-\u9fff]", token) for token in tokens
    )


def closes_story(text: str) -> bool:
    """Tell whether a block is only a closing signature: names in brackets, a reporter's credit."""
    if len(text) > 64:
        return False
    if jumps_out(text) and len(text) < 30:
        return True
    if re.fullmatch(r"\s*\((?:Reporting|Writing|Editing|Additional reporting|With)\b[^)]*\)\s*", text):
        return True
    if re.fullmatch(r"-\s?30\s?-|###|[（(]完[）)]|【完】|■|□", text.strip()):
        return True
    if not _CLOSE.fullmatch(text.strip()):
        return False
    inner = text.strip()[1:-1]
    if re.search(r"[，,。；：:]", inner):
        return False
    signed = re.search(_ROLE + r"|日报|晚报|社$|网$", inner) is not None
    return (signed and _mostly_names(inner)) or names_only(inner)


def ends_with_signature(text: str) -> bool:
    """Tell whether a paragraph ends its story by names in brackets after the last stop."""
    if jumps_out(text):
        return True
    found = re.search(r"[。！？”.!?]\s*([（(][^（）()]{2,50}[）)])\s*$", text[-80:])
    return bool(found) and closes_story(found.group(1)) if found else False


def is_caption(text: str) -> bool:
    """Tell whether a block is a photograph's caption by its first words or its credit."""
    if len(text) > 400:
        return False
    tail = text[-80:].strip()
    if _CAPTION_START.match(text) or _CREDIT_OTHER.search(tail):
        return True
    return bool(
        (_CREDIT.search(tail) and not closes_story(text) and _credited(tail)) or _CREDIT_EN.search(tail)
    )


def is_picture_text(text: str) -> bool:
    """Tell whether a text begins by saying that it describes a picture (图为, Photo:)."""
    return bool(_CAPTION_START.match(text))


def _credited(tail: str) -> bool:
    """Tell whether what stands before 摄 looks like a credit, and not like a verb of the sentence."""
    found = re.search(r"(?:[。.！”\s（(]|^)[^。！”]{2,40}$", tail)
    return (bool(found) and not tail.endswith("发")) or bool(re.search(r"[）)]\s*新华社发|新华社发", tail))


def has_credit(text: str) -> bool:
    """Tell whether `text` ends with a photographer's credit."""
    return bool(_CREDIT_END.search(text[-50:]) or _CREDIT_EN.search(text[-80:]))


def is_credit_line(text: str) -> bool:
    """Tell whether a line is nothing but a photographer's credit."""
    return len(text) <= 32 and not re.search(r"[。，；]", text) and has_credit(text)


def is_jump(text: str) -> bool:
    """Tell whether a line only says that the story goes on from or to another page."""
    return len(text) <= 60 and bool(_JUMP_IN.match(text) or _JUMP_EN.match(text))


def starts_with_jump(text: str) -> bool:
    """Tell whether a text begins with a jump mark."""
    return bool(_JUMP_IN.match(text[:40]) or _JUMP_EN.match(text[:60]))


def jumps_out(text: str) -> bool:
    """Tell whether a text ends by saying that the story goes on on another page."""
    return bool(_JUMP_OUT.search(text[-40:].strip()))


def run_in_title(text: str) -> str | None:
    """Return the headline that a brief carries in brackets before its first sentence, or None."""
    found = _RUN_IN.match(text[:60])
    if (
        not found
        or len(text) < len(found.group()) + 12
        or re.search(r"[讯訊电電]$|记者|記者|报道|報導", found.group(1))
    ):
        return None
    return found.group(1).strip()


def headline_before_opening(text: str) -> str | None:
    """Return the headline that stands on one line with the opening formula after it, or None."""
    found = _EMBEDDED.search(text[:_HEAD])
    if not found or not 5 <= found.start() <= 60:
        return None
    title = text[: found.start()].strip()
    return None if len(title) < 5 or re.search(r"[。，；]$|。", title) else title


def is_numbered(text: str) -> bool:
    """Tell whether a text begins with a number as items and sections do."""
    return bool(_NUMBERED.match(text[:12]))


def is_counted(text: str) -> bool:
    """Tell whether a text begins with a number as items of a list do: 1. 1、 (1) 一、."""
    return bool(_COUNTED.match(text[:8])) or is_numbered(text)


def is_item(text: str) -> bool:
    """Tell whether a text begins with the bullet of a brief."""
    return bool(_ITEM.match(text[:4]))


def is_office(text: str) -> bool:
    """Tell whether a text is only the name of an office, as it stands under a notice."""
    return bool(_OFFICE.fullmatch(text.strip()))


def opening_names(text: str) -> str | None:
    """Return the names in the brackets of an opening formula, as printed, or None."""
    found = re.match(
        r"[^。\n]{0,40}?[（(]([^（）()]{0,60}?(?:记者|通讯员|記者|作者|实习生)[^（）()]{0,60})[）)]",
        text[:_HEAD],
    )
    return found.group(1).strip() if found and found.start() == 0 else None


def closing_names(text: str) -> str | None:
    """Return the names in the brackets that close a text, as printed, or None."""
    found = re.search(r"[（(]([^（）()]{2,60})[）)]\s*$", text[-80:])
    return found.group(1).strip() if found else None
