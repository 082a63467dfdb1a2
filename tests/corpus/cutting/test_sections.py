from __future__ import annotations

import pytest

from corpus.cutting.clues import clues_of
from corpus.cutting.lines import read_lines
from corpus.cutting.page import cut_page
from corpus.cutting.sections import mark_sections
from corpus.cutting.wrap import blocks_of

FEATURE = """三任村支书接力治沙记
本报记者 何静
在临江县最北端的沙窝村，有一片绵延十里的防风林。站在林子边，村支书罗志强说，四十年前这里还是一眼望不到头的黄沙。
罗志强是第三任接过铁锹的村支书。他记得父亲说过，村里最穷的时候，种下的麦子一夜就被风沙埋了。
不信沙窝不长树
1983年春天，罗志强的父亲带着二十三户村民进了沙窝。没有水，他们用毛驴从六里外驮；没有苗，就剪下自家门前的柳条。
“头一年种下的三千棵，到秋天只活了四百棵。”罗志强说。
沙窝里长出新产业
如今，罗志强把电商引进了村。去年全村的沙棘汁卖出一百二十万瓶，村里还建起了民宿，城里人周末来看林海。
“树是爷爷辈栽下的，日子要靠我们自己过好。”罗志强说。
临江新建两座污水处理厂
本报讯 记者从市住建局获悉，我市今年新建两座污水处理厂，日处理能力12万吨，预计年底投入运行。
项目总投资4.6亿元，服务人口约40万。"""


def section_score(page: str, line: str) -> float:
    lines = read_lines(page)
    blocks = blocks_of(lines, [None] * len(lines))
    clues = clues_of(blocks)
    mark_sections(blocks, clues, [index for index, clue in enumerate(clues) if clue.head > 0])
    return next(clue.section for block, clue in zip(blocks, clues, strict=True) if block.text == line)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_feature_is_not_cut_at_its_subheads(gap: str) -> None:
    titles = [segment.title for segment in cut_page(FEATURE.replace("\n", gap)).segments]
    assert titles == ["三任村支书接力治沙记", "临江新建两座污水处理厂"]


PARKING = """停车难在这里有了解法
本报讯（记者许可）走进青河区兰亭小区，原先堵在消防通道上的汽车不见了。物业把一块荒地平整出来，划了一百二十个车位。
“以前下班回来要兜三圈，现在一把就进去了。”业主郭建明说。
小区还在地下车库装了充电桩，居民扫码就能用，夜里电价便宜一半。物业经理说，车位不卖，只按月出租，租金贴补电梯维修。
老厂房里的羽毛球馆
停产十年的纺织厂成了健身的好去处，六片球场从早到晚排满，球拍击球的声音在锯齿形的屋顶下回响。馆长魏小军从前是厂里的挡车工，下岗后开过面馆。
“厂子没了，师兄弟们还能在这里碰头。”魏小军说。
纺织厂的老烟囱没有拆，刷成红白两色，成了球馆的招牌。更衣室用的是当年女工的铁皮柜，柜门上还留着工号。
球馆每周留出两个上午，给附近中学的羽毛球队免费训练，教练是退役的省队队员。
山村来了流动牙医
白鹭乡卫生院的空地上停着一辆改装的大巴，车里摆着牙椅和消毒柜。流动牙医田敏一上午补了十一颗牙，拔了四颗。
“山里的老人不是不疼，是没地方看。”田敏说。
大巴由省口腔医院派出，牙医半个月换一批，补牙的材料费由红十字会承担。翻山越岭，最远的山村要开五个小时。
排队的老人里，有人拔完牙舍不得走，坐在车下听田敏讲怎么刷牙。下一站是河对面的石坎村。
城南小学种起中药园
本报讯（通讯员宋丹）薄荷、艾草、金银花，城南小学的孩子们在操场边认识了二十多种草药，还学会了做香囊。"""

VILLAGE = """一个渔村的三十年
本报讯（记者许可）清晨五点，白沙湾的码头上已经站满了等船的人。村主任周德海数着缆绳，他在这里数了三十年。
“我爹那辈人靠天吃饭，风一大，全村人都站在滩上望。”周德海说。
渔船换了钢壳
1996年，村里凑钱买了第一条钢壳船。周德海把自家的两间房押给了信用社，船下水那天，他一夜没合眼。
“船回来了，鱼舱是满的。”周德海回忆。
码头长出鱼市
渔船多了，鱼价却上不去。周德海带着几户人家在码头搭起棚子，自己当起了鱼贩，后来棚子变成了冷库。
“冷库的灯一亮，鱼就不愁卖。”周德海说。
山村来了流动牙医
本报讯（通讯员宋丹）白鹭乡卫生院的空地上停着一辆改装的大巴，车里摆着牙椅和消毒柜。"""


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_headlines_over_new_people_and_places_are_no_subheads(gap: str) -> None:
    """Short headlines over stories that open without a formula, on a page where others have one."""
    titles = [segment.title for segment in cut_page(PARKING.replace("\n", gap)).segments]
    assert titles == [
        "停车难在这里有了解法",
        "老厂房里的羽毛球馆",
        "山村来了流动牙医",
        "城南小学种起中药园",
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_subheads_over_the_same_people_stay_in_their_story(gap: str) -> None:
    titles = [segment.title for segment in cut_page(VILLAGE.replace("\n", gap)).segments]
    assert titles == ["一个渔村的三十年", "山村来了流动牙医"]


def test_a_weekday_or_a_word_with_a_surname_in_it_is_no_speaker() -> None:
    """“周六” and the end of “声明中” begin like names; nobody speaks on below the second headline."""
    page = """出租车司机下月起换证
本报讯（记者许可）市交通局周六表示，出租车司机须在下月底前换领新证，不收费用。
该局在一份声明中说，旧证到期作废，司机可在网上预约办理，也可到窗口排队领取。
东海岸发生强烈地震
凌晨的强烈地震把东海岸的人们从梦里摇醒，海水漫过防波堤，渔民扶老携幼撤到高处。应急管理厅周六表示，震级为七点一。
灯塔倒塌，两条渔船沉没，海岸公路断成三截，救援直升机天亮后起飞。余震到傍晚还有十几次，人们在山坡上搭起帐篷。
该厅在一份声明中说，暂时没有人员伤亡的报告，海啸警报已经解除。
城南小学种起中药园
本报讯（通讯员宋丹）薄荷、艾草、金银花，城南小学的孩子们在操场边认识了二十多种草药。"""
    assert section_score(page, "东海岸发生强烈地震") < 1
    assert section_score(page.replace("周六表示", "站长周小海说"), "东海岸发生强烈地震") >= 2
