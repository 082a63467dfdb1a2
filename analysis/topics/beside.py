"""Work that goes on beside the main thread, which can be interrupted all the while."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

_Result = TypeVar("_Result")


def beside(work: Callable[[], _Result]) -> Future[_Result]:
    """Begin a piece of work, and return what will come of it.

    In a thread of its own, which pays for work that leaves the interpreter alone. Unlike the threads of an
    executor it is not waited for: Ctrl-C or an error in the main thread ends what the main thread does at
    once.
    """
    future: Future[_Result] = Future()

    def fill() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            future.set_exception(error)

    Thread(target=fill, daemon=True).start()
    return future
