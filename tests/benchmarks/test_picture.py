"""The picture of the ratios."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import picture


def row(name: str, ratio: float) -> dict[str, object]:
    return {"name": name, "unit": "s", "ours": 1.0, "peer": ratio, "ratio": ratio}


def test_every_ratio_is_drawn_from_the_top(tmp_path: Path) -> None:
    rows = [row("fast", 12.5), row("alone", float("nan")), row("slow " * 30, 0.4)]
    figure = picture.draw(rows)
    (axes,) = figure.axes
    (dots,) = (found for found in axes.collections if hasattr(found, "get_sizes"))
    assert dots.get_offsets().tolist() == [[12.5, 0.0], [0.4, 1.0]]
    assert [text.get_text() for text in axes.texts] == ["12.5", "0.4"]
    assert axes.get_yticklabels()[0].get_text() == "fast (s)"
    assert axes.yaxis_inverted()
    picture.save(rows, tmp_path / "new" / "bench.png")
    assert (tmp_path / "new" / "bench.png").stat().st_size > 5_000


def test_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="make peers"):
        picture.draw([row("alone", float("nan"))])
