"""Input made to break a reader, by kind: each kind is a function `(generator, folder) -> Case`.

`texts` (encodings, controls, long lines), `packed` (zip and gzip), `tables` (JSONL, CSV, Parquet),
`documents` (HTML, PDF, images), `dates`, `settings` (codebooks, study files, vectors, run folders).
`KINDS` lists all.
"""

from benchmarks.robustness.cases.case import Case, Kind
from benchmarks.robustness.cases.dates import DATES
from benchmarks.robustness.cases.documents import DOCUMENTS
from benchmarks.robustness.cases.packed import PACKED
from benchmarks.robustness.cases.settings import SETTINGS
from benchmarks.robustness.cases.tables import TABLES
from benchmarks.robustness.cases.texts import TEXTS

KINDS: dict[str, Kind] = TEXTS | PACKED | TABLES | DOCUMENTS | DATES | SETTINGS
"""Name of a kind → what makes one of its cases."""

__all__ = ["KINDS", "Case", "Kind"]
