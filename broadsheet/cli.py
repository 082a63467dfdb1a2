"""The command line: plain typed functions, and the one place where errors become messages.

Exit codes (`--help` and docs/runs.md have them too): 0 done · 1 a check failed or a figure could not be drawn
· 2 the command, the input, a setting or a file can't be used · 70 a fault of Broadsheet's own
· 130 interrupted (Ctrl-C) · 143 told to end (SIGTERM).
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, CycloptsError, Parameter
from rich.console import Console
from rich.markup import escape

from broadsheet import cache_commands, codebook_commands, coding_commands, run_commands
from broadsheet.stopping import ToldToEnd, logged, told_to_end

FAILED, USAGE, FAULT, INTERRUPTED, TOLD_TO_END = 1, 2, 70, 130, 143
VERBOSE = "--verbose"
_EXAMPLES = """
Examples:

    broadsheet run                            the bundled sample study
    broadsheet run pages/ --out runs/first    your own pages
    broadsheet run --config study.toml        a study with settings of its own
    broadsheet articles pages/ --out all.csv  pages to articles, no more
    broadsheet figures runs/first             redraw from the saved tables
    broadsheet update runs/first pages/new/   next month's pages
    broadsheet verify runs/first              does it come out the same again?
    broadsheet diff runs/first runs/second    what changed, and why

With any command --verbose shows where in the code an error came from, and what
libraries log.

Exit codes: 0 done; 1 a check failed (verify found a difference, doctor
something broken, a figure could not be drawn); 2 the command, an input, a
setting or a file can't be used; 70 a fault of Broadsheet's own; 130 interrupted
by Ctrl-C; 143 told to end.
"""


def _version() -> str:
    # Imported here: it takes a tenth of the time in which help is shown.
    from importlib.metadata import version

    return version("broadsheet")


app = App(
    name="broadsheet",
    help="Newspaper pages to articles, articles to themes, themes to trends.",
    help_epilogue=_EXAMPLES,
    help_format="plaintext",  # a renderer of Markdown takes a fourth of the time to load
    version=_version,
    suppress_keyboard_interrupt=False,
)
_errors = Console(stderr=True, highlight=False, soft_wrap=True)

app.command(run_commands.run, help_epilogue="", help_format="markdown")
app.command(run_commands.update, help_epilogue="", help_format="markdown")
app.command(run_commands.verify, help_epilogue="", help_format="markdown")
app.command(run_commands.diff, help_epilogue="", help_format="markdown")
app.command(coding_commands.coding_sheet, help_epilogue="", help_format="markdown")
app.command(coding_commands.coding_score, help_epilogue="", help_format="markdown")
app.command(codebook_commands.app)
app.command(cache_commands.app)

Quiet = Annotated[bool, Parameter(name=["--quiet", "-q"], negative="")]


@app.command(help_epilogue="", help_format="markdown")
def articles(
    *inputs: str,
    out: Annotated[Path | None, Parameter(name=["--out", "-o"])] = None,
    dropped: Path | None = None,
    explain: Annotated[bool, Parameter(negative="")] = False,
    explain_image: Path | None = None,
    quiet: Quiet = False,
) -> None:
    """Cut pages into articles, no more.

    For example:

        broadsheet articles pages/ --out articles.jsonl
        broadsheet articles page.txt --explain

    Parameters
    ----------
    inputs
        Files, folders and patterns: page texts (.txt), web pages (.html), PDFs, scans, ready-made articles
        (.jsonl, .csv, .parquet); also packed (.gz, .zip), and at addresses (s3://bucket/articles/).
    out
        Where the articles go; the ending says how: .jsonl, .csv or .parquet.
    dropped
        Where the ledger of what was left out goes (.csv).
    explain
        Show for one page text what was cut where, and why.
    explain_image
        Where the same goes as a picture (.png, .svg or .pdf).
    quiet
        Say nothing, show no progress.
    """
    import corpus

    if not inputs:
        raise corpus.CorpusError(
            "no input: name the files or folders to read, as in 'broadsheet articles pages/'"
        )
    if explain or explain_image:
        _explain(inputs, explain=explain, image=explain_image)
    if out:
        _write_articles(inputs, out, dropped, quiet=quiet)
    elif not (explain or explain_image):
        raise corpus.CorpusError("say where the articles go, as in --out articles.jsonl, or add --explain")


def _explain(inputs: Sequence[str], *, explain: bool, image: Path | None) -> None:
    """Show the cut of one page in the terminal and as a picture."""
    from broadsheet.page_view import show_page
    from corpus import CorpusError
    from corpus.explain import explain_file

    if len(inputs) != 1:
        raise CorpusError(f"--explain shows one page at a time, not {len(inputs)}: name one .txt file")
    page = explain_file(Path(inputs[0]))
    if explain:
        show_page(page, Console(highlight=False, markup=False, emoji=False))
    if image:
        from figures.page_cut import draw_page

        if image.suffix.lower() not in {".png", ".svg", ".pdf"}:
            raise CorpusError(f"{image}: a picture's name ends in .png, .svg or .pdf")
        draw_page(page).savefig(image)
        _say(f"picture: {image}")


def _write_articles(inputs: Sequence[str], out: Path, dropped: Path | None, *, quiet: bool) -> None:
    """Read the inputs and write the articles and, where asked for, the ledger."""
    import corpus

    written = corpus.read_to(list(inputs), out, dropped=dropped, progress=not quiet)
    if not quiet:
        _say(f"{written.n_articles:,} articles: {out}")
        _say(
            f"{written.n_dropped:,} pieces left out"
            + (f": {dropped}" if dropped else "; --dropped FILE lists them")
        )


@app.command(help_epilogue="", help_format="markdown")
def figures(
    run_dir: Path,
    *,
    only: Annotated[list[str] | None, Parameter(negative="")] = None,
    file_format: Annotated[
        list[Literal["png", "svg", "pdf"]] | None, Parameter(name="--format", negative="")
    ] = None,
    lang: Literal["en", "zh"] | None = None,
    style: str | None = None,
    out: Annotated[Path | None, Parameter(name=["--out", "-o"])] = None,
    quiet: Quiet = False,
) -> None:
    """Redraw the figures of a run from its saved tables alone.

    For example:

        broadsheet figures runs/first --only trend_by_theme --style one-column
        broadsheet figures runs/first --lang zh --format pdf --out paper/figures

    Parameters
    ----------
    run_dir
        A run folder.
    only
        A figure's name; may be given again. All figures by default.
    file_format
        May be given again; the study's formats by default. The data always come as CSV.
    lang
        Language of labels; the study's by default.
    style
        Width, type and colours: two-column (183 mm), one-column (89 mm) or a style file (TOML); the study's
        by default.
    out
        Where the figures go; the run folder's figures/ by default.
    quiet
        Say nothing, show no progress.
    """
    from broadsheet.results import Run
    from figures import redraw

    formats = file_format or Run(run_dir).manifest["config"]["figures"]["formats"]
    for path in redraw(
        run_dir, only=only, out=out, formats=formats, lang=lang, style=style, progress=not quiet
    ):
        _say(str(path))


@app.command(help_epilogue="", help_format="markdown")
def sample(*, out: Annotated[Path, Parameter(name=["--out", "-o"])], seed: int = 0) -> None:
    """Write the bundled sample study: its pages, its articles and the truth behind them.

    For example:

        broadsheet sample --out sample

    Parameters
    ----------
    out
        The folder to write into.
    seed
        Another seed gives other articles from the same bank of sentences.
    """
    from broadsheet.sample import build

    study = build(out, seed=seed)
    _say(f"{len(study.articles):,} invented articles: {out / 'corpus'}\ntheir truth: {out / 'truth'}")


@app.command(help_epilogue="", help_format="markdown")
def doctor() -> None:
    """Say what works on this machine: encoders, fonts, browser, cores, memory."""
    from broadsheet.doctor import examine

    broken = False
    for check in examine():
        broken |= check.needed and not check.works
        mark = "ok     " if check.works else "BROKEN " if check.needed else "without"
        _say(f"{mark}  {check.name:22} {check.found}")
    if broken:
        raise SystemExit(1)


def _say(words: str) -> None:
    """Print what a command was asked for."""
    sys.stdout.write(words + "\n")


def _is_ours(error: Exception) -> bool:
    """Whether an error was raised to be read by the user: ours, or the operating system's."""
    home = type(error).__module__.partition(".")[0]
    return isinstance(error, OSError) or home in {"corpus", "embeddings", "analysis", "figures", "broadsheet"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; `arguments` instead of the process's own, for tests."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    verbose = VERBOSE in words
    with told_to_end(), logged(verbose=verbose):
        try:
            app([word for word in words if word != VERBOSE], exit_on_error=False, print_error=True)
        except CycloptsError:
            raise SystemExit(USAGE) from None
        except KeyboardInterrupt as stop:
            _errors.print("interrupted; finished stages are kept, so the same command goes on from there")
            raise SystemExit(TOLD_TO_END if isinstance(stop, ToldToEnd) else INTERRUPTED) from None
        except Exception as error:
            if verbose:
                _errors.print_exception()
            _errors.print(f"[bold red]error:[/] {escape(_words(error))}{_advice(error)}")
            raise SystemExit(_exit_code(error)) from error


def _words(error: Exception) -> str:
    """What to say of an error: its own words, or that it should not have come."""
    if _is_ours(error) or isinstance(error, MemoryError):
        return str(error) or "there is not enough memory"
    return f"{type(error).__name__}: {error}"


def _exit_code(error: Exception) -> int:
    """1 when figures failed and the rest was written, 2 when the user can mend it, 70 when we have to."""
    from figures.errors import FiguresFailed

    if isinstance(error, FiguresFailed):
        return FAILED
    return USAGE if _is_ours(error) or isinstance(error, MemoryError) else FAULT


def _advice(error: Exception) -> str:
    """What to do about an error that says it not itself."""
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "\nthe disk is full: make room and give the same command again; finished stages are kept"
    if isinstance(error, MemoryError):
        return "\nclose other programs, or take a larger machine, and give the same command again"
    if not _is_ours(error):
        return (
            "\nthis is a fault of Broadsheet's own: please report it, with the run folder's run.log, which "
            "has no word of your articles; --verbose shows where it came from"
        )
    return ""
