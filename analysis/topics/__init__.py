"""Topics, found by the model: BERTopic on given vectors, with graph communities as its clusterer.

Read `fitting` first (the door, `fit_topics`), then `neighbours`, `graph`, `choosing` and `communities`
(vectors to clusters), `adapter` (BERTopic, here and nowhere else), `tables` and `labels` (clusters to words),
`map` (the picture), `validation` and `coherence` (how good they are).
"""
