"""Kill the encoder at random points, again and again, and see that every vector in the cache is right.

    python -m benchmarks.kill_encoder 50

A process embeds texts through the cache with the real encoder and is killed (SIGKILL) at a random moment once
it encodes; the next goes on where it was. When all kills are done a last run finishes, and the cache is
compared with what the encoder gives without one, byte for byte.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench_embeddings import CHINESE, texts

_PROGRAM = """
import sys
from pathlib import Path
from benchmarks.kill_encoder import sample
from embeddings import embed, embedding, load_encoder
embedding._TEXTS_AT_ONCE = 8
encoder = load_encoder()
encoder.encode(["warm"])
print("ready", flush=True)
embed(sample(int(sys.argv[2])), encoder, cache=Path(sys.argv[1]))
"""


@dataclass(frozen=True)
class Outcome:
    """Kills that hit a running process, vectors kept after each, and whether all are right in the end."""

    kills: int
    kept: list[int]
    right: bool


def sample(count: int) -> list[str]:
    """The texts that are embedded."""
    return texts(CHINESE, count=count, characters=300, seed=7)


def kill_and_rerun(kills: int, *, count: int = 4000, longest: float = 0.25, seed: int = 0) -> Outcome:
    """Kill `kills` processes after 0 to `longest` seconds of encoding, then finish and compare."""
    from embeddings import VectorCache, embed, load_encoder

    generator = random.Random(seed)
    kept: list[int] = []
    done = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        while done < kills:
            arguments = [sys.executable, "-c", _PROGRAM, name, str(count)]
            child = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(generator.uniform(0, longest))
            if child.poll() is not None:
                raise SystemExit(f"all {count} texts are embedded after {done} kills: give more texts")
            child.kill()
            child.wait()
            done += 1
            if (folder / "data.mdb").exists():
                with VectorCache(folder) as cache:
                    kept.append(cache.size()[0])
        encoder = load_encoder()
        through = embed(sample(count), encoder, cache=folder)
        right = through.tobytes() == encoder.encode(sample(count)).tobytes()
    return Outcome(done, kept, right)


def main() -> None:
    """Print what came of it."""
    found = kill_and_rerun(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
    never_less = found.kept == sorted(found.kept)
    print(
        f"{found.kills} kills; vectors kept after each: {found.kept}; never fewer than before: {never_less}; "
        f"every vector right: {found.right}"
    )
    if not (found.right and never_less):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
