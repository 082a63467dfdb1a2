"""What `corpus` raises when an input can't be read: the message says what, where, and what to do."""

from __future__ import annotations


class CorpusError(ValueError):
    """An input is there but can't be read as it stands; the message names the file and the line or row."""


class NoArticlesError(CorpusError):
    """Not one article was found; the message repeats the ledger's reasons."""


class MissingInputError(FileNotFoundError):
    """A path that was given doesn't exist."""
