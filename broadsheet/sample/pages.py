"""A page under construction: lines, each with the story or the furniture it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

BOILERPLATE: Final = "boilerplate"
NOTICE: Final = "notice"
CAPTION: Final = "caption"

Ranges = list[list[int]]
"""Line ranges of a page, 1-based and inclusive."""


@dataclass
class Page:
    """Lines of a page and their owners: a story's id, `boilerplate`, `notice`, or `caption:` and an id."""

    file: str
    lines: list[str] = field(default_factory=list)
    owners: list[str | None] = field(default_factory=list)

    def add(self, *lines: str, owner: str) -> None:
        """Add lines that belong to `owner`."""
        self.lines.extend(lines)
        self.owners.extend([owner] * len(lines))

    def blank(self) -> None:
        """Add a blank line, unless the page begins or the last line is blank."""
        if self.lines and self.lines[-1]:
            self.lines.append("")
            self.owners.append(None)

    def add_spaced(self, *lines: str, owner: str) -> None:
        """Add lines with a blank line after each."""
        for line in lines:
            self.add(line, owner=owner)
            self.blank()

    def ranges(self) -> dict[str, Ranges]:
        """Return where each owner stands; blank lines between two lines of one owner belong to it."""
        found: dict[str, Ranges] = {}
        last_owner = None
        for number, owner in enumerate(self.owners, start=1):
            if owner is None:
                continue
            if owner == last_owner:
                found[owner][-1][1] = number
            else:
                found.setdefault(owner, []).append([number, number])
            last_owner = owner
        return found

    @property
    def text(self) -> str:
        """The page as it is written to disk."""
        return "\n".join(self.lines).rstrip("\n") + "\n"
