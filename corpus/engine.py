"""What works through blocks of articles: this process, or an engine that has others do it.

A stage that does the same with many articles cuts them into blocks and hands these to an `Engine`. Where the
blocks are cut never depends on who works through them, and results come back in the order of the blocks,
each once: so a table has the same bytes whatever made it. Engines that need a library live in `broadsheet`;
everything below it takes one as an argument, and works alone without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol, TypeVar

Block = TypeVar("Block")
Result = TypeVar("Result")


class Engine(Protocol):
    """Does the same with many blocks."""

    def map(self, do: Callable[[Block], Result], blocks: Iterable[Block]) -> Iterator[Result]:
        """Yield `do(block)` for every block, in the order of `blocks`, each exactly once.

        Parameters
        ----------
        do
            A function of a module, a `partial` of one, or a method; it may be sent to other processes, and
            what it holds is sent to each of them once. It must give the same for a block wherever it runs,
            and change nothing: a block that was lost with a process is done again.
        blocks
            Made while they are asked for; a few are held at a time.

        Raises
        ------
        Exception
            What `do` raises, as it raises it.
        """
        ...


class ThisProcess:
    """Does one block after the other, when its result is asked for."""

    def map(self, do: Callable[[Block], Result], blocks: Iterable[Block]) -> Iterator[Result]:
        """Yield `do(block)` for every block."""
        return map(do, blocks)


THIS_PROCESS: Final = ThisProcess()
