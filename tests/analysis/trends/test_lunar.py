import numpy as np
import pytest

from analysis.trends.lunar import knows_lunar_months, lunar_months


def days(*dates):
    return np.array(dates, dtype="datetime64[D]").astype(float)


def test_new_years_days_begin_a_lunar_year() -> None:
    # New Year's days as the Hong Kong Observatory's calendar tables have them.
    for day in ("1985-02-20", "2008-02-07", "2020-01-25", "2023-01-22", "2033-01-31"):
        before, on = lunar_months(days(np.datetime64(day) - 1, day))
        assert on == 12 * int(day[:4])
        assert before == on - 1


def test_feasts_fall_in_their_months() -> None:
    # Dragon boats row on the 5th of the 5th month, the moon is looked at on the 15th of the 8th.
    assert (lunar_months(days("2021-06-14", "2022-06-03", "2023-06-22")) % 12 == 4).all()
    assert (lunar_months(days("2021-09-21", "2022-09-10", "2023-09-29")) % 12 == 7).all()


def test_a_leap_month_is_a_part_of_the_one_before() -> None:
    # 2020 had a second fourth month, from 23 May to 20 June.
    months = lunar_months(days("2020-05-22", "2020-05-23", "2020-06-20", "2020-06-21"))
    assert (months - 12 * 2020).tolist() == [3, 3, 3, 4]


@pytest.mark.parametrize(
    "dates, known",
    [
        (["1901-02-19", "2100-02-08"], True),
        (["1901-02-18"], False),
        (["2023-01-01", "2100-02-09"], False),
        ([], False),
    ],
)
def test_the_tables_have_an_end(dates, known) -> None:
    assert knows_lunar_months(days(*dates)) is known
