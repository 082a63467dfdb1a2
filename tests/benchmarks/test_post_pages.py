"""The pages that a site's page is learned from are fetched by name and must be those that were labelled."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
from pathlib import Path
from random import Random

import pytest

from benchmarks.post_examples import cut_around, cut_narrow, cut_short, read_labelled, simulated
from benchmarks.post_pages import Row, digest_of, lay_out, read_labels, to_text

HTML = "<meta charset=gb2312><p>首页</p><h1>老磨坊又转起来了</h1><p>石磨停了三十年。</p>".encode("gb18030")
TEXT = "首页\n\n老磨坊又转起来了\n\n石磨停了三十年。"


def package(**files: bytes) -> bytes:
    """A package of some files, as registries give them."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(f"package-1.0/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return whole.getvalue()


def row(path: str, digest: str) -> Row:
    named = {"registry": "pypi", "package": "mill", "version": "1.0", "path": path, "site": "mill.example"}
    return {**named, "digest": digest, "labels": "1S 3T 5-5A"}


def test_a_page_and_its_labels_are_laid_side_by_side(tmp_path: Path) -> None:
    assert to_text(HTML) == TEXT
    rows = [row("page.html", digest_of(TEXT)), row("page.html.gz", digest_of(TEXT))]
    found = package(**{"page.html": HTML, "page.html.gz": gzip.compress(HTML), "other.html": b""})
    assert list(lay_out(rows, found, tmp_path)) == ["mill-page-html", "mill-page-html-gz"]
    for page in read_labelled(tmp_path):
        assert (page.site, page.text, "".join(page.letters)) == ("mill.example", TEXT, "STA")


@pytest.mark.parametrize(
    ("path", "digest", "said"),
    [("none.html", digest_of(TEXT), "is not in version 1.0"), ("page.html", "0", "isn't the one")],
)
def test_another_page_than_the_labelled_one_is_told(
    tmp_path: Path, path: str, digest: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        list(lay_out([row(path, digest)], package(**{"page.html": HTML}), tmp_path))
    assert not list(tmp_path.iterdir())


def test_every_row_of_the_labels_is_whole() -> None:
    rows = read_labels()
    assert len({(each["package"], each["path"]) for each in rows}) == len(rows) > 400
    for each in rows:
        assert each["registry"] in {"pypi", "npm"}
        assert each["site"]
        assert re.fullmatch(r"[0-9a-f]{16}", each["digest"])
        spans = re.findall(r"(\d+)(?:-(\d+))?([TKABS])(?: |$)", each["labels"])
        assert " ".join(f"{a}-{b}{c}" if b else a + c for a, b, c in spans) == each["labels"]
        assert "A" in {letter for _, _, letter in spans}
        lines = [n for first, last, _ in spans for n in range(int(first), int(last or first) + 1)]
        assert lines == sorted(set(lines))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>渡船</p>".encode(), "渡船"),
        (b"<meta charset=punycode><p>ferry</p>", "ferry"),
        (b"<meta charset=no-such-name><p>ferry</p>", "ferry"),
        ("<p>Старая мельница снова работает, и люди стоят в очереди.</p>".encode("cp1251"), "мельница"),
    ],
)
def test_a_page_is_decoded_as_it_says_or_as_it_looks(page: bytes, text: str) -> None:
    assert text in to_text(page)


def test_pages_are_cut_to_what_is_around_their_story(tmp_path: Path) -> None:
    text = [*(f"menu {n}" for n in range(40)), "The mill turns again"]
    text += [*(f"The stones turned for the {n}th farmer today." for n in range(40)), *"abcdefghijklmnop"]
    (tmp_path / "a.txt").write_text("\n".join(text), "utf-8")
    (tmp_path / "a.lab").write_text("1-40 S\n41 T\n42-81 A\n82-97 S\n", "utf-8")
    (page,) = read_labelled(tmp_path)
    around = "".join(cut_around(page).letters)
    assert around == "S" * 25 + "T" + "A" * 30 + "S" * 16
    narrow = "".join(cut_narrow(page, Random(1)).letters)
    assert re.fullmatch(r"S{1,8}TA{30}S{1,8}", narrow)
    assert re.fullmatch(r"S{3,25}TA{1,4}S{3,16}", "".join(cut_short(page, Random(1)).letters))


def test_simulated_pages_have_a_headline_and_a_story() -> None:
    pages = list(simulated())
    assert len({page.site for page in pages}) * 12 == len(pages)
    assert all("T" in page.letters and "A" in page.letters and "S" in page.letters for page in pages)
