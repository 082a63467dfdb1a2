"""Topics, found by the model: BERTopic on given vectors, with graph communities as its clusterer.

Read `fitting` first (the door, `fit_topics`), `beside` (the thread in which some of it goes on), `result`
(what comes of it) and `sampled` (of a large corpus a sample is fitted, and the others are placed by
`placing`), then `neighbours`, `graph`, `choosing` and `communities` (vectors to clusters), `adapter`
(BERTopic, here and nowhere else), `tables`, `terms`, `representations`, `keyness`, `labels`, `typical` and
`hierarchy` (clusters to words, labels, articles and levels), `map` (the picture), `validation`,
`stability`, `coherence`, `windows` and `agreement` (how good they are).
"""
