"""Which newspaper a page is from, and which place an article is about.

`sources` is the door; `labels`, `masthead` and `bylines` read names that are printed, `evidence` says how far
each kind is to be trusted, and `inference` reads the paper from its places and from 我市 or
全省; `names` makes one spelling of several; `places` is the gazetteer.
"""
