from collections.abc import Callable

import pytest

from analysis.trends.panel import Panel, gather_issues
from analysis.trends.simulate import Design, simulate_study


@pytest.fixture
def panel_of() -> Callable[..., Panel]:
    def make(signals, volumes, *, seed: int = 0, period: str = "month", **design) -> Panel:
        study = simulate_study(Design(signals, volumes, **design), seed=seed)
        return gather_issues(study.articles.drop(columns="truth"), period=period, themes=tuple(signals))

    return make
