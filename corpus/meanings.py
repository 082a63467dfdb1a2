"""What each column of the article table and of the tables beside it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from corpus import schema
from corpus.reprint_network import FROM_SOURCE, MEDIAN_LAG_DAYS, TO_SOURCE, N

Meanings = Mapping[str, str]
"""Column → its meaning, in the order of the columns."""

ARTICLES: Final[Meanings] = {
    schema.ARTICLE_ID: "The input's own id, or a hash of the text and of where it stood.",
    schema.SOURCE: "The newspaper; missing where it isn't known.",
    schema.DATE: "Day of publication (ISO); the likeliest day where only an interval is known; or missing.",
    schema.DATE_START: "First day on which it may have been published.",
    schema.DATE_END: "Last day on which it may have been published; equal to `date_start` for a known day.",
    schema.DATE_BASIS: f"What the date rests on: {', '.join(f'`{basis}`' for basis in schema.DATE_BASES)}.",
    schema.DATE_EVIDENCE: "The words that the date was read from.",
    schema.SOURCE_EVIDENCE: "The words that the source was read from.",
    schema.TITLE: "The headline.",
    schema.BYLINE: "Who wrote it, as printed.",
    schema.PLACE: "The Chinese province, city or county that it names most, or what a table gives.",
    schema.LANG: "Language, a BCP-47 tag; missing where it can't be told.",
    schema.KIND: f"What it is: {', '.join(f'`{kind}`' for kind in schema.KINDS)}.",
    schema.TEXT: "The text without the headline, paragraphs parted by line feeds.",
    schema.FILE: "The input file, relative to the folder that was given.",
    schema.LINES: "Where it stood: JSON ranges `[[first, last], …]` of lines or rows, from 1, both included.",
    schema.REPRINT_OF: "`article_id` of the first printing, where this is a reprint.",
    schema.QUALITY: "How clean the text is, 0 to 1.",
    schema.SOURCE_CONFIDENCE: "Probability that `source` is right, by the kind of its evidence, 0 to 1.",
}
DROPPED: Final[Meanings] = {
    "file": "The input file.",
    "lines": "Where it stood, as in the articles; `[]` for the whole file.",
    "reason": "Why it was left out; a reason that begins with `kept:` is a remark about something kept.",
    "text": "Its first words, or the value that couldn't be read.",
}
REPRINTS: Final[Meanings] = {
    FROM_SOURCE: "The paper that printed first, of the papers in the corpus.",
    TO_SOURCE: "The paper that printed it again.",
    N: "Reprints.",
    MEDIAN_LAG_DAYS: "Median of the days between, where both are known.",
}
