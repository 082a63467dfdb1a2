"""A figure that knows the style it was drawn in, and that a notebook shows by itself, without pyplot."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from figures.style import Style


class ShownFigure(Figure):
    """A matplotlib figure with its style, and with the picture that Jupyter asks an object for."""

    def __init__(self, style: Style, scripts: tuple[str, ...] = (), **settings: Any) -> None:
        super().__init__(**settings)
        self.style = style
        self.scripts = scripts

    def _repr_png_(self) -> bytes:
        """The figure as it would be written to a file."""
        from figures.files import to_bytes

        return to_bytes(self, "png")
