"""Words of a text in its own language: `tokens` is the door.

`phrases` joins pairs of words that are one, `scripts` and `stopwords` serve both. `naming` and `written` say
which words name something, which repeat each other, and how the articles write them.
"""
