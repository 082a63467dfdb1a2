"""Weights for a site's page of one story are learned from labelled pages."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import post_fit
from benchmarks.post_examples import read_labelled
from corpus.cutting.post_model import KINDS

PAGE = """Home | News | Sport
The mill turns again
By Ann Miller
After thirty years the stones of the old mill turn again, and farmers queue with their wheat.
Share this story
The wheel was built from one oak, the miller said, and it took him and two boys eight months.
Related stories
"""
LABELS = "1 S\n2 T\n3 B\n4 A\n5 S\n6 A\n7 S\n"


def write(folder: Path, name: str, labels: str = LABELS) -> None:
    (folder / f"{name}.txt").write_text(PAGE, "utf-8")
    (folder / f"{name}.lab").write_text(labels, "utf-8")


def test_a_line_of_the_site_is_named_by_where_it_stands(tmp_path: Path) -> None:
    write(tmp_path, "a")
    (page,) = read_labelled(tmp_path)
    kinds = post_fit.kinds_of(page.letters)
    assert kinds == ["above", "headline", "byline", "text", "within", "text", "below"]


def test_weights_are_learned_and_written(tmp_path: Path) -> None:
    for name in "abc":
        write(tmp_path, name)
    pages = list(read_labelled(tmp_path))
    labels = post_fit.kinds_of(pages[0].letters)
    with pytest.raises(ValueError, match="no page has a line of the kind 'head'"):
        post_fit.fit(pages)
    weights = post_fit.fit([*pages, replace(pages[0], letters=[*"STSAASS"])])
    best = [KINDS[column] for column in weights.score(pages[0].numbers).argmax(axis=1)]
    assert sum(a == b for a, b in zip(best, labels, strict=True)) >= 5
    post_fit.write(weights, tmp_path / "weights.csv")
    rows = (tmp_path / "weights.csv").read_text("utf-8").splitlines()
    assert rows[0].split(",") == ["number", *KINDS]
    assert len(rows) == len(weights.names) + 2


def test_a_page_is_measured_by_its_labels(tmp_path: Path) -> None:
    write(tmp_path, "a", "1 A\n2-7 S\n")
    (page,) = read_labelled(tmp_path)
    found = post_fit.measure(page, post_fit.rules_alone())
    whole = post_fit.cut_page(PAGE, post_fit.rules_alone())
    held = {n for segment in whole.segments for a, b in segment.lines for n in range(a, b + 1)}
    lines = PAGE.splitlines()
    sizes = [len("".join(line.split())) for line in lines]
    site = sum(sizes[1:])
    assert found.headline is None
    assert found.pieces == len(whole.segments)
    assert (found.lost, found.whole) == ((0.0, 1.0) if 1 in held else (1.0, 0.0))
    assert found.let_in == pytest.approx(sum(sizes[n - 1] for n in held - {1}) / site)


@pytest.mark.parametrize(
    ("labels", "said"),
    [("1-7\n", "no row of labels"), ("1-3 S\n4-6 A\n", "line 7 of the page has no label")],
)
def test_broken_labels_are_told(tmp_path: Path, labels: str, said: str) -> None:
    write(tmp_path, "a", labels)
    with pytest.raises(ValueError, match=said):
        list(read_labelled(tmp_path))
