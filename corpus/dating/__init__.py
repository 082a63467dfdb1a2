"""When a page was published, with the words it is known from: `find_publication`.

Read `publication` first (the door: printed, in the file name, given, inferred), then `printed`,
`printed_ranges` and `given` for dates that stand there, and for inferred ones `expressions` and
`time_words` (the dates and words of time in a text), `occasions` (feasts and yearly days), `cues` (what
each says of the day), `lag` (how late news is printed), `day_axis` (likelihoods over days) and `reader`
(all of it together).
"""

from corpus.dating.publication import find_publication

__all__ = ["find_publication"]
