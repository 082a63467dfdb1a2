"""What closes a story: names in brackets, a reporter's credit, the office under a notice."""

from __future__ import annotations

import re

from corpus.cutting.bylines import ROLE, mostly_names, names_only
from corpus.cutting.jumps import jumps_out

_CLOSE = re.compile(r"[（(][^（）()]{2,60}[）)]")
_PEN = re.compile(
    r"[（(](?:[\u4e00-\u9fff]{2,4}(?:[\s\u3000、]+[\u4e00-\u9fff]{2,4}){0,3}|[\u4e00-\u9fff]{5,16})[）)]"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff（）()]{2,22}(?:人民政府|委员会|办公室|公司|编辑部|指挥部|法院|检察院|中心|协会|管委会|办事处|[大支总]队|专班|[^结布格大开]局)"
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
    signed = re.search(ROLE + r"|日报|晚报|社$|网$", inner) is not None
    return (signed and mostly_names(inner)) or names_only(inner)


def ends_with_signature(text: str) -> bool:
    """Tell whether a paragraph ends its story by names in brackets after the last stop."""
    if jumps_out(text):
        return True
    found = re.search(r"[。！？”.!?]\s*([（(][^（）()]{2,50}[）)])\s*$", text[-80:])
    return bool(found) and closes_story(found.group(1)) if found else False


def closing_names(text: str) -> str | None:
    """Return the names in the brackets that close a text, as printed, or None."""
    found = re.search(r"[（(]([^（）()]{2,60})[）)]\s*$", text[-80:])
    return found.group(1).strip() if found else None


def is_pen_name(text: str) -> bool:
    """Tell whether a line is a few short words in brackets, as names are whose surname no list has."""
    return bool(_PEN.fullmatch(text.strip()))


def is_office(text: str) -> bool:
    """Tell whether a text is only the name of an office, as it stands under a notice."""
    return bool(_OFFICE.fullmatch(text.strip()))
