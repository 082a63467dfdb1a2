"""Files inside `.gz` and `.zip`, among them some that no honest person packs."""

from __future__ import annotations

import gzip
import io
import pickle
import random
import stat
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus
from corpus.intake.archives import ArchiveError, Member, list_zip, read_gzip
from corpus.intake.files import LARGEST_PAGE, find_inputs
from corpus.ledger import Ledger

TEXT = "本报讯 市长昨天出席了典礼。\n" * 20


def pack(path: Path, members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def pack_named_in(path: Path, names: list[str], encoding: str) -> Path:
    """Pack as a program does that writes names in its system's encoding and doesn't say so."""
    stand_ins = [f"{place:0{len(name.encode(encoding))}d}" for place, name in enumerate(names)]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in stand_ins:
            archive.writestr(name, TEXT)
    data = buffer.getvalue()
    for stand_in, name in zip(stand_ins, names, strict=True):
        data = data.replace(stand_in.encode(), name.encode(encoding))
    path.write_bytes(data)
    return path


def found(path: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """What is read, and what the ledger says of the rest."""
    ledger = Ledger()
    files = find_inputs(path, ledger)
    table = ledger.table()
    return {file.name: file.read_bytes() for file in files}, dict(
        zip(table["file"], table["reason"], strict=True)
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_come_back_as_they_were(tmp_path: Path, method: int) -> None:
    path = pack(tmp_path / "issue.zip", {"b/2.txt": TEXT, "a/1.txt": "one", "t.jsonl": "{}"}, method)
    contents, left_out = found(path)
    assert contents == {
        "issue.zip/a/1.txt": b"one",
        "issue.zip/b/2.txt": TEXT.encode(),
        "issue.zip/t.jsonl": b"{}",
    }
    assert left_out == {}


def test_members_know_their_kind_and_can_go_to_another_process(tmp_path: Path) -> None:
    pack(tmp_path / "issue.zip", {"1.txt": TEXT, "t.csv": "text\nx"})
    files = find_inputs(tmp_path, Ledger())
    assert [(file.is_page, file.is_table) for file in files] == [(True, False), (False, True)]
    assert pickle.loads(pickle.dumps(files)) == files
    assert files[0].fingerprint()[1] == len(TEXT.encode())
    assert files[1].place == str(tmp_path / "issue.zip" / "t.csv")


def test_what_cannot_be_read_goes_to_the_ledger_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "issue.zip"
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("good.txt", "../out.txt", "/etc/x.txt", "C:\\x.txt", "in.zip", "in.txt.gz", "pic.psd"):
            archive.writestr(name, TEXT)
        archive.writestr("__MACOSX/._good.txt", b"x")
        archive.writestr("none.txt", b"")
        archive.writestr("big.txt", b"0" * (LARGEST_PAGE + 1))
        archive.writestr("bomb.csv", b"0" * 30_000_000)
        archive.writestr(link, "good.txt")
        archive.writestr("odd.txt", TEXT, zipfile.ZIP_BZIP2)
    contents, left_out = found(path)
    assert list(contents) == ["issue.zip/good.txt"]
    starts = {
        "../out.txt": "path leads out",
        "/etc/x.txt": "path leads out",
        "C:/x.txt": "path leads out",
        "in.zip": "archive within an archive",
        "in.txt.gz": "archive within an archive",
        "pic.psd": "unsupported suffix “.psd”",
        "__MACOSX/._good.txt": "hidden file",
        "none.txt": "empty file",
        "big.txt": "unpacks to more than the limit of 8,000,000 bytes",
        "bomb.csv": "unpacks to more than 200 times its",
        "link.txt": "link in an archive",
        "odd.txt": "packed by a method other than deflate",
    }
    assert left_out.keys() == {f"issue.zip/{name}" for name in starts}
    for name, start in starts.items():
        assert left_out[f"issue.zip/{name}"].startswith(start)


def test_a_name_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.txt", "first")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("1.txt", "second")
    contents, left_out = found(tmp_path / "a.zip")
    assert contents == {"a.zip/1.txt": b"first"}
    assert "twice" in left_out["a.zip/1.txt"]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"1.txt": TEXT})
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    contents, left_out = found(path)
    assert contents == {}
    assert left_out["a.zip/1.txt"].startswith("encrypted member")


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["春江日报_20230704_01.txt", "要闻/二版.txt"], "gbk"),
        (["新闻.txt"], "gb18030"),
        (["頁面/臺灣日報第一版.txt"], "big5"),
        (["春江日报.txt"], "utf-8"),
        (["Zeitung-März.txt"], "cp437"),
    ],
)
def test_names_are_decoded(tmp_path: Path, names: list[str], encoding: str) -> None:
    contents, _ = found(pack_named_in(tmp_path / "a.zip", names, encoding))
    assert set(contents) == {f"a.zip/{name}" for name in names}
    assert set(contents.values()) == {TEXT.encode()}


def test_names_marked_as_utf8_are_taken_as_they_are(tmp_path: Path) -> None:
    contents, _ = found(pack(tmp_path / "a.zip", {"春江日报.txt": TEXT}))
    assert list(contents) == ["a.zip/春江日报.txt"]


def test_a_gzipped_file_goes_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "p.TXT.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    (file,) = find_inputs(path, Ledger())
    assert (file.name, file.suffix, file.is_page) == ("p.TXT.gz", ".txt", True)
    assert file.read_bytes() == TEXT.encode()


def test_a_gzip_bomb_and_a_broken_one_are_errors(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"0" * 20_000_000))
    with pytest.raises(ArchiveError, match=r"more than 200 times its"):
        read_gzip(path, 100_000_000)
    path.write_bytes(gzip.compress(random.Random(0).randbytes(LARGEST_PAGE * 3 // 5).hex().encode(), 1))
    with pytest.raises(ArchiveError, match=r"more than the limit of 8,000,000 bytes"):
        find_inputs(path, Ledger())[0].read_bytes()
    path.write_bytes(gzip.compress(TEXT.encode())[:-9])
    with pytest.raises(ArchiveError, match="broken gzip file"):
        read_gzip(path, 100_000)


def test_an_archive_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"not an archive")
    pack(tmp_path / "b.zip", {})
    _, left_out = found(tmp_path)
    assert left_out["a.zip"].startswith("broken zip archive")
    assert left_out["b.zip"] == "empty archive"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_archive_gives_its_members_or_an_error(tmp_path: Path, data: st.DataObject) -> None:
    path = pack(tmp_path / "a.zip", {"1.txt": TEXT, "2.txt": "two"})
    whole = {"1.txt": TEXT.encode(), "2.txt": b"two"}
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        members = [member for member in list_zip(path, lambda _: LARGEST_PAGE) if isinstance(member, Member)]
    except ArchiveError:
        return
    for member in members:
        try:
            read = member.read(path)
        except ArchiveError:
            continue
        assert read in whole.values() or len(read) == member.size


def test_packed_and_plain_files_give_the_same_articles(tmp_path: Path) -> None:
    table = pd.DataFrame({"text": ["The mayor spoke at length."]})
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "p.txt").write_text(TEXT, "gb18030")
    table.to_parquet(tmp_path / "plain" / "t.parquet")
    files = {path.name: path.read_bytes() for path in sorted((tmp_path / "plain").iterdir())}
    pack(tmp_path / "a.zip", dict(files))
    plain = corpus.read(tmp_path / "plain", reprints=False)
    packed = corpus.read(tmp_path / "a.zip", reprints=False)
    same = [name for name in plain.articles if name not in ("article_id", "file")]
    pd.testing.assert_frame_equal(plain.articles[same], packed.articles[same])
    same = [name for name in plain.inputs if name != "file"]
    pd.testing.assert_frame_equal(plain.inputs[same], packed.inputs[same])
    assert packed.inputs["file"].tolist() == ["a.zip/p.txt", "a.zip/t.parquet"]


def test_a_broken_member_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"1.txt": TEXT, "2.txt": TEXT, "3.parquet": b"x"}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[data.index(b"1.txt") + 50] ^= 1
    data[data.index(b"3.parquet") + 9] ^= 1
    path.write_bytes(data)
    found = corpus.read(path)
    assert set(found.articles["file"]) == {"a.zip/2.txt"}
    reasons = found.dropped.set_index("file")["reason"]
    assert reasons["a.zip/1.txt"].startswith("broken member of the archive (its checksum")
    assert reasons["a.zip/3.parquet"].startswith("broken member of the archive (its checksum")
    assert found.inputs["sha256"].isna().tolist() == [True, False, True]
