"""Pages whose text has a place: PDF, and scans through character recognition. The door is `read_layout`.

Read in this order: `sheet` (lines of type, rules, frames and pictures of one page), `type_setting`
(characters to lines, gutters kept), `pdf` and `recognition` (where sheets come from), `blocks` (lines to
blocks, and what each is by its size), `edges` (mastheads, folios, running heads), `columns`, `headlines` and
`ownership` (which headline owns which block), `paragraphs` (lines to text), `plain` (sheets in one size of
type), `cut` (sheets to `corpus.cutting.Page`, the same as page text gives), `reading` (files to article rows
and ledger rows).

The page text that `lines` count in is the file's text in reading order: line by line as it was set, furniture
of the sheet's upper half first, then story by story, then furniture of its lower half; a blank line between
sheets. Numbering goes on from sheet to sheet. The carried column `page` says on which one an article stands.
"""

from corpus.layout.reading import read_layout

__all__ = ["read_layout"]
