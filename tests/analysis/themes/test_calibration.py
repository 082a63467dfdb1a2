import numpy as np
import pandas as pd
import pytest

from analysis.themes.calibration import (
    EvidenceModel,
    calibration_error,
    logistic,
    logit,
    platt,
    quality,
    self_train,
)
from analysis.themes.coded import CodedSample, LabelsError, coded_sample, read_coded

THEMES = ("a", "b")


def sample(rows, codes, weights=None):
    return CodedSample(np.asarray(rows), codes, np.ones(len(codes)) if weights is None else weights)


def test_log_odds_follow_the_formula():
    model = EvidenceModel(
        intercept=-2.0,
        strength=1.0,
        lead=2.0,
        similarity=0.5,
        margin=0.25,
        bare_intercept=-1.0,
        bare_similarity=3.0,
        bare_margin=2.0,
    )
    seeds = np.array([[3.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    similarity = np.array([[2.0, -2.0, 0.0], [1.0, 0.0, -1.0]])
    odds = model.log_odds(seeds, similarity, np.array([True, False]), np.ones((3, 3)))
    four, two = np.log(4), np.log(2)
    assert odds[0] == pytest.approx(
        [-2 + four + 2 * (four - two) + 1.5, -2 + two + 2 * (two - four) - 2, -2 - 2 * four - 0.5]
    )
    assert odds[1] == pytest.approx([4.0, -3.0, -8.0])


def test_two_themes_equally_near_have_no_margin():
    model = EvidenceModel(intercept=0.0, strength=0.0, lead=0.0, similarity=0.0, margin=1.0)
    odds = model.log_odds(np.zeros((1, 3)), np.array([[1.0, 1.0, -2.0]]), np.array([True]), np.ones((3, 3)))
    assert odds[0] == pytest.approx([0.0, 0.0, -3.0])


def test_a_rival_counts_by_its_weight():
    model = EvidenceModel(intercept=0.0, strength=0.0, lead=1.0, similarity=0.0, margin=0.0)
    rivalry = np.array([[1.0, 0.5], [2.0, 1.0]])
    odds = model.log_odds(np.array([[3.0, 4.0]]), np.zeros((1, 2)), np.array([True]), rivalry)
    assert odds[0] == pytest.approx([np.log(4) - np.log(3), np.log(5) - np.log(7)])


def test_a_codebook_of_one_theme_has_no_rival():
    odds = EvidenceModel(intercept=0.0, strength=1.0, lead=1.0).log_odds(
        np.array([[3.0]]), np.zeros((1, 1)), np.array([True]), np.ones((1, 1))
    )
    assert odds == pytest.approx(np.array([[2 * np.log(4)]]))


def test_logit_undoes_logistic_within_its_limits():
    odds = np.array([-7.5, -1.0, 0.0, 3.0])
    assert logit(logistic(odds)) == pytest.approx(odds)
    assert logit(np.array([0.0, 1.0])) == pytest.approx([-8.0, 8.0])


@pytest.fixture
def simulated():
    """Vectors in two clouds, true membership, and log odds in which one member in five has no evidence."""
    rng = np.random.default_rng(5)
    member = np.arange(400) % 4 == 0
    silent = member & (np.arange(400) % 5 == 0)
    directions = rng.normal(size=(2, 40))
    vectors = directions[member.astype(int)] + 0.7 * rng.normal(size=(400, 40))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    odds = np.where(member & ~silent, 3.0, -4.0)[:, None]
    return vectors, member, silent, odds


def test_self_training_lifts_the_silent_and_leaves_the_others(simulated):
    vectors, member, silent, odds = simulated
    before = logistic(odds)[:, 0]
    after = logistic(self_train(odds, vectors, ["en"] * 400, weight=1.0)[0])[:, 0]
    assert after[silent].mean() > before[silent].mean() + 0.1
    assert after[~member].mean() < before[~member].mean() + 0.01
    assert abs(after.mean() - member.mean()) < abs(before.mean() - member.mean())


def test_self_training_learns_nothing_from_vectors_that_say_nothing(simulated):
    _, _, _, odds = simulated
    noise = np.random.default_rng(1).normal(size=(400, 40))
    after = logistic(self_train(odds, noise, ["en"] * 400, weight=1.0)[0])
    assert after.mean() == pytest.approx(logistic(odds).mean(), abs=0.02)


def test_left_out_prediction_is_what_a_fit_without_the_article_gives(simulated):
    from analysis.themes.calibration import _ridge_left_out

    vectors, _, _, odds = simulated
    vectors = vectors[:60] - vectors[:60].mean(axis=0)
    targets = logistic(odds[:60])
    predicted = _ridge_left_out(vectors, targets)[0][:, 0]
    oracles = []
    for penalty in (0.3, 1.0, 3.0, 10.0, 30.0):
        design = np.column_stack([np.ones(60), vectors])
        ridge = penalty * np.eye(41)
        ridge[0, 0] = 0.0
        oracle = []
        for i in range(60):
            rest = np.arange(60) != i
            beta = np.linalg.solve(design[rest].T @ design[rest] + ridge, design[rest].T @ targets[rest, 0])
            oracle.append(design[i] @ beta)
        oracles.append(oracle)
    errors = [np.mean((np.array(oracle) - targets[:, 0]) ** 2) for oracle in oracles]
    assert predicted == pytest.approx(oracles[int(np.argmin(errors))], abs=1e-8)


def test_later_articles_are_corrected_by_the_ridge_of_the_earlier(simulated):
    """Oracle: scikit-learn's Ridge on the pseudo-labels, at the penalty with the least left-out error."""
    from sklearn.linear_model import Ridge

    from analysis.themes.calibration import _ridge_left_out

    vectors, member, _, odds = simulated
    _, trained = self_train(odds[:300], vectors[:300], ["en"] * 300, weight=1.0)
    targets = logistic(2.0 * odds[:300])
    centred = vectors[:300] - vectors[:300].mean(axis=0)
    slopes = [Ridge(alpha=a).fit(centred, targets).coef_.ravel() for a in (0.3, 1.0, 3.0, 10.0, 30.0)]
    assert min(np.abs(trained.slopes[:, 0] - one).max() for one in slopes) < 1e-8
    assert (trained.slopes == _ridge_left_out(centred, targets)[1]).all()
    later = logistic(trained.correct(odds[300:], vectors[300:], ["en"] * 100))[:, 0]
    silent = member[300:] & (odds[300:, 0] < 0)
    assert later[silent].mean() > logistic(odds[300:, 0])[silent].mean() + 0.1
    unknown = trained.correct(odds[300:], vectors[300:], ["pt"] * 100)
    assert unknown == pytest.approx(trained.correct(odds[300:], vectors[300:], ["en"] * 100))


def test_platt_recovers_a_line_and_an_honest_mean():
    rng = np.random.default_rng(7)
    odds = rng.normal(scale=3, size=(4000, 2))
    true = logistic(0.5 * odds - 1.0)
    coded = np.arange(2000)
    codes = (rng.random((2000, 2)) < true[:2000]).astype(float)
    scaled, _ = platt(odds, sample(coded, codes))
    assert scaled[2000:] == pytest.approx(0.5 * odds[2000:] - 1.0, abs=0.5)
    assert logistic(scaled).mean(axis=0) == pytest.approx(true.mean(axis=0), abs=0.02)
    report = quality(logistic(scaled)[coded], sample(coded, codes), THEMES)
    assert report["calibration_error"] < 0.03
    assert report["mean_probability"]["a"] == pytest.approx(report["coded_share"]["a"], abs=0.01)


def test_platt_of_a_rare_theme_uses_the_line_of_all():
    rng = np.random.default_rng(8)
    odds = rng.normal(scale=3, size=(600, 2))
    codes = (rng.random((300, 2)) < logistic(odds[:300])).astype(float)
    codes[:, 1] = 0.0
    codes[:5, 1] = 1.0
    scaled, _ = platt(odds, sample(np.arange(300), codes))
    lines = [np.polyfit(odds[300:, theme], scaled[300:, theme], 1) for theme in (0, 1)]
    assert lines[0] != pytest.approx(lines[1], abs=0.01)


def test_platt_of_evidence_that_points_the_wrong_way_gives_the_coded_share():
    rng = np.random.default_rng(9)
    odds = rng.normal(2.0, 3.0, size=(500, 1))
    codes = (rng.random((500, 1)) < logistic(-1.0 - odds)).astype(float)
    scaled, _ = platt(odds, sample(np.arange(500), codes))
    assert logistic(scaled).mean() == pytest.approx(codes.mean(), abs=0.01)
    assert np.ptp(scaled[::5]) < 1e-9


def test_ids_that_are_numbers_in_the_coded_sample_are_found():
    labels = pd.DataFrame({"article_id": range(50), "theme": ["a"] * 50})
    found = coded_sample(labels, [str(i) for i in range(50)], THEMES)
    assert found.rows.tolist() == list(range(50))


def test_coded_sample_becomes_rows_and_codes():
    labels = pd.DataFrame(
        {"article_id": [f"x{i}" for i in range(50)] + ["x3"], "theme": ["a"] * 49 + ["unmapped", "b"]}
    )
    found = coded_sample(labels, [f"x{i}" for i in reversed(range(60))], THEMES)
    rows, codes = found.rows, found.codes
    assert rows.tolist() == list(range(10, 60))
    assert codes.sum(axis=0).tolist() == [49, 1]
    assert codes[list(rows).index(60 - 1 - 3)].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ({"article_id": ["y"], "theme": ["a"]}, "'y', which is not among the articles"),
        ({"article_id": ["x0"], "theme": ["c"]}, "'x0' is coded 'c'; the themes are a, b"),
        ({"article_id": ["x0", "x0"], "theme": ["a", "unmapped"]}, "'x0' is coded both 'a' and 'unmapped'"),
        ({"article_id": ["x0"], "theme": ["a"]}, "1 coded articles are too few .* at least 50"),
        ({"article_id": ["x0"]}, "lacks the column theme"),
    ],
)
def test_coded_sample_that_cannot_be_used(labels, message):
    with pytest.raises(LabelsError, match=message):
        coded_sample(pd.DataFrame(labels), ["x0", "x1"], THEMES)


def test_coders_who_differ_count_in_part_and_weights_have_mean_one():
    ids = [f"x{i}" for i in range(50)]
    rows = [(article, coder, "a", 1.0) for article in ids for coder in ("c1", "c2")]
    rows[1] = ("x0", "c2", "unmapped", 1.0)
    rows[2:4] = [("x1", "c1", "a", 3.0), ("x1", "c2", "b", 3.0)]
    rows.append(("x1", "c2", "a", 3.0))
    found = coded_sample(pd.DataFrame(rows, columns=["article_id", "coder", "theme", "weight"]), ids, THEMES)
    assert found.codes[:3].tolist() == [[0.5, 0.0], [1.0, 0.5], [1.0, 0.0]]
    assert found.weights.mean() == pytest.approx(1)
    assert found.weights[1] == pytest.approx(3 * found.weights[0])


def test_weights_undo_a_sample_that_took_one_kind_more_often():
    """One kind of article is drawn nine times as often; unweighted, the mean probability comes out wrong."""
    rng = np.random.default_rng(11)
    odds = rng.normal(scale=2, size=(6000, 1))
    true = logistic(odds - 1.0)
    codes = (rng.random((6000, 1)) < true).astype(float)
    drawn = np.flatnonzero(rng.random(6000) < np.where(codes[:, 0] == 1, 0.45, 0.05))
    weights = np.where(codes[drawn, 0] == 1, 1.0, 9.0)
    weighted = logistic(platt(odds, sample(drawn, codes[drawn], weights / weights.mean()))[0])
    plain = logistic(platt(odds, sample(drawn, codes[drawn]))[0])
    assert weighted.mean() == pytest.approx(true.mean(), abs=0.04)
    assert plain.mean() > true.mean() + 0.2


def test_calibration_error_is_the_mean_gap_of_the_bins():
    p = np.array([0.05, 0.05, 0.95, 0.95])
    truth = np.array([0.0, 0.0, 1.0, 0.0])
    assert calibration_error(p, truth, np.ones(4)) == pytest.approx((0.05 * 2 + 0.9) / 4)
    assert calibration_error(p, truth, np.array([1.0, 1.0, 1.0, 0.0])) == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("article_id\nx", "lacks the column theme"),
        ("article_id,theme\nx,a\n,a", ":3: article_id is empty"),
        ("article_id,theme,weight\nx,a,1\ny,a,heavy", ":3: weight = 'heavy': expected a number above 0"),
        ("", "not readable as CSV"),
    ],
)
def test_a_coded_file_that_cannot_be_read_is_named_with_its_line(tmp_path, text, message):
    (tmp_path / "coded.csv").write_text(text, "utf-8")
    with pytest.raises(LabelsError, match=message):
        read_coded(tmp_path / "coded.csv")
    with pytest.raises(LabelsError, match="no such coded sample"):
        read_coded(tmp_path / "nowhere.csv")
