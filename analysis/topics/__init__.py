"""Topics, found in vectors: graph communities, or BERTopic's own way; a BERTopic is made of either.

Read `fitting` first (the door, `fit_topics`), `beside` (the thread in which some of it goes on), `result`
(what comes of it) and `sampled` (of a large corpus a sample is fitted, and the others are placed by
`placing`), then `neighbours`, `graph`, `choosing` and `communities` (vectors to clusters), `groups` and
`adapter` (the BERTopic of them, here and nowhere else, when it is asked for), `tables`, `terms`,
`representations`, `keyness`, `labels`, `typical` and `hierarchy` (clusters to words, labels, articles and
levels), `map` (the picture), `validation`, `stability`, `coherence`, `windows` and `agreement` (how good
they are).
"""
