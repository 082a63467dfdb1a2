"""Input made to break a reader, by kind: each kind is a function `(generator, folder) -> Case`.

`texts` (encodings, controls, long lines), `packed` (zip and gzip), `tables` (JSONL, CSV), `columnar`
(Parquet), `documents` (HTML, PDF, images), `dates`, `settings` (codebooks, study files, vectors, runs),
`sheets` (what people fill in: coding sheets, coded samples, corrections).
`KINDS` lists all.
"""

from benchmarks.robustness.cases.case import Case, Kind
from benchmarks.robustness.cases.columnar import COLUMNAR
from benchmarks.robustness.cases.dates import DATES
from benchmarks.robustness.cases.documents import DOCUMENTS
from benchmarks.robustness.cases.packed import PACKED
from benchmarks.robustness.cases.settings import SETTINGS
from benchmarks.robustness.cases.sheets import SHEETS
from benchmarks.robustness.cases.tables import TABLES
from benchmarks.robustness.cases.texts import TEXTS

KINDS: dict[str, Kind] = TEXTS | PACKED | TABLES | COLUMNAR | DOCUMENTS | DATES | SHEETS | SETTINGS
"""Name of a kind → what makes one of its cases."""

__all__ = ["KINDS", "Case", "Kind"]
