"""The report: one HTML page that works offline, with the caveats first, every figure, and the tables behind.

The page has no script and loads nothing; a content-security policy says so to the browser. All text is
escaped.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from corpus.schema import DATE, LANG, SOURCE, count_left_out
from figures import registry
from figures import report_tables as rows
from figures.errors import FigureNotDrawn, MissingGlyph
from figures.files import to_bytes, write_atomically
from figures.redraw import FAILURES, saved_png
from figures.report_words import WORDS
from figures.tables import RunFolder, Tables, read_run
from figures.words import Voice

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES: Final = Path(__file__).with_name("templates")
NAME: Final = "report.html"


def write_report(run_dir: str | Path, *, out: str | Path | None = None, lang: str | None = None) -> Path:
    """Write the report of a run from its saved tables, its manifest and its validation.

    Parameters
    ----------
    run_dir
        The run folder.
    out
        The file to write; `report.html` in the run folder by default.
    lang
        `en` or `zh`; the study's own by default.

    Returns
    -------
    The file written.

    Raises
    ------
    RunFolderError
        A table of the contract is missing or unreadable.
    """
    run = read_run(run_dir)
    path = Path(out) if out is not None else run.path / NAME
    return write_atomically(path, render(run, lang=lang or run.lang).encode("utf-8"))


def render(run: RunFolder, *, lang: str) -> str:
    """The page as HTML; the same run folder gives the same page."""
    voice = Voice(lang, run.names, run.level)
    words = WORDS[lang]
    drawn, refused = _figures(run, voice)
    together, single = rows.tests(run.tables, voice)
    steps, uncertain = rows.change_points(run.tables, voice)
    reasons, ledger = rows.ledger(run.tables)
    css = (TEMPLATES / "report.css").read_text("utf-8")
    return _template().render(
        w=words,
        css=css,
        css_hash=base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii"),
        title=run.manifest.get("title") or words["no_title"],
        notes=run.manifest.get("notes", []),
        facts=_facts(run.tables, voice, words),
        figures=drawn,
        refused=refused,
        themes=rows.themes(run.tables, voice),
        topics=rows.topics(run.tables, voice),
        trends=rows.trends(run.tables, voice),
        tests=together,
        single_tests=single,
        level=voice.of_level(),
        changes=steps,
        uncertain_changes=uncertain,
        reading=rows.reading(run.tables, voice),
        cap=rows.ARTICLES_A_THEME,
        source_langs=rows.source_languages(run.tables["articles"]),
        reasons=reasons,
        ledger=ledger,
        n_left_out=count_left_out(run.tables["dropped"]),
        checks=rows.checks(run.validation),
        manifest=_manifest(run.manifest),
        cite=_citation(run.manifest, words),
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def _figures(run: RunFolder, voice: Voice) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Each figure as a PNG with its caption, and the figures that can't be drawn, with the reason.

    A figure that stands in the run folder already is taken as it is; else it is drawn. One that fails by an
    error is told of with it: `redraw` raises that error, and the page must not be lost with the figure.
    """
    drawn, refused = [], []
    for name in registry.names():
        try:
            data = registry.find(name).data(run.tables)
            png = _png(name, data, run, voice)
            caption: str = registry.find(name).caption(data, run.tables, voice)
        except (FigureNotDrawn, MissingGlyph) as reason:
            refused.append((name, str(reason)))
            continue
        except FAILURES as error:
            refused.append((name, f"{type(error).__name__}: {error}"))
            continue
        width, height = _pixels(png)
        drawn.append(
            {
                "name": name,
                "caption": caption,
                "alt": caption.split(". ")[0].split("。")[0],
                "png": base64.b64encode(png).decode("ascii"),
                "width": width,
                "height": height,
            }
        )
    return drawn, refused


def _png(name: str, data: pd.DataFrame, run: RunFolder, voice: Voice) -> bytes:
    """The figure's PNG in the run folder if it is in the page's language, else a new one."""
    saved = saved_png(run, name, voice.lang)
    return saved or to_bytes(registry.draw_data(name, data, lang=voice.lang, names=run.names), "png")


def _pixels(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG, so that the page doesn't jump while it loads."""
    stream = io.BytesIO(png[16:24])
    return int.from_bytes(stream.read(4), "big"), int.from_bytes(stream.read(4), "big")


def _facts(tables: Tables, voice: Voice, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """The corpus in a few numbers: name → value."""
    articles = tables["articles"]
    dates = articles[DATE].replace("", pd.NA).dropna()
    langs = articles[LANG].fillna(words["unknown"]).value_counts().reset_index()
    langs = langs.sort_values(["count", LANG], ascending=[False, True])
    undated = len(articles) - len(dates)
    span = f"{dates.min()} – {dates.max()}" if len(dates) else words["no_dates"]
    return [
        (words["articles"], f"{len(articles):,}"),
        (words["sources"], f"{articles[SOURCE].nunique():,}"),
        (words["period"], span),
        (words["undated"], f"{undated:,}"),
        (
            words["languages"],
            voice.listing(f"{lang} {n:,}" for lang, n in zip(langs[LANG], langs["count"], strict=True)),
        ),
        (words["left_out"], f"{count_left_out(tables['dropped']):,}"),
    ]


def _manifest(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What the page tells of the manifest: nothing that differs between equal runs, such as seconds."""
    inputs = [
        (
            str(entry.get("file", rows.NOTHING)),
            str(entry.get("sha256", rows.NOTHING)),
            entry.get("n_articles"),
        )
        for entry in manifest.get("inputs", [])
    ]
    config = manifest.get("config", {})
    return {
        "inputs": inputs[: rows.LEDGER_ROWS],
        "n_inputs": len(inputs),
        "config": json.dumps(config, ensure_ascii=False, indent=2) if config else "",
        "versions": sorted(manifest.get("versions", {}).items()),
    }


def _citation(manifest: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """A sentence to cite the study by."""
    config = manifest.get("config", {})
    return words["cite_text"].format(
        version=manifest.get("versions", {}).get("broadsheet", words["unknown"]),
        title=manifest.get("title") or words["no_title"],
        codebook=config.get("themes", {}).get("codebook", words["unknown"]),
        seed=manifest.get("seed", words["unknown"]),
    )
