"""The commands `codebook check` and `codebook schema`."""

from __future__ import annotations

import json
import sys

from cyclopts import App

app = App(
    name="codebook",
    help="Check a codebook, or show the format of its file.",
    help_epilogue="",
    help_format="markdown",
)


@app.command
def check(codebook: str = "local_governance", *, strict: bool = False) -> None:
    """Read a codebook as a colleague would: errors with their lines, then what makes it weaker than need be.

    For example:

        broadsheet codebook check my_codebook.toml

    Exit code 2 for a codebook that can't be used; with `--strict` 1 for one with remarks.

    Parameters
    ----------
    codebook
        A codebook file (TOML) or the name of a bundled one.
    strict
        Count remarks as a failed check.
    """
    from analysis.themes.codebook import load_codebook
    from analysis.themes.codebook_check import check_codebook

    found = load_codebook(codebook)
    remarks = check_codebook(codebook)
    for remark in remarks:
        sys.stdout.write(remark + "\n")
    sys.stdout.write(
        f"{found.path}: {found.id} {found.version}, {len(found.themes)} themes, seed terms in "
        f"{', '.join(found.languages) or 'no language for all themes'}; {len(remarks)} remarks\n"
    )
    if strict and remarks:
        raise SystemExit(1)


@app.command
def schema() -> None:
    """Print the JSON Schema of a codebook file, for editors.

    broadsheet codebook schema > codebook_schema.json
    """
    from analysis.themes.codebook_format import json_schema

    sys.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
