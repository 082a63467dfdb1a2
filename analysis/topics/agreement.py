"""How far topics agree with labels that people gave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.topics.neighbours import Indices

Agreement = dict[str, float | None]
"""`agreement`, `agreement_ari`, `agreement_f1`, ready for JSON."""


def agreement_with_labels(topics: Indices, labels: Sequence[str | None]) -> Agreement:
    r"""Return how far topics agree with labels, over the articles that have one.

    Parameters
    ----------
    topics
        Topic of every article; those in none (-1) are a group of their own.
    labels
        Label of every article, None where there is none.

    Returns
    -------
    dict
        `agreement`: adjusted mutual information (Vinh, Epps and Bailey 2010); `agreement_ari`: the adjusted
        Rand index (Hubert and Arabie 1985), in which large groups weigh more; both 1 for the same groups, 0
        for chance. `agreement_f1`: B-cubed :math:`F_1` (Bagga and Baldwin 1998), the harmonic mean of the
        share of an article's topic with its label and the share of its label in its topic, both averaged over
        articles; 1 for the same groups, and not corrected for chance. None without labels.
    """
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    places = [at for at, label in enumerate(labels) if isinstance(label, str) and label]
    if not places:
        return {"agreement": None, "agreement_ari": None, "agreement_f1": None}
    given, found = [str(labels[at]) for at in places], topics[places]
    return {
        "agreement": float(adjusted_mutual_info_score(given, found)),
        "agreement_ari": float(adjusted_rand_score(given, found)),
        "agreement_f1": _b_cubed(np.unique(given, return_inverse=True)[1].ravel(), found),
    }


def _b_cubed(labels: Indices, topics: Indices) -> float:
    """Return B-cubed F1 of two groupings."""
    groups = np.unique(topics, return_inverse=True)[1].ravel()
    width = int(groups.max()) + 1
    both = np.bincount(labels * width + groups, minlength=(int(labels.max()) + 1) * width)
    table = both.reshape(-1, width).astype(np.float64)
    precision = float((table**2 / table.sum(axis=0)).sum() / len(labels))
    recall = float((table**2 / table.sum(axis=1, keepdims=True)).sum() / len(labels))
    return 2 * precision * recall / (precision + recall)
