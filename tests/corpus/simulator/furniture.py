"""What belongs to the page or the site and to no story: mastheads, editors' lines, sites, notices."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

MASTHEADS = {
    "zh": (
        ("2024年4月17日 星期三 {p} 澜津日报",),
        ("澜津日报", "2024年4月17日", "星期三", "第{p}版"),
        ("{p} 要闻 2024年4月17日 星期三 责编：程若谷 美编：叶小满",),
        ("澜津日报 2024年4月17日 第0{p}版",),
        ("A0{p} 综合 澜津晚报 2024.4.17 星期三",),
        ("0{p}", "2024年4月17日 星期三 农历甲辰年三月初九", "今日8版 总第12876期"),
        ("中共澜津市委机关报 澜津日报社出版", "国内统一连续出版物号 CN 00-0001", "2024年4月17日 星期三"),
        ("2024年4月17日澜津日报 第{p}版",),
    ),
    "en": (
        ("THE AVERLEY COURIER   Wednesday, April 17, 2024   Page {p}",),
        ("April 17, 2024", "The Averley Courier", "A{p}"),
        ("LOCAL    The Averley Courier    Wednesday, April 17, 2024",),
    ),
    "ru": (
        ("Каменноборский вестник № 45, среда, 17 апреля 2024", "стр. {p}"),
        ("{p} | 17 апреля 2024 | Вестник",),
    ),
}
EDITORS = {
    "zh": (
        ("本版责编：程若谷  美编：叶小满  校对：戴素珍",),
        ("责任编辑：潘立新 版式：苏雪莹",),
        ("编辑 魏长林 美编 卢静怡 校对 余冬至",),
        ("值班编委：阎守义", "责编：夏婉清", "图编：曹一鸣"),
        ("组版：夏云帆 检校：杜锦程",),
        ("本版编辑/何桂香 版面设计/宋小满 E-mail:news@lanjin.example",),
        ("一审：夏云帆 二审：杜锦程 三审：何桂香",),
    ),
    "en": (("Editor: Rosalind Fairbank",), ("Layout: Owen Hartley", "Proofreader: Ida Combe")),
    "ru": (("Редактор: Анна Лаптева",), ("Вёрстка: Пётр Гордеев", "Корректор: Инна Чайка")),
}
NOTICES = (
    ("遗失声明", "双埠镇曹和平遗失营运证正本一本，声明作废。", "柳荫街道贾红霞遗失身份证一张，特此声明。"),
    (
        "拍 卖 公 告",
        "受委托，兹定于本月下旬公开拍卖旧设备一批。",
        "标的\t数量\t参考价",
        "旧车床\t6台\t4.2万元",
        "铜缆\t1.5吨\t5.8万元",
    ),
    ("停水公告", "因供水主管改造，定于18日22时至次日6时停水。", "咨询电话：0000-8805566"),
    (
        "澜津市住房公积金管理中心招聘公告",
        "岗位\t人数\t学历",
        "综合文秘\t2\t本科",
        "财务\t1\t本科",
        "报名电话：0000-8809876",
    ),
)


@dataclass(frozen=True)
class Site:
    """The furniture of one kind of web page: above the title, between title and text, below the text."""

    above: tuple[str, ...]
    between: tuple[str, ...]
    below: tuple[str, ...]


SITES = {
    "government": Site(
        (
            "http://www.lanjin.gov.example/xwzx/t20240417_1.html",
            " 当前位置:首页 > 新闻中心 > 政务要闻 >",
        ),
        ("发布时间:2024-04-17 08:40  来源:澜津日报",),
        (
            "【打印本页】【关闭窗口】",
            "主办:澜津市人民政府办公室 承办:澜津市大数据中心",
            "网站标识码:0000000001 泽ICP备00000001号 泽公网安备 00000002000001号",
            "地址:澜津市柳浦区运河路1号 邮编:000000",
            "联系我们 | 网站地图 | 关于我们",
        ),
    ),
    "portal": Site(
        ("首页", "新闻", "财经", "体育", "娱乐", "汽车", "房产", "登录", "澜津网 > 新闻中心 > 社会 > 正文"),
        ("2024-04-17 10:21:35 来源：澜津网", "分享到：", "字号：大 中 小"),
        (
            "（责任编辑：夏婉清）",
            "相关阅读",
            "澜江大桥今晚亮灯",
            "这家早餐店开了三十年",
            "一张图看懂新医保",
            "热门推荐",
            "周末去哪儿 竹海赏花攻略",
            "我要评论",
            "关于我们 | 广告服务 | 联系我们 | 招聘信息",
            "Copyright © 2024 lanjin.example All Rights Reserved",
        ),
    ),
    "paper": Site(
        ("澜津日报数字报", "2024年04月17日 星期三", "第03版：民生", "上一版 下一版", "版面导航 | 标题导航"),
        ("澜津日报 2024年04月17日", "放大 缩小 默认 朗读"),
        ("上一篇 下一篇", "返回目录", "澜津日报社版权所有 未经许可不得转载", "技术支持：澜津日报新媒体中心"),
    ),
    "party": Site(
        ("人民浦网>>时政", "2024年04月17日06:12 | 来源：浦江日报"),
        ("小字号", "大字号"),
        (
            "《 浦江日报 》（ 2024年04月17日 03 版）",
            "(责编：岳平、牛金)",
            "分享让更多人看到",
            "推荐阅读",
            "返回顶部",
            "人民浦网版权所有，未经书面授权禁止使用",
            "Copyright © 1997-2024 by pujiang.example. all rights reserved",
        ),
    ),
    "messenger": Site(
        (),
        ("澜津发布", "2024-04-17 18:30", "发表于澜津", "点击上方蓝字关注我们"),
        (
            "来源：澜津日报",
            "记者：叶小满",
            "编辑：何桂香",
            "校对：余冬至",
            "审核：阎守义",
            "喜欢此内容的人还喜欢",
            "长按二维码关注我们",
            "点赞 在看 分享",
            "阅读原文",
        ),
    ),
    "agency": Site(
        ("澜津新闻网首页", "滚动", "时政", "国际", "财经", "社会", "视频", "图片"),
        ("2024年04月17日 09:15　来源：澜津新闻网", "参与互动", "大字体 小字体 分享到："),
        (
            "【编辑:魏长林】",
            "更多精彩内容请进入社会频道",
            "关于我们 | About us | 联系我们 | 广告服务 | 法律声明",
            "本网站所刊载信息，不代表本网观点。 刊用本网站稿件，务经书面授权。",
            "未经授权禁止转载、摘编、复制及建立镜像，违者将依法追究法律责任。",
            "[网上传播视听节目许可证（0000001)] [泽ICP备00000003号-1]",
        ),
    ),
    "english": Site(
        ("Home", "News", "Sport", "Business", "Opinion", "Subscribe", "Home > News > Local"),
        ("Published: April 17, 2024 8:15 am", "Share this article"),
        (
            "Related",
            "Bridge repairs to start in May",
            "Market square closes for paving",
            "Sign up for our newsletter",
            "Most read",
            "About us | Contact us | Privacy policy | Terms of use",
            "© 2024 The Averley Courier. All rights reserved.",
        ),
    ),
    "russian": Site(
        ("Главная > Новости > Город", "17 апреля 2024, 09:30"),
        ("Источник: Каменноборский вестник", "Поделиться"),
        (
            "Читайте также",
            "Мост через реку закроют на ремонт",
            "Теги: город, школа",
            "Редакция | Реклама | Контакты",
            "© 2024 Каменноборский вестник. Все права защищены.",
            "18+",
        ),
    ),
}


def masthead(lang: str, rng: Random) -> list[str]:
    """The lines of a masthead."""
    page = rng.randint(1, 8)
    return [line.format(p=page) for line in rng.choice(MASTHEADS[lang])]


def editors(lang: str, rng: Random) -> list[str]:
    """The editors' lines of a page."""
    return list(rng.choice(EDITORS[lang]))


def notice(rng: Random) -> list[str]:
    """A notice with its headline."""
    return list(rng.choice(NOTICES))
