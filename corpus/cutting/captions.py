"""Captions of pictures: by their first words, or by the photographer's credit at their end."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.bylines import mostly_names
from corpus.cutting.closings import closes_story
from corpus.cutting.lines import ends_sentence

_CREDIT = re.compile(r"(?:摄影报道|摄影|攝影|摄|攝|供图|图/[\u4e00-\u9fff ]{2,12}|发)\s*[）)】]?\s*$")
_CAPTION_START = re.compile(
    r"[▲▼↑↓◀▶]?\s*(?:[上下左右本题题资]{1,2}图[：:为]?|图[为①②③④⑤⑥⑦⑧⑨一二三四\d]|图片[：:]"
    r"|资料图|Photos?:|PHOTO|Pictured|Caption:|Фото:|На фото|На снимке)"
)
_CREDIT_EN = re.compile(
    r"(?:\((?:Photo|Фото)[^)]{0,60}\)|(?:Photo|Фото):? (?:by )?[^.]{2,40}|/ ?(?:AP|Reuters"
    r"|AFP|Xinhua|ТАСС) ?(?:Photo)?\)?)\s*$"
)
_CREDIT_OTHER = re.compile(
    r"[（(](?:新华社|本报)?(?:记者)?[\u4e00-\u9fff 、]{2,20}(?:摄|攝|图)[）)]$"
    r"|[（(](?:[资資]料|示意|[网網][络絡路])[图圖]片?[）)]$"
)
_CREDIT_LINE = re.compile(
    r"(?:Photos?|Fotos?|Bild(?:er)?|Image|Picture|Video|Фото|Снимок|Видео|写真|사진|[图圖]片?|[摄攝]影)"
    r"(?:,? ?(?:и|and|und|y|e|&)? ?(?:видео|video|vídeo|Text|текст))?\s?"
    r"(?:[:：/／]|[©Ⓒ]|\([cC]\)|\s(?:by|von|de|courtesy of)\s)\s?[^。.!?]{2,40}"
)
"""A line that names, after the word for pictures, who owns or took one."""
_CREDIT_END = re.compile(r"(?:摄影报道|摄影|摄|攝|供图)\s*[）)】]?\s*(?:[（(][^（）()]{2,16}[）)])?\s*$")

_CREDIT_REST: Final = 12
_NAME_BROKEN = re.compile(r"(?:[。！”]\s*|[\s\u3000]|记者|通讯员)[\u4e00-\u9fff]{1,3}$")
_REST = re.compile(r"[\u4e00-\u9fff]{0,2}\s?(?:摄影报道|摄影|摄|供图)")
_TOLD_AND_CREDITED = re.compile(r"([\u4e00-\u9fff\w“”《》·]{4,})\s?[（(][^（）()]+[）)]$")


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


def has_credit(text: str) -> bool:
    """Tell whether `text` ends with a photographer's credit."""
    return bool(_CREDIT_END.search(text[-50:]) or _CREDIT_EN.search(text[-80:]))


def is_credit_line(text: str) -> bool:
    """Tell whether a line is nothing but a photographer's credit."""
    told = _TOLD_AND_CREDITED.match(text.strip())
    words = told is not None and not mostly_names(told.group(1))
    credited = has_credit(text) or is_photo_credit(text)
    return len(text) <= 32 and not re.search(r"[。，；]", text) and credited and not words


def is_photo_credit(text: str) -> bool:
    """Tell whether a line says whose a picture is: Foto: dpa, Фото © ТАСС."""
    return _CREDIT_LINE.fullmatch(text.strip(" ()（）[]")) is not None


def ends_credit(above: str, line: str) -> bool:
    """Tell whether a short line is the rest of a caption's credit, which the column's width broke off."""
    if len(line) > _CREDIT_REST or not has_credit(line) or ends_sentence(above):
        return False
    if line.endswith(("）", ")")):
        return any(above.count(a) > above.count(b) for a, b in ("（）", "()"))
    return is_picture_text(above) or bool(_NAME_BROKEN.search(above[-12:]) and _REST.fullmatch(line))


def _credited(tail: str) -> bool:
    """Tell whether what stands before 摄 looks like a credit, and not like a verb of the sentence."""
    found = re.search(r"(?:[。.！”\s（(]|^)[^。！”]{2,40}$", tail)
    return (bool(found) and not tail.endswith("发")) or bool(re.search(r"[）)]\s*新华社发|新华社发", tail))
