"""Words of a text in its own language: `tokens` is the door, `scripts` and `stopwords` serve it."""
