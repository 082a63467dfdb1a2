"""Kill the encoder at random points, again and again, and see that every vector in the cache is right.

    python -m benchmarks.kill_encoder 50

A process embeds texts through the cache with the real encoder and is killed (SIGKILL) at a random moment from
its first step on; the next goes on where it was. The processes are forked from one that has loaded the
encoder and has no threads, so that a kill costs no start of an interpreter. When all kills are done a last
run finishes, and the cache is compared with what the encoder gives without one, byte for byte.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.bench_embeddings import CHINESE, texts

if TYPE_CHECKING:
    from embeddings import Encoder

_AT_ONCE: Final = 4
"""Texts that are written in one transaction: few, so that many kills fall near a write."""


@dataclass(frozen=True)
class Outcome:
    """Kills that hit a running process, vectors kept after each, and whether all are right in the end."""

    kills: int
    kept: list[int]
    right: bool


def sample(count: int) -> list[str]:
    """The texts that are embedded."""
    return texts(CHINESE, count=count, characters=100, seed=7)


def kill_and_rerun(kills: int, *, count: int = 4000, longest: float = 0.5, seed: int = 0) -> Outcome:
    """Kill `kills` processes after 0 to `longest` seconds, then finish and compare."""
    import torch

    from embeddings import VectorCache, embed, embedding, load_encoder

    generator = random.Random(seed)
    kept: list[int] = []
    threads, at_once = torch.get_num_threads(), embedding._TEXTS_AT_ONCE
    torch.set_num_threads(1)  # a fork of a process with threads may hang
    encoder, wanted = load_encoder(), sample(count)
    encoder.encode(wanted[:1])  # loads the weights, which it does only when it needs them
    embedding._TEXTS_AT_ONCE = _AT_ONCE  # type: ignore[misc]
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for done in range(kills):
                if not _killed(wanted, encoder, folder, after=generator.uniform(0, longest)):
                    raise SystemExit(f"all {count} texts are embedded after {done} kills: give more texts")
                if (folder / "data.mdb").exists():
                    with VectorCache(folder) as cache:
                        kept.append(cache.size()[0])
            embedding._TEXTS_AT_ONCE = at_once  # type: ignore[misc]
            through = embed(wanted, encoder, cache=folder)
            return Outcome(kills, kept, through.tobytes() == encoder.encode(wanted).tobytes())
    finally:
        embedding._TEXTS_AT_ONCE = at_once  # type: ignore[misc]
        torch.set_num_threads(threads)


def _killed(wanted: list[str], encoder: Encoder, folder: Path, *, after: float) -> bool:
    """Embed the texts in a process of their own and kill it; say whether the kill came before its end."""
    from embeddings import embed

    child = os.fork()
    if child == 0:
        code = 1
        try:
            embed(wanted, encoder, cache=folder)
            code = 0
        finally:
            os._exit(code)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit("the encoder's process failed by itself; its error stands above")
    return os.WIFSIGNALED(status)


def main() -> None:
    """Print what came of it."""
    start = time.perf_counter()
    found = kill_and_rerun(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
    never_less = found.kept == sorted(found.kept)
    print(
        f"{found.kills} kills; vectors kept after each: {found.kept}; never fewer than before: {never_less}; "
        f"every vector right: {found.right}; {time.perf_counter() - start:.0f} seconds"
    )
    if not (found.right and never_less and found.kept[-1]):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
