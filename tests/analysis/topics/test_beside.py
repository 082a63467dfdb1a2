"""Work beside the main thread: results and errors come back, and Ctrl-C doesn't wait for it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time

import pytest

from analysis.topics.beside import beside


def test_work_goes_on_beside() -> None:
    begun, go_on = threading.Event(), threading.Event()
    found = beside(lambda: begun.set() or (go_on.wait(30) and 2))
    assert begun.wait(30)
    assert not found.done()
    go_on.set()
    assert found.result(30) == 2


def test_an_error_is_raised_where_the_result_is_asked_for() -> None:
    found = beside(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError, match="by zero"):
        found.result(30)


def test_an_interrupted_process_does_not_wait_for_it():
    code = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from analysis.topics.beside import beside\n"
        "beside(lambda: time.sleep(60))\n"
        "print('begun', flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        begun = time.monotonic()
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=50)
    assert "KeyboardInterrupt" in said
    assert time.monotonic() - begun < 30


def test_what_threads_import_is_there_when_topics_are() -> None:
    """Also of too few articles: a map laid out beside scores would import scikit-learn in two threads."""
    code = (
        "import sys, numpy as np, pandas as pd\n"
        "from analysis import fit_topics\n"
        "articles = pd.DataFrame({'article_id': list('ab'), 'text': ['x', 'y'], 'lang': 'en'})\n"
        "fit_topics(articles, np.eye(2, 8, dtype=np.float32))\n"
        "print({'sklearn.manifold', 'sklearn.metrics'} <= set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said == "True\n"
