"""What a notebook shows: short, escaped, with the number of rows that it leaves out."""

from pathlib import Path

import pandas as pd

import corpus
from corpus.rich_display import numbered, show_html

HOSTILE = "<script>alert('x')</script>"


def test_everything_is_escaped() -> None:
    table = pd.DataFrame({f"a{HOSTILE}": [HOSTILE, "</textarea>"]})
    html = show_html(HOSTILE, table, notes=[HOSTILE], rows=1, whole=HOSTILE)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 5
    assert "1 of 2 rows; all: " in html


def test_a_long_cell_and_many_notes_are_cut() -> None:
    html = show_html("head", pd.DataFrame({"text": ["x" * 500]}), notes=[f"note {n}" for n in range(9)])
    assert "x" * 59 + "…" in html
    assert "x" * 60 not in html
    assert "note 5" in html
    assert "note 6" not in html
    assert "… and 3 more notes" in html
    assert "rows" not in html


def test_numbers_have_their_nouns() -> None:
    assert [numbered(n, "topic") for n in (0, 1, 1204)] == ["0 topics", "1 topic", "1,204 topics"]
    assert numbered(2, "study", "studies") == "2 studies"


def test_a_corpus_says_what_it_holds_and_lacks(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(
        "text,title,date,source\n"
        f"The council met on the harbour road and voted for lamps.,{HOSTILE},2024-03-01,The Tern\n"
        "Two ferries collided in the fog and nobody was hurt at all.,Fog,,\n"
        ",Nothing,2024-03-02,The Tern\n",
        "utf-8",
    )
    html = corpus.read(tmp_path)._repr_html_()
    assert "<b>2 articles from 1 file</b>" in html
    assert "1 source, 2024-03-01 to 2024-03-01; languages: en 2" in html
    assert "1 article without an exact date" in html
    assert "1 article without a known source" in html
    assert "1 piece of the input left out" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
