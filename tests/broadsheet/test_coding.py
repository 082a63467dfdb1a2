"""The coding kit on the sample run: sheets out, filled by coders who know the truth, scores back."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis import load_codebook
from analysis.coding.kit import Kit
from analysis.themes.coded import coded_sample, read_coded
from broadsheet.coding import CodingError, make_coding_sheets, score_coding_sheets

from .conftest import SampleRun
from .test_cli import run_main

pytestmark = pytest.mark.xdist_group("sample")


def fill(path: Path, kit: Kit, themes: dict[str, str], *, accuracy: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    ids = [*load_codebook().ids, "unmapped"]
    book = load_workbook(path)
    article_of = dict(zip(kit.articles["item"], kit.articles["article_id"], strict=True))
    for row in book["Articles"].iter_rows(min_row=2):
        true = themes[article_of[row[0].value]]
        row[4].value = true if rng.random() < accuracy else str(rng.choice(ids))
    for name, tasks in (("Words", kit.word_items), ("Topics", kit.topic_items)):
        for row in book[name].iter_rows(min_row=2):
            row[-1].value = tasks[row[0].value].intruder
    book.save(path)


def test_from_sheets_to_scores_and_a_coded_sample(
    sample_run: SampleRun, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = sample_run.run
    sheets = make_coding_sheets(run.folder, size=90, coders=2, tasks=10, out=tmp_path)
    assert [path.name for path in sheets] == ["coder_1.xlsx", "coder_2.xlsx"]
    kit = Kit.read(tmp_path / "key.json")
    assert (len(kit.articles), len(kit.words), len(kit.topics)) == (90, 10, 10)
    # What the run says is taken for the truth: coders who are always right then find it perfect.
    said = dict(zip(run.assignments["article_id"], run.assignments["theme"], strict=True))
    for seed, path in enumerate(sheets):
        fill(path, kit, said, accuracy=1.0 if seed == 0 else 0.8, seed=seed)
    perfect = score_coding_sheets(run.folder, [sheets[0], sheets[1]], key=tmp_path / "key.json")
    main = perfect.agreement.iloc[0]
    assert main["kappa"] == pytest.approx(0.8, abs=0.13)
    assert main["alpha"] == pytest.approx(main["kappa"], abs=0.03)
    primary = perfect.themes.iloc[0]
    assert 0.8 < primary["precision"] < 1
    assert (perfect.intrusion["found"] == 1).all()
    coded = read_coded(tmp_path / "coded.csv")
    ids = run.assignments["article_id"].astype(str).tolist()
    assert len(coded_sample(coded, ids, load_codebook().ids).rows) == 90
    for name in ("agreement", "theme_scores", "intrusion", "disagreements"):
        assert (tmp_path / f"{name}.csv").is_file()

    with pytest.raises(CodingError, match="is there already"):
        make_coding_sheets(run.folder, size=90, out=tmp_path)
    assert run_main("coding-score", run.folder, *sheets, "--key", tmp_path / "key.json") == 0
    assert "main theme" in capsys.readouterr().out
    assert run_main("coding-score", run.folder, sheets[0], "--key", tmp_path / "key.json") == 2
    assert "two coders or more" in capsys.readouterr().err


def test_a_run_says_what_its_themes_rest_on_and_profiles_its_topics(sample_run: SampleRun) -> None:
    assert any("rest on self-training, not on articles that people coded" in n for n in sample_run.run.notes)
    profile = pd.read_csv(sample_run.run.folder / "topic_themes.csv")
    assert set(profile["topic"]) == set(sample_run.run.topics["topic"])
    by_topic = profile.pivot(index="topic", columns="theme", values="n_articles")
    sizes = sample_run.run.topics.set_index("topic")["n_articles"]
    pd.testing.assert_series_equal(by_topic.sum(axis=1), sizes, check_names=False)
