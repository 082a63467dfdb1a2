"""Settings of the documentation: Sphinx with MyST for Markdown and notebooks, built offline.

`docs/build.py` gathers the pages and notebooks and runs it; `make docs` calls that.
"""

from importlib.metadata import version as installed
from typing import Any

project = "Broadsheet"
author = "The Broadsheet authors"
copyright = author
version = release = installed("broadsheet")

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "myst_nb",
]
html_theme = "furo"
html_title = "Broadsheet"
html_static_path = ["_static"]
html_css_files = ["broadsheet.css"]
html_theme_options = {"navigation_with_keys": True}

# The notebooks are shown as they were handed over, executed or not: the tests execute them.
nb_execution_mode = "off"
nb_output_stderr = "remove"
nb_merge_streams = True
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
# Pages of notebooks ask for a library of mathematics, which would come from the network. No page has formulas
# that need it, so they get an empty file.
mathjax_path = "no_mathematics.js"

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
default_role = "code"
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
# An attribute of a result has the name of the setting that it reports; which a link means is no matter.
suppress_warnings = ["ref.python"]

_COLON = "\ue000"
"""Stands for a colon while napoleon reads an attribute's docstring: what is before one it calls a type."""


def _hide_colons(_app: Any, what: str, _name: str, _object: Any, _options: Any, lines: list[str]) -> None:
    """Keep `One row an article: where it stood.` one sentence, since our docstrings repeat no types."""
    if what in {"property", "attribute", "data"}:
        lines[:] = [line.replace(":", _COLON) for line in lines]


def _show_colons(_app: Any, _what: str, _name: str, _object: Any, _options: Any, lines: list[str]) -> None:
    """Put the colons back."""
    lines[:] = [line.replace(_COLON, ":") for line in lines]


def setup(app: Any) -> None:
    """Read docstrings before and after napoleon does (whose priority is 500)."""
    app.connect("autodoc-process-docstring", _hide_colons, priority=400)
    app.connect("autodoc-process-docstring", _show_colons, priority=600)
