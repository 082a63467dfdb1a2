"""The page put together: template, style, script, tables and packed data, under one security policy.

Nothing is loaded from anywhere, and only the two scripts whose hashes the policy names run: the library and
our own. All text is escaped by the template, or put in as text by the script.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from figures.files import write_atomically
from figures.report import about
from figures.report.articles import Kept, keep_articles
from figures.report.checks import checks
from figures.report.findings import findings
from figures.report.gallery import pictures
from figures.report.library import load_library
from figures.report.material import Material
from figures.report.packing import pack_json, policy_hash
from figures.report.script_fold import simplified_pairs
from figures.report.series import marks, periods_of, series, shown_sources
from figures.report.shifts import shifts
from figures.report.themes import glance, theme_terms
from figures.report.topics import topics
from figures.shares import by_size
from figures.tables import read_run
from figures.words import Voice

if TYPE_CHECKING:
    from jinja2 import Template

ASSETS: Final = Path(__file__).with_name("assets")
NAME: Final = "report.html"


def write_report(
    run_dir: str | Path,
    *,
    out: str | Path | None = None,
    lang: str | None = None,
    home: str | Path | None = None,
) -> Path:
    """Write the report of a run from its saved tables, its manifest and its validation.

    Parameters
    ----------
    run_dir
        The run folder.
    out
        The file to write; `report.html` in the run folder by default.
    lang
        `en` or `zh`; the study's own by default.
    home
        The folder that paths of the manifest start from; the run folder by default.

    Returns
    -------
    The file written.

    Raises
    ------
    RunFolderError
        A table of the contract is missing or unreadable.
    """
    run = read_run(run_dir, home=home)
    path = Path(out) if out is not None else run.path / NAME
    material = Material(run, Voice(lang or run.lang, run.names, run.level))
    return write_atomically(path, render(material).encode("utf-8"))


def render(material: Material) -> str:
    """The page as HTML; the same run folder gives the same page."""
    run, voice = material.run, material.voice
    periods, themes = periods_of(run.tables), _themes(material)
    kept = keep_articles(run, themes, periods)
    drawn, refused = pictures(run, voice)
    library = load_library()
    css, script = _asset("report.css"), _script()
    return _template().render(
        w=material.words,
        css=css,
        script=script,
        style_hashes=" ".join((policy_hash(css), policy_hash(""))),
        script_hashes=" ".join((library.hash, policy_hash(script))),
        library=library,
        title=run.manifest.get("title") or material.words["cite"]["no_title"],
        notes=run.manifest.get("notes", []),
        remarks=_remarks(material, kept),
        facts=about.facts(material),
        glance=glance(material),
        findings=[*findings(material), *shifts(material)],
        theme_terms=theme_terms(material),
        topics=topics(material),
        checks=checks(material),
        pictures=drawn,
        refused=refused,
        reasons=about.reasons(material),
        ledger=about.ledger(material),
        inputs=about.inputs(material),
        versions=about.versions(material),
        settings=about.settings(material),
        cite=about.citation(material),
        bibtex=about.bibtex(material),
        study=pack_json(_study(material, themes, periods)),
        articles=pack_json(kept.columns),
        texts=kept.texts,
        has_trends=bool(periods),
        has_map="x" in kept.columns,
    )


def _themes(material: Material) -> list[str]:
    """Ids of the themes, the largest first; the trends' own where they follow others."""
    return by_size(material.run.tables["themes"], "theme", "n_articles")


def _remarks(material: Material, kept: Kept) -> list[str]:
    """What the page itself leaves out: a sample of articles, cut texts, the smallest sources."""
    said: Mapping[str, str] = material.words["remarks"]
    remarks = []
    if kept.shown < kept.total:
        remarks.append(said["sample"].format(shown=f"{kept.shown:,}", total=f"{kept.total:,}"))
    if kept.cut is not None:
        remarks.append(said["cut"].format(cut=f"{kept.cut:,}", n=f"{kept.n_cut:,}"))
    _, left_out = shown_sources(material.run.tables)
    if left_out:
        remarks.append(said["sources"].format(n=f"{left_out:,}"))
    return remarks


def _study(material: Material, themes: list[str], periods: list[tuple[str, str]]) -> dict[str, Any]:
    """What the script needs to know besides the articles."""
    tables = material.run.tables
    sources, _ = shown_sources(tables)
    labels = tables["topics"][["topic", "label"]].dropna().to_dict("records")
    traditional, simplified = simplified_pairs()
    return {
        "words": material.words["script"],
        "lang": material.voice.lang,
        "themes": [{"id": theme, "name": material.voice.theme(theme)} for theme in themes],
        "unmapped": material.voice.theme("unmapped"),
        "sources": [
            {"id": source, "name": material.voice.source(source), "lang": material.source_langs.get(source)}
            for source in sources
        ],
        "unknown_source": material.voice.source(None),
        "topics": {str(int(row["topic"])): row["label"] for row in labels},
        "periods": periods,
        "series": series(material),
        "marks": marks(material),
        "level": material.run.level,
        "fold": [traditional, simplified],
    }


def _asset(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


def _script() -> str:
    """Our own script: the files of `assets/script` in the order of their names, in one scope of their own."""
    parts = [path.read_text("utf-8") for path in sorted((ASSETS / "script").glob("*.js"))]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
