"""Writes the page about the command line from the commands themselves: `python docs/command_page.py`."""

from __future__ import annotations

import sys

from broadsheet.cli import app

HEAD = """# The command line

This page is written from the commands themselves (`python docs/command_page.py > docs/commands.md`); every
command says the same with `--help`. Exit codes: 0 done, 1 a check failed or a figure could not be drawn,
2 the input, a setting or a file can't be used, 130 interrupted.

"""


def command_page() -> str:
    """The page as Markdown."""
    text = app.generate_docs(output_format="markdown")
    contents = text.index("**Commands**:")
    return HEAD + text[contents:].rstrip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(command_page())
