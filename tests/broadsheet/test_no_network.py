"""A whole run needs no network: in a process that has none, and in one where using a socket is an error."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

SHUT = """
import os, socket

def shut(address):
    with open(os.environ["ASKED"], "a") as stream:
        stream.write(f"{address}\\n")
    raise OSError("the network is shut")

def forbidden(name):
    allowed = getattr(socket.socket, name)

    def method(self, *arguments):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            shut(f"{name} {arguments}")
        return allowed(self, *arguments)

    return method

# Made but not used is no network: urllib3 makes a socket when it is imported, to see whether there is IPv6.
SHUT = ("connect", "connect_ex", "listen", "sendto", "sendmsg", "send", "sendall")
Socket = type("Socket", (socket.socket,), {name: forbidden(name) for name in SHUT})
socket.socket = Socket
socket.create_connection = lambda address, *arguments, **options: shut(address)
socket.getaddrinfo = lambda *address, **options: shut(address)
"""
"""What Python runs at its start, also in the processes that a run starts."""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study of 130 page files, enough for a second process to read them, and a table with topics enough."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(130):
        (pages / f"Courier_2023-{n % 12 + 1:02d}-{n % 27 + 1:02d}_{n}.txt").write_text(
            f"COUNCIL REPAIRS ROAD NUMBER {n}\n\nThe council met on Monday and spoke of road number {n}, of "
            f"the school beside it and of the {n + 3} lamps that a storm had broken in the spring.\n",
            "utf-8",
        )
    rows = (
        {"text": f"The clinic in street {n} hires {n + 2} nurses.", "date": f"2023-{n % 12 + 1:02d}-05"}
        for n in range(140)
    )
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    path = tmp_path / "study.toml"
    path.write_text('inputs = ["pages", "a.jsonl"]\n[figures]\nformats = ["png"]\n', "utf-8")
    return path


def environment(folder: Path) -> dict[str, str]:
    """An environment with sockets shut, a cache of its own, and no leave to go to the hub's own cache."""
    (folder / "site").mkdir()
    (folder / "site" / "sitecustomize.py").write_text(SHUT)
    return os.environ | {
        "PYTHONPATH": os.pathsep.join([str(folder / "site"), os.environ.get("PYTHONPATH", "")]),
        "ASKED": str(folder / "asked"),
        "BROADSHEET_CACHE": str(folder / "cache"),
        "HF_HOME": str(folder / "hub"),
    }


def run(study: Path, environ: dict[str, str], *before: str) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "broadsheet", "run", "-c", str(study), "-q"]
    command += ["-o", str(study.parent / "run")]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_the_shut_sockets_are_shut(tmp_path: Path) -> None:
    """The test's own proof that what it forbids is noticed."""
    script = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert "the network is shut" in done.stderr
    assert (tmp_path / "asked").is_file()


def test_a_whole_run_uses_no_socket(study: Path) -> None:
    done = run(study, environment(study.parent))
    assert done.returncode == 0, done.stderr
    assert (study.parent / "run" / "report.html").is_file()
    assert not (study.parent / "asked").exists()


def test_a_whole_run_in_a_process_without_network(study: Path) -> None:
    unshare = shutil.which("unshare")
    if (
        unshare is None
        or subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine doesn't let a process give up its network (unshare -rn)")
    environ = os.environ | {"BROADSHEET_CACHE": str(study.parent / "cache")}
    done = run(study, environ, unshare, "-rn")
    assert done.returncode == 0, done.stderr
    assert (study.parent / "run" / "report.html").is_file()


def test_a_hub_model_without_network_fails_at_once_and_says_what_to_do(study: Path) -> None:
    study.write_text(study.read_text("utf-8") + '[embeddings]\nencoder = "some/model"\n', "utf-8")
    start = time.perf_counter()
    done = run(study, environment(study.parent))
    assert time.perf_counter() - start < 30
    assert done.returncode == 2
    assert "the encoder 'some/model' is not on this machine" in done.stderr
    assert "the network is shut" in done.stderr
    assert "use 'use-multilingual-v3', give the folder of a saved model" in done.stderr
    assert not (study.parent / "run" / "articles.parquet").exists()
