"""The commands `cache` and `cache prune`."""

from __future__ import annotations

import sys

from cyclopts import App

app = App(
    name="cache",
    help="The vectors kept on disk: how many there are, and how to delete them.",
    help_epilogue="",
    help_format="markdown",
)


@app.default
def show() -> None:
    """Say where vectors are kept, and how many of each encoder there are."""
    from embeddings import VectorCache, default_cache

    folder = default_cache()
    if not (folder / "data.mdb").is_file():
        sys.stdout.write(f"{folder}: no vectors yet\n")
        return
    with VectorCache(folder) as cache:
        _, size = cache.size()
        for encoder, count in cache.encoders().items():
            sys.stdout.write(f"{count:>9,}  {encoder}\n")
    sys.stdout.write(f"{size / 1e6:>7.1f} MB  {folder}\n")


@app.command
def prune(*, encoder: str | None = None) -> None:
    """Delete kept vectors: those of one encoder, or all; what is needed again is computed again.

    For example:

        broadsheet cache prune
        broadsheet cache prune --encoder use-multilingual-v3@0.2.1+fixed1

    Parameters
    ----------
    encoder
        The encoder's name as 'broadsheet cache' shows it.
    """
    from embeddings import VectorCache, default_cache

    folder = default_cache()
    if not (folder / "data.mdb").is_file():
        sys.stdout.write(f"{folder}: no vectors to delete\n")
        return
    with VectorCache(folder) as cache:
        before = cache.size()[1]
        deleted = cache.prune(encoder)
        freed = before - cache.size()[1]
    sys.stdout.write(f"{deleted:,} vectors deleted, {freed / 1e6:.1f} MB given back to the disk: {folder}\n")
