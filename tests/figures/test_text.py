"""Measuring, wrapping and placing text."""

import numpy as np
import pytest

from figures import style, text


@pytest.fixture
def figure():
    with style.look():
        yield style.new_figure(height=40)


def test_short_text_is_left_alone(figure) -> None:
    assert text.shorten(figure, "health", 500) == "health"
    assert text.wrap(figure, "health", 500, after=" (3)") == "health (3)"


@pytest.mark.parametrize(
    "name", ["The Northern Counties Evening Advertiser", "广西壮族自治区百色市融媒体中心", "Вечерние новости"]
)
def test_no_line_is_wider_than_its_room(figure, name: str) -> None:
    wrapped = text.wrap(figure, name, 110, after=" (12)")
    lines = wrapped.split("\n")
    assert len(lines) <= 2
    assert wrapped.endswith(" (12)")
    assert max(text.size_of(figure, line)[0] for line in lines) <= 110


def test_the_end_of_a_name_is_kept(figure) -> None:
    short = text.shorten(figure, "The Evening Advertiser of Milltown", 150, tail=0.35)
    assert "…" in short
    assert short.endswith("town")


def test_chinese_breaks_between_characters(figure) -> None:
    wrapped = text.wrap(figure, "基层社会治理与服务", 100)
    assert wrapped.replace("\n", "") == "基层社会治理与服务"
    assert "\n" in wrapped


def test_labels_do_not_overlap_and_stay_inside() -> None:
    rng = np.random.default_rng(0)
    anchors = rng.normal(300, 20, (8, 2))
    sizes = np.tile([120.0, 20.0], (8, 1))
    frame = np.array([0.0, 0.0, 600.0, 600.0])
    centres = text.place(anchors, sizes, frame, rng.normal(300, 60, (400, 2)))
    boxes = np.hstack([centres - sizes / 2, centres + sizes / 2])
    for number, box in enumerate(boxes):
        assert not text.overlaps(box, np.delete(boxes, number, axis=0)).any()
    assert (boxes[:, :2] >= 0).all()
    assert (boxes[:, 2:] <= 600).all()


def test_no_room_is_said() -> None:
    centres = text.place(
        np.zeros((1, 2)), np.full((1, 2), 50.0), np.array([0.0, 0.0, 10.0, 10.0]), np.empty((0, 2))
    )
    assert np.isnan(centres).all()
