"""The printed figures in the page, small enough to carry: the run folder has them in full."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import Final

import pandas as pd

from figures import registry
from figures.errors import FigureNotDrawn, MissingGlyph
from figures.files import to_bytes
from figures.redraw import FAILURES, saved_png
from figures.tables import RunFolder
from figures.words import Voice

_WIDTH: Final = 1400
"""Pixels: sharp on a screen of twice the density at the width of the page's column."""
_SHADES: Final = 128


@dataclass(frozen=True)
class Picture:
    """A figure as a PNG in base64, with its caption."""

    name: str
    caption: str
    alt: str
    png: str
    width: int
    height: int


def pictures(run: RunFolder, voice: Voice) -> tuple[list[Picture], list[tuple[str, str]]]:
    """Each figure with its caption, and the figures that can't be drawn, with the reason.

    A figure that stands in the run folder already is taken as it is; else it is drawn. One that fails by an
    error is told of with it: `redraw` raises that error, and the page must not be lost with the figure.
    """
    drawn, refused = [], []
    for name in registry.names():
        try:
            data = registry.find(name).data(run.tables)
            png = _png(name, data, run, voice)
            caption: str = registry.find(name).caption(data, run.tables, voice)
            small, width, height = shrink(png)
        except (FigureNotDrawn, MissingGlyph) as reason:
            refused.append((name, str(reason)))
            continue
        except FAILURES as error:
            refused.append((name, f"{type(error).__name__}: {error}"))
            continue
        alt = caption.split(". ")[0].split("。")[0]
        drawn.append(Picture(name, caption, alt, base64.b64encode(small).decode("ascii"), width, height))
    return drawn, refused


def _png(name: str, data: pd.DataFrame, run: RunFolder, voice: Voice) -> bytes:
    """The figure's PNG in the run folder if it is in the page's language, else a new one."""
    saved = saved_png(run, name, voice.lang)
    return saved or to_bytes(registry.draw_data(name, data, lang=voice.lang, names=run.names), "png")


def shrink(png: bytes) -> tuple[bytes, int, int]:
    """A PNG of at most `_WIDTH` pixels in few colours, with its width and height; never a larger file."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        width, height = picture.size
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    if width > _WIDTH:
        width, height = _WIDTH, round(height * _WIDTH / width)
        flat = flat.resize((width, height), Image.Resampling.BOX, reducing_gap=2.0)
    stream = io.BytesIO()
    flat.quantize(_SHADES, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(stream, "png")
    return stream.getvalue(), width, height
