"""Work beside the main thread: results and errors come back, and Ctrl-C doesn't wait for it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from analysis.topics.beside import in_turn


def test_results_come_in_turn():
    order = []
    first, second = in_turn(lambda: order.append("first") or 1, lambda: order.append("second") or 2)
    assert (second.result(), first.result()) == (2, 1)
    assert order == ["first", "second"]


def test_an_error_is_raised_where_the_result_is_asked_for():
    first, second = in_turn(lambda: 1 // 0, lambda: 2)
    with pytest.raises(ZeroDivisionError, match="by zero"):
        first.result()
    assert second.result() == 2


def test_an_interrupted_process_does_not_wait_for_it():
    code = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from analysis.topics.beside import in_turn\n"
        "in_turn(lambda: time.sleep(60), lambda: None)\n"
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
