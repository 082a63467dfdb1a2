import numpy as np
import pandas as pd
import pytest

from analysis.trends.misclassification import LEAST_RELIABILITY, correct_memberships
from analysis.trends.panel import gather_issues
from analysis.trends.shares import cells_of, estimate_shares
from analysis.trends.simulate import Design, Signal, simulate_study


def articles(p, dates="2024-03-01"):
    return pd.DataFrame({"article_id": range(len(p)), "source": "a", "date": dates, "p_x": p})


def corrected(frame, calibrated="study"):
    return correct_memberships(gather_issues(frame, period="month"), calibrated=calibrated)


def test_two_valued_probabilities_give_the_estimate_of_rogan_and_gladen() -> None:
    # Rogan & Gladen (1978), Am. J. Epidemiol. 107, 71: (apparent + specificity - 1) / (sensitivity +
    # specificity - 1). Sensitivity .9, specificity .95, prevalence .1: a positive is right with .09 / (.09 +
    # .045) = 2/3, a negative wrong with .01 / .865.
    right, wrong = 0.09 / 0.135, 0.01 / 0.865
    study = [right] * 135 + [wrong] * 865
    month = [right] * 40 + [wrong] * 60
    frame = articles(study * 50 + month, ["2024-03-01"] * 50_000 + ["2024-04-01"] * 100)
    panel, errors = corrected(frame)
    share = cells_of(panel).share[0, 1, 0]
    assert share == pytest.approx((0.4 - 0.05) / 0.85, abs=0.002)
    assert errors.origin[0] == pytest.approx(0.05, abs=0.001)
    assert errors.gain[0] == pytest.approx(0.85, abs=0.001)


def test_the_share_of_the_study_stays() -> None:
    p = np.random.default_rng(0).beta(0.4, 1.2, size=500)
    panel, _ = corrected(articles(p))
    assert cells_of(panel).share[0, 0, 0] == pytest.approx(p.mean())


def test_labels_stay_as_they_are() -> None:
    frame = articles([0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0], [f"2024-0{n}-01" for n in (1, 1, 2, 2, 2, 3, 3)])
    panel, errors = corrected(frame)
    assert (panel.members == gather_issues(frame, period="month").members).all()
    assert (errors.origin[0], errors.gain[0], errors.on[0], errors.off[0]) == (0, 1, 0, 0)


def test_calibrated_in_periods_stays() -> None:
    frame = articles([0.2, 0.8, 0.4, 0.1])
    panel, errors = corrected(frame, "period")
    assert (panel.members == gather_issues(frame, period="month").members).all()
    assert errors.share_of(np.array([0.3])) == pytest.approx(0.3)


def test_share_and_apparent_share_are_inverse() -> None:
    _, errors = corrected(articles(np.random.default_rng(1).beta(0.4, 1.2, size=500)))
    share = np.linspace(0.0, 1.0, 11)[:, None]
    assert errors.share_of(errors.apparent_of(share)) == pytest.approx(share)


def test_changes_are_not_pulled_to_the_mean_and_intervals_cover() -> None:
    volumes = {"a": 300, "b": 150}
    design = Design({"x": Signal(0.1, step=(8, 0.3)), "y": Signal(0.2)}, volumes, months=16, confusion=0.15)
    rises, plain, inside = [], [], []
    for seed in range(12):
        study = simulate_study(design, seed=seed)
        truth = study.truth.query("source == 'ALL' and theme == 'x'")["share"].to_numpy()
        for calibrated, kept in (("study", rises), ("period", plain)):
            panel, errors = correct_memberships(
                gather_issues(study.articles, period="month", themes=["x"]), calibrated=calibrated
            )
            shares = estimate_shares(cells_of(panel), errors, level=0.95, draws=20)
            kept.append(shares.share[0, 8:, 0].mean() - shares.share[0, :8, 0].mean())
            if calibrated == "study":
                inside.append((shares.low[0, :, 0] <= truth) & (truth <= shares.high[0, :, 0]))
    assert np.mean(rises) == pytest.approx(0.2, abs=0.02)
    assert np.mean(plain) < 0.16
    assert 0.91 < np.mean(inside) < 0.99


@pytest.mark.parametrize("p", [[0.3] * 20, [0.0] * 20, [1.0] * 20], ids=["knows nothing", "none", "all"])
def test_constant_probabilities(p) -> None:
    panel, errors = corrected(articles(p))
    shares = estimate_shares(cells_of(panel), errors, level=0.95, draws=20)
    low, share, high = (values[0, 0, 0] for values in (shares.low, shares.share, shares.high))
    assert low <= share <= high
    assert share == pytest.approx(p[0])
    if p[0] == 0.3:
        assert errors.gain[0] == LEAST_RELIABILITY
        assert high - low > 0.9
