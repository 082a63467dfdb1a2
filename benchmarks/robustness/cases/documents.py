"""Saved web pages, PDFs and images: malformed, hostile, huge."""

from __future__ import annotations

import io
import random
from functools import cache
from pathlib import Path

from benchmarks.robustness.cases.case import WORDS, Case, Kind, damaged, lines, read, written

_PIECES = (
    "<p>",
    "</p>",
    "<div>",
    "</div></div>",
    "<script>alert(1)</script>",
    "<style>*{}</style>",
    "<table><tr><td>",
    "<!-- ",
    " -->",
    "<![CDATA[",
    "&#0;",
    "&#x110000;",
    "&nbsp;&bogus;",
    "<a href='javascript:1'>",
    "<meta charset=utf-7>",
    "<title>",
    "<svg/onload=alert(1)>",
    "<iframe src=file:///etc/passwd>",
    "<?xml version='1.0'?>",
    "\x00",
    "<br",
    "<p " + "a" * 5000,
    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "&x;",
    "<meta property='article:published_time' content='0000-99-99'>",
)


def _html(generator: random.Random, folder: Path) -> Case:
    some = generator.sample(_PIECES, generator.randint(2, len(_PIECES)))
    story = [f"<p>{generator.choice(WORDS) * 3}</p>" for _ in range(8)]
    parts = [generator.choice((*some, *WORDS, *story)) for _ in range(60)]
    if generator.random() < 0.7:
        parts = ["<html><body><h1>The road beside the school</h1>", *story, *parts]
    return Case(read, written(folder, f"a.{generator.choice(('html', 'htm', 'xhtml'))}", "".join(parts)))


def _deep_html(generator: random.Random, folder: Path) -> Case:
    depth = generator.choice((300, 3_000, 50_000))
    tag = generator.choice(("div", "b", "table", "ul", "p", "span"))
    story = "".join(f"<p>{line * 2}</p>\n" for line in lines(generator, 10))
    before, after = generator.choice(((story, ""), ("", story), (story, story)))
    return Case(read, written(folder, "a.html", f"<html><body>{before}{f'<{tag}>' * depth}{after}"))


@cache
def _a_pdf() -> bytes:
    from matplotlib.figure import Figure

    figure = Figure()
    figure.text(0.1, 0.9, WORDS[1])
    figure.text(0.1, 0.5, "The school beside the road opens again.")
    stream = io.BytesIO()
    figure.savefig(stream, format="pdf")
    return stream.getvalue()


def _pdf(generator: random.Random, folder: Path) -> Case:
    content = damaged(generator, _a_pdf())
    if generator.random() < 0.2:
        content = b"%PDF-1.7\n" + generator.randbytes(5_000)
    return Case(read, written(folder, "a.pdf", content))


@cache
def _a_picture() -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(stream, "PNG")
    return stream.getvalue()


def _picture(generator: random.Random, folder: Path) -> Case:
    name = f"a.{generator.choice(('png', 'jpg', 'tiff'))}"
    return Case(read, written(folder, name, damaged(generator, _a_picture())))


def _names(generator: random.Random, folder: Path) -> Case:
    name = generator.choice(
        (
            "=1+1.txt",
            "-o.txt",
            "<b>.txt",
            "a\nb.txt",
            "%s%n.txt",
            "{x}.txt",
            "新 闻.txt",
            "'; drop.txt",
            "\u202e.txt",
        )
    )
    return Case(read, written(folder, f"pages/{name}", "\n".join(lines(generator, 8))).parent)


DOCUMENTS: dict[str, Kind] = {
    "HTML: malformed, scripts, entities": _html,
    "HTML: deep": _deep_html,
    "PDF: damaged": _pdf,
    "images: damaged": _picture,
    "names of files": _names,
}
