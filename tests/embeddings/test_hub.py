"""Models of the hub as this machine has them: known by their commit, refused where they are pickles."""

from pathlib import Path

import pytest

from broadsheet.fingerprints import encoder_fingerprint
from embeddings.encoder import EncoderUnavailable
from embeddings.hub import cached_snapshot, refuse_pickles
from embeddings.loading import load_encoder


def cache_revision(home: Path, commit: str, file: str = "modules.json") -> Path:
    """Lay a model into the cache as the hub's client does, and make this commit the one that counts."""
    model = home / "models--some--model"
    (model / "refs").mkdir(parents=True, exist_ok=True)
    (model / "refs" / "main").write_text(commit)
    snapshot = model / "snapshots" / commit
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").write_text('{"model_type": "bert"}')
    (snapshot / file).write_text("[]")
    return snapshot


def test_another_revision_of_a_hub_model_is_another_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    assert cached_snapshot("some/model") is None
    assert encoder_fingerprint("some/model") == ""
    first = cache_revision(tmp_path, "1" * 40)
    assert cached_snapshot("some/model") == first
    assert encoder_fingerprint("some/model") == "1" * 40
    cache_revision(tmp_path, "2" * 40)
    assert encoder_fingerprint("some/model") == "2" * 40


def test_a_folder_is_known_by_its_files_and_a_bundled_encoder_by_its_package(tmp_path: Path) -> None:
    (tmp_path / "weights.safetensors").write_bytes(b"a")
    before = encoder_fingerprint(str(tmp_path))
    (tmp_path / "weights.safetensors").write_bytes(b"b")
    assert encoder_fingerprint(str(tmp_path)) != before
    assert encoder_fingerprint("use-multilingual-v3").count(".") >= 1


@pytest.mark.parametrize("place", ["pytorch_model.bin", "2_Dense/pytorch_model.bin", "model.pkl"])
def test_weights_that_would_be_unpickled_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    snapshot = cache_revision(tmp_path, "1" * 40)
    (snapshot / place).parent.mkdir(exist_ok=True)
    (snapshot / place).write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(EncoderUnavailable, match=f"keeps its weights in {place}, which can run any code"):
        load_encoder("some/model")
    with pytest.raises(EncoderUnavailable, match="take a model with safetensors"):
        load_encoder(str(snapshot))
    (snapshot / place).with_name("model.safetensors").write_bytes(b"")
    refuse_pickles(snapshot, "some/model")
