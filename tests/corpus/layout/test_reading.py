"""PDF and image files to the article table and the ledger; one page through character recognition."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import corpus
from corpus import NoArticlesError
from corpus.layout import recognition

from .printing import b_cubed, columns, print_page, stories

HEAD = "<div class=masthead><span>2023年7月4日 星期二</span><span>春江日报</span><span>第3版</span></div>"
ENCRYPTED = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99]>> endobj
4 0 obj <</Filter /Standard /V 1 /R 2 /Length 40 /P -4
/O <0000000000000000000000000000000000000000000000000000000000000000>
/U <1111111111111111111111111111111111111111111111111111111111111111>>> endobj
trailer <</Root 1 0 R /Encrypt 4 0 R /Size 5
/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]>>
"""


def reasons(path: Path) -> str:
    with pytest.raises(NoArticlesError, match="no articles found") as error:
        corpus.read(path, workers=1)
    return str(error.value)


def blank_pdf(path: Path) -> Path:
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument.new()
    document.new_page(300, 400)
    document.save(path)
    document.close()
    return path


def test_a_pdf_gives_dated_articles_with_their_page(tmp_path: Path) -> None:
    written = stories(4, characters=250, seed=21)
    pages = [
        HEAD.replace("第3版", f"第{number}版")
        + columns(2, "".join(f"<h2>{story.head}</h2>{story.body}" for story in written[2 * number :][:2]))
        for number in (0, 1)
    ]
    body = "<div style='break-after:page'></div>".join(pages)
    read = corpus.read(print_page(body, tmp_path / "issue.pdf"), workers=1)
    articles = read.articles
    assert list(articles["title"]) == [story.title for story in written]
    assert list(articles["page"]) == [1, 1, 2, 2]
    assert set(articles["date"]) == {"2023-07-04"}
    assert set(articles["source"]) == {"春江日报"}
    ranges = [
        tuple(pair) for lines in [*articles["lines"], *read.dropped["lines"]] for pair in json.loads(lines)
    ]
    numbers = sorted(number for first, last in ranges for number in range(first, last + 1))
    assert len(numbers) == len(set(numbers))
    blank = set(range(1, max(numbers) + 1)) - set(numbers)
    assert len(blank) == 1


def test_type_set_sideways_goes_to_the_ledger(tmp_path: Path) -> None:
    story = stories(1, characters=150, seed=22)[0]
    side = "<div style='transform:rotate(90deg);width:200px;margin-top:200px'>竖排的广告</div>"
    read = corpus.read(print_page(f"<h1>{story.head}</h1>{story.body}{side}", tmp_path / "p.pdf"), workers=1)
    assert list(read.articles["title"]) == [story.title]
    turned = read.dropped[read.dropped["reason"].str.contains("5 characters set sideways")]
    assert list(turned["text"]) == ["竖排的广告"]


def test_a_dash_of_two_drawn_as_one_glyph_parts_no_headline(tmp_path: Path) -> None:
    story = stories(1, characters=150, seed=23)[0]
    body = f"<h1>渡口的灯——一位摆渡人的四十年</h1>{story.body}"
    read = corpus.read(print_page(body, tmp_path / "p.pdf"), workers=1)
    assert list(read.articles["title"]) == ["渡口的灯——一位摆渡人的四十年"]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (tmp_path / "locked.pdf").write_bytes(ENCRYPTED)
    (tmp_path / "broken.png").write_bytes(b"\x89PNG and no more")
    blank_pdf(tmp_path / "blank.pdf")
    assert "broken PDF" in reasons(tmp_path / "broken.pdf")
    assert "needs a password" in reasons(tmp_path / "locked.pdf")
    assert "blank, neither text nor pictures" in reasons(tmp_path / "blank.pdf")
    pytest.importorskip("rapidocr")
    assert "no image that can be read" in reasons(tmp_path / "broken.png")


def test_scans_without_the_extra_say_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "find_spec", lambda name: None)
    picture = Image.fromarray(np.full((200, 200, 3), 255, np.uint8))
    picture.save(tmp_path / "page.png")
    picture.save(tmp_path / "scan.pdf")
    for name in ("page.png", "scan.pdf"):
        assert "pip install 'broadsheet[ocr]'" in reasons(tmp_path / name)


def test_a_picture_of_a_page_gives_its_stories(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="the extra broadsheet[ocr] is not installed")
    written = stories(3, characters=200, seed=31)
    body = (
        f"{HEAD}<div class=row><div style='flex:2.1'><h1>{written[0].head}</h1>{columns(2, written[0].body)}"
        f"</div><div><h2>{written[1].head}</h2>{written[1].body}</div></div><hr>"
        f"<h2>{written[2].head}</h2>{columns(3, written[2].body)}"
    )
    image = print_page(body, tmp_path / "page.png", height=560, scale=1.5)
    articles = corpus.read(image, workers=1).articles
    assert b_cubed([story.text for story in written], list(articles["text"])) >= 0.90
    assert set(articles["date"]) == {"2023-07-04"}
    titles = {story.title for story in written}
    assert len(titles & set(articles["title"])) >= 2


def test_a_scan_in_a_pdf_is_recognised(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="the extra broadsheet[ocr] is not installed")
    story = stories(1, characters=80, seed=32)[0]
    page = print_page(
        f"<h2>{story.head}</h2>{story.body}", tmp_path / "p.png", width=420, height=220, scale=2
    )
    with Image.open(page) as image:
        image.convert("RGB").save(tmp_path / "scan.pdf", resolution=144)
    articles = corpus.read(tmp_path / "scan.pdf", workers=1).articles
    assert list(articles["title"]) == [story.title]
    assert b_cubed([story.text], list(articles["text"])) >= 0.90


@pytest.mark.parametrize("ending", ["bmp", "gif", "jp2", "webp"])
def test_images_of_every_common_kind_are_opened(ending: str, tmp_path: Path) -> None:
    picture = Image.fromarray(np.full((40, 60, 3), 255, np.uint8))
    picture.save(tmp_path / f"page.{ending}")
    pages = list(recognition.read_images((tmp_path / f"page.{ending}").read_bytes()))
    assert [page.shape for page in pages] == [(40, 60, 3)]
