"""The headlines of notices: public and private announcements, lost things, sales, vacancies."""

from __future__ import annotations

import re
from typing import Final

_NOTICE: Final = re.compile(
    r"(?:公告|公示|启事|声明|通告|遗失|挂失|招聘|招租|拍卖|中标|招标|讣告|征集|订阅|通讯录"
    r"|注销|减资|寻亲|寻人|更正|致歉|广告)[）)\s]*$"
    r"|^(?:遗失声明|公告|公示|启事|招聘(?!会)|广告(?!牌)"
    r"|(?:public |legal )?notices?$|for sale$|to let$|lost(?: and found)?$|(?:situations )?(?:vacant|wanted)$"
    r"|classifieds?|advertisement|объявлени|прода[её]тся|сда[её]тся|требу[ею]тся|утерян)",
    re.IGNORECASE,
)


_NEWS: Final = re.compile(r"(?:发表|签署|联合|共同|通过|达成|發表|簽署|聯合)\S{0,6}(?:声明|聲明|公告)$")
"""States and parties declare things as well."""


def is_notice(title: str) -> bool:
    """Tell whether a headline is that of a notice; Chinese ones are often set with blanks: 拍 卖 公 告."""
    squeezed = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", title.strip())
    return _NOTICE.search(squeezed) is not None and not _NEWS.search(squeezed)
