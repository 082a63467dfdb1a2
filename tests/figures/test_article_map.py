"""The map: every article where the table puts it, labels that don't overlap."""

import numpy as np
import pytest

from figures import article_map
from figures.errors import FigureNotDrawn
from figures.map_cells import CELLS
from figures.text import overlaps
from figures.words import Voice
from tests.figures.conftest import THEMES, make_tables


def test_every_article_is_where_the_table_puts_it(tables) -> None:
    data = article_map.data(tables)
    (ax,) = article_map.draw(data).axes
    drawn = {points.get_gid(): np.asarray(points.get_offsets()) for points in ax.collections}
    assert sum(map(len, drawn.values())) == len(tables["map"])
    for group, rows in data.groupby("group"):
        assert drawn[f"points:{group}"] == pytest.approx(rows[["x", "y"]].to_numpy())


def labels(figure):
    figure.draw_without_rendering()
    (ax,) = figure.axes
    boxes = [text.get_bbox_patch().get_window_extent() for text in ax.texts if text.get_gid() == "label"]
    return np.array([[box.x0, box.y0, box.x1, box.y1] for box in boxes])


@pytest.mark.parametrize("n, seed", [(30, 1), (800, 0), (3000, 2)])
def test_labels_stand_apart_and_inside(n: int, seed: int) -> None:
    names = tuple(f"grassroots_governance_{k}" for k in range(12))
    tables = make_tables(n=n, seed=seed, themes=names, months=2, sources=("A", "B"))
    figure = article_map.draw(article_map.data(tables))
    boxes = labels(figure)
    assert len(boxes) >= 5
    for number, box in enumerate(boxes):
        assert not overlaps(box, np.delete(boxes, number, axis=0)).any()
    assert (boxes[:, :2] >= 0).all()
    assert (boxes[:, 2:] <= [figure.bbox.x1, figure.bbox.y1]).all()


def test_names_are_those_of_the_codebook(tables) -> None:
    (ax,) = article_map.draw(article_map.data(tables), lang="zh", names={"education": {"zh": "教育"}}).axes
    assert any(text.get_text().startswith("教育 (") for text in ax.texts)


def test_themes_that_are_not_named_are_grey_and_named() -> None:
    tables = make_tables(themes=tuple(f"t_{k}" for k in range(20)), n=600, months=2, sources=("A", "B"))
    data = article_map.data(tables)
    assert data["group"].nunique() == article_map.NAMED + 2
    assert "Grey dots: t " in article_map.caption(data, tables, Voice())


def test_articles_on_one_spot(tables) -> None:
    here = tables["map"].assign(x=1.0, y=2.0)
    figure = article_map.draw(article_map.data({**tables, "map": here}))
    assert len(labels(figure)) == len(THEMES)


def test_no_map(tables) -> None:
    without = {name: table for name, table in tables.items() if name != "map"}
    with pytest.raises(FigureNotDrawn, match="no map of articles"):
        article_map.data(without)
    with pytest.raises(FigureNotDrawn, match="4 articles have a place"):
        article_map.data({**tables, "map": tables["map"].head(4)})


@pytest.fixture
def many(tables):
    """The tables of forty thousand articles about the places of the first ones."""
    random = np.random.default_rng(4)
    at = random.integers(0, len(tables["map"]), 40_000)
    where = tables["map"].iloc[at].reset_index(drop=True)
    where["article_id"] = [f"n{number}" for number in range(len(where))]
    where[["x", "y"]] += random.normal(scale=0.05, size=(len(where), 2)) * np.ptp(
        where[["x", "y"]].to_numpy()
    )
    themed = tables["assignments"].set_index("article_id").loc[tables["map"]["article_id"].iloc[at]]
    themed = themed.reset_index().assign(article_id=where["article_id"])
    return {**tables, "map": where, "assignments": themed}


def test_more_articles_than_points_are_counted_in_cells(many) -> None:
    data = article_map.data(many)
    assert data["n_articles"].sum() == 40_000
    assert len(data.drop_duplicates(["x", "y"])) <= CELLS**2
    whole = many["map"].merge(many["assignments"], on="article_id")
    assert (
        data.groupby("theme")["n_articles"].sum().sort_index().tolist()
        == whole["theme"].value_counts().sort_index().tolist()
    )
    figure = article_map.draw(data)
    (ax,) = figure.axes
    assert not ax.collections
    (image,) = ax.images
    shown = np.asarray(image.get_array())
    assert (shown[..., 3] > 0).sum() == len(data.drop_duplicates(["x", "y"]))
    fullest = data.groupby(["y", "x"])["n_articles"].sum().idxmax()
    row, column = np.unravel_index(shown[..., 3].argmax(), shown.shape[:2])
    left, right, bottom, top = image.get_extent()
    middle = (
        bottom + (row + 0.5) * (top - bottom) / shown.shape[0],
        left + (column + 0.5) * (right - left) / shown.shape[1],
    )
    assert middle == pytest.approx(fullest)
    assert len(labels(figure)) >= 5
    assert "40,000 articles" in article_map.caption(data, many, Voice())
    assert "Each square" in article_map.caption(data, many, Voice())


def test_many_articles_on_one_spot_are_one_cell(many) -> None:
    here = many["map"].assign(x=1.0, y=2.0)
    data = article_map.data({**many, "map": here})
    assert len(data.drop_duplicates(["x", "y"])) == 1
    (ax,) = article_map.draw(data).axes
    assert np.asarray(ax.images[0].get_array()).shape[:2] == (1, 1)


def test_squares_stand_where_they_are_though_others_between_are_empty(many) -> None:
    places = many["map"].assign(x=0.0, y=0.0)
    places.loc[places.index[:10], "x"] = 2.0 / CELLS
    places.loc[places.index[10:20], "x"] = 5.0 / CELLS
    places.loc[places.index[20:30], "x"] = 1.0
    (ax,) = article_map.draw(article_map.data({**many, "map": places})).axes
    shown = np.asarray(ax.images[0].get_array())[..., 3]
    assert np.flatnonzero(shown[0]).tolist() == [0, 2, 5, CELLS - 1]
