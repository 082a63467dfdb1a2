import numpy as np
import pytest

from analysis.trends.seasons import YEAR, can_have_season, season_design


def days(first, last, step=7):
    return np.arange(np.datetime64(first), np.datetime64(last), np.timedelta64(step, "D")).astype(float)


def test_the_design_returns_every_year() -> None:
    here = days("2020-01-01", "2021-01-01")
    assert season_design(here + 3 * YEAR) == pytest.approx(season_design(here))
    assert season_design(here + YEAR / 2)[:, :2] == pytest.approx(-season_design(here)[:, :2])
    assert season_design(here + YEAR / 2)[:, 2:] == pytest.approx(season_design(here)[:, 2:])


def test_a_ritual_of_one_month_is_drawn_for_the_most_part() -> None:
    here = days("2020-01-01", "2024-01-01", 1)
    march = (here.astype("int64").astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12 == 2) * 1.0
    design = np.column_stack([np.ones(len(here)), season_design(here)])
    fitted = design @ np.linalg.lstsq(design, march, rcond=None)[0]
    assert 0.3 < fitted.var() / march.var() < 0.6


@pytest.mark.parametrize(
    "first, last, enough",
    [
        ("2020-01-15", "2021-12-05", True),
        ("2020-01-15", "2021-11-28", False),
        ("2020-01-15", "2020-02-01", False),
    ],
)
def test_two_years_are_needed(first, last, enough) -> None:
    assert can_have_season(days(first, last, 3)) is enough


def test_most_months_are_needed() -> None:
    here = days("2020-01-01", "2024-01-01", 1)
    month = here.astype("int64").astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    assert not can_have_season(here[month < 7])
    assert can_have_season(here[month < 8])
    assert not can_have_season(np.empty(0))
