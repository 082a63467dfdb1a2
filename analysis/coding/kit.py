"""What a coding kit holds: the tasks in the order of the sheet, and the key that tells what they are.

The key is the only place where an item's article, stratum and intruder stand. Coders get sheets alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.coding.intrusion import TopicTask, WordTask
from analysis.coding.sampling import SAMPLE_COLUMNS
from corpus.schema import ARTICLE_ID

ITEM: Final = "item"
_FORMAT: Final = 1


class KeyFileError(OSError):
    """A key file can't be read; the message says which and why."""


@dataclass(frozen=True)
class Kit:
    """The tasks of a coding sheet.

    Attributes
    ----------
    articles
        `item` (A001 …), then `SAMPLE_COLUMNS`.
    words, topics
        The intrusion tasks; their items are W01 … and T01 … in this order.
    """

    articles: pd.DataFrame
    words: tuple[WordTask, ...]
    topics: tuple[TopicTask, ...]

    @classmethod
    def from_tasks(cls, sample: pd.DataFrame, words: Sequence[WordTask], topics: Sequence[TopicTask]) -> Kit:
        """Number the items."""
        items = [f"A{number:03d}" for number in range(1, len(sample) + 1)]
        return cls(sample.assign(**{ITEM: items})[[ITEM, *SAMPLE_COLUMNS]], tuple(words), tuple(topics))

    @property
    def id(self) -> str:
        """Hash of all tasks: a sheet belongs to the key that has its id."""
        return hashlib.sha256(json.dumps(self._content(), sort_keys=True).encode()).hexdigest()[:16]

    @property
    def word_items(self) -> dict[str, WordTask]:
        """Item → word-intrusion task."""
        return {f"W{number:02d}": task for number, task in enumerate(self.words, start=1)}

    @property
    def topic_items(self) -> dict[str, TopicTask]:
        """Item → topic-intrusion task."""
        return {f"T{number:02d}": task for number, task in enumerate(self.topics, start=1)}

    def write(self, path: Path) -> None:
        """Write the key as JSON."""
        content = {"format": _FORMAT, "id": self.id, **self._content()}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> Kit:
        """Read a key.

        Raises
        ------
        KeyFileError
            The file is missing or is no key of a coding kit.
        """
        try:
            content = json.loads(path.read_text("utf-8"))
            kit = cls(
                pd.DataFrame(content["articles"], columns=[ITEM, *SAMPLE_COLUMNS]),
                tuple(WordTask(**_tuples(task)) for task in content["words"]),
                tuple(TopicTask(**_tuples(task)) for task in content["topics"]),
            )
        except FileNotFoundError as error:
            raise KeyFileError(f"{path}: no key there; make a kit with 'broadsheet coding-sheet'") from error
        except (ValueError, KeyError, TypeError) as error:
            raise KeyFileError(
                f"{path}: not the key of a coding kit ({type(error).__name__}: {error}); make the kit again"
            ) from error
        if kit.id != content.get("id"):
            raise KeyFileError(f"{path}: was changed since it was written; make the kit again")
        return kit

    def _content(self) -> dict[str, Any]:
        """All tasks as plain values."""
        rows = self.articles.astype({ARTICLE_ID: "str"}).to_numpy(dtype=object).tolist()
        words, topics = [asdict(task) for task in self.words], [asdict(task) for task in self.topics]
        plain = {"articles": rows, "words": words, "topics": topics}
        content: dict[str, Any] = json.loads(json.dumps(plain, ensure_ascii=False))
        return content


def _tuples(task: dict[str, Any]) -> dict[str, Any]:
    """JSON's lists as tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in task.items()}
