"""Work that goes on beside the main thread, which can be interrupted all the while."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

_First = TypeVar("_First")
_Second = TypeVar("_Second")


def in_turn(
    first: Callable[[], _First], second: Callable[[], _Second]
) -> tuple[Future[_First], Future[_Second]]:
    """Begin two pieces of work, one after the other, and return what will come of them.

    In a thread of their own, which pays for work that leaves the interpreter alone. Unlike the threads of an
    executor it is not waited for: Ctrl-C or an error in the main thread ends what the main thread does at
    once.
    """
    firsts: Future[_First] = Future()
    seconds: Future[_Second] = Future()

    def work() -> None:
        _fill(firsts, first)
        _fill(seconds, second)

    Thread(target=work, daemon=True).start()
    return firsts, seconds


def _fill(future: Future[_First], function: Callable[[], _First]) -> None:
    """Call the function, and keep what it returns or raises."""
    try:
        future.set_result(function())
    except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
        future.set_exception(error)
