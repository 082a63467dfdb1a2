"""Writes the page about the command line from the commands themselves: `python docs/command_page.py`."""

from __future__ import annotations

import sys

from broadsheet.cli import app

HEAD = """# The command line

This page is written from the commands themselves (`python docs/command_page.py > docs/commands.md`); every
command says the same with `--help`. Exit codes are in [runs.md](runs.md). With any
command `--verbose` shows where in the code an error came from, and what libraries log.

"""


def command_page() -> str:
    """The page as Markdown."""
    text = app.generate_docs(output_format="markdown")
    contents = text.index("**Commands**:")
    return HEAD + text[contents:].rstrip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(command_page())
