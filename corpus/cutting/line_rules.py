"""What a single line of furniture looks like: mastheads, breadcrumbs, date lines, imprints, site links.

The rules are about form, never about one paper's words.
"""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.captions import is_photo_credit
from corpus.cutting.lines import Line, clause_marks, ends_sentence
from corpus.cutting.writing import simplified

_DATE: Final = (
    r"(?:\d{4}\s*[年/.\-]\s*\d{1,2}\s*[月/.\-]\s*\d{1,2}\s*日?"
    r"|[二一][〇○零九\d][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|(?:中[華华])?民[國国]\s?[\d一二三四五六七八九十○〇零百]{2,4}\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日)"
)
_WEEKDAY: Final = (
    r"(?:星期[一二三四五六日天]|周[一二三四五六日]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|[Пп]онедельник|[Вв]торник|[Сс]реда|[Чч]етверг|[Пп]ятница|[Сс]уббота|[Вв]оскресенье)"
)
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember"
    r")?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
)
_LATIN_DATE: Final = rf"(?:{_MONTH}\.? \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH}\.? \d{{4}})"

_APP: Final = r"(?:立即|马上|请|欢迎)?(?:下载|打开|安装)\S{1,12}?(?:客户端|[Aa][Pp][Pp])[，,！!]?\S{0,20}"
"""A call to read the rest in a paper's own program."""
_RULES: Final[tuple[tuple[str, float, re.Pattern[str]], ...]] = (
    (
        "web address",
        300,
        re.compile(
            r"^(?:网址|链接|URL|原文链接|(?:本文|本页|文章)(?:地址|链接|网址)|[\u4e00-\u9fff]{2,10}网)?[：:\s]*(?:https?://|www\.)\S+$"
            r"|^\S{1,8}[（(](?:www\.)?[\w-]+\.(?:com|cn|net|org)(?:\.cn)?[）)]$",
            re.I,
        ),
    ),
    ("link to the source", 300, re.compile(r"^\[[^\]]{1,24}\]\(https?://\S+\)$")),
    (
        "breadcrumb",
        80,
        re.compile(
            r"^[\s\W]*(?:\S{2,4}[:：])?(?:您?(?:当前|现在|目前|所在)(?:所在)?的?(?:所在)?位置|您的位置|所在位置|你的位置"
            r"|當前位置)|^(?:首页|首頁|网站首页|Home|Главная)\s*(?:[>＞»›→/|｜-]|&gt;)|^\S{1,10}(?:"
            r"\s*[>＞»›]\s*\S{1,14}){2,}(?:\s*[>＞»›]|\s\S{2,6})?$"
            r"|^\S{1,10}(?:>>|»|＞＞)\S{1,10}$|^\S{2,10}\s*[>＞»›]\s*第\S{1,4}版"
        ),
    ),
    (
        "date and source line",
        100,
        re.compile(
            r"(?<!\S[（(\[【])(?:发布时间|发布日期|发表时间|更新时间戳?|发布于|(?<!截止)日期(?=\s*[：:]\s*\d)|时间(?=\s*[：:]\s"
            r"*\d{4})|(?:文章|刊登|出版|见报|稿件)日期|(?:信息|稿件|文章|新[闻聞]|[内內]容|[资資]料)[来來]源|(?<![\u4e00-\u9fff])[来來]源|發布時間)\s*[：:]\s*\S.{0,60}$"
            r"|^[【\[]?(?:字号|字体|浏览次数|浏览量|阅读次数|点击数|点击率|访问量|阅读)\s*[：:\d]"
            r"|^(?:Source|Published|Updated|Posted|Last updated|Источник|Опубликовано|Дата)\s*[:：]"
            r"|^(?:Published|Updated|Posted) (?:on|at) "
        ),
    ),
    (
        "date line",
        30,
        re.compile(
            rf"^{_WEEKDAY}$|^\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?$|^[（(]\s*{_DATE}\s*[）)]$|^\S{{2,8}}(?:[报報网社台]|发布|客户端)\s+{_DATE}$|^(?:{_DATE}|{_LATIN_DATE})[\s日,]*(?:{_WEEKDAY}|星期)?\s*(?:\d{{1,2}}[:：]\d{{2}}(?:[:：]\d"
            rf"{{2}})?)?\s*(?:来源[：:]?\s*\S{{1,20}})?$"
        ),
    ),
    (
        "masthead",
        70,
        re.compile(
            rf"(?:{_DATE}.{{0,16}}{_WEEKDAY}|{_WEEKDAY}.{{0,10}}(?:{_DATE}|{_LATIN_DATE})|{_LATIN_DATE}"
            rf".{{0,30}}(?:Page|No\.|Vol\.|№|стр\.)|(?:Page|№|Vol\.).{{0,24}}{_LATIN_DATE}"
            rf"|{_DATE}.{{0,12}}第\s?\d+\s?[版期]|第?\s*[A-Z]?\d{{1,3}}\s*版.{{0,20}}{_DATE}"
            rf"|{_DATE}.{{0,8}}农历|^[（(]?《\s*\S{{2,10}}\s*》\s*[（(]?\s*{_DATE}.{{0,10}}版\s*[）)]$)"
        ),
    ),
    (
        "page label",
        24,
        re.compile(
            r"^(?:第\s*[A-Z]{0,3}\d{1,3}\s*版|[A-Z]?\d{1,2}\s*版|第[一二三四五六七八九十]{1,3}版"
            r"|[A-Z]\d{1,2})\s*(?:[（(].*[）)]|[：:·\s]?\s*\S{0,8})$"
            r"|^\S{1,8}[报報]\s+第\s*[A-Z]?\d{1,3}\s*版(?:\s+\S{1,8})?$|^(?:Page|стр\.?|Стр\.?"
            r"|P\.) ?[A-Z]?\d{1,3}$|^[-—–\s]*[A-Z]?\d{1,3}[-—–\s]*$"
            r"|^(?:总?第\s?)?\d{2,6}\s?期\s*[/／|]\s*第\s?\d{1,3}\s?版(?:$|[\s：:（(])"
            r"|(?:本期共|当前第)\s?\d{1,3}\s?版(?:$|[\s，,：:（(])"
        ),
    ),
    ("page label", 48, re.compile(r"^第?\s?0*[A-Z]{0,2}\d{1,3}\s?版\s?[：:]\s?[^。，,]{1,30}$")),
    (
        "masthead",
        40,
        re.compile(
            r"^\S{2,8}[报報]\s?(?:[数數]字|[电電]子|多媒体)(?:[报報]纸?|[报報]紙|版|[数數]字[报報版])$"
        ),
    ),
    (
        "another headline",
        120,
        re.compile(
            r"^[（(【\[]?(?:本文)?原文?[标標][题題][为為是]?\s?[：:]|^[（(【\[]原[题題][为為是]?\s?[：:]"
            r"|^[（(【\[]?(?:本文)?原文?[标標]?[题題][为為是]?\s?(?:《[^》]*》|“[^”]*”)\s?[）)】\]]?$"
        ),
    ),
    (
        "markup",
        300,
        re.compile(r"^<(?:a|embed|iframe|img|object|script)\s[^<>]*(?:>\s*<[^<>]*)*>?$", re.I),
    ),
    ("advertisement label", 20, re.compile(r"^[-—\s]*(?:广告\s?){1,3}[-—\s]*$")),
    (
        "section label",
        40,
        re.compile(
            r"^\S{2,6}(?:消息|讯)[（(]\S{2,8}[）)][：:]$|^(?:专栏|栏目|版面|版名)\s*[：:]\s*\S{0,32}$|^(?:要闻|详细新闻|新闻摘要|国内|国际|综合|综合新闻"
            r"|副刊|理论|体育|时政|经济|社会|文化|本版|头版|今日导读|导读|简讯|短讯|快讯"
            r"|快报|简报|新闻速递|要闻速递|简明新闻|一句话新闻|国内联播快讯|国际联播快讯|联播快讯"
            r"|图片新闻|News in brief|NEWS IN BRIEF|Briefs|BRIEFS|In brief|IN BRIEF|Коротко)(?:版"
            r"|新闻)?$|^[◎●■◆○☆★▲□【\[《\s]*\S{0,4}(?:速览|短波|短讯|简讯|快讯|简明新闻|集锦|集萃)[】\]》\s]*$"
            r"|^[\u4e00-\u9fff]{2,4}の?ニュース(?:一覧)?$"
        ),
    ),
    (
        "editors' line",
        90,
        re.compile(
            r"^[\s\W]*(?:本版|本期|今日|值班|责任|責任|执行|编|版|美术|文字|图片|视觉|新媒体|一审"
            r"|二审|三审|审)?\s*(?:(?:责任)?编\s?辑|編輯|責編|校對|責任編輯|责\s?编|编委|图\s?编|编审|主编|总编|总编辑|校\s?对|检校"
            r"|版\s?式|排版|组版|版面设计|美\s?编|设\s?计|审\s?[读核校签]|制\s?图|初审|复审"
            r"|终审|一[审審]|二[审審]|三[审審]|总值班|总?监\s?制|出\s?品|通\s?联|总?策\s?划|统\s?筹|信息员)\s*(?:[：:/／|｜]\s*\S|\s+[\u4e00-\u9fff]{1,4}(?:[\s、]+[\u4e00-\u9fff]{1,4}){0,6}$)"
            r"|^(?:Editors?|Layout|Proofreader|Редактор|Вёрстка|Корректор|Главный редактор)\s*[:：]"
        ),
    ),
    (
        "imprint",
        160,
        re.compile(
            r"(?:委员会|市委|省委|县委|区委|州委)(?:机关报(?!创刊|社|记者|的)|主管|主办)|国内统一(?:连续出版物"
            r"|刊号)|CN\s?\d{2}-\d{4}|ISSN\s?\d|邮发代号|(?:本报|新闻|广告|发行|订报|报料|爆料|投稿"
            r"|订阅|编辑部)(?:热线|电话|邮箱|信箱)|服务(?:热线|电话)[：:\s]{0,2}\d|^(?:社址|地址|报社地址|本报地址)\s*[：:]"
            r"|^(?:电话|传真|邮编|邮政编码|电子邮箱|投稿邮箱|E-?mail|Email|Tel)\s*[：:]|(?:零售"
            r"|全年)(?:价|每份|定价).{0,10}元|印刷(?:厂)?[：:]|总第\s?\d+\s?期|第\s?\d{3,}\s?[期号]"
            r"|\d{6}\s*[年月]?.{0,6}邮编"
        ),
    ),
    (
        "copyright",
        260,
        re.compile(
            r"版权(?:所有|声明|归(?:\S{0,12}所有|本\S))|版權所有|Copyright|©|\(c\) ?\d{4}"
            r"|All [Rr]ights [Rr]eserved"
            r"|ALL RIGHTS RESERVED|Все права защищены|ICP\s?[备证]|公网安备|网站标识码|(?:互联网新闻"
            r"信息服务|增值电信业务)\S{0,8}许可证|^(?:主办|主管|承办|协办)(?:单位)?\s*[：:]\s*\S+"
            r"|技术支持\s*[：:]\s*\S{2,24}(?:公司|中心|集团|传媒|科技|网络?|软件|云|社|局|部|院)$"
        ),
    ),
    (
        "site links",
        140,
        re.compile(
            r"^[\s\W]*(?:上一篇|下一篇|上一条|下一条|上一版|下一版|返回(?:顶部|首页|目录|列表)"
            r"|打印(?:本页|文章)?|关闭(?:窗口|本页)?|分享(?:到|至|本文)?|扫一扫|扫码|相关(?:新闻"
            r"|链接|阅读|文章|报道|推荐)|推荐阅读|延伸阅读|热门(?:推荐|新闻|文章)|点击排行"
            r"|联系我们|关于我们|网站地图|设为首页|加入收藏|收藏本站|登录|注册|我要评论|网友评论"
            r"|PDF(?:版)?(?:下载)?|放大|缩小|默认|参与互动|[大中小]字[体号]|字体大小|朗读|听新闻|语音播报"
            r"|阅读原文|点赞|在看|收藏|举报|纠错|版面导航|标题导航|原文链接|展开全文|加载更多|客户端下载"
            r"|下载客户端|手机版|无障碍阅读)(?:$|[\s：:】\]|｜>，,／/]|$)"
            r"|^(?:跳[转至到]到?|按Enter到)\S{0,4}(?:正文|主要?|内容|內容|导航|路径)\S{0,6}$"
            r"|^(?:首页|首頁|网站首页)(?:[\s\u3000]+[^\s，。、]{1,6}){2,}$|^\S{0,8}意见反馈(?:热线|信箱|留言)?(?:$|[\s：:])"
            r"|^[^\s，。]{0,20}[-_（(）)]\d{12,14}\S{0,8}$"
            r"|^(?:页面功能|本页功能)(?:$|[\s：:【])"
            r"|^[-·•\s]*(?:热点|热门|最新|头条|精彩|独家|图片|图文|图集|视频|频道|专题|推荐|排行|编辑|版式|全文|旧报"
            r"){2,3}(?:新闻|检索|汇总)?$"
            r"|^[-·•\s]*(?:热点|热门|最新|头条|精彩|推荐|相关|更多|图片|今日|本周)(?:新闻|要闻|资讯|图片|专题|视频)"
            r"(?:推荐|排行)?$|^[-·•\s]*新闻(?:推荐|排行|专题|检索)$"
            r"|^(?:参与|发表|所有|全部|网友|我来)?评论$|^更多(?:$|[\s>＞»]+$)"
            r"|^\[\S{2,8}推荐\]|^(?:Skip to content|Latest commit|History|File metadata and controls)$"
            r"|^\d+ lines \(\d+ s?loc\).{0,20}$|^[\w.-]{1,40}\.(?:md|txt|html?)$"
            r"|^您的观点仅代表|^No comments:$|^Post a Comment$"
            r"|^[（(]?(?:资料图片?|配图|图源网络|网络图片?|图片来源网络|图文无关)[）)]?$"
            r"|^Powered [Bb]y\b.{0,40}$|^不支持Flash$"
            r"|^(?:匿名发表|隐藏IP地址|发表评论|最新更新|最新资讯|回頁首|回首頁"
            r"|网站导航|欢迎访问\S{2,16}|后台管理|友情链接|附件下载)(?:$|[\s：:])"
            r"|^[^\s，。]{1,40}\.(?:jpe?g|png|gif|bmp|webp)(?:image\.(?:jpe?g|png|gif))*$"
            r"|^(?:点击(?:上方|下方|蓝字|关注|图片|查看)|长按|识别(?:图中)?二维码|关注我们|喜欢此内容"
            r"|更多精彩|微信扫|点个|往期(?:推荐|精彩|回顾|好文)|精彩(?:推荐|回顾)|分享让更多人|发表于[\u4e00-\u9fff]{2,4}$|打开\S{0,8}客户端)\S{0,16}$"
            r"|^[-—=·\s]*(?:END|The End|THE END)[-—=·\s]*$|^原创\s.{0,40}(?:发表于\S{2,4}|\d{1,2}:\d{2})"
            r"|^(?:阅读|在看|赞|点赞|分享|留言|评论)\s*\d[\d.万+wW]*(?:\s+(?:阅读|在看|赞|点赞|分享|留言|评论)\s*\d[\d.万+wW]*)*$"
            r"|^(?:喜欢|觉得(?:不错|好看))\S{0,8}(?:点个?赞|在看|转发|分享)"
            r"|^Sign up(?:\W*$|\s+(?:now|today|here|for (?:our|free)\b)[^.]{0,40}$)"
            r"|^Read more(?:\W*$|\s?[:：|>›»].{0,60}$|\s+(?:here|about|on|from)\b[^.]{0,40}$)"
            r"|^Terms of (?:[Uu]se|[Ss]ervice|[Ss]ale)\b[^.]{0,40}$"
            r"|^(?:Share(?: this| on)|Sign in|Log in|Most read|Contact us|About us"
            r"|Читайте также|Поделиться|Подписаться|Реклама)\b[^.]{0,60}$"
            r"|^(?:Share|Subscribe|Related|Advertisement|Newsletter|Privacy|Print|Home|Menu|Search)"
            r"(?:$|\s?[|>›»:•·]|\s(?:[Pp]olicy|[Ss]tor(?:y|ies)|[Aa]rticles?|[Ll]inks?|[Nn]ews|[Cc]overage|[Tt]opics|now"
            r"|today|this \w+|to (?:our|the) \w+|for (?:our|free)\b[^.]{0,20})\W*$)"
        ),
    ),
    (
        "closing line",
        60,
        re.compile(
            r"^[（(【]?(?:以上(?:内容|文字|文稿|就是|是)\S{0,30}(?:整理|提供|发布|全部内容)|(?:本次|本期|今天的?|以上)\S{0,12}"
            r"(?:节目|新闻|联播)\S{0,12}(?:播送完|到这|就到|结束|再见|播完)|(?:感谢|谢谢)\S{0,6}(?:收听|收看|观看|阅读|关注))"
        ),
    ),
    ("links", 200, re.compile(r"^[|｜]?\s*[^|｜。]{1,14}(?:\s*[|｜]\s*[^|｜。]{1,14}){2,}\s*[|｜]?$")),
    (
        "contents",
        60,
        re.compile(
            r"(?:主要内容|内容提要|今日导读|本期导读|要闻导读|今日看点|节目单|目录)(?:有|如下)?\s*["
            r"：:]?\s*$|^(?:以下(?:为|是)|下面是).{0,12}(?:全文|文字|内容|实录).{0,6}[：:]?$"
            r"|^[（(]?《\S{2,10}》\s*[（(]?\d{8}[\s\d:：]*[）)]?$"
            r"|^\d{4}年\d{1,2}月\d{1,2}日\S{2,8}(?:文字版|文字稿|文字实录|完整版)?$"
            r"|^\S{2,10}(?:文字版|文字稿|文字实录|完整版|全文|实录)\S{0,6}[\s（(]*\d{4}[年/.\-]?\d{1,2}[月/.\-]?\d{1,2}日?[）)]?$"
            r"|^\S{2,10}[\s（(]+\d{4}[年/.\-]?\d{1,2}[月/.\-]?\d{1,2}日?[）)\s]*(?:文字版|文字稿|文字完整版|文字实录|完整版|全文)$"
        ),
    ),
    (
        "site links",
        300,
        re.compile(
            r"^(?:(?:网站)?首页\s?)?(?:您好|你好)?[，,！!\s]*欢迎(?:您?来到|您?访问|您?光临)\S{2,24}(?:网站?|门户|平台)[！!。]"
        ),
    ),
    ("site links", 60, re.compile(rf"^{_APP}$")),
    ("weather", 60, re.compile(r"^\S{2,8}天气(?:预报)?\s?[:：]\S?.{0,40}\d\s?(?:℃|°C?|度)\W*$")),
    ("rule", 400, re.compile(r"^[\W_]+$")),
)
_HASHES: Final = re.compile(r"^#{1,6}\s+(?:\d{1,2}[.、]\s*)?(?=\S)")
CALL: Final = re.compile(rf"^(?:(?:点个|点击(?:上方|下方|蓝字)|长按|喜欢就|关注我们)\S{{0,20}}|{_APP})$")
FLASHES: Final = re.compile(r"^(?:国内|国际|联播)\S{0,2}快讯$")
_SURE_IMPRINT: Final = re.compile(r"刊号|CN\s?\d|ISSN|邮发代号|热线|电话|定价|零售|邮编|印刷|传真|信箱|邮箱")
_REACHED: Final = re.compile(
    r"刊号|CN\s?\d|ISSN|邮发代号|(?:热线|电话|传真|邮编|邮政编码|信箱|邮箱|定价|零售价?)(?:号码|[为是]|[（(]\S{1,6}[）)])?[：:\s]{0,3}[\d@A-Za-z]"
)
"""An imprint gives the number it speaks of; a story tells that somebody rang."""
_RANG: Final = re.compile(r"(?<!欢迎)(?<!请)(?<!可)(?:拨打|打通|接听|接到|受理)")
_CREDITED_FROM: Final = 80
"""Characters of a paragraph before the mark of ownership behind it."""
ENDING: Final = re.compile(r"[。！？!?…]$")


def furniture(line: Line) -> str | None:
    """Return the reason why `line` is furniture, or None."""
    text = _HASHES.sub("", line.text)
    if len(text) > 300:
        return None
    plain = simplified(text)
    for reason, most, pattern in _RULES:
        if line.width > most or not (pattern.search(text) or (plain != text and pattern.search(plain))):
            continue
        if reason == "copyright" and (is_photo_credit(text) or _is_told(text)):
            return None
        if reason == "rule" and re.fullmatch(r"[？?！!“”\"'（）()。]+", text):
            return None
        if (
            ENDING.search(text)
            and reason
            not in {
                "another headline",
                "copyright",
                "markup",
                "web address",
                "imprint",
                "breadcrumb",
                "rule",
                "closing line",
            }
            and not CALL.search(text)
        ):
            continue
        if reason == "imprint" and _names_an_issue(text):
            continue
        return reason
    return None


def _is_told(text: str) -> bool:
    """Tell whether a line is a paragraph of a story, at whose end a picture's owner is named."""
    mark = text.find("©")
    return mark > _CREDITED_FROM and clause_marks(text[:mark]) > 1 and ends_sentence(text[:mark].rstrip())


def _names_an_issue(text: str) -> bool:
    """Tell whether a line with an issue's number or a paper's owner in it is a sentence of a story."""
    if ends_sentence(text) and _RANG.search(text):
        return True
    told = ends_sentence(text) and clause_marks(text) > 1
    return told and (not _SURE_IMPRINT.search(text) or (clause_marks(text) > 2 and not _REACHED.search(text)))
