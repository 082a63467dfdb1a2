"""The cut of a page as a picture."""

from __future__ import annotations

from matplotlib.text import Text

from corpus.explain import explain_page
from figures.page_cut import COLUMN, draw_page
from figures.style import MM
from tests.corpus.test_reading import PAGE


def words(text: str) -> list[str]:
    return [artist.get_text() for artist in draw_page(explain_page(text)).findobj(Text)]


def test_every_written_line_is_drawn_with_its_number_and_segments_with_their_reasons() -> None:
    drawn = words(PAGE)
    for number, line in enumerate(PAGE.split("\n"), 1):
        assert (str(number) in drawn) == bool(line.strip())
    assert "1 article: 新学校在城东落成" in drawn
    assert sum(text.startswith("why: ") for text in drawn) == 2
    assert any(text.startswith("left out: ") for text in drawn)


def test_what_no_font_has_and_what_acts_unseen_is_drawn_as_something_seen() -> None:
    drawn = words(PAGE.replace("新学校在城东落成\n", "新学校\U00013000\x1b在城东落成$x_1$\n"))
    assert any("新学校□□在城东落成$x_1$" in text for text in drawn)


def test_a_long_page_flows_into_columns_and_no_text_leaves_its_own() -> None:
    figure = draw_page(explain_page(PAGE * 12))
    figure.draw_without_rendering()
    columns = round((figure.get_size_inches()[0] / MM - 4) / COLUMN)
    assert columns >= 2
    ax = figure.axes[0]
    for text in ax.texts:
        if text.get_text() and text.get_ha() == "left":
            left, right = (ax.transData.inverted().transform(text.get_window_extent())[:, 0]).tolist()
            assert right <= (left - 2) // COLUMN * COLUMN + COLUMN + 2.5, text.get_text()
