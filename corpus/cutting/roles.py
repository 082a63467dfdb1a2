"""What a line of a Chinese headline block does: kicker (引题), deck (副题), or part of a broken main line.

A kicker gives the occasion, the actor or the background, and often ends with the verb that the main headline
completes; a deck gives results, figures and who was there. Both are habits of the language of headlines, so
they are scored here, not decided: the line that shares most with the story may still be the title.
"""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.bylines import SURNAMES
from corpus.cutting.lines import width

_SAYS: Final = re.compile(
    r"(?:强调|指出|要求|提出|表示|认为|呼吁|透露|预计|预测|提醒|介绍|获悉|显示|披露|回应|号召|建议|批示|寄语|勉励"
    r"|发言|(?:发表|发布|发出)\S{0,4}(?:声明|公报|讲话|谈话|演说|文章|社论|贺电|公告|通知|通告|号召|倡议|呼吁)|记者招待会|答记者问"
    r"|研究|部署|审议|听取|通报|征求意见|之际|以来|之后|期间|时|強調|指出|表示|研究部署)[：:]?$"
)
_OCCASION: Final = re.compile(
    r"(?:会议|大会|座谈会|现场会|推进会|发布会|仪式|论坛|活动)?(?:在\S{2,8})?(?:今日|昨日|昨晚|昨天|今天|日前|近日)?"
    r"(?:召开|举行|举办|开幕|闭幕|落幕|揭晓|公布|发布|印发|启动|出台|落地|开班|揭牌|亮相)$"
    r"|(?:召开|举行|举办|启动|出台|推出|印发|公布|发布|会见|主持|参加|出席)\S{0,14}"
    r"(?:会议?|大会|行动|仪式|活动|措施|办法|条例|政策|意见|方案|规划|计划|团|客人|外宾|一行|代表|企业家)$"
)
_STARTS: Final = re.compile(
    r"^[^\s，：]{2,12}?(?:启动|出台|推出|印发|公布|约谈|通报|部署|发起|开启|召开|举行|举办|会见|热议|客场|主场)"
)
_BACKGROUND: Final = re.compile(
    r"^(?:经过|历经|历时|受|为(?:了|让|使|方便|确保|解决|帮助|迎接)|为(?=\S{2,8}[，,])|随着|面对|围绕|针对|根据|按照|根植|积极应对|为应对|为破解|自\d|继"
    r"|执行|响应|遵照|深入(?:农户|农村|基层|一线|群众|实际|企业|社区)|(?:昨|今|前)[天日晚晨起]|轻信|男子|女子|市民|网友|骗子|老人|游客|记者从|不用|不出|[“‘]\S{2,8}[”’](?:里|中|上)?看)"
)
_RESULT: Final = re.compile(
    r"^(?:[预総总]计|累计|合计|共[有计]|确保|力争|争取|同比|环比|较上年|总数|总投资|总额|总长|全长|全程|全年|年产|年均"
    r"|首日|首批|首期|最高|最低|最[快迟]|局地|局部|时隔|平均|位居|居全|惠及|涉及|涵盖|覆盖|投入|发放|追回|挽回|可[享获节]"
    r"|达到|超过?\d|约|近?\d|目前|其中|决赛|比去年|明年|年底|年内|预期|有望|产品|力保|一键|全市\d|全省\d|\S{0,4}数量|\S{2,6}居全)"
)
_ATTENDED: Final = re.compile(
    r"(?:出席|主持|讲话|参加|陪同|致辞|见证|到会|列席|出席会议|主持会议|参会|与会|作报告|发言|揭幕|剪彩|参观"
    r"|表示(?:祝贺|欢迎|感谢|慰问|哀悼)|列队欢迎|作了?(?:指示|讲话|报告)|(?:发来|致)贺(?:电|信))$"
)
_SECOND_VOICE: Final = re.compile(
    r"^\S{1,8}(?:同志|总理|总统|主席|部长|外长|大使|外交部|发言人|书记|省长|市长)\S{0,14}"
    r"(?:[说称]|赞扬|指出|表示|介绍|强调|作了|举行记者招待会)"
)
"""A deck in which somebody else has a say: who received, praised, explained."""
_PERSON_SAYS: Final = re.compile(
    rf"^[{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{1,2}}(?:[说称]|表示|指出|强调|认为|希望|赞扬|感谢|呼吁|介绍)"
)
_ANNIVERSARY: Final = re.compile(r"^(?:纪念|庆祝|庆贺)\S{4,}(?:周年|年)$")
_FIGURES: Final = re.compile(r"\d[\d.,]*(?:[%％]|[万亿千百]?[\u4e00-\u9fff])")
_OPEN_END: Final = re.compile(r"(?:的|和|与|及|暨|在|为|向|对|以|把|将|让|是|至|到)$")
_BARE_ACTOR: Final = re.compile(
    r"^[^\s，,：:。！？!?]*(?:组|委|委会|常委会|部|局|团|党组|政府|院|队|公司|政协|人大|中心|集团|协会|省|市|县|区|联|厅"
    r"|大学|医院|学校|银行|工会|团委|妇联|支队|会议?|社区|乡|镇|村)$"
)
_ACTS: Final = re.compile(
    r"召开|举行|举办|开展|启动|发布|出台|印发|推出|研究|审议|调研|会见|会晤|成立|揭牌|开幕|走进|来到|赴"
)
_PREDICATE: Final = re.compile(
    r"^(?:召开|举行|举办|开展|启动|发布|出台|印发|推出|研究|审议|走进|来到|深入|赴|到\S|在\S|向\S|为\S|将\S|与\S|获\S"
    r"|荣获|组织|开通|部署|学习|传达|调研|考察|集体|签署|签订|成立|揭牌|入选|荣登|喜获|全力|积极|专题|听取|慰问|视察|发出)"
)
_URGE: Final = re.compile(
    r"^(?:坚持|坚定|深化|推进|推动|加快|弘扬|凝聚|凝心|守护|建设|打造|以|让|把|筑牢|扛起|锚定|聚焦|践行|奋力|全力|努力|着力"
    r"|扎实|谱写|书写|开创|为|不断|持续|共[建创同绘筑]|一以贯之|擦亮|厚植|激发|提升|夯实|牢记|感恩|勇|争|实干|担当|走好|守住"
    r"|答好|交出|用|培育|营造|构建|增强|振奋|团结|同心|解放思想|真抓)"
)
_FOUR: Final = re.compile(r"[\u4e00-\u9fff]{4}(?:[\s\u3000]+[\u4e00-\u9fff]{4})+")
_DOCUMENT: Final = re.compile(r"(?:意见|通知|决定|办法|公告|通告|方案|报告|条例|规定|批复|函|决议|公报)$")
_ALIKE: Final = 2.0
_FEW: Final = 13.0


def kicker_score(text: str) -> float:
    """Score that a line leads up to a main headline under it."""
    if _SAYS.search(text):
        return 2.0
    occasion = 1.2 if _OCCASION.search(text) else 0.8 * bool(_STARTS.search(text))
    return occasion + 0.4 * _is_couplet(text) + 1.1 * bool(_BACKGROUND.search(text))


def deck_score(text: str) -> float:
    """Score that a line adds results, figures or guests to a main headline over it."""
    if _ATTENDED.search(text):
        return 2.0
    figures = len(_FIGURES.findall(text))
    return (
        1.1 * bool(_SECOND_VOICE.search(text) or _PERSON_SAYS.match(text))
        + 1.1 * bool(_ANNIVERSARY.match(text))
        + 1.1 * bool(_RESULT.search(text))
        + min(0.6, 0.3 * figures)
        + 0.6 * _is_pair(text)
    )


def _is_pair(text: str) -> bool:
    """Tell whether a line has two clauses with a blank between them, and they are not parallel ones."""
    parts = text.split()
    return len(parts) == 2 and min(map(len, parts)) >= 3 and len(parts[0]) != len(parts[1])


def _is_couplet(text: str) -> bool:
    """Tell whether a line is two images of one length, as kickers are, and no call to do something."""
    parts = text.split()
    return len(parts) == 2 and len(parts[0]) == len(parts[1]) >= 4 and not _URGE.match(text)


def runs_over(above: str, below: str) -> bool:
    """Tell whether two lines are one main headline broken by its setting, or its two parallel clauses."""
    if _OPEN_END.search(above):
        return True
    if above.startswith("关于") and not _DOCUMENT.search(above):
        return bool(_DOCUMENT.search(below))
    if _BARE_ACTOR.match(above) and width(above) <= _FEW and not _ACTS.search(above):
        return bool(_PREDICATE.match(below))
    if deck_score(above) > 1.0 or deck_score(below) > 1.0 or kicker_score(above) > 1.0:
        return False
    urges = bool(_URGE.match(below))
    if _FOUR.fullmatch(above.strip()):
        return urges
    return urges and bool(_URGE.match(above)) and abs(width(above) - width(below)) <= _ALIKE
