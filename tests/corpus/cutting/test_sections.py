from __future__ import annotations

import pytest

from corpus.cutting.page import cut_page

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


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_feature_is_not_cut_at_its_subheads(gap: str) -> None:
    titles = [segment.title for segment in cut_page(FEATURE.replace("\n", gap)).segments]
    assert titles == ["三任村支书接力治沙记", "临江新建两座污水处理厂"]
