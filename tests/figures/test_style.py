"""The look: sizes, settings that stay inside, fonts, glyphs."""

import matplotlib as mpl
import numpy as np
import pytest

from figures import glyphs, style
from figures.errors import MissingGlyph


def test_settings_stay_inside() -> None:
    before = dict(mpl.rcParams)
    with style.look():
        assert mpl.rcParams["svg.fonttype"] == "none"
    assert dict(mpl.rcParams) == before


def test_the_callers_settings_do_not_reach_a_figure() -> None:
    with mpl.rc_context({"lines.linewidth": 9.0}), style.look():
        assert mpl.rcParams["lines.linewidth"] == style.RC["lines.linewidth"]


def test_width_is_that_of_the_column() -> None:
    with style.look():
        figure = style.new_figure(width=style.ONE_COLUMN, height=50)
    assert figure.get_figwidth() * 25.4 == pytest.approx(89)
    assert figure.get_layout_engine() is not None


def test_neighbouring_colours_differ_in_grey() -> None:
    red, green, blue = np.array([mpl.colors.to_rgb(colour) for colour in style.PALETTE]).T
    grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    assert (np.abs(np.diff(grey)) > 0.08).all()
    assert len(set(style.MARKERS)) == len(style.PALETTE)


def test_shades_grow_darker() -> None:
    red, green, blue = np.array([mpl.colors.to_rgb(colour) for colour in style.SEQUENCE]).T
    assert (np.diff(0.2126 * red + 0.7152 * green + 0.0722 * blue) < 0).all()


def test_fonts_are_there() -> None:
    files = style.font_files()
    assert tuple(files) == style.FONT_FAMILY
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
        "naïve — 5–7 %",
        "…",
    ],
)
def test_scripts_have_glyphs(text: str) -> None:
    assert glyphs.missing(text) == []


def test_a_missing_glyph_is_named() -> None:
    with style.look():
        figure = style.new_figure(height=30)
        figure.text(0.5, 0.5, "ancient \U00012000")
        with pytest.raises(MissingGlyph, match=r"U\+12000.*FONT_FAMILY") as caught:
            glyphs.check(figure)
    assert caught.value.characters == ("\U00012000",)


def test_clean_drops_what_is_not_drawn() -> None:
    assert glyphs.clean("\ufeffA\u200b\tB\u00ad \ufe0fC\n") == "A B C"
    assert glyphs.clean("می\u200cخواهم") == "می\u200cخواهم"
