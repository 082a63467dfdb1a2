"""The cache keeps vectors apart by encoder and text, across processes, kills and damage."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from embeddings import CacheError, Embeddings, EncoderError, VectorCache, default_cache, embed
from embeddings import cache as cache_module
from embeddings.cache import key_of
from embeddings.loading import UseEncoder
from tests.embeddings.conftest import TEXTS

ROOT = Path(__file__).parents[2]


class LengthEncoder:
    """A small real encoder: four numbers counted from the text. It remembers what it was asked."""

    dimension = 4

    def __init__(self, name: str = "lengths@1") -> None:
        self.name = name
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Embeddings:
        self.asked += texts
        rows = [[len(text) + 1, text.count("a"), text.count("好"), len(self.name)] for text in texts]
        vectors = np.asarray(rows, dtype=np.float32).reshape(len(texts), 4)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def test_each_text_is_encoded_once(tmp_path: Path) -> None:
    encoder = LengthEncoder()
    texts = ["b", "a", "好", "a", "b", ""]
    first = embed(texts, encoder, cache=tmp_path)
    assert encoder.asked == ["b", "a", "好", ""]
    second = embed([*reversed(texts), "new"], encoder, cache=tmp_path)
    assert encoder.asked == ["b", "a", "好", "", "new"]
    assert second[:-1][::-1].tobytes() == first.tobytes()
    assert embed(texts, LengthEncoder(), cache=None).tobytes() == first.tobytes()


def test_encoders_never_share_vectors(tmp_path: Path) -> None:
    embed(["a"], LengthEncoder("one@1"), cache=tmp_path)
    other = LengthEncoder("one@22")
    vector = embed(["a"], other, cache=tmp_path)
    assert other.asked == ["a"]
    assert vector.tobytes() == other.encode(["a"]).tobytes()


def test_keys_tell_name_and_text_apart() -> None:
    assert key_of("a", "bc") != key_of("ab", "c")
    assert len({key_of("a", text) for text in ("", " ", "\ud800", "?")}) == 4


def test_cold_and_warm_cache_give_the_encoders_bytes(encoder: UseEncoder, tmp_path: Path) -> None:
    embed(TEXTS[3:9], encoder, cache=tmp_path)
    cold_and_warm = embed(TEXTS, encoder, cache=tmp_path)
    assert cold_and_warm.tobytes() == embed(TEXTS[::-1], encoder, cache=tmp_path)[::-1].tobytes()
    assert cold_and_warm.tobytes() == embed(TEXTS, encoder, cache=None).tobytes()


def test_no_texts(tmp_path: Path) -> None:
    assert embed([], LengthEncoder(), cache=tmp_path).shape == (0, 4)
    assert embed([], LengthEncoder(), cache=None).dtype == np.float32


def test_the_map_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_FIRST_MAP", 2**16)
    vectors = {key_of("x", str(number)): np.full(512, number, dtype=np.float32) for number in range(2000)}
    with VectorCache(tmp_path) as store:
        store.put(vectors, encoder="x")
        entries, size = store.size()
        assert entries == 2000
        assert size > 2000 * 2048
    with VectorCache(tmp_path) as store:
        found = store.get(list(vectors), 512)
        assert all(np.array_equal(found[key], vector) for key, vector in vectors.items())
        assert store.prune() == 2000
        assert store.size()[0] == 0


def test_processes_write_at_once_and_the_map_grows_under_them(tmp_path: Path) -> None:
    program = (
        "import sys, numpy as np; from pathlib import Path; import embeddings.cache as c\n"
        "c._FIRST_MAP = 2**18\n"
        "with c.VectorCache(Path(sys.argv[1])) as store:\n"
        "    for part in range(20):\n"
        "        numbers = [int(sys.argv[2]) * 1000 + part * 50 + n for n in range(50)]\n"
        "        found = {c.key_of('x', str(n)): np.full(256, n, dtype=np.float32) for n in numbers}\n"
        "        store.put(found, encoder='x')\n"
        "        assert len(store.get([c.key_of('x', str(n)) for n in numbers], 256)) == 50\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    running = [subprocess.Popen([*command, str(number)], cwd=ROOT) for number in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    with VectorCache(tmp_path) as store:
        keys = {number: key_of("x", str(number)) for number in range(3000)}
        found = store.get(list(keys.values()), 256)
    assert all(found[key][0] == number for number, key in keys.items())


def test_a_killed_process_leaves_what_it_had_written(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from embeddings import embed, embedding\n"
        "from tests.embeddings.test_cache import LengthEncoder\n"
        "class Dies(LengthEncoder):\n"
        "    def encode(self, texts, *, progress=False):\n"
        "        if len(self.asked) >= 100: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return super().encode(texts)\n"
        "embedding._TEXTS_AT_ONCE = 50\n"
        "embed([str(n) for n in range(1000)], Dies(), cache=Path(sys.argv[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    encoder = LengthEncoder()
    embed([str(number) for number in range(1000)], encoder, cache=tmp_path)
    assert encoder.asked == [str(number) for number in range(100, 1000)]


def kill_at_random(folder: Path, texts: int, kills: int) -> list[int]:
    """Kill `kills` processes at random moments of writing; how many vectors there are after each."""
    program = (
        "import sys; from pathlib import Path; from embeddings import embed, embedding\n"
        "from tests.embeddings.test_cache import LengthEncoder\n"
        "embedding._TEXTS_AT_ONCE = 2\n"
        "embed(['0'], LengthEncoder(), cache=Path(sys.argv[1])); print('ready', flush=True)\n"
        "embed([str(n) for n in range(int(sys.argv[2]))], LengthEncoder(), cache=Path(sys.argv[1]))\n"
    )
    generator, kept = np.random.default_rng(0), []
    for _ in range(kills):
        arguments = [sys.executable, "-c", program, str(folder), str(texts)]
        child = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(generator.uniform(0, 0.4))
        child.kill()
        child.communicate()
        with VectorCache(folder) as store:
            kept.append(store.size()[0])
    return kept


def test_processes_killed_at_random_moments_leave_right_vectors(tmp_path: Path) -> None:
    kept = kill_at_random(tmp_path, 20_000, 3)
    assert kept == sorted(kept)
    assert kept[0] > 0
    texts = [str(number) for number in range(20_000)]
    encoder = LengthEncoder()
    found = embed(texts, encoder, cache=tmp_path)
    assert len(encoder.asked) == 20_000 - kept[-1]
    assert found.tobytes() == LengthEncoder().encode(texts).tobytes()


def test_a_damaged_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data.mdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(CacheError, match="delete the folder"), VectorCache(tmp_path):
        pass


def test_a_vector_of_another_length_is_an_error(tmp_path: Path) -> None:
    with VectorCache(tmp_path) as store:
        store.put({key_of("lengths@1", "a"): np.ones(3, dtype=np.float32)}, encoder="lengths@1")
    with pytest.raises(CacheError, match="3 numbers in 20 bytes where 4 were expected"):
        embed(["a"], LengthEncoder(), cache=tmp_path)


def test_a_file_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(CacheError, match="set BROADSHEET_CACHE"):
        embed(["a"], LengthEncoder(), cache=tmp_path / "taken")


def test_a_full_disk_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit on the size of files stands for a disk without room: the write fails in the kernel."""
    program = (
        "import resource, signal, sys, numpy as np; from pathlib import Path; import embeddings.cache as c\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2**17, 2**17))\n"
        "try:\n"
        "    with c.VectorCache(Path(sys.argv[1])) as store:\n"
        "        found = {c.key_of('x', str(n)): np.zeros(512, dtype=np.float32) for n in range(500)}\n"
        "        store.put(found, encoder='x')\n"
        "except c.CacheError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert "can't be used" in done.stdout


def test_a_vector_that_is_not_what_was_written_is_an_error(tmp_path: Path) -> None:
    embed(["a"], LengthEncoder(), cache=tmp_path)
    right = LengthEncoder().encode(["a"])[0].tobytes()
    data = (tmp_path / "data.mdb").read_bytes()
    assert data.count(right) == 1
    (tmp_path / "data.mdb").write_bytes(data.replace(right, np.ones(4, dtype="<f4").tobytes()))
    with pytest.raises(CacheError, match="not what was written"):
        embed(["a"], LengthEncoder(), cache=tmp_path)


def test_encoders_are_counted_and_pruned_apart(tmp_path: Path) -> None:
    embed(["a", "b"], LengthEncoder("one@1"), cache=tmp_path)
    embed(["a", "b", "c"], LengthEncoder("two@1"), cache=tmp_path)
    with VectorCache(tmp_path) as store:
        assert store.encoders() == {"one@1": 2, "two@1": 3}
        with pytest.raises(CacheError, match="no vectors of 'three@1'; it has one@1, two@1"):
            store.prune("three@1")
        assert store.prune("one@1") == 2
        assert store.encoders() == {"two@1": 3}
    kept = LengthEncoder("two@1")
    embed(["a", "b", "c"], kept, cache=tmp_path)
    assert kept.asked == []


def test_pruning_under_another_process_leaves_that_one_right(tmp_path: Path) -> None:
    """Another process holds the cache open, writes after the pruning, and reads what it wrote."""
    program = (
        "import sys; from pathlib import Path; from embeddings import VectorCache, embed\n"
        "from tests.embeddings.test_cache import LengthEncoder\n"
        "with VectorCache(Path(sys.argv[1])) as held:\n"
        "    print('open', flush=True); sys.stdin.readline()\n"
        "    embed(['c', 'd'], LengthEncoder(), cache=None)\n"
        "    from embeddings.cache import key_of\n"
        "    vector = LengthEncoder().encode(['c'])[0]\n"
        "    held.put({key_of('lengths@1', 'c'): vector}, encoder='lengths@1')\n"
        "    assert held.get([key_of('lengths@1', 'c')], 4)\n"
    )
    texts = [str(number) for number in range(3000)]
    embed(texts, LengthEncoder(), cache=tmp_path)
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    with VectorCache(tmp_path) as store:
        assert store.prune() == 3000
    other.communicate("go\n", timeout=60)
    assert other.returncode == 0
    with VectorCache(tmp_path) as store:
        assert store.encoders() == {"lengths@1": 1}
        before = store.size()[1]
        store.prune()
        assert store.size()[1] < before


def test_wrong_vectors_are_refused(tmp_path: Path) -> None:
    class Broken(LengthEncoder):
        def encode(self, texts: Sequence[str], *, progress: bool = False) -> Embeddings:
            return np.full((len(texts), 4), np.nan, dtype=np.float32)

    class Short(LengthEncoder):
        def encode(self, texts: Sequence[str], *, progress: bool = False) -> Embeddings:
            return np.ones((len(texts), 3), dtype=np.float32)

    with pytest.raises(EncoderError, match="NaN or infinity"):
        embed(["a"], Broken(), cache=tmp_path)
    with pytest.raises(EncoderError, match=r"shape \(1, 3\) for 1 texts"):
        embed(["a"], Short(), cache=None)


def test_default_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BROADSHEET_CACHE", str(tmp_path))
    assert default_cache() == tmp_path / "vectors"
    monkeypatch.delenv("BROADSHEET_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert default_cache() == tmp_path / "xdg" / "broadsheet" / "vectors"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert default_cache() == tmp_path / "home" / ".cache" / "broadsheet" / "vectors"
    assert not list(tmp_path.iterdir())
