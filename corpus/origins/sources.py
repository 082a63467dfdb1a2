"""The newspaper or site a page comes from: as it is printed, else inferred from the places it writes about.

Printed are a bulletin's title, the account of an export, a web page's `来源：` or stamp of date and source, a
masthead or imprint, and the paper's or site's name before `讯` or `记者`; then the file's name counts.
`新华社记者` and the like name an agency, not the paper, and don't count.
"""

from __future__ import annotations

import re

from corpus.origins.bylines import find_in_bylines
from corpus.origins.evidence import UNKNOWN, Source, source_by
from corpus.origins.inference import infer_source
from corpus.origins.labels import find_account, find_label, find_label_anywhere, find_programme, find_stamped
from corpus.origins.masthead import find_in_imprint, find_in_masthead
from corpus.origins.paper_names import ALONE, NOT_A_PAPER


def find_source(text: str, *, name: str = "", given: str | None = None) -> Source:
    """Find the paper that printed this page.

    Parameters
    ----------
    text
        The whole page.
    name
        The file's name, with its folders: a paper's name in it counts after what the page prints.
    given
        The source given for the run, for pages that don't say.
    """
    for find in (
        find_programme,
        find_account,
        find_label,
        find_stamped,
        find_in_masthead,
        find_in_imprint,
        find_label_anywhere,
        find_in_bylines,
    ):
        if found := find(text):
            return found
    if named := _in_file_name(name):
        return named
    if given is not None:
        return source_by("given", given, "metadata: given for the run")
    return infer_source(text) or UNKNOWN


def _in_file_name(name: str) -> Source | None:
    for part in reversed(re.split(r"[/_\s.\-]+", name)):
        bare = re.sub(r"\d+", "", part)
        match = ALONE.fullmatch(bare)
        if match and not NOT_A_PAPER.search(bare):
            return source_by("file name", match["name"], f"file name: {name}")
    return None
