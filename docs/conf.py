"""Settings of the documentation: Sphinx with MyST for Markdown and notebooks, built offline.

`docs/build.py` gathers the pages and notebooks and runs it; `make docs` calls that.
"""

from importlib.metadata import version as installed

project = "Broadsheet"
author = "The Broadsheet authors"
copyright = author
version = release = installed("broadsheet")

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "cyclopts.sphinx_ext",
    "myst_nb",
]
exclude_patterns = ["build.py", "conf.py"]
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
# No page has formulas that need a library of mathematics, which would come from the network: the name is
# only asked for, and a test sees that no page loads it.
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
