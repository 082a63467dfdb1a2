"""Bylines and personal names: who wrote, photographed or edited, and no more."""

from __future__ import annotations

import re

ROLE = (
    r"(?:记者|記者|通讯员|通訊員|实习生|見習記者|见习记者|特约记者|特约撰稿|特约通讯员|撰稿|撰写|视觉"
    r"|线索提供|撰文|作者|评论员|編譯|编译|整理|供稿"
    r"|摄影|摄|攝|文/图|文／图|图/文|图／文|文图|图文|文|图)"
)
_PAPER = (
    r"(?:本报|本刊|本台|本网|见习|首席|特派|驻|全媒体|全媒|融媒体|[\u4e00-\u9fff]{2,10}(?:日报"
    r"|晚报|早报|时报|周报|报业|融媒体?中心|社|网)|[\u4e00-\u9fff]{2,4}[報报网網](?=\s*[／/]))"
)
_BYLINE_CN = re.compile(
    r"[（(]?[□■◎○●▲◇◆☆★\s]*(?:" + _PAPER + r"[\s／/]*)*(?:全媒体?)?" + ROLE + r"(?P<gap>[\s：:/／|｜]*)\S"
)
_BYLINE_LATE = re.compile(
    r"[^，。！？,!?]{2,20}(?:记者|記者|通讯员|采访组|采访团)[\s\u3000]+(?P<names>[^，。！？,!?]{2,40})"
)
_REPORTED = re.compile(r"[\s\u3000]+[\u4e00-\u9fff]{2,6}(?:报道|報道|报导|摄影报道)$")
_BYLINE_MARK = re.compile(r"[□■◎◇◆○]\s*[\u4e00-\u9fff]")
_SPACED = re.compile(
    r"^(记|記|通|作|编|視|视|摄|攝|撰|供|文)[\s\u3000]+((?:[讯訊][\s\u3000]*)?[者员員译覺觉影文稿图])"
    r"(?=[\s：:/／|｜])"
)
"""A role set with blanks between its characters: 记 者 | 王力."""
_BYLINE_EN = re.compile(
    r"(?:Story |Text |Written |Reported )?(?:[Bb]y|BY|[Vv]on|VON|Por|POR|Par|PAR)[: ]+"
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*"
    r"| and| &|,| of)*(?: ?[|•/–] ?.{2,40})?"
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,2},? (?:[Ss]taff|[Cc]orrespondent|[Rr]eporter|[Ee]ditor"
    r"|[Ww]riter)\b.{0,30}"
)
_BYLINE_RU = re.compile(r"(?:Автор|Текст|Корреспондент|Беседовал[аи]?|Подготовил[аи]?)[\s:]")
SURNAMES = frozenset(
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
_TRAINEE = re.compile(r"[（(](?:实习生?|整理|文|图|摄)[）)]")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_EDITORIAL = re.compile(
    r"(?:本报|新华社|人民日报|[\u4e00-\u9fff]{2,6}报)?(?:特约)?评论员|本刊编辑部|本报编辑部"
    r"|Staff (?:[Ww]riter|[Rr]eporter)s?|Associated Press|STAFF (?:WRITER|REPORTER)|Соб\. ?инф\.?"
    r"|Наш корр\.?|[\w.]+@[\w.]+"
)


def is_byline(text: str) -> bool:
    """Tell whether a short text names who wrote or photographed, and no more."""
    if len(text) > 80 or text.endswith(("。", "，", "；")):
        return False
    text = _SPACED.sub(lambda role: role[1] + "".join(role[2].split()), text)
    if _EDITORIAL.fullmatch(text.strip(" □■◎○●()（）")):
        return True
    if _BYLINE_EN.fullmatch(text) or _BYLINE_RU.match(text):
        return True
    if "。" in text or "，" in text or len(text) > 60:
        return False
    found = _BYLINE_CN.match(text)
    if found:
        return mostly_names(text) and (found.group("gap") != "" or _names_first(text[found.end("gap") :]))
    late = _BYLINE_LATE.fullmatch(text)
    if late and names_only(_REPORTED.sub("", late["names"])):
        return True
    if _BYLINE_MARK.match(text):
        return mostly_names(text)
    return len(re.findall(r"\S+", text)) >= 2 and names_only(text)


def names_only(text: str) -> bool:
    """Tell whether `text` is nothing but Chinese personal names (“吴 凯” with its space counts as one)."""
    tokens = re.split(r"[\s\u3000、,，/；;]+", _TRAINEE.sub("", text).strip(" （）()"))
    merged: list[str] = []
    for token in tokens:
        if len(token) == 1 and merged and len(merged[-1]) == 1:
            merged[-1] += token
        else:
            merged.append(token)
    return bool(merged) and len(merged) <= 10 and all(_is_name(token) and len(token) <= 3 for token in merged)


def mostly_names(text: str) -> bool:
    """Tell whether the words left after roles and papers are gone are short enough to be names."""
    rest = re.sub(_PAPER + "|" + ROLE + r"|[□■◎○●▲◇◆☆★（）()：:/／|｜]", " ", text)
    tokens = re.split(r"[\s\u3000、,，]+", rest.strip())
    tokens = [token for token in tokens if token]
    return len(tokens) <= 14 and all(
        len(token) <= 4 or not re.match(r"[\u4e00-\u9fff]", token) for token in tokens
    )


def _names_first(rest: str) -> bool:
    """Tell whether a text begins with a personal name: what follows 记者 directly is one, or no byline."""
    token = re.split(r"[\s\u3000、,，/／;；）)]+", rest, maxsplit=1)[0]
    if not token:
        return False
    if not re.match(r"[\u4e00-\u9fff]", token) or _is_name(token):
        return True
    return _is_name(token[:3]) and re.search(ROLE, token[2:]) is not None


def _is_name(token: str) -> bool:
    """Tell whether a token has the form of a Chinese personal name."""
    return bool(_NAME.fullmatch(token)) and len(token) <= 4 and token[0] in SURNAMES
