"""Files to articles: pages cut, tables read, each article with its source, date, language and reprints.

`read` is the door, and `read_to` where the articles only go to a file. Read on in this order: `schema` (the
columns), `reading` (the whole), `file_reading` (one file), `assembly` with `spool` and `texts` (the table, on
disk until it is whole), `intake` (files to text, ready-made articles), `pages` (page files), `cutting` (how a
page is cut), then what is found out about each: `dating`, `origins` (newspaper and place), `language`,
`quality`, `reprints` (with `reprint_candidates`, `alignment`, `slots`); `ledger` (on disk: `ledger_file`)
holds what was left out, `export` writes. `later_files` and `adding` take in what comes after a corpus was
read.
"""

from corpus.adding import check_corrections, read_later
from corpus.errors import CorpusError, MissingInputError, NoArticlesError
from corpus.export import write_articles
from corpus.later_files import LaterFiles, find_later, read_first
from corpus.reading import Corpus, ReadSettings, Written, read, read_to
from corpus.reprint_network import reprint_network
from corpus.reprints import find_reprints

__all__ = [
    "Corpus",
    "CorpusError",
    "LaterFiles",
    "MissingInputError",
    "NoArticlesError",
    "ReadSettings",
    "Written",
    "check_corrections",
    "find_later",
    "find_reprints",
    "read",
    "read_first",
    "read_later",
    "read_to",
    "reprint_network",
    "write_articles",
]
