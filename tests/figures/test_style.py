"""The look: sizes, settings that stay inside, colours for every eye and for grey print, style files."""

import itertools
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from coloraide import Color

from figures import fonts, glyphs, style
from figures.errors import MissingGlyph, StyleError

EYES = ("normal", "protan", "deutan", "tritan")


def seen(colour: str, eye: str) -> Color:
    """A colour as an eye without that cone sees it (Brettel, Viénot and Mollon 1997)."""
    found = Color(colour)
    return found if eye == "normal" else found.filter(eye, method="brettel")


def lightness(colour: str) -> float:
    """L* of CIELAB: what is left of a colour in grey print."""
    return float(Color(colour).convert("lab-d65")["lightness"])


def test_settings_stay_inside() -> None:
    before = dict(mpl.rcParams)
    with style.look():
        assert mpl.rcParams["svg.fonttype"] == "none"
    assert dict(mpl.rcParams) == before


def test_the_callers_settings_do_not_reach_a_figure() -> None:
    with mpl.rc_context({"lines.linewidth": 9.0}), style.look():
        assert mpl.rcParams["lines.linewidth"] == 1.1


@pytest.mark.parametrize("name, width", [("one-column", 89), ("two-column", 183)])
def test_width_is_that_of_the_column(name: str, width: float) -> None:
    with style.using(style.read_style(name)), style.look():
        figure = style.new_figure(height=50)
    assert figure.get_figwidth() * 25.4 == pytest.approx(width)
    assert figure.get_layout_engine() is not None
    assert style.now() is style.TWO_COLUMN


@pytest.mark.parametrize("eye", EYES)
def test_palette_is_told_apart_by_every_eye(eye: str) -> None:
    shades = [seen(colour, eye) for colour in style.TWO_COLUMN.palette]
    distances = [a.delta_e(b, method="2000") for a, b in itertools.combinations(shades, 2)]
    assert min(distances) > 15
    neighbours = [a.delta_e(b, method="2000") for a, b in itertools.pairwise(shades)]
    assert min(neighbours) > 20


@pytest.mark.parametrize("eye", EYES)
def test_the_second_line_is_told_from_the_first_by_every_eye(eye: str) -> None:
    first, second = (seen(c, eye) for c in (style.TWO_COLUMN.accent, style.TWO_COLUMN.contrast))
    assert first.delta_e(second, method="2000") > 30
    assert abs(lightness(style.TWO_COLUMN.accent) - lightness(style.TWO_COLUMN.contrast)) > 15


def test_neighbouring_colours_differ_in_grey() -> None:
    lights = [lightness(colour) for colour in style.TWO_COLUMN.palette]
    assert (np.abs(np.diff(lights)) > 20).all()
    assert len(set(style.TWO_COLUMN.markers)) == len(style.TWO_COLUMN.palette)


def test_shades_grow_darker() -> None:
    assert (np.diff([lightness(colour) for colour in style.TWO_COLUMN.sequence]) < -5).all()


def test_a_style_file_changes_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "journal.toml"
    path.write_text('base = "one-column"\nwidth = 85\naccent = "#222222"\n', "utf-8")
    found = style.read_style(path)
    assert (found.width, found.accent, found.narrow) == (85.0, "#222222", True)
    assert found.palette == style.ONE_COLUMN.palette


@pytest.mark.parametrize(
    "text, said",
    [
        ("widht = 85", r"widht: .*got 85"),
        ('accent = "bleu"', "accent: .*expected a colour.*got 'bleu'"),
        ("width = 5", "width: .*greater than or equal to 60"),
        ('base = "three-column"', "base: expected one of two-column, one-column, got 'three-column'"),
        ("width = ", "not valid TOML"),
        ('fonts = ["none.ttf"]', r"fonts: there is no .*none\.ttf"),
    ],
)
def test_a_wrong_style_file_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "journal.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(StyleError, match=f"journal.toml: .*{said}|journal.toml: {said}"):
        style.read_style(path)


def test_an_unknown_style() -> None:
    with pytest.raises(StyleError, match="three-column: no such style; there are two-column, one-column"):
        style.read_style("three-column")


def test_a_font_of_ones_own_comes_first(tmp_path: Path) -> None:
    font = tmp_path / "own.ttf"
    font.write_bytes(fonts.font_files()["DejaVu Sans"].read_bytes())
    path = tmp_path / "journal.toml"
    path.write_text('fonts = ["own.ttf"]', "utf-8")
    assert style.read_style(path).font_family[:2] == ("DejaVu Sans", "Noto Sans CJK SC")


def test_fonts_are_there() -> None:
    files = fonts.font_files()
    assert tuple(files) == (*fonts.FONT_FAMILY, *fonts.SCRIPT_FAMILIES)
    assert all(path.is_file() for path in files.values())


@pytest.mark.parametrize(
    "text",
    [
        "清廉 纪检监察 繁體 龘",
        "Вестник",
        "한강신문",
        "朝日新聞の記事",
        "ελληνικά",
        "العربية",
        "สวัสดีกำลังน้ำ",
        "समाचार क्षत्रिय",
        "সংবাদ",
        "செய்தி",
        "ខ្មែរ",
        "naïve — 5–7 %",
        "…",
    ],
)
def test_scripts_have_glyphs(text: str) -> None:
    with style.using(style.TWO_COLUMN, fonts.families_for(text)):
        assert glyphs.missing(text) == []


def test_arabic_letters_are_joined_and_run_from_right_to_left() -> None:
    from matplotlib.ft2font import LoadFlags

    font = mpl.font_manager.get_font([str(path) for path in fonts.font_files().values()])
    font.set_size(12, 72)
    joined = font._layout("بيت", LoadFlags.NO_HINTING)
    alone = [font._layout(letter, LoadFlags.NO_HINTING)[0].glyph_index for letter in "بيت"]
    assert [item.char for item in joined] == ["ت", "ي", "ب"]
    assert not {item.glyph_index for item in joined} & set(alone)


def test_a_missing_glyph_is_named() -> None:
    with style.look():
        figure = style.new_figure(height=30)
        figure.text(0.5, 0.5, "ancient \U00012000")
        with pytest.raises(MissingGlyph, match=r"U\+12000.*style file that names a font") as caught:
            glyphs.check(figure)
    assert caught.value.characters == ("\U00012000",)


def test_clean_drops_what_is_not_drawn() -> None:
    assert glyphs.clean("\ufeffA\u200b\tB\u00ad \ufe0fC\n") == "A B C"
    assert glyphs.clean("می\u200cخواهم") == "می\u200cخواهم"
