"""Figures as files: the same bytes, text as text, fonts inside, and pictures like those of before."""

import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pypdfium2
import pytest
from matplotlib.testing.compare import compare_images

import figures
from figures.files import FORMATS, to_bytes
from figures.style import TWO_COLUMN
from tests.figures.conftest import THEMES, make_tables

BASELINES = Path(__file__).with_name("baselines")
SMALL = replace(TWO_COLUMN, dpi=80)
"""Baselines are small: they are there to show that a picture changed, not to be printed."""


def words_of(figure) -> set[str]:
    """Every word that a figure writes."""
    artists = [artist for artist in figure.findobj(mpl.text.Text) if artist.get_visible()]
    return {word for artist in artists for word in artist.get_text().split()}


@pytest.fixture(scope="module")
def heat_map(tables):
    return figures.draw("theme_by_source", tables, lang="zh", names={THEMES[0]: "清廉建设"})


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_figure_gives_the_same_bytes(heat_map, tables, file_format: str) -> None:
    first = to_bytes(heat_map, file_format)
    assert first == to_bytes(heat_map, file_format)
    again = figures.draw("theme_by_source", tables, lang="zh", names={THEMES[0]: "清廉建设"})
    assert first == to_bytes(again, file_format)


def test_the_text_of_a_pdf_can_be_copied(heat_map) -> None:
    page = pypdfium2.PdfDocument(to_bytes(heat_map, "pdf"))[0]
    copied = page.get_textpage().get_text_range()
    upright = re.sub(r"\s", "", copied)
    for word in ("清廉建设", "晨江日报", "한강신문", "The", "Вестник", "无主题", "public"):
        assert word in upright, word
    assert page.get_width() / 72 * 25.4 == pytest.approx(183, abs=0.1)


def test_a_pdf_brings_every_font_along(heat_map) -> None:
    document = to_bytes(heat_map, "pdf")
    kinds = set(re.findall(rb"/Subtype /(Type0|Type1|Type3|TrueType|MMType1)\b", document))
    assert kinds == {b"Type3"}
    assert document.count(b"/CharProcs") >= 1


def test_the_text_of_an_svg_is_text(heat_map) -> None:
    root = ElementTree.parse(io.BytesIO(to_bytes(heat_map, "svg"))).getroot()
    said = {
        word
        for element in root.iter("{http://www.w3.org/2000/svg}text")
        for word in "".join(element.itertext()).split()
    }
    assert {"晨江日报", "清廉建设", "한강신문", "Вестник"} <= said
    drawn = {word for word in words_of(heat_map) if re.search(r"\w\w", word)}
    assert not drawn - said


@pytest.mark.parametrize(
    "name",
    [
        "مكافحة الفساد",
        "ปราบปรามทุจริต",
        "भ्रष्टाचार विरोध",
        "দুর্নীতি দমন",
        "ஊழல் எதிர்ப்பு",
        "Καταπολέμηση",
        "汚職防止",
    ],
)
def test_every_script_is_written(name: str) -> None:
    tables = make_tables(n=120, months=4, themes=THEMES[:1], sources=("A", "B"))
    figure = figures.draw("trend_by_theme", tables, names={THEMES[0]: name})
    assert name in to_bytes(figure, "svg").decode("utf-8")
    copied = pypdfium2.PdfDocument(to_bytes(figure, "pdf"))[0].get_textpage().get_text_range()
    assert set(name.replace(" ", "")) <= set(copied)
    bare = figures.draw("trend_by_theme", tables, names={THEMES[0]: " "})
    assert to_bytes(figure, "png") != to_bytes(bare, "png")


@pytest.mark.parametrize("name", ["trend_by_theme", "theme_by_source", "emerging"])
def test_pictures_are_like_those_of_before(name: str, tmp_path: Path) -> None:
    tables = make_tables(n=300, months=15, themes=THEMES[:3], sources=("晨江日报", "The Harbour Post"))
    drawn = tmp_path / f"{name}.png"
    drawn.write_bytes(to_bytes(figures.draw(name, tables, style=SMALL), "png"))
    assert compare_images(str(BASELINES / f"{name}.png"), str(drawn), tol=2) is None


def test_a_picture_that_changed_would_be_seen(tmp_path: Path) -> None:
    tables = make_tables(n=300, months=15, themes=THEMES[:3], sources=("晨江日报", "The Harbour Post"))
    tables["emerging"].loc[0, "recent"] = 0.1
    drawn = tmp_path / "emerging.png"
    drawn.write_bytes(to_bytes(figures.draw("emerging", tables, style=SMALL), "png"))
    assert compare_images(str(BASELINES / "emerging.png"), str(drawn), tol=2) is not None
