import numpy as np
import pytest

from tests.analysis.trends.reference import MADE, SIGNALS, STUDIES, known, numbers

EVERY = [(name, made) for name in STUDIES for made in MADE]


@pytest.mark.parametrize(("name", "made"), EVERY)
def test_numbers_are_what_they_were(name: str, made: str) -> None:
    now, then = numbers(name, made), known()[f"{name}, {made}"]
    assert list(now) == list(then)
    for table, columns in then.items():
        assert list(now[table]) == list(columns)
        for column, expected in columns.items():
            assert len(expected) > 0
            if all(value is None or isinstance(value, float) for value in expected):
                # Other machines differ in last digits.
                one, other = (np.array(rows, dtype=np.float64) for rows in (now[table][column], expected))
                assert one == pytest.approx(other, rel=1e-6, abs=1e-9, nan_ok=True), (table, column)
            else:
                assert now[table][column] == expected, (table, column)


def test_everything_is_held() -> None:
    assert list(known()) == [f"{name}, {made}" for name, made in EVERY]
    assert set(known()["labels, month"]["tests"]["theme"]) == set(SIGNALS)
