"""Bars are plain in a terminal, and no warning where a notebook has no widgets."""

import importlib.util
import warnings

import pytest

from corpus import progress
from corpus.progress import progress_bar, widgets_not_missed


def test_a_bar_counts_what_goes_through_it_and_is_gone(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress_bar("abc", total=3, doing="reading", unit="file")) == ["a", "b", "c"]
    shown = capsys.readouterr().err
    assert "reading: " in shown
    assert shown.split("\r")[-2:] == [" " * len(shown.split("\r")[-2]), ""]
    with progress_bar(total=2, doing="vectors", unit="text", shown=False) as bar:
        bar.update(2)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("widgets", [True, False])
def test_widgets_are_only_used_where_they_are(widgets: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def find(name: str) -> object:
        asked.append(name)
        return importlib.util.find_spec("json") if widgets else None

    monkeypatch.setattr(progress, "find_spec", find)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bar = progress_bar([1], total=1, doing="reading", unit="file", shown=False)
    assert asked == ["ipywidgets"]
    assert type(bar).__module__ == ("tqdm.asyncio" if widgets else "tqdm.std")


def test_libraries_may_ask_for_widgets_that_are_not_there() -> None:
    with widgets_not_missed():
        warnings.warn("IProgress not found. Please update jupyter and ipywidgets.", stacklevel=1)
        with pytest.raises(UserWarning, match="something else"):
            warnings.warn("something else", stacklevel=1)
