"""Words of a text in its own language: `cut_texts` is the door for many, `tokens` for one.

What `cut_texts` gives is a `table` of numbers, in which `phrases` joins pairs of words that are one;
`scripts`, `segmenters` and `stopwords` serve both doors. `naming` and `written` say which words name
something, which repeat each other, and how the articles write them.
"""
