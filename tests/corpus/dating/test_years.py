"""The year of a page whose days have none: from events of these days, against years that it looks back on."""

from __future__ import annotations

import pytest

from corpus.dating.publication import infer_publication


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (
            "2020-01-11",
            "2020年春运10日正式启动\n新华社北京1月10日电 今年春运到2月18日结束。"
            "去年底开通的线路首次参加。比上年增长8%。",
        ),
        (
            "2019-01-22",
            "2019年春运昨日启动\n本报讯 1月21日，车站人多。2018年，车站共发送旅客百万人次，比去年同期增加。",
        ),
        (
            "2020-01-09",
            "2019年度总结表彰大会昨日召开。1月8日，县里开会。2019年，完成投资10亿元。2020年继续努力。",
        ),
        ("2018-01-06", "回望2017年，全市共建成学校12所。1月5日，2017年工作成绩喜人。2018年全市将新建学校。"),
        ("2021-06-08", "2021年高考昨日开考。6月7日上午，考生走进考场。比2020年增加千人。"),
        ("2022-09-24", "2022年农民丰收节昨日启动。9月23日，各村举行庆祝活动。去年，粮食产量增加。"),
        ("2017-12-02", "2018年春运火车票12月1日开售。12月1日，记者从铁路部门获悉，旅客可购票。"),
    ],
)
def test_the_year_is_that_of_the_events_of_these_days(day: str, text: str) -> None:
    found = infer_publication(text)
    assert found.start is not None
    assert found.end is not None
    assert found.start <= day <= found.end
